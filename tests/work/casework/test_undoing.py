"""A decision taken back before anything of it has left: the case is as it was, and nobody outside has learned of it."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.outbox import queries as outbox
from anlanh.base.outbox.delivery import claim as take_message
from anlanh.base.outbox.models import Message, Task
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, decide, proposals, review, undoing
from anlanh.work.casework.keeping import case_files
from anlanh.work.casework.models import Case, Decision, Measure, Notice
from anlanh.work.casework.preferences import actions as preferences
from anlanh.work.casework.preferences.models import Preferences
from anlanh.work.registry.actions import PageInput, put_page
from tests.builders import Office
from tests.work.casework.steps_of import decided, decision_input, fresh_address, integration, report, verified_order

pytestmark = pytest.mark.django_db
WINDOW = 20


@pytest.fixture
def office(platform: Office) -> Office:
    """A platform whose decisions wait twenty seconds."""
    preferences.set_preferences(platform.actor("admin"), undo_seconds=WINDOW)
    return platform


def later(seconds: int) -> Any:
    """The clock set ahead."""
    return clock.set_to(clock.now() + timedelta(seconds=seconds))


def state(case_id: Any) -> dict[str, Any]:
    """What there is of a case beside its acts, its claim and what is only for the record."""
    case = Case.objects.filter(id=case_id).values(
        "phase", "confirmed_at", "closed_at", "takes_reports", "due_at", "soon_at", "claimed_by"
    )
    clocks = Clock.objects.filter(subject_id=case_id).order_by("id").values()
    return {
        "case": case.get(),
        "clocks": list(clocks),
        "letters": list(Notice.objects.filter(case_id=case_id).order_by("id").values()),
        "measures": list(Measure.objects.filter(decision__case_id=case_id).values()),
        "proposals": list(Case.objects.get(id=case_id).proposals.values()),
        "leaving": sorted(Message.objects.exclude(channel__startswith="reaction:").values_list("key", flat=True)),
        "tasks": sorted(Task.objects.values_list("key", flat=True)),
    }


@pytest.mark.parametrize("connected", [True, False])
@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("measure", ["remove", "no_action"])
def test_the_case_is_as_it_was(office: Office, measure: str, confirmed: bool, connected: bool) -> None:
    if connected:
        integration(office)
    filed, moderator = report(office), office.actor("moderator")
    review.claim(moderator, filed.case.id)
    if confirmed:
        review.confirm_violation(moderator, filed.case.id, decision_input().ground, "Có dấu hiệu.")
    before, seen = state(filed.case.id), queries.status(filed.report.reference, filed.secret)
    with later(5):
        decision = decide.decide(moderator, filed.case.id, decision_input(measure))
        assert state(filed.case.id) != before
        assert queries.status(filed.report.reference, filed.secret) == seen
        assert queries.undoable(moderator) == [decision]
        assert not queries.undoable(office.actor("second"))
    with later(10):
        undoing.withdraw(moderator, filed.case.id, decision.id, "slip", "Bấm nhầm phím.")
        assert state(filed.case.id) == before
        assert queries.status(filed.report.reference, filed.secret) == seen
        assert not queries.undoable(moderator)
    act = Act.objects.get(type="decision.withdrawn", subject_id=filed.case.id)
    assert act.clear["why"] == "slip"
    assert ("confirmation" in act.clear) == (measure == "remove" and not confirmed)
    with later(15):
        assert decide.decide(moderator, filed.case.id, decision_input()).overturned_at is None


def test_an_approval_is_taken_back_and_the_proposal_is_open_again(office: Office) -> None:
    address = fresh_address()
    put_page(office.actor("registrar"), PageInput(address, holder_address=f"{address}/chu"))
    filed = report(office, address=address)
    review.claim(office.actor("moderator"), filed.case.id)
    proposal = proposals.propose(office.actor("moderator"), filed.case.id, decision_input("end_account"))
    before = state(filed.case.id)
    second = office.actor("second")
    decision = proposals.approve(second, filed.case.id, proposal.id)
    with pytest.raises(NotAllowed):
        undoing.withdraw(office.actor("moderator"), filed.case.id, decision.id, "slip")
    undoing.withdraw(second, filed.case.id, decision.id, "wrong_measure")
    after = state(filed.case.id)
    assert after["case"].pop("claimed_by") == second.ref
    assert before["case"].pop("claimed_by") is None
    assert after == before
    assert proposals.approve(second, filed.case.id, proposal.id).measure == "end_account"


def test_nothing_leaves_within_the_window_and_all_of_it_after(office: Office) -> None:
    integration(office)
    put_page(
        office.actor("registrar"),
        PageInput(
            "https://mang.example/bai/mot", holder_address="https://mang.example/@x", holder_email="x@mail.example"
        ),
    )
    filed, moderator = report(office, address="https://mang.example/bai/mot"), office.actor("moderator")
    review.claim(moderator, filed.case.id)
    earlier = set(Message.objects.values_list("id", flat=True))
    decision = decide.decide(moderator, filed.case.id, decision_input())

    def leaving() -> set[str]:
        due = Message.objects.filter(next_at__lte=clock.now()).exclude(id__in=earlier)
        return set(due.exclude(channel__startswith="reaction:").values_list("channel", flat=True))

    assert not leaving()
    with later(WINDOW - 1):
        assert not leaving()
    with later(WINDOW + 1):
        assert leaving() == {"webhook", "mail"}
        shown = queries.status(filed.report.reference, filed.secret)
        assert shown.phase == "decided"
        assert shown.notices[0].kind == "measure_reporter"
        with pytest.raises(BadInput):
            undoing.withdraw(moderator, filed.case.id, decision.id, "slip")
    assert Decision.objects.get(id=decision.id).withdrawn_at is None


def test_what_people_carry_out_by_hand_waits_too(office: Office) -> None:
    case = verified_order(office)
    officer = office.actor("officer")
    review.claim(officer, case.id)
    waiting = set(outbox.tasks(officer))
    decide.decide(officer, case.id, decision_input())
    assert set(outbox.tasks(officer)) == waiting
    with later(WINDOW + 1):
        opened = set(outbox.tasks(officer)) - waiting
        assert {task.kind for task in opened} == {"measure_by_hand", "letter_by_hand"}


def test_a_message_that_a_worker_holds_is_on_its_way(office: Office) -> None:
    integration(office)
    filed, moderator = report(office), office.actor("moderator")
    review.claim(moderator, filed.case.id)
    decision = decide.decide(moderator, filed.case.id, decision_input())
    with later(WINDOW + 1):
        assert "webhook" in {message.channel for message in take_message(limit=50)}
    before = state(filed.case.id)
    with pytest.raises(BadInput):
        undoing.withdraw(moderator, filed.case.id, decision.id, "slip")
    assert state(filed.case.id) == before


def test_nobody_appeals_against_what_can_still_be_taken_back(office: Office) -> None:
    filed, moderator = report(office), office.actor("moderator")
    review.claim(moderator, filed.case.id)
    decide.decide(moderator, filed.case.id, decision_input("no_action"))
    with pytest.raises(BadInput):
        appeals.file_appeal(filed.report.reference, filed.secret, "Không đồng ý.")
    with later(WINDOW + 1):
        assert appeals.file_appeal(filed.report.reference, filed.secret, "Không đồng ý.").role == "reporter"


def test_a_complaint_that_came_meanwhile_keeps_its_own_case(office: Office) -> None:
    filed, moderator = report(office), office.actor("moderator")
    review.claim(moderator, filed.case.id)
    decision = decide.decide(moderator, filed.case.id, decision_input())
    another = report(office, address=filed.case.page.address)
    assert another.case.id != filed.case.id
    undoing.withdraw(moderator, filed.case.id, decision.id, "slip")
    assert not Case.objects.get(id=filed.case.id).takes_reports
    assert Case.objects.get(id=another.case.id).takes_reports


def test_an_emergency_waits_for_nothing_and_no_window_makes_late_what_is_in_time(office: Office) -> None:
    officer = office.actor("officer")
    urgent = verified_order(office, emergency=True)
    review.claim(officer, urgent.id)
    assert decide.decide(officer, urgent.id, decision_input()).leaves_at is None
    filed = report(office)
    review.claim(office.actor("moderator"), filed.case.id)
    due = Case.objects.get(id=filed.case.id).due_at
    with clock.set_to(due - timedelta(seconds=WINDOW // 2)):
        review.claim(office.actor("moderator"), filed.case.id)
        assert decide.decide(office.actor("moderator"), filed.case.id, decision_input()).leaves_at is None


def test_a_window_of_nothing_lets_all_leave_at_once(office: Office) -> None:
    preferences.set_preferences(office.actor("admin"), undo_seconds=0)
    filed, moderator = report(office), office.actor("moderator")
    review.claim(moderator, filed.case.id)
    decision = decide.decide(moderator, filed.case.id, decision_input())
    with pytest.raises(BadInput):
        undoing.withdraw(moderator, filed.case.id, decision.id, "slip")


@pytest.mark.parametrize("seconds", [-1, preferences.LONGEST_UNDO + 1])
def test_lengths_that_make_no_sense_are_refused(platform: Office, seconds: int) -> None:
    with pytest.raises(BadInput) as refusal:
        preferences.set_preferences(platform.actor("admin"), undo_seconds=seconds)
    assert refusal.value.where == "undo_seconds"
    with pytest.raises(NotAllowed):
        preferences.set_preferences(platform.actor("moderator"), undo_seconds=WINDOW)
    assert not Preferences.objects.exists()


def test_another_organisation_finds_nothing(office: Office, other: Office) -> None:
    filed, moderator = report(office), office.actor("moderator")
    review.claim(moderator, filed.case.id)
    decision = decide.decide(moderator, filed.case.id, decision_input())
    with pytest.raises(NotFound):
        undoing.withdraw(other.actor("moderator"), filed.case.id, decision.id, "slip")
    with pytest.raises(BadInput):
        undoing.withdraw(moderator, filed.case.id, decision.id, "no-such-reason")
    with pytest.raises(BadInput):
        undoing.withdraw(moderator, filed.case.id, filed.case.id, "slip")


def test_no_case_file_tells_of_a_decision_that_has_not_left_or_was_taken_back(office: Office) -> None:
    integration(office)
    filed, moderator = report(office), office.actor("moderator")
    own, words = (filed.report.reference, filed.secret), decision_input()
    with later(1):
        decision = decided(office, filed)
        assert not told_by(own, words.facts), "the very letter that the portal still holds back"
        undoing.withdraw(moderator, filed.case.id, decision.id, "slip")
    with later(WINDOW + 5):
        assert not told_by(own, words.facts), "nobody was ever sent this letter"
        decided(office, filed)
    with later(2 * WINDOW + 10):
        assert told_by(own, words.facts)


def told_by(own: tuple[str, str], words: str) -> bool:
    """Whether the case file of who stands at the door tells these words, or of any act of a decision."""
    with zipfile.ZipFile(io.BytesIO(case_files.take(*own))) as archive:
        names = archive.namelist()
        whole = "\n".join(archive.read(name).decode() for name in names if not name.endswith(".pdf"))
        papers = [printed(archive.read(name)) for name in names if name.endswith(".pdf")]
    told = words in whole
    assert papers
    assert all((words in paper) == told for paper in papers)
    assert told == ("decision.made" in whole) == ("violation.confirmed" in whole) == ("measure_reporter" in whole)
    return told


def printed(paper: bytes) -> str:
    """The words of a PDF, wherever its lines end."""
    document = pypdfium2.PdfDocument(paper)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()
