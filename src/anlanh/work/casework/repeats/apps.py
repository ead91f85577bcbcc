"""Django's entry for repeated violations."""

from django.apps import AppConfig


class RepeatsConfig(AppConfig):
    """What stands against an account. Its only rows are what was decided elsewhere."""

    name = "anlanh.work.casework.repeats"
    label = "repeats"

    def ready(self) -> None:
        from anlanh.work.casework.repeats import acts, reactions  # noqa: F401  (declares act types and reactions)
