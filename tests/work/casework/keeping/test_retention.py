"""A case file is kept until no appeal and no court can need it; the time is the pack's, and the person reads it."""

from datetime import date, timedelta

import pytest

from anlanh.base import clock
from anlanh.base.acts.erasing import erase_values
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.actions import appeals
from anlanh.work.casework.keeping import retention
from anlanh.work.casework.keeping.queries import kept_words
from anlanh.work.casework.models import Case
from tests.builders import Office
from tests.work.casework.keeping.test_case_file import affected
from tests.work.casework.steps_of import decided, report

pytestmark = pytest.mark.django_db


def years() -> int:
    return vietnam().parameters[retention.PARAMETER].on(civil_date(clock.now())).low


def test_a_decided_case_is_kept_for_the_time_of_the_pack_after_its_last_step(platform: Office) -> None:
    filed = report(platform)
    assert retention.kept(filed.case) is None
    decision = decided(platform, filed)
    case = Case.objects.get(id=filed.case.id)
    kept = retention.kept(case)
    assert kept.until == retention.later(civil_date(decision.appeal_until), years(), "years")
    assert not kept.appeal_open
    appeals.file_appeal(*affected(case), "Không phải tôi.")
    assert retention.kept(case).appeal_open


def test_until_then_nothing_is_erased(platform: Office) -> None:
    filed = report(platform)
    decided(platform, filed)
    last = retention.kept(filed.case).until
    for day, held in ((0, True), (-1, True), (1, False)):
        moment = clock.now() if not day else clock.now() + (last - civil_date(clock.now())) + timedelta(days=day)
        with clock.set_to(moment):
            if held:
                with pytest.raises(BadInput, match="held against deletion"):
                    erase_values(platform.organisation.id, [filed.case.id])
            else:
                assert erase_values(platform.organisation.id, [filed.case.id])


def test_the_person_reads_how_long_by_which_clause_and_how_sure_that_is(platform: Office) -> None:
    filed = report(platform)
    own = (filed.report.reference, filed.secret)
    assert kept_words(*own, "vi") == ""
    decided(platform, filed)
    words = kept_words(*own, "vi")
    until = retention.kept(filed.case).until
    assert f"{until.day}/{until.month}/{until.year}" in words or f"{until:%d/%m/%Y}" in words
    assert "BLDS 2015" in words
    assert "chưa được đối chiếu" in words, "the time is from memory, and that is said"


@pytest.mark.parametrize(
    ("day", "number", "unit", "then"),
    [
        (date(2024, 2, 29), 3, "years", date(2027, 2, 28)),
        (date(2026, 11, 30), 3, "months", date(2027, 2, 28)),
        (date(2026, 12, 31), 1, "months", date(2027, 1, 31)),
        (date(2026, 12, 31), 90, "days", date(2027, 3, 31)),
    ],
)
def test_months_end_where_they_end(day: date, number: int, unit: str, then: date) -> None:
    assert retention.later(day, number, unit) == then
