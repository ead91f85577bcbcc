"""The part of the case page about a notice that is kept back, and the list of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.law.pack import vietnam
from anlanh.work.casework import steps
from anlanh.work.casework.actions.review import claim
from anlanh.work.casework.models import Case, Decision, Notice
from anlanh.work.casework.withholding.models import Withholding

pytestmark = pytest.mark.django_db


def test_without_such_a_clause_the_pages_say_so(
    platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case]
) -> None:
    case, person = report(), signed_in(platform, "moderator")
    assert "everybody affected is told" in person.get("/console/kept-back/").content.decode()
    assert "Ask that they be not told yet" not in person.get(f"/console/cases/{case.id}/").content.decode()


def test_two_people_keep_a_notice_back_and_a_third_ends_it(
    platform: Any,
    signed_in: Callable[..., Client],
    report: Callable[..., Case],
    typed: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = vietnam()
    ref = pack.grounds[typed["ground"]].ref
    marked = replace(pack, clauses={**pack.clauses, ref: replace(pack.clauses[ref], forbids_notice=True)})
    monkeypatch.setattr(steps, "pack", lambda: marked)
    case = report()
    claim(platform.actor("moderator"), case.id)
    asking, approving, page = (
        signed_in(platform, "moderator"),
        signed_in(platform, "second"),
        f"/console/cases/{case.id}/",
    )
    refused = asking.post(f"{page}decide/", typed)
    assert "forbids telling the person affected" in refused.content.decode()
    sent = {"clause": str(ref), "reason": "", "days": "10"}
    assert asking.post(f"{page}keep-back/", sent).status_code == 422
    assert asking.post(f"{page}keep-back/", {**sent, "reason": "Điều tra viên yêu cầu."}).status_code == 302
    row = Withholding.objects.get()
    assert "Somebody else approves" in asking.get(page).content.decode()
    own = asking.post(f"{page}keep-back/settle/", {"withholding": str(row.id), "way": "approve"})
    assert own.status_code == 403
    assert "waits for a second person" in approving.get("/console/kept-back/").content.decode()
    approving.post(f"{page}keep-back/settle/", {"withholding": str(row.id), "way": "approve"})
    assert asking.post(f"{page}decide/", typed).status_code == 302
    assert Decision.objects.get().notice_forbidden_by == str(ref)
    with clock.set_to(clock.now() + timedelta(days=11)):
        assert "due to be sent" in approving.get("/console/kept-back/").content.decode()
        assert "due to be sent since" in approving.get(page).content.decode()
    assert (
        "Nothing is written"
        in approving.post(f"{page}keep-back/settle/", {"way": "lift", "reason": ""}, follow=True).content.decode()
    )
    approving.post(f"{page}keep-back/settle/", {"way": "lift", "reason": "Không còn cần."})
    assert Notice.objects.filter(role="affected").exists()
    assert (
        "Look at the case again"
        in approving.post(f"{page}keep-back/settle/", {"way": "lift", "reason": "x"}, follow=True).content.decode()
    )
