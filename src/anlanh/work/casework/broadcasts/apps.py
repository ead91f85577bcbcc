"""Django's entry for broadcasts."""

from django.apps import AppConfig


class BroadcastsConfig(AppConfig):
    """Broadcasts and clips of them."""

    name = "anlanh.work.casework.broadcasts"
    label = "broadcasts"

    def ready(self) -> None:
        from anlanh.work.casework.broadcasts import acts  # noqa: F401  (declares act types)
