"""Django's entry for keeping."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Exhibits, holds and case files."""

    name = "anlanh.work.casework.keeping"
    label = "keeping"

    def ready(self) -> None:
        from anlanh.work.casework.keeping import acts  # noqa: F401  (declares act types)
