"""The bar under which a decision can be taken back, and the page that says for how long."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anlanh.work.casework.actions.review import claim
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.preferences.queries import undo_seconds

pytestmark = pytest.mark.django_db


def test_a_decision_is_taken_back_from_whatever_page_comes_next(
    platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case], typed: dict[str, str]
) -> None:
    admin = signed_in(platform, "admin")
    assert admin.post("/console/preferences/", {"undo_seconds": "900"}).status_code == 422
    assert admin.post("/console/preferences/", {"undo_seconds": "60"}).status_code == 302
    assert undo_seconds(platform.organisation.id) == 60
    assert 'value="60"' in admin.get("/console/preferences/").content.decode()
    case = report()
    claim(platform.actor("moderator"), case.id)
    person, page = signed_in(platform, "moderator"), f"/console/cases/{case.id}/"
    assert person.get("/console/preferences/").status_code == 403
    assert person.post(f"{page}decide/", typed).status_code == 302
    decision = Decision.objects.get()
    queue = person.get("/console/").content.decode()
    assert str(decision.id) in queue
    assert "Undo (" in queue
    assert str(decision.id) not in signed_in(platform, "second").get("/console/").content.decode()
    refused = person.post(f"{page}withdraw/", {"decision": str(decision.id), "why": "no"}, follow=True)
    assert "could not be taken back" in refused.content.decode()
    answer = person.post(f"{page}withdraw/", {"decision": str(decision.id), "why": "slip"}, follow=True)
    shown = answer.content.decode()
    assert "taken back before it left" in shown
    assert 'id="decide"' in shown
    assert f">{typed['subject_fact']}</textarea>" in shown.replace("\n", "")
    assert "Undo (" not in shown
    again = person.post(f"{page}withdraw/", {"decision": str(decision.id), "why": "slip"}, follow=True)
    assert "could not be taken back" in again.content.decode()
