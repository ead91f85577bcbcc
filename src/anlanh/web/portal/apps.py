"""Makes the portal's templates and words known to Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public's pages."""

    name = "anlanh.web.portal"
    label = "web_portal"
