"""Django's entry for the count of what reviewers look at."""

from django.apps import AppConfig


class ExposureConfig(AppConfig):
    """What each person has opened of evidence."""

    name = "anlanh.work.casework.exposure"
    label = "exposure"
