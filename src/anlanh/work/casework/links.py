"""The addresses that letters name: a promise to people who keep letters for years, so they stand in one place."""

import uuid

from django.conf import settings


def status() -> str:
    """Where a reference and its secret open a page."""
    return f"{settings.SITE_URL}/ho-so/"


def case(case_id: uuid.UUID) -> str:
    """Where staff open a case."""
    return f"{settings.SITE_URL}/console/cases/{case_id}/"


def confirm_email(token: str) -> str:
    """Where a reporter confirms that an address is theirs."""
    return f"{settings.SITE_URL}/xac-nhan-thu/{token}/"


def terms(organisation: str, slug: str, version: int, number: str) -> str:
    """Where everybody reads a clause of an organisation's own rules as it was published."""
    return f"{settings.SITE_URL}/quy-dinh/{organisation}/{slug}/{version}/#muc-{number}"
