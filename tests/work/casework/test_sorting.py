"""A report that is another kind of petition goes the way of its kind; what is not ours goes on with a letter."""

import pytest

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import review, sorting
from anlanh.work.casework.models import Case
from tests.builders import Office
from tests.work.casework.steps_of import decided, fresh_address, report

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_answered_in_a_case_of_its_own(platform: Office) -> None:
    clerk = platform.actor("moderator")
    filed = report(platform)
    new = sorting.sort_report(clerk, filed.report.id, "recommendation", "Góp ý về nút báo.")
    old = Case.objects.get(id=filed.case.id)
    assert (old.phase, bool(old.closed_at), old.takes_reports) == ("sorted", True, False)
    assert not Clock.objects.filter(subject_id=old.id, stopped_at__isnull=True).exists()
    assert not Clock.objects.filter(subject_id=new.id).exists(), "no verified time, no clock"
    review.claim(clerk, new.id)
    sorting.answer_petition(clerk, new.id, "Cảm ơn bạn, chúng tôi sẽ đặt nút lên trên.")
    new.refresh_from_db()
    assert (new.phase, bool(new.closed_at)) == ("closed", True)
    assert "đặt nút lên trên" in queries.status(filed.report.reference, filed.secret).notices[0].body


def test_what_else_was_reported_of_the_page_stays_with_its_clock(platform: Office) -> None:
    address = fresh_address()
    first, second = report(platform, address), report(platform, address)
    sorting.sort_report(platform.actor("moderator"), second.report.id, "complaint", "Khiếu nại tổ chức.")
    old = Case.objects.get(id=first.case.id)
    assert (old.phase, old.takes_reports) == ("received", True)
    running = Clock.objects.filter(subject_id=old.id, stopped_at__isnull=True)
    assert set(running.values_list("started_by", flat=True)) == {first.report.act_id}


def test_a_new_report_of_the_page_opens_a_case_again(platform: Office) -> None:
    address = fresh_address()
    filed = report(platform, address)
    sorting.sort_report(platform.actor("moderator"), filed.report.id, "denunciation", "Tố cáo.")
    assert report(platform, address).case.id != filed.case.id


def test_what_is_not_ours_goes_on_and_each_is_told(platform: Office) -> None:
    address = fresh_address()
    filed, other = report(platform, address), report(platform, address, language="en")
    sorting.transfer(platform.actor("moderator"), filed.case.id, "provincial-cst", "Việc thuộc quản lý của sở.")
    case = Case.objects.get(id=filed.case.id)
    assert (case.phase, bool(case.closed_at), case.due_at) == ("transferred", True, None)
    act = Act.objects.get(subject_id=case.id, type="case.transferred")
    assert act.clear == {"body": "provincial-cst"}
    told = [queries.status(each.report.reference, each.secret).notices[0].body for each in (filed, other)]
    assert "Sở Văn hoá" in told[0]
    assert "Provincial Department of Culture" in told[1]


@pytest.mark.parametrize(
    ("procedure", "reason", "where"), [("order", "Lý do.", "procedure"), ("recommendation", " ", "reasons"),
                                       ("recommendation", "a" * 2001, "reason")]
)  # fmt: skip
def test_what_sorting_refuses(platform: Office, procedure: str, reason: str, where: str) -> None:
    with pytest.raises(BadInput) as refused:
        sorting.sort_report(platform.actor("moderator"), report(platform).report.id, procedure, reason)
    assert refused.value.where == where


def test_who_may_and_when(platform: Office, other: Office) -> None:
    filed = report(platform)
    for nickname in ("inspector", "appeals"):
        with pytest.raises(NotAllowed):
            sorting.sort_report(platform.actor(nickname), filed.report.id, "recommendation", "Góp ý.")
    with pytest.raises(NotFound):
        sorting.sort_report(other.actor("moderator"), filed.report.id, "recommendation", "Góp ý.")
    with pytest.raises(BadInput):
        sorting.transfer(platform.actor("moderator"), filed.case.id, "mic", "Bộ này đã giải thể.")
    decided(platform, filed)
    with pytest.raises(BadInput):
        sorting.sort_report(platform.actor("moderator"), filed.report.id, "recommendation", "Muộn rồi.")
