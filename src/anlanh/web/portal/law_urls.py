"""Addresses of the law book, below `/phap-luat/`."""

from django.urls import path

from anlanh.web.portal.views import law

urlpatterns = [
    path("", law.home, name="law"),
    path("thoi-han/", law.clocks, name="law_clocks"),
    path("can-xac-dinh/", law.questions, name="law_questions"),
    path("lich/", law.calendar, name="law_calendar"),
    path("dia-phuong-co-quan/", law.places, name="law_places"),
    path("chu-the/<slug:kind>/", law.actor, name="law_actor"),
    path("muc/<path:entry_id>/", law.entry, name="law_entry"),
]
