"""Many reports at once: they are shown, and neither the post nor the case's turn moves for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.primitives.ids import new_id
from anlanh.work.casework import queries
from anlanh.work.casework.actions import intake
from anlanh.work.casework.actions.intake import Filed, ReportInput
from anlanh.work.casework.models import Case, Report
from anlanh.work.casework.queries.burst import _busiest
from tests.builders import Office
from tests.work.casework.steps_of import fresh_address, report

PLACE = ("phase", "queue_id", "tier", "due_at", "soon_at", "begin_by", "mark_at")


def flood(office: Office, address: str, many: int, emails: Any = lambda number: "") -> list[Filed]:
    """So many reports of one page by a machine, in as few calls as it takes."""
    actor = Actor(ActorKind.MACHINE, office.organisation.id, new_id(), frozenset({"reports.file"}))
    given = [ReportInput(address, "fraud", f"Lừa {n}.", reporter_email=emails(n), via="api") for n in range(many)]
    found: list[Filed] = []
    for start in range(0, many, intake.MOST_REPORTS_A_CALL):
        found += intake.file_reports(actor, office.organisation.id, given[start : start + intake.MOST_REPORTS_A_CALL])
    return found


def place(case: Case) -> dict[str, Any]:
    """What a queue orders and shows a case by, and the state of its post."""
    case = Case.objects.select_related("page").get(id=case.id)
    return {name: getattr(case, name) for name in PLACE} | {"page": case.page.state}


def test_a_burst_says_who_is_new_who_is_known_and_who_left_no_address(platform: Office) -> None:
    nine = clock.now().replace(second=0, microsecond=0)
    with clock.set_to(nine - timedelta(days=3)):
        for number in range(5):
            report(platform, reporter_email=f"quen{number}@example.vn")
    with clock.set_to(nine):
        first = report(platform, reporter_email="dau@example.vn")
    with clock.set_to(nine + timedelta(hours=1)):
        address = first.case.page.address
        flood(platform, address, 60, lambda n: f"quen{n}@example.vn" if n < 5 else f"moi{n}@example.vn" * (n < 50))
        burst = queries.case_page(platform.actor("moderator"), first.case.id).burst
    assert burst.since == nine + timedelta(hours=1)
    assert (burst.reports, burst.known, burst.new, burst.anonymous) == (60, 5, 45, 10)
    assert (burst.new_share, burst.anonymous_share) == (75, 16)


def test_a_few_reports_or_many_over_days_are_no_burst(platform: Office) -> None:
    nine, address = clock.now(), fresh_address()
    for day in range(4):
        with clock.set_to(nine + timedelta(days=day)):
            filed = flood(platform, address, 20)
    assert queries.case_page(platform.actor("moderator"), filed[0].case.id).burst is None


def test_the_case_page_shows_it(platform: Office, client: Client) -> None:
    first = flood(platform, fresh_address(), 60, lambda n: f"moi{n}@example.vn")[0]
    client.force_login(platform.members["moderator"].account)
    shown = client.get(reverse("console:case", args=[first.case.id])).content.decode()
    assert "60 phản ánh trong 10 phút, 100 % từ người chưa từng phản ánh" in shown


@pytest.mark.slow
def test_ten_thousand_reports_decide_nothing(platform: Office) -> None:
    with clock.set_to(clock.now()):
        other = report(platform)
        first = report(platform)
        before = place(first.case)
        flood(platform, first.case.page.address, 9_999, lambda n: f"moi{n}@example.vn")
        assert Case.objects.filter(page__address=first.case.page.address).count() == 1
        assert Report.objects.filter(case=first.case).count() == 10_000
        assert place(first.case) == before
        assert [case.id for case in queries.queue(platform.actor("moderator"))] == [other.case.id, first.case.id]
        burst = queries.case_page(platform.actor("moderator"), first.case.id).burst
        assert (burst.reports, burst.new_share) == (10_000, 99)


@given(st.dictionaries(st.integers(0, 200), st.integers(1, 50), min_size=1), st.integers(1, 30))
def test_no_other_stretch_has_more(counts: dict[int, int], minutes: int) -> None:
    start = datetime(2026, 11, 1, 9, tzinfo=UTC)
    at = {start + timedelta(minutes=minute): count for minute, count in counts.items()}
    since, most = _busiest(at, minutes)
    length = timedelta(minutes=minutes)
    assert most == sum(count for minute, count in at.items() if since <= minute < since + length)
    assert most == max(sum(c for m, c in at.items() if first <= m < first + length) for first in at)
