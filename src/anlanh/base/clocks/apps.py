"""Django's entry for clocks."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Clocks that run on cases and other subjects."""

    name = "anlanh.base.clocks"
    label = "clocks"
