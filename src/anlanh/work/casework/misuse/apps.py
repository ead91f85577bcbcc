"""Django's entry for misuse of reporting."""

from django.apps import AppConfig


class MisuseConfig(AppConfig):
    """Unfounded reports, warnings and limits, and the appeals against them."""

    name = "anlanh.work.casework.misuse"
    label = "misuse"

    def ready(self) -> None:
        from anlanh.work.casework.misuse import acts, reactions  # noqa: F401  (declare themselves)
