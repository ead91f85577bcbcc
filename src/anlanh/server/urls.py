"""Which face answers which address."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("anlanh.web.api.urls")),
    path("console/", include("anlanh.web.console.urls")),
    path("accounts/", include("anlanh.web.accounts.urls")),
    path("", include("anlanh.web.urls")),
    path("", include("anlanh.web.portal.urls")),
]

handler400 = "anlanh.web.errors.bad_request"
handler403 = "anlanh.web.errors.forbidden"
handler404 = "anlanh.web.errors.not_found"
handler500 = "anlanh.web.errors.server_error"
