"""Makes the console's templates, scripts and words known to Django."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The staff's pages."""

    name = "anlanh.web.console"
    label = "web_console"
