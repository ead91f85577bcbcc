"""Django's entry for holds."""

from django.apps import AppConfig


class HoldsConfig(AppConfig):
    """Pages held until a person decides."""

    name = "anlanh.work.casework.holds"
    label = "holds"

    def ready(self) -> None:
        from anlanh.work.casework.holds import acts  # noqa: F401  (declares act types)
