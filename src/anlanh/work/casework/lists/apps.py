"""Django's entry for the arrangement of lists."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Saved views, columns and start pages."""

    name = "anlanh.work.casework.lists"
    label = "lists"

    def ready(self) -> None:
        from anlanh.work.casework.lists import acts  # noqa: F401  (declares act types)
