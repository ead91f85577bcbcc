"""Addresses of what the faces share."""

from django.urls import path

from anlanh.web.components.views import gallery
from anlanh.web.language import set_language, set_theme

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="set_theme"),
    path("console/_components/", gallery, name="components"),
]
