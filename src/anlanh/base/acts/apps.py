"""Django's entry for acts."""

from django.apps import AppConfig


class ActsConfig(AppConfig):
    """Acts, committed values, and the logs they are sealed into."""

    name = "anlanh.base.acts"
    label = "acts"

    def ready(self) -> None:
        from anlanh.base.acts import correcting, tasks  # noqa: F401  (they declare their act types)
