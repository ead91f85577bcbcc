"""Bare organisations: the index needs their ids alone."""

import pytest

from anlanh.base import clock
from anlanh.base.identity.models import Organisation


def _organisation(code: str) -> Organisation:
    return Organisation.objects.create(code=code, kind="licensed-social-network", name=code, created_at=clock.now())


@pytest.fixture
def organisation(db: None) -> Organisation:
    return _organisation("chu")


@pytest.fixture
def neighbour(db: None) -> Organisation:
    return _organisation("lang-gieng")
