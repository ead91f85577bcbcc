"""Misuse of reporting: only what a person marked counts; warning, then limit; everything told, appealable, undone."""

from datetime import timedelta
from typing import Any

import pytest

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity.policy import MACHINE_CAPABILITIES
from anlanh.base.outbox.channels import TryLater
from anlanh.base.outbox.models import Task
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, decide, intake, protection, review
from anlanh.work.casework.misuse import actions, reactions, standing
from anlanh.work.casework.misuse.models import Consequence, Objection, Unfounded
from anlanh.work.casework.misuse.queries import consequences, of_case, own_consequences, suspected
from anlanh.work.casework.models import Case, Evidence, Notice, Party
from anlanh.work.casework.preferences.actions import set_preferences
from anlanh.work.casework.sameness import senders
from tests.builders import Office
from tests.work.casework.misuse.senders_of import WHY, again, held_unfounded, limited, machine, sent, warned
from tests.work.casework.steps_of import decision_input, report, stored_file

pytestmark = pytest.mark.django_db


def standing_of(office: Office, filed: intake.Filed) -> standing.Standing:
    return standing.of(office.organisation.id, senders.mark_of(Party.objects.get(reports=filed.report)))


def test_only_what_a_person_marked_counts_however_many_reports_there_are(platform: Office) -> None:
    for _ in range(5):
        filed = sent(platform)
        review.claim(platform.actor("moderator"), filed.case.id)
        decide.decide(platform.actor("moderator"), filed.case.id, decision_input("no_action"))
    assert standing_of(platform, filed).marks == []
    assert not Task.objects.filter(kind=actions.SUSPICION).exists()
    again(platform, 3)
    assert standing_of(platform, filed).next == "warning"
    task = Task.objects.get(kind=actions.SUSPICION)
    assert (task.detail["next"], task.detail["count"]) == ("warning", 3)
    assert not Consequence.objects.exists(), "nothing follows by itself"


def test_the_sender_reads_the_mark_with_its_reason(platform: Office) -> None:
    filed = sent(platform)
    held_unfounded(platform, filed)
    letter = queries.status(filed.report.reference, filed.secret).notices[0].body
    assert "rõ ràng vô căn cứ" in letter
    assert WHY in letter
    act = Act.objects.get(type="report.marked_unfounded")
    assert act.clear["reporter"] == str(filed.report.reporter_id)
    assert WHY not in str(act.clear)


def test_another_reporter_of_the_same_case_is_not_marked_with_it(platform: Office) -> None:
    first = sent(platform)
    second = sent(platform, "nguoi-dung-8", address=first.case.page.address, text="Tôi cũng thấy.")
    held_unfounded(platform, first)
    assert "vô căn cứ" not in queries.status(second.report.reference, second.secret).notices[0].body
    assert standing_of(platform, second).marks == []


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"measure": "remove"}, "unfounded"),
        ({"unfounded_reason": " "}, "unfounded_reason"),
        ({"unfounded_reason": "x" * 2001}, "unfounded_reason"),
        ({"unfounded": (new_id(),)}, "unfounded"),
        ({"unfounded": ()}, "unfounded"),
    ],
)
def test_a_mark_needs_a_reason_a_report_of_the_case_and_no_action(
    platform: Office, fields: dict[str, Any], where: str
) -> None:
    filed = sent(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    given = {"unfounded": (filed.report.id,), "unfounded_reason": WHY, **fields}
    with pytest.raises(BadInput) as refusal:
        decide.decide(
            platform.actor("moderator"), filed.case.id, decision_input(given.pop("measure", "no_action"), **given)
        )
    assert refusal.value.where == where
    assert not Unfounded.objects.exists()


def test_reports_about_children_and_decisions_of_machines_are_never_marked(platform: Office) -> None:
    by_a_child = sent(platform, concerns_child=True)
    beside = sent(platform, "nguoi-dung-9", address=by_a_child.case.page.address)
    with pytest.raises(BadInput):
        held_unfounded(platform, by_a_child)
    with pytest.raises(BadInput):
        held_unfounded(platform, beside)
    plain = sent(platform)
    key = Actor(ActorKind.MACHINE, platform.organisation.id, new_id(), MACHINE_CAPABILITIES)
    review.claim(key, plain.case.id)
    given = decision_input("no_action", unfounded=(plain.report.id,), unfounded_reason=WHY)
    with pytest.raises(NotAllowed):
        decide.decide(key, plain.case.id, given)
    assert not Unfounded.objects.exists()


def test_a_case_that_turns_out_to_concern_a_child_is_counted_no_more(platform: Office) -> None:
    filed = again(platform, 3)
    Case.objects.filter(id=filed[0].case.id).update(concerns_child=True)
    assert standing_of(platform, filed[0]).next == ""


def test_nobody_is_counted_whose_address_was_only_typed(platform: Office) -> None:
    filed = [report(platform, reporter_email="lan@example.vn") for _ in range(3)]
    for each in filed:
        held_unfounded(platform, each)
    assert standing.of(platform.organisation.id, senders.mark_of(filed[0].report.reporter)) is None
    assert not Task.objects.filter(kind=actions.SUSPICION).exists()


def test_warning_then_limit_and_the_limit_ends_by_itself(platform: Office) -> None:
    warning, filed = warned(platform)
    assert warning.counted.count() == 3
    assert not Task.objects.filter(kind=actions.SUSPICION, state="open").exists()
    assert standing_of(platform, filed).next == ""
    with pytest.raises(BadInput):
        actions.take(platform.actor("second"), filed.report.id, "limit", "Ngay.", 5)
    further = again(platform, 3)[-1]
    assert standing_of(platform, further).next == "limit"
    with pytest.raises(BadInput):
        actions.take(platform.actor("second"), further.report.id, "warning", "Lần nữa.")
    for days in (0, 31):
        with pytest.raises(BadInput) as refusal:
            actions.take(platform.actor("second"), further.report.id, "limit", "Vẫn tiếp tục.", days)
        assert refusal.value.where == "days"
    limit = actions.take(platform.actor("second"), further.report.id, "limit", "Vẫn tiếp tục.", 10)
    assert standing_of(platform, further).limit == limit
    view = own_consequences(further.report.reference, further.secret)
    assert [line.state for line in view] == ["slowed", "warned"]
    assert len(view[0].counted) == 3
    with clock.set_to(limit.until + timedelta(seconds=1)):
        assert standing_of(platform, further).limit is None
        assert own_consequences(further.report.reference, further.secret)[0].state == "over"
    clear = Act.objects.get(type="misuse.limited").clear
    assert (clear["counted"], clear["needed"], clear["within_days"]) == (3, 3, 180)
    assert "nguoi-dung-7" not in str([act.clear for act in Act.objects.all()])


def test_marks_grow_old_and_are_not_counted_twice(platform: Office) -> None:
    filed = again(platform, 2)[-1]
    with clock.set_to(clock.now() + timedelta(days=181)):
        late = again(platform, 1)[-1]
        assert len(standing_of(platform, late).marks) == 1
    assert len(standing_of(platform, filed).marks) == 3


def test_an_organisation_may_only_be_milder(platform: Office) -> None:
    with pytest.raises(BadInput):
        set_preferences(platform.actor("admin"), undo_seconds=0, numbers={"misuse.warn-after": 2})
    set_preferences(platform.actor("admin"), undo_seconds=0, numbers={"misuse.warn-after": 4})
    filed = again(platform, 3)[-1]
    assert standing_of(platform, filed).next == ""
    again(platform, 1)
    assert standing_of(platform, filed).next == "warning"


def test_a_decision_taken_back_or_reversed_or_under_appeal_counts_nothing(platform: Office) -> None:
    filed = again(platform, 3)
    door = (filed[0].report.reference, filed[0].secret)
    appeal = appeals.file_appeal(*door, "Tôi báo đúng.")
    assert standing_of(platform, filed[0]).next == "", "it waits for the hearing"
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Đúng là lừa.", decision_input())
    assert len(standing_of(platform, filed[0]).marks) == 2
    set_preferences(platform.actor("admin"), undo_seconds=60)
    late = sent(platform)
    with pytest.raises(TryLater):
        held_unfounded(platform, late)
    assert standing_of(platform, late).next == "", "it can still be taken back"


def test_a_warning_that_lost_its_basis_on_appeal_ends_and_says_so(platform: Office) -> None:
    warning, filed = warned(platform)
    appeal = appeals.file_appeal(filed.report.reference, filed.secret, "Tôi báo đúng.")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Đúng là lừa.", decision_input())
    act = Act.objects.get(type="appeal.decided")
    reactions.end_without_basis(act)
    reactions.end_without_basis(act)
    warning.refresh_from_db()
    assert warning.lifted_why == "no_basis"
    assert len(standing_of(platform, filed).marks) == 2, "the others count again"
    assert "không còn hiệu lực" in queries.status(filed.report.reference, filed.secret).notices[0].body
    assert Act.objects.filter(type="misuse.lifted").count() == 1


def test_a_warning_ends_where_one_of_its_cases_turns_out_to_concern_a_child(platform: Office) -> None:
    warning, filed = warned(platform)
    Evidence.objects.create(
        organisation=platform.organisation,
        case=filed.case,
        report=filed.report,
        file=stored_file(platform),
        added_at=clock.now(),
    )
    protection.restrict_file(platform.actor("moderator"), filed.case.id, Evidence.objects.get().file_id)
    reactions.end_where_a_child_is_concerned(Act.objects.get(type="evidence.restricted"))
    warning.refresh_from_db()
    assert warning.lifted_why == "no_basis"
    assert len(standing_of(platform, filed).marks) == 2


def test_an_appeal_is_heard_by_somebody_else_and_its_success_removes_the_count(platform: Office) -> None:
    warning, filed = warned(platform)
    door = (filed.report.reference, filed.secret)
    objection = actions.object_to(*door, warning.id, "Tôi báo vì sợ thật.")
    assert Task.objects.filter(kind=actions.OBJECTION, state="open").count() == 1
    assert own_consequences(*door)[0].answer_by == actions.answer_due(objection)
    for nickname in ("second", "moderator"):
        with pytest.raises(NotAllowed):
            actions.hear(platform.actor(nickname), objection.id, "upheld", "Đúng.")
    with pytest.raises(BadInput):
        actions.hear(platform.actor("appeals"), objection.id, "reversed", "  ")
    actions.hear(platform.actor("appeals"), objection.id, "reversed", "Ảnh dễ gây hiểu lầm.")
    assert not Task.objects.filter(kind=actions.OBJECTION, state="open").exists()
    assert standing_of(platform, filed).marks == []
    assert standing_of(platform, filed).warning is None
    line = own_consequences(*door)[0]
    assert (line.state, line.outcome, line.answer) == ("lifted", "reversed", "Ảnh dễ gây hiểu lầm.")
    with pytest.raises(BadInput):
        actions.hear(platform.actor("appeals"), objection.id, "upheld", "Nghĩ lại.")
    with pytest.raises(BadInput):
        actions.object_to(*door, warning.id, "Lần nữa.")


def test_who_holds_both_roles_hears_nothing_of_their_own(platform: Office) -> None:
    from anlanh.base.identity import actions as identity

    warning, filed = warned(platform)
    objection = actions.object_to(filed.report.reference, filed.secret, warning.id, "Không đồng ý.")
    for nickname in ("second", "moderator"):
        ref = platform.members[nickname].ref
        identity.change_roles(platform.actor("admin"), ref, ["moderator", "appeals_officer"])
        with pytest.raises(NotAllowed):
            actions.hear(platform.actor(nickname), objection.id, "upheld", "Tôi vẫn thấy đúng.")
    assert Objection.objects.get().decided_at is None


def test_an_appeal_that_fails_leaves_it_and_comes_once_in_time(platform: Office) -> None:
    warning, filed = warned(platform)
    door = (filed.report.reference, filed.secret)
    for text, where in (("", "text"), ("x" * 5001, "text")):
        with pytest.raises(BadInput) as refusal:
            actions.object_to(*door, warning.id, text)
        assert refusal.value.where == where
    with clock.set_to(warning.appeal_until + timedelta(seconds=1)), pytest.raises(BadInput):
        actions.object_to(*door, warning.id, "Muộn.")
    objection = actions.object_to(*door, warning.id, "Không đồng ý.")
    actions.hear(platform.actor("appeals"), objection.id, "upheld", "Ba lần đều rõ.")
    assert standing_of(platform, filed).warning == warning
    assert own_consequences(*door)[0].outcome == "upheld"


def test_nobody_appeals_or_reads_through_the_door_of_another(platform: Office) -> None:
    warning, _filed = warned(platform)
    stranger = sent(platform, "nguoi-dung-8")
    assert own_consequences(stranger.report.reference, stranger.secret) == []
    with pytest.raises(NotFound):
        actions.object_to(stranger.report.reference, stranger.secret, warning.id, "Cho xem.")
    own = sent(platform)
    assert own_consequences(own.report.reference, own.secret)[0].id == warning.id, "their own other door shows it"


def test_staff_take_one_back_and_the_sender_is_told(platform: Office) -> None:
    limit, filed = limited(platform)
    objection = actions.object_to(filed.report.reference, filed.secret, limit.id, "Không đồng ý.")
    with pytest.raises(NotAllowed):
        actions.lift(platform.actor("appeals"), limit.id, "Nhầm.")
    actions.lift(platform.actor("moderator"), limit.id, "Chúng tôi nhầm người.")
    assert standing_of(platform, filed).limit is None
    objection.refresh_from_db()
    assert objection.outcome == "reversed"
    assert "nhầm người" in queries.status(filed.report.reference, filed.secret).notices[0].body
    with pytest.raises(BadInput):
        actions.lift(platform.actor("moderator"), limit.id, "Lần nữa.")


def test_the_staff_see_it_by_capability_and_only_once_it_is_decided(platform: Office) -> None:
    filed = again(platform, 3)
    waiting = sent(platform)
    actor = platform.actor("moderator")
    assert of_case(actor, waiting.case.id).senders == [], "who still has to decide is not told"
    line = of_case(actor, filed[0].case.id).senders[0]
    assert (line.count, line.next, line.may_take) == (3, "warning", True)
    assert len(suspected(actor)) == 1
    assert of_case(platform.actor("verifier"), filed[0].case.id).senders == []
    assert of_case(platform.actor("verifier"), filed[0].case.id).marks
    with pytest.raises(NotAllowed):
        suspected(platform.actor("verifier"))
    with pytest.raises(NotAllowed):
        actions.take(platform.actor("officer"), filed[0].report.id, "warning", "Không thấy người báo.")
    with pytest.raises(NotAllowed):
        actions.take(machine(platform), filed[0].report.id, "warning", "Máy.")
    actions.take(actor, filed[0].report.id, "warning", "Ba lần.")
    assert suspected(actor) == []
    assert consequences(platform.actor("appeals"))[0].state == "warned"


def test_letters_go_only_to_the_sender(platform: Office) -> None:
    first = sent(platform)
    second = sent(platform, "nguoi-dung-8", address=first.case.page.address, text="Tôi cũng thấy.")
    again(platform, 2)
    held_unfounded(platform, first)
    actions.take(platform.actor("second"), first.report.id, "warning", "Ba lần.")
    kinds = Notice.objects.filter(recipient__reports=second.report).values_list("kind", flat=True)
    assert set(kinds) == {"kept_reporter"}
