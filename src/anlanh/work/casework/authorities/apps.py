"""Django's entry for authorities and their papers."""

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    """Who asks, and what becomes of their papers."""

    name = "anlanh.work.casework.authorities"
    label = "authorities"

    def ready(self) -> None:
        from anlanh.work.casework.authorities import acts, reactions  # noqa: F401  (declare themselves)
