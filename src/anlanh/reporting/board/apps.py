"""Django's entry for the duty board."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Counts of acts by day, kept up with the log, and the board that is judged by them."""

    name = "anlanh.reporting.board"
    label = "board"
