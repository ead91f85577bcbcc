"""Django's entry for the registry."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Pages and the accounts behind them."""

    name = "anlanh.work.registry"
    label = "registry"

    def ready(self) -> None:
        from anlanh.work.registry import acts  # noqa: F401  (declares the act types)
