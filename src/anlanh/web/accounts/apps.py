"""Django's entry for the account pages."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Pages about accounts, in front of allauth's."""

    name = "anlanh.web.accounts"
    label = "web_accounts"
