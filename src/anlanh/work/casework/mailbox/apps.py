"""Django's entry for the mailbox."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """Letters read into cases."""

    name = "anlanh.work.casework.mailbox"
    label = "mailbox"
