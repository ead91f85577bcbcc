"""Django's entry for publishing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Public figures and published decisions."""

    name = "anlanh.work.casework.publishing"
    label = "publishing"

    def ready(self) -> None:
        from anlanh.work.casework.publishing import acts  # noqa: F401  (declares act types)
