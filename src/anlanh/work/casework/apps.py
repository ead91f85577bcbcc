"""Django's entry for casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases from the first report to the last appeal."""

    name = "anlanh.work.casework"
    label = "casework"

    def ready(self) -> None:
        from anlanh.work.casework import acts, reactions  # noqa: F401  (declares act types and reactions)
