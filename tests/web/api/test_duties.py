"""The duty board over the API."""

import pytest
from django.test import Client

from anlanh.base.identity import actions as identity
from anlanh.reporting.board import queries
from tests.builders import Office
from tests.work.casework.steps_of import decided, report

pytestmark = pytest.mark.django_db


def key(office: Office, *capabilities: str) -> dict:
    _, secret = identity.issue_credential(office.actor("admin"), "máy", list(capabilities))
    return {"Authorization": f"Bearer {secret}"}


def test_the_board_has_the_figures_of_the_page(platform: Office) -> None:
    decided(platform, report(platform))
    found = Client().get("/api/v1/duties", headers=key(platform, "duties.view")).json()
    board = queries.board_of(platform.actor("inspector"), queries.this_year())
    assert found["totals"] == board.totals()
    assert [entry["id"] for entry in found["duties"]] == [line.item.id for line in board.lines]


def test_it_takes_the_capability_and_good_days(platform: Office) -> None:
    assert Client().get("/api/v1/duties", headers=key(platform, "cases.view")).status_code == 403
    allowed = key(platform, "duties.view")
    assert Client().get("/api/v1/duties?from=2026-02-01&to=2026-01-01", headers=allowed).status_code == 422
    assert Client().get("/api/v1/duties?from=hom-nay", headers=allowed).status_code == 422
