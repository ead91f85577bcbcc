"""Django's entry for the preferences of casework."""

from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    """What an organisation sets for its own casework."""

    name = "anlanh.work.casework.preferences"
    label = "preferences"

    def ready(self) -> None:
        from anlanh.work.casework.preferences import acts  # noqa: F401  (declares act types)
