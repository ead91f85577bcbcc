"""Django's entry for identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Organisations, people, roles, keys of machines."""

    name = "anlanh.base.identity"
    label = "identity"

    def ready(self) -> None:
        from anlanh.base.identity import acts  # noqa: F401  (declares the act types)
