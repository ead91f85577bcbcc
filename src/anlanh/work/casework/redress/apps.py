"""Django's entry for redress."""

from django.apps import AppConfig


class RedressConfig(AppConfig):
    """Late appeals, representatives and their mandates."""

    name = "anlanh.work.casework.redress"
    label = "redress"

    def ready(self) -> None:
        from anlanh.work.casework.redress import acts  # noqa: F401  (declares act types)
