"""Django's entry for the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Queues with their rules, and who is at work when."""

    name = "anlanh.work.casework.desk"
    label = "desk"

    def ready(self) -> None:
        from anlanh.work.casework.desk import acts  # noqa: F401  (declares act types)
