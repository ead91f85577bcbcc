"""Django's entry for search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The folded-text index."""

    name = "anlanh.base.search"
    label = "search"
