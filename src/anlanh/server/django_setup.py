"""Starting Django from the command line."""

import os


def setup() -> None:
    """Loads the settings and the apps; calling it twice does no harm."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlanh.server.settings")
    import django

    django.setup()
