"""Django's entry for the outbox."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages with lease and attempts, and the tasks for people that failures become."""

    name = "anlanh.base.outbox"
    label = "outbox"
