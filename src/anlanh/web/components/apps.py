"""Makes the component tags and their templates known to Django."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Components of pages."""

    name = "anlanh.web.components"
    label = "web_components"
