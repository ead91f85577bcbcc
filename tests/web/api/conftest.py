"""A platform with a machine's key for everything machines may do, and a neighbour with another."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from anlanh.base.identity.actions import issue_credential
from anlanh.base.identity.policy import MACHINE_CAPABILITIES
from anlanh.web.api import keys
from tests.builders import Office

ROOT = "/api/v1"


@dataclass
class Caller:
    """Calls the API as a machine, or as anybody when there is no key.

    Args:
        key: the secret.
    """

    key: str = ""

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """One request; `headers` by name with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.key:
            named.setdefault("Authorization", f"Bearer {self.key}")
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return Client().generic(method, ROOT + path, headers=named, **content)


def key_of(office: Office, *capabilities: str) -> str:
    """A fresh key of an organisation."""
    chosen = capabilities or sorted(MACHINE_CAPABILITIES)
    return issue_credential(office.actor("admin"), "hệ thống", chosen)[1]


@pytest.fixture(autouse=True)
def _no_keys_remembered() -> None:
    keys._remembered.clear()


@pytest.fixture
def public(db: None) -> Caller:
    return Caller()


@pytest.fixture
def machine(platform: Office) -> Caller:
    return Caller(key_of(platform))


@pytest.fixture
def stranger(other: Office) -> Caller:
    """A machine of another organisation, with every capability there is."""
    return Caller(key_of(other))
