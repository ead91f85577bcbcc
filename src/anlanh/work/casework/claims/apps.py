"""Django's entry for claims."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Counter-notices against claims."""

    name = "anlanh.work.casework.claims"
    label = "claims"

    def ready(self) -> None:
        from anlanh.work.casework.claims import acts, reactions  # noqa: F401  (declares act types and reactions)
