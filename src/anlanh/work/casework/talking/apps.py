"""Django's entry for talk in cases."""

from django.apps import AppConfig


class TalkingConfig(AppConfig):
    """Messages between the staff and those whom a case concerns."""

    name = "anlanh.work.casework.talking"
    label = "talks"

    def ready(self) -> None:
        from anlanh.work.casework.talking import acts  # noqa: F401  (declares act types)
