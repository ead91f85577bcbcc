"""Broadcasts: one that runs goes first and can be interrupted; clips name a stretch that can be true."""

import io
from typing import Any

import pytest

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity.policy import public_actor
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, decide, review
from anlanh.work.casework.broadcasts import actions
from anlanh.work.casework.broadcasts.queries import broadcast_of
from anlanh.work.casework.desk.plans import DANGER, ORDINARY
from anlanh.work.casework.models import Case, Decision, Evidence, Measure
from tests.builders import Office
from tests.work.casework.steps_of import carried_out, decision_input, door, fresh_address, integration, report

pytestmark = pytest.mark.django_db

LIVE = {"category": "livestream", "details": {"still_live": "live", "what_happens": "violence"}}


def keep(office: Office, case: Case, starts: str, ends: str, **given: Any) -> Any:
    """A clip kept by the moderator."""
    content = io.BytesIO(b"\x00\x00\x00\x18ftypmp42")
    return actions.keep_clip(
        office.actor("moderator"), case.id, "doan.mp4", content, starts, ends, **{"relied_on": True, **given}
    )


def test_what_is_running_is_begun_before_the_rest(platform: Office) -> None:
    address = fresh_address()
    quiet = report(platform, address, category="livestream", details={"still_live": "over"}).case
    assert not quiet.on_air
    assert quiet.tier == ORDINARY
    report(platform, address, **LIVE)
    case = Case.objects.get(id=quiet.id)
    assert case.on_air
    assert case.tier == DANGER
    assert case.begin_by < quiet.begin_by
    report(platform, address, category="livestream", details={"still_live": "over"})
    assert Case.objects.get(id=case.id).on_air, "a stranger does not end it"


def test_it_is_interrupted_told_and_resumed(platform: Office) -> None:
    integration(platform)
    case, moderator = report(platform, **LIVE).case, platform.actor("moderator")
    keep(platform, case, "12:30", "0:13:05")
    keep(platform, case, "0:20:00", "0:21:00", relied_on=False)
    review.claim(moderator, case.id)
    decision = decide.decide(moderator, case.id, decision_input("interrupt"))
    order = queries.measure_order(decision.carried_out.id, "apply")
    assert order["kind"] == "interrupt"
    told = decision.notices.get(role="affected").body
    assert "0:12:30–0:13:05" in told
    assert "0:20:00" not in told
    way_in = door(decision)
    carried_out(platform, decision)
    case.page.refresh_from_db()
    assert case.page.state == "interrupted"
    appeal = appeals.file_appeal(*way_in, "Đây là diễn tập chữa cháy.")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Đúng là diễn tập.")
    carried_out(platform, decision, "reverse")
    case.page.refresh_from_db()
    assert case.page.state == "live"
    assert Measure.objects.get().state == Measure.State.REVERSED


def test_only_what_runs_can_be_interrupted(platform: Office) -> None:
    case, moderator = report(platform).case, platform.actor("moderator")
    review.claim(moderator, case.id)
    with pytest.raises(BadInput) as refusal:
        decide.decide(moderator, case.id, decision_input("interrupt"))
    assert refusal.value.where == "measure"
    actions.note_running(moderator, case.id)
    actions.note_over(moderator, case.id)
    with pytest.raises(BadInput):
        decide.decide(moderator, case.id, decision_input("interrupt"))
    actions.note_running(moderator, case.id)
    decide.decide(moderator, case.id, decision_input("interrupt"))
    assert Decision.objects.get().measure == "interrupt"


@pytest.mark.parametrize(
    ("starts", "ends", "where"),
    [
        ("0:10:00", "0:09:59", "ends"),
        ("0:10:00", "0:10:00", "ends"),
        ("một phút", "0:10:00", "starts"),
        ("0:00:61", "0:10:00", "starts"),
        ("-1:00", "0:10:00", "starts"),
        ("0:10:00", "1:02:04", "ends"),
        ("0:10:00", "99999999999:00", "ends"),
    ],
)
def test_a_clip_lies_within_the_broadcast(platform: Office, starts: str, ends: str, where: str) -> None:
    case, moderator = report(platform, **LIVE).case, platform.actor("moderator")
    actions.note_over(moderator, case.id, "1:02:03")
    with pytest.raises(BadInput) as refusal:
        keep(platform, case, starts, ends)
    assert refusal.value.where == where
    assert not Evidence.objects.filter(case=case).exists()
    keep(platform, case, "1:02:00", "1:02:03")


def test_a_length_is_not_shorter_than_what_was_kept(platform: Office) -> None:
    case, moderator = report(platform, **LIVE).case, platform.actor("moderator")
    keep(platform, case, "0:10:00", "0:20:00")
    for length in ("0:19:59", "0:00:00", "lâu lắm"):
        with pytest.raises(BadInput) as refusal:
            actions.note_over(moderator, case.id, length)
        assert refusal.value.where == "length"
    actions.note_over(moderator, case.id, "0:20:00")
    shown = broadcast_of(moderator, case.id)
    assert shown.length == "0:20:00"
    assert [(line.starts, line.ends) for line in shown.clips] == [("0:10:00", "0:20:00")]
    assert not Case.objects.get(id=case.id).on_air
    kept = Act.objects.get(type="clip.kept")
    assert (kept.clear["starts"], kept.clear["ends"]) == (600, 1200)


def test_only_those_who_work_on_its_cases(platform: Office, other: Office) -> None:
    case = report(platform, **LIVE).case
    with pytest.raises(NotFound):
        actions.note_over(other.actor("moderator"), case.id)
    with pytest.raises(NotAllowed):
        actions.note_running(platform.actor("registrar"), case.id)
    with pytest.raises(NotAllowed):
        actions.note_over(public_actor(platform.organisation.id), case.id)
