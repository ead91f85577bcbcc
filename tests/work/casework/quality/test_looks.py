"""Second looks: who may, blind until answered, compared, put right in favour of the person affected only."""

import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity import actions as identity
from anlanh.base.outbox.models import Task
from anlanh.primitives.errors import BadInput
from anlanh.server.worker import drain
from anlanh.work.casework.actions import appeals, review
from anlanh.work.casework.models import Case, Decision, Measure, Notice
from anlanh.work.casework.publishing.figures import HIDDEN
from anlanh.work.casework.quality import actions, correcting, proving, queries
from anlanh.work.casework.quality.drawing import SamplingRule
from anlanh.work.casework.quality.models import SamplingPlan, SecondLook
from tests.builders import Office
from tests.work.casework.steps_of import GROUND, carried_out, decided, decision_input, door, integration, report

pytestmark = pytest.mark.django_db
ALL = [SamplingRule("all", 100)]
WHY = "Bài giả giao diện ngân hàng."


@pytest.fixture
def look(platform: Office) -> SecondLook:
    """A removal by the moderator, drawn for a second look."""
    integration(platform)
    actions.set_plan(platform.actor("admin"), ALL)
    carried_out(platform, decided(platform, report(platform)))
    drain()
    return SecondLook.objects.get()


def judged(platform: Office, look: SecondLook, measure: str = "no_action", by: str = "appeals") -> SecondLook:
    """Taken and judged without the outcome."""
    actions.take(platform.actor(by), look.id)
    return actions.answer(platform.actor(by), look.id, measure, GROUND, WHY)


def found_wrong(platform: Office, look: SecondLook) -> SecondLook:
    """Judged and compared: wrong."""
    judged(platform, look)
    return actions.compare(platform.actor("appeals"), look.id, "wrong", "Trang thật của ngân hàng.")


def test_drawn_once_and_provable_once_the_secret_is_open(platform: Office) -> None:
    admin = platform.actor("admin")
    integration(platform)
    actions.set_plan(admin, [SamplingRule("all", 50)])
    for _number in range(12):
        decided(platform, report(platform))
    drain()
    drawn = SecondLook.objects.count()
    act = Act.objects.filter(type="decision.made").first()
    for _again in range(2):
        actions.draw(act, Decision.objects.get(act_id=act.id))
    assert SecondLook.objects.count() == drawn, "drawn twice is drawn once"
    assert queries.drawn_again(admin, 1) is None, "the secret is not open yet"
    secret = bytes(SamplingPlan.objects.get().secret).hex()
    assert not Act.objects.filter(leaf__contains=secret).exists()
    actions.set_plan(admin, [])
    checked = queries.drawn_again(admin, 1)
    assert (checked.decisions, checked.drawn, checked.holds) == (12, drawn, True)
    leaves = [one.body for one in Act.objects.filter(type__in=proving.NEEDED)]
    without = [leaf for leaf in leaves if leaf["type"] != "quality.drawn"]
    assert proving.check(without, 1).holds is (drawn == 0)
    for leaf in leaves:
        if leaf["type"] == "sampling.set" and "opened_secret" in leaf["clear"]:
            leaf["clear"]["opened_secret"] = "00" * 32
    assert not proving.check(leaves, 1).bound


def test_newcomers_are_looked_at_and_withdrawn_decisions_are_not(platform: Office) -> None:
    actions.set_plan(platform.actor("admin"), [SamplingRule("newcomer", 100, "1")])
    decided(platform, report(platform))
    decided(platform, report(platform))
    decided(platform, report(platform), by="second")
    drain()
    assert {look.decision.decided_by for look in SecondLook.objects.all()} == {
        platform.actor("moderator").ref,
        platform.actor("second").ref,
    }
    assert SecondLook.objects.count() == 2


def test_who_took_part_or_works_under_them_does_not_look(platform: Office, look: SecondLook) -> None:
    with pytest.raises(NotFound):
        actions.take(platform.actor("moderator"), look.id)
    for nickname in ("admin", "inspector", "officer"):
        with pytest.raises(NotAllowed):
            actions.take(platform.actor(nickname), look.id)
    identity.set_supervisor(platform.actor("admin"), platform.actor("second").ref, platform.actor("moderator").ref)
    with pytest.raises(NotAllowed):
        actions.take(platform.actor("second"), look.id)
    assert actions.take_next(platform.actor("second")) is None
    assert actions.take_next(platform.actor("appeals")).id == look.id


def test_two_people_do_not_judge_the_same(platform: Office, look: SecondLook) -> None:
    actions.take(platform.actor("appeals"), look.id)
    with pytest.raises(NotAllowed):
        actions.take(platform.actor("second"), look.id)
    with clock.set_to(clock.now() + timedelta(minutes=16)):
        actions.take(platform.actor("second"), look.id)
        with pytest.raises(NotAllowed):
            actions.answer(platform.actor("appeals"), look.id, "remove", GROUND, WHY)


def test_nothing_of_the_outcome_shows_before_the_answer(platform: Office, look: SecondLook) -> None:
    late = "Lời báo sau khi đã quyết định."
    client = Client(headers={"accept-language": "en"})
    client.force_login(platform.members["appeals"].account)
    listed = client.get("/console/second-looks/").content.decode()
    assert look.case.number not in listed
    actions.take(platform.actor("appeals"), look.id)
    shown = queries.as_it_was(platform.actor("appeals"), look.id)
    assert shown.first is None
    page = client.get(f"/console/second-looks/{look.id}/").content.decode()
    first = look.decision
    for told in (first.facts, first.subject_fact, late, "Decision made", look.case.number, "Moderator"):
        assert told not in page
    opened = client.get(f"/console/cases/{look.case_id}/")
    assert opened.url == f"/console/second-looks/{look.id}/", "the case itself stays shut meanwhile"
    for more in ("", "table/", "proofs/"):
        assert client.get(f"/console/cases/{look.case_id}/audit/{more}").url == opened.url
    for words in (look.case.number, look.case.page.address):
        found = client.get("/console/search/", {"q": words}).content.decode()
        assert look.case.number in found
        assert f"#decision-{first.id}" not in found, "nor does search tell what was decided"
    typed = {"measure": "no_action", "ground": GROUND, "reasons": WHY}
    assert client.post(f"/console/second-looks/{look.id}/answer/", typed).status_code == 302
    page = client.get(f"/console/second-looks/{look.id}/").content.decode()
    assert first.facts in page
    with pytest.raises(BadInput):
        actions.answer(platform.actor("appeals"), look.id, "remove", GROUND, WHY)
    assert client.post(f"/console/second-looks/{look.id}/answer/", typed).status_code == 422
    assert client.get(f"/console/cases/{look.case_id}/").status_code == 200
    found = client.get("/console/search/", {"q": look.case.number}).content.decode()
    assert f"#decision-{first.id}" in found


def test_reports_that_came_later_are_not_shown(platform: Office, look: SecondLook) -> None:
    later = report(platform, look.case.page.address, text="Lời báo đến sau.")
    later.report.case_id = look.case_id
    later.report.save()
    shown = queries.as_it_was(platform.actor("appeals"), look.id)
    assert [one.text for one in shown.reports] == ["Trang này lừa lấy mã xác nhận."]


def test_outcomes_say_what_the_two_say(platform: Office, look: SecondLook) -> None:
    appeals_officer = platform.actor("appeals")
    judged(platform, look, "remove")
    for outcome in ("differs_ground", "differs_measure", "nothing"):
        with pytest.raises(BadInput):
            actions.compare(appeals_officer, look.id, outcome, "Vì thế.")
    with pytest.raises(BadInput):
        actions.compare(appeals_officer, look.id, "wrong", " ")
    actions.compare(appeals_officer, look.id, "agree", "")
    assert queries.as_it_was(appeals_officer, look.id).first
    with pytest.raises(NotFound):
        queries.as_it_was(platform.actor("second"), look.id)
    with pytest.raises(NotAllowed):
        actions.compare(appeals_officer, look.id, "wrong", "Đổi ý.")
    act = Act.objects.get(type="quality.second_look")
    assert act.clear["outcome"] == "agree"
    assert act.clear["ground"] == GROUND
    assert not Task.objects.filter(kind=actions.FOUND_WRONG).exists()


def test_what_is_wrong_is_undone_for_the_person_affected_by_who_took_no_part(
    platform: Office, look: SecondLook
) -> None:
    found_wrong(platform, look)
    task = Task.objects.get(kind=actions.FOUND_WRONG)
    assert task.subject_id == look.case_id
    with pytest.raises(NotAllowed):
        correcting.correct(platform.actor("second"), look.id, WHY)
    with pytest.raises(NotFound):
        correcting.correct(platform.actor("moderator"), look.id, WHY)
    with pytest.raises(BadInput):
        correcting.correct(platform.actor("appeals"), look.id, "")
    correcting.correct(platform.actor("appeals"), look.id, "Trang là của chính ngân hàng.")
    look.refresh_from_db()
    assert look.decision.overturned_at
    assert Measure.objects.get().state == Measure.State.REVERSAL_ORDERED
    kinds = set(Notice.objects.filter(case=look.case).values_list("kind", flat=True))
    assert {"corrected_affected", "corrected_reporter"} <= kinds
    assert "Trang là của chính ngân hàng." in Notice.objects.get(kind="corrected_affected").body
    task.refresh_from_db()
    assert task.state == Task.State.DONE
    carried_out(platform, look.decision, "reverse")
    assert Case.objects.get(id=look.case_id).closed_at
    with pytest.raises(BadInput):
        correcting.correct(platform.actor("appeals"), look.id, WHY)


def test_nothing_gets_harder_by_a_second_look(platform: Office) -> None:
    actions.set_plan(platform.actor("admin"), ALL)
    decided(platform, report(platform), "no_action")
    drain()
    look = SecondLook.objects.get()
    judged(platform, look, "remove")
    actions.compare(platform.actor("appeals"), look.id, "wrong", "Đáng lẽ phải gỡ.")
    with pytest.raises(BadInput):
        correcting.correct(platform.actor("appeals"), look.id, WHY)
    assert Decision.objects.get().overturned_at is None
    assert Task.objects.filter(kind=actions.FOUND_WRONG, state=Task.State.OPEN).exists()


def test_an_open_appeal_goes_first_and_who_looked_does_not_hear_it(platform: Office) -> None:
    integration(platform)
    actions.set_plan(platform.actor("admin"), ALL)
    way_in = door(decided(platform, report(platform)))
    drain()
    look = found_wrong(platform, SecondLook.objects.get())
    appeal = appeals.file_appeal(*way_in, "Tôi không lừa ai.")
    with pytest.raises(BadInput):
        correcting.correct(platform.actor("appeals"), look.id, WHY)
    with pytest.raises(NotAllowed):
        appeals.hear_appeal(platform.actor("appeals"), appeal.id, "upheld", "Đúng.")
    with pytest.raises(NotAllowed):
        review.claim(platform.actor("appeals"), look.case_id)


def test_the_decider_alone_reads_what_was_found_without_a_name(platform: Office, look: SecondLook) -> None:
    found_wrong(platform, look)
    assert queries.unread_feedback(platform.actor("moderator")) == 1
    assert list(queries.feedback(platform.actor("second"))) == []
    client = Client(headers={"accept-language": "en"})
    client.force_login(platform.members["moderator"].account)
    page = client.get("/console/feedback/").content.decode()
    assert "Trang thật của ngân hàng." in page
    assert ">Appeals<" not in page
    assert queries.unread_feedback(platform.actor("moderator")) == 0


def test_few_looks_and_one_person_are_hidden(platform: Office, look: SecondLook) -> None:
    judged(platform, look, "remove")
    actions.compare(platform.actor("appeals"), look.id, "agree", "")
    everything, ground = queries.agreement(platform.actor("inspector"))
    assert (everything.ground, ground.ground) == ("", GROUND)
    assert everything.looks == ground.looks == HIDDEN
    assert everything.percent is None
    with mock.patch.object(queries, "SMALLEST_SHOWN", 1):
        _all, ground = queries.agreement(platform.actor("inspector"))
        assert (ground.looks, ground.agree) == (1, HIDDEN), "one decider alone"
    with pytest.raises(NotAllowed):
        queries.agreement(platform.actor("moderator"))


def test_a_manager_sets_the_rates(platform: Office, client: Client) -> None:
    admin = platform.actor("admin")
    with pytest.raises(NotAllowed):
        actions.set_plan(platform.actor("moderator"), ALL)
    odd = [SamplingRule("ground", 5, value) for value in ("khong/co", f"terms:{{{uuid.uuid4()}}}", "terms:x", "terms:")]
    for rules in ([*ALL, *ALL], [SamplingRule("measure", 5, "burn")], *([rule] for rule in odd)):
        with pytest.raises(BadInput):
            actions.set_plan(admin, rules)
    client.force_login(platform.members["admin"].account)
    assert client.get("/console/quality/sampling/").status_code == 200
    typed = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-kind": "newcomer", "form-0-value": "20"}
    typed |= {"form-0-percent": "100", "form-1-kind": "all", "form-1-value": "bỏ qua", "form-1-percent": "3"}
    assert client.post("/console/quality/sampling/", typed).status_code == 302
    assert SamplingPlan.objects.get().rules == ["newcomer:20:100", "all:3"]
    assert client.post("/console/quality/sampling/", typed | {"form-0-value": "x"}).status_code == 422
    assert client.get("/console/quality/?check=1").status_code == 200
    assert client.get("/console/quality/figures.csv").status_code == 200


def test_a_decision_is_not_drawn_before_it_has_left(platform: Office) -> None:
    from anlanh.work.casework.actions.decide import decide
    from anlanh.work.casework.preferences import actions as preferences

    preferences.set_preferences(platform.actor("admin"), undo_seconds=60)
    actions.set_plan(platform.actor("admin"), ALL)
    filed = report(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    decide(platform.actor("moderator"), filed.case.id, decision_input())
    drain()
    assert not SecondLook.objects.exists()
    with clock.set_to(clock.now() + timedelta(seconds=61)):
        drain()
    assert SecondLook.objects.count() == 1
