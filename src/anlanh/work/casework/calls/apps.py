"""Django's entry for calls."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Calls that staff type in."""

    name = "anlanh.work.casework.calls"
    label = "calls"

    def ready(self) -> None:
        from anlanh.work.casework.calls import acts  # noqa: F401  (declares act types)
