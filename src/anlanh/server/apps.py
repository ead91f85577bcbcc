"""Django's entry for the server: binds ports and channels once everything is loaded."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """The top floor."""

    name = "anlanh.server"
    label = "server"

    def ready(self) -> None:
        from anlanh.server.bindings import bind_everything

        bind_everything()
