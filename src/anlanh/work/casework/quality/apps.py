"""Django's entry for second looks."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Which decisions are looked at again, and what came of it."""

    name = "anlanh.work.casework.quality"
    label = "quality"

    def ready(self) -> None:
        from anlanh.work.casework.quality import acts, reactions  # noqa: F401  (declare acts and reactions)
