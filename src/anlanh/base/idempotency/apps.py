"""Django's entry for idempotency."""

from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    """Answers kept for requests that are sent again."""

    name = "anlanh.base.idempotency"
    label = "idempotency"
