"""Django's entry for files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files and their previews."""

    name = "anlanh.base.files"
    label = "files"
