"""What the pages share: middleware, components, static files, templates."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The shared parts of all pages."""

    name = "anlanh.web"
    label = "web"
