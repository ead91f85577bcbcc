"""Django's entry for limits."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """Rate limits shared by all processes."""

    name = "anlanh.base.limits"
    label = "limits"
