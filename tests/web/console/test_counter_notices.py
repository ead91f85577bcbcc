"""The part of the case page about a counter-notice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.work.casework.claims import standing
from tests.work.casework.claims.test_counter_notices import PLACE, lodged, objected, taken_down

pytestmark = pytest.mark.django_db


def test_a_person_settles_it_once_the_time_is_over(platform: Any, signed_in: Callable[..., Client]) -> None:
    filed, _decision, door = taken_down(platform)
    notice = objected(door)
    person, page = signed_in(platform, "moderator"), f"/console/cases/{filed.case.id}/"
    shown = person.get(page).content.decode()
    assert PLACE in shown
    assert "compared with the Official Gazette" in shown, "the pack's doubt is shown"
    settle = f"/console/counter-notices/{notice.id}/settle/"
    early = person.post(settle, {"outcome": "restored", "reasons": "Sớm quá."}, follow=True)
    assert "the claimant has time until" in early.content.decode()
    with clock.set_to(standing.due(notice, filed.case) + timedelta(minutes=1)):
        assert "that time is over" in person.get(page).content.decode()
        done = person.post(settle, {"outcome": "restored", "reasons": "Không ai kiện."}, follow=True)
    assert "Content brought back" in done.content.decode()


def test_what_the_claimant_shows_stands_beside_it(platform: Any, signed_in: Callable[..., Client]) -> None:
    filed, _decision, door = taken_down(platform)
    notice = objected(door)
    lodged(platform, filed)
    person, page = signed_in(platform, "moderator"), f"/console/cases/{filed.case.id}/"
    assert "12/TLST" in person.get(page).content.decode()
    settle = f"/console/counter-notices/{notice.id}/settle/"
    person.post(settle, {"outcome": "kept", "reasons": "Toà đã nhận đơn."})
    assert "Decision stands" in person.get(page).content.decode()
