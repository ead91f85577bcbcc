"""Two at once, on the real database with real commits."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anlanh.base.acts.models import Act
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.actions import decide, review
from anlanh.work.casework.models import Case, Decision, Measure
from tests.builders import Office
from tests.work.casework.steps_of import carried_out, decided, decision_input, fresh_address, integration, report

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(steps: list[Callable[[], Any]]) -> list[Any]:
    """Runs the steps in threads that start together; what each gave, or the fault it raised."""
    results: list[Any] = [None] * len(steps)
    start = threading.Barrier(len(steps))

    def run(place: int) -> None:
        try:
            start.wait(timeout=20)
            results[place] = steps[place]()
        except Exception as fault:  # told to the test, which says what is expected
            results[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_reports_of_a_new_page_end_in_one_case(platform: Any) -> None:
    address = fresh_address()
    filed = at_once([lambda: report(platform, address=address) for _ in range(4)])
    assert not [fault for fault in filed if isinstance(fault, Exception)]
    assert len({one.case.id for one in filed}) == 1
    assert sorted(one.joined for one in filed) == [False, True, True, True]
    assert Case.objects.count() == 1
    assert list(Act.objects.filter(subject_kind="case").order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]


def test_two_who_take_the_next_case_get_two_cases(platform: Any) -> None:
    for _ in range(2):
        report(platform)
    people = [platform.actor("moderator"), platform.actor("second")]
    taken = at_once([lambda person=person: review.claim_next(person) for person in people])
    assert len({case.id for case in taken}) == 2
    for case, person in zip(taken, people, strict=True):
        assert Case.objects.get(id=case.id).claimed_by == person.ref


def test_of_two_who_take_one_case_one_gets_it(platform: Any) -> None:
    filed = report(platform)
    people = [platform.actor("moderator"), platform.actor("second")]
    at_once([lambda person=person: review.claim_next(person) for person in people])
    assert Act.objects.filter(subject_id=filed.case.id, type="case.claimed").count() == 1


def test_two_clicks_decide_once(platform: Any) -> None:
    filed = report(platform)
    moderator = platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    results = at_once([lambda: decide.decide(moderator, filed.case.id, decision_input()) for _ in range(2)])
    assert len([result for result in results if isinstance(result, Decision)]) == 1
    assert len([result for result in results if isinstance(result, BadInput)]) == 1
    assert Decision.objects.count() == 1


def test_a_report_that_comes_with_the_decision_is_not_lost(platform: Any) -> None:
    filed = report(platform)
    moderator = platform.actor("moderator")
    review.claim(moderator, filed.case.id)
    _, late = at_once(
        [
            lambda: decide.decide(moderator, filed.case.id, decision_input("no_action")),
            lambda: report(platform, address=filed.case.page.address),
        ]
    )
    decision = Decision.objects.get()
    if late.joined:
        assert late.report.notices.filter(decision=decision).exists(), "who joined is answered by the decision"
    else:
        assert Case.objects.get(id=late.case.id).takes_reports, "who came after it has a case of their own"


def test_a_receipt_that_comes_twice_is_recorded_once(platform: Any) -> None:
    integration(platform)
    decision = decided(platform, report(platform))
    results = at_once([lambda: carried_out(platform, decision) for _ in range(3)])
    assert not [fault for fault in results if isinstance(fault, Exception)]
    assert Act.objects.filter(type="measure.applied").count() == 1
    assert Measure.objects.get().state == Measure.State.APPLIED


def test_finding_the_next_case_joins_no_other_table(platform: Office) -> None:
    """Joined with pages and holders, the database reads and sorts every open case before it gives one."""
    report(platform)
    with CaptureQueriesContext(connection) as statements:
        assert review.claim_next(platform.actor("moderator"))
    first = next(one["sql"] for one in statements if 'ORDER BY "casework_case"."begin_by"' in one["sql"])
    assert " JOIN " not in first.partition(" WHERE ")[0]
