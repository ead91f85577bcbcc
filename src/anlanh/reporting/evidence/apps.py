"""Django's entry for evidence of duties."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Statements of people that a duty was met, or that nothing happened to which it answers."""

    name = "anlanh.reporting.evidence"
    label = "duty_evidence"

    def ready(self) -> None:
        from anlanh.reporting.evidence import acts  # noqa: F401  (declares act types)
