"""Addresses of the portal. Letters name `/ho-so/` and `/xac-nhan-thu/`, so they stay as they are for years."""

from django.urls import include, path

from anlanh.web.portal.views import (
    appeal,
    confirm,
    counter,
    files,
    home,
    mandates,
    misuse,
    public,
    report,
    take,
    talk,
    terms,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("phap-luat/", include("anlanh.web.portal.law_urls")),
    path("bao/", report.start, name="start"),
    path("bao/<slug:code>/tep/", files.files, name="files"),
    path("bao/<slug:code>/kiem-tra/", report.check, name="check"),
    path("bao/<slug:code>/da-gui/", report.done, name="done"),
    path("bao/<slug:code>/<slug:slug>/", report.step, name="step"),
    path("ho-so/", home.find, name="find"),
    path("ho-so/<str:reference>/", home.status, name="status"),
    path("ho-so/<str:reference>/trao-doi/", talk.talk, name="talk"),
    path("ho-so/<str:reference>/khieu-nai/", appeal.appeal, name="appeal"),
    path("ho-so/<str:reference>/khieu-nai-muon/", appeal.late, name="late_appeal"),
    path("ho-so/<str:reference>/canh-bao/", misuse.misuse, name="misuse"),
    path("ho-so/<str:reference>/phan-doi/", counter.object_to, name="counter"),
    path("ho-so/<str:reference>/tra-loi-phan-doi/", counter.answer, name="counter_answer"),
    path("ho-so/<str:reference>/tai-ve/", take.take, name="take"),
    path("ho-so/<str:reference>/dai-dien/", mandates.mandates, name="mandates"),
    path("dai-dien/<str:reference>/", mandates.office, name="office"),
    path("cong-khai/", public.index, name="public"),
    path("so-lieu/<slug:code>/", public.figures, name="figures"),
    path("so-lieu/<slug:code>/csv/", public.figures_csv, name="figures_csv"),
    path("so-lieu/<slug:code>/json/", public.figures_json, name="figures_json"),
    path("quyet-dinh/<slug:code>/", public.decisions, name="decisions"),
    path("quy-dinh/<slug:code>/", terms.index, name="terms"),
    path("quy-dinh/<slug:code>/<slug:document>/", terms.current, name="terms_current"),
    path("quy-dinh/<slug:code>/<slug:document>/<int:version>/", terms.numbered, name="terms_version"),
    path("quy-dinh/<slug:code>/<slug:document>/<int:version>/thay-doi/", terms.compared, name="terms_changes"),
    path("quy-dinh/<slug:code>/<slug:document>/<int:version>/json/", terms.exact, name="terms_exact"),
    path("xac-nhan-thu/<str:token>/", confirm.confirm, name="confirm"),
]
