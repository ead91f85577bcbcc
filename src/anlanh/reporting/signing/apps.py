"""Django's entry for signatures under the law."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """What a lawyer has read and answers for, in which version."""

    name = "anlanh.reporting.signing"
    label = "law_signing"

    def ready(self) -> None:
        from anlanh.reporting.signing import acts  # noqa: F401  (declares act types)
