"""The API's addresses."""

from django.urls import path

from anlanh.web.api.api import api

urlpatterns = [path("", api.urls)]
