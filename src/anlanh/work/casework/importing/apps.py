"""Django's entry for bringing in registers."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Registers that were kept elsewhere, brought in as pages, cases and orders."""

    name = "anlanh.work.casework.importing"
    label = "imports"

    def ready(self) -> None:
        from anlanh.work.casework.importing import acts, reactions  # noqa: F401  (declares act types and reactions)
