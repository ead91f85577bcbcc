"""Django's entry for knowing reports that were sent before."""

from django.apps import AppConfig


class SamenessConfig(AppConfig):
    """Exact repetitions of a report."""

    name = "anlanh.work.casework.sameness"
    label = "sameness"
