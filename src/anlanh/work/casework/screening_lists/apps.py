"""Django's entry for lists of screening."""

from django.apps import AppConfig


class ScreeningListsConfig(AppConfig):
    """Phrases and host names that screening looks for."""

    name = "anlanh.work.casework.screening_lists"
    label = "screening_lists"

    def ready(self) -> None:
        from anlanh.work.casework.screening_lists import acts  # noqa: F401  (declares act types)
