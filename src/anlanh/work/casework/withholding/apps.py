"""Django's entry for notices kept back."""

from django.apps import AppConfig


class WithholdingConfig(AppConfig):
    """Notices that a clause forbids for a time."""

    name = "anlanh.work.casework.withholding"
    label = "withholding"

    def ready(self) -> None:
        from anlanh.work.casework.withholding import acts, reactions  # noqa: F401  (declare themselves)
