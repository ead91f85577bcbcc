"""Django's entry for policies."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Terms of use, community rules and handling procedures, in versions that never change."""

    name = "anlanh.work.policies"
    label = "policies"

    def ready(self) -> None:
        from anlanh.work.policies import acts  # noqa: F401  (declares act types)
