"""Django's entry for deciding many cases together."""

from django.apps import AppConfig


class GroupingConfig(AppConfig):
    """Cases compared side by side, and decided together."""

    name = "anlanh.work.casework.grouping"
    label = "grouping"

    def ready(self) -> None:
        from anlanh.work.casework.grouping import acts  # noqa: F401  (declares act types)
