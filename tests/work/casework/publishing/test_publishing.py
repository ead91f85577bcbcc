"""What everybody may see: recounted from an exported log alone, small numbers hidden, nobody's words or names."""

import io
import json
from datetime import date, timedelta
from unittest import mock

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.ledger import export_organisation
from anlanh.base.acts.models import Act
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, reactions
from anlanh.work.casework.actions import appeals, decide, measures, protection, review
from anlanh.work.casework.models import Access, Decision, Evidence
from anlanh.work.casework.publishing import actions, figures
from anlanh.work.casework.publishing.models import MonthCounted
from anlanh.work.casework.publishing.queries import month_shown, published, statement
from tests.builders import Office
from tests.work.casework.steps_of import decided, decision_input, door, report, stored_file

pytestmark = pytest.mark.django_db


def a_month_of_work(platform: Office) -> date:
    """Some of everything; the month in which it was done."""
    moderator = platform.actor("moderator")
    for _place in range(3):
        filed = report(platform)
        report(platform, address=filed.case.page.address)
        with clock.set_to(clock.now() + timedelta(minutes=90)):
            decided(platform, filed)
    kept = report(platform)
    decided(platform, kept, "no_action")
    access = Access.objects.order_by("id").first()
    appeal = appeals.file_appeal(access.reference, numbers.secret_for(access.id), "Sai rồi.")
    with clock.set_to(clock.now() + timedelta(days=40)):
        reactions.tell_of_overdue_appeal(Act.objects.get(type="appeal.filed"))
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Đúng là sai.")
    measure = Decision.objects.get(id=appeal.decision_id).carried_out
    measures.carried_out_by_hand(moderator, measure.id, "reverse", "Đã hiện lại.")
    return civil_date(clock.now()).replace(day=1)


def test_the_figures_can_be_recounted_from_an_exported_log(platform: Office) -> None:
    month = a_month_of_work(platform)
    with clock.set_to(clock.now() + timedelta(days=70)):
        counted = actions.month_counted(platform.organisation.id, month).figures
    out = io.BytesIO()
    export_organisation(platform.organisation.code, out)
    leaves = [json.loads(line) for line in out.getvalue().decode().splitlines() if line.startswith('{"actor"')]
    assert figures.count(leaves, month) == counted
    assert (counted["reports"], counted["decisions"], counted["no_action"], counted["restored"]) == (7, 4, 1, 1)
    assert counted["measures"] == {"remove": 3}
    assert (counted["appeals"], counted["appeals_reversed"]) == (1, 1)
    assert counted["decided_minutes"]["p95"] >= 90


def test_a_month_is_counted_once_it_is_over(platform: Office) -> None:
    with pytest.raises(NotFound):
        actions.month_counted(platform.organisation.id, civil_date(clock.now()).replace(day=1))


@given(
    st.fixed_dictionaries({"no_action": st.integers(0, 30)}),
    st.dictionaries(st.sampled_from(["remove", "label", "suspend"]), st.integers(1, 30)),
)
def test_no_hidden_number_can_be_worked_out(base: dict[str, int], kinds: dict[str, int]) -> None:
    total = sum(kinds.values()) + base["no_action"]
    whole = {**figures.count([], date(2026, 1, 1)), **base, "measures": kinds, "decisions": total}
    shown = figures.shown(whole, 5)
    parts = [shown["no_action"], *shown["measures"].values()]
    assert all(value == figures.HIDDEN or value == 0 or value >= 5 for value in parts)
    if parts.count(figures.HIDDEN) == 1:
        others = [value for value in parts if value > 0]
        assert not others, "with one alone hidden the rest would tell it"


def test_the_total_less_the_list_tells_nothing(platform: Office) -> None:
    """One decision that concerns a child, one whose file was marked only later, one that is kept back: none shows."""
    month = civil_date(clock.now()).replace(day=1)
    for _place in range(6):
        decided(platform, report(platform))
    child, marked, secret = report(platform, concerns_child=True), report(platform), report(platform)
    beside = report(platform)
    report(platform, address=beside.case.page.address, concerns_child=True)
    Evidence.objects.create(
        organisation=platform.organisation,
        case=marked.case,
        report=marked.report,
        file=stored_file(platform),
        added_at=clock.now(),
    )
    protection.restrict_file(platform.actor("moderator"), marked.case.id, Evidence.objects.get().file_id)
    for filed in (child, marked, beside):
        decided(platform, filed)
    appeals.file_appeal(*door(Decision.objects.get(case=child.case)), "Sai rồi.")
    review.claim(platform.actor("moderator"), secret.case.id)
    room = "anlanh.work.casework.actions.decide"
    clause = mock.patch(f"{room}._kept_back_under", return_value="24/2018/QH14/26.2.b")
    with clause, mock.patch(f"{room}.keeping_back.apply"):
        decide.decide(platform.actor("moderator"), secret.case.id, decision_input())
    with clock.set_to(clock.now() + timedelta(days=40)):
        counted = actions.month_counted(platform.organisation.id, month).figures
        shown = month_shown(platform.organisation, month).figures
    listed = published(platform.organisation).count()
    assert (counted["decisions"], listed) == (6, 6)
    assert (counted["unpublished"], counted["appeals"], counted["decided_minutes"]["count"]) == (4, 0, 6)
    assert sum(counted["measures"].values()) + counted["no_action"] == listed
    assert sum(counted["grounds"].values()) == listed
    assert "unpublished" not in shown, "four point at somebody"


@pytest.mark.parametrize("children", [0, 1, 4, 5, 40])
@pytest.mark.parametrize("withheld", [0, 1, 4, 5, 40])
def test_how_many_are_not_published_shows_only_where_no_part_is_small(children: int, withheld: int) -> None:
    whole = {**figures.count([], date(2026, 1, 1)), "unpublished": children + withheld, "withheld": withheld}
    shown = figures.shown(whole, 5)
    assert ("unpublished" in shown) == (children >= 5)


def test_published_decisions_hold_no_address_name_or_words(platform: Office) -> None:
    filed = report(platform, reporter_name="Lê Thị Mận")
    decided(platform, filed)
    page = Client(headers={"accept-language": "vi"}).get(f"/quyet-dinh/{platform.organisation.code}/")
    text = page.content.decode()
    decision = Decision.objects.get()
    for hidden in (filed.case.page.address, filed.case.number, decision.facts, decision.subject_fact, "Mận"):
        assert hidden not in text
    assert statement(decision, "vi").ground in text
    actions.release(platform.actor("moderator"), decision.id, "Giả làm ngân hàng để xin mã.")
    text = Client().get(f"/quyet-dinh/{platform.organisation.code}/").content.decode()
    assert "Giả làm ngân hàng để xin mã." in text
    with pytest.raises(BadInput):
        actions.release(platform.actor("moderator"), decision.id, "Lần nữa.")
    with pytest.raises(NotAllowed):
        actions.release(platform.actor("inspector"), decision.id, "Không được.")


@pytest.mark.parametrize("why", ["child", "withheld", "not_left"])
def test_what_is_not_published(platform: Office, why: str) -> None:
    filed = report(platform, concerns_child=why == "child")
    decision = decided(platform, filed)
    if why == "withheld":
        decision.notice_forbidden_by = "24/2018/QH14/26.2.b"
        decision.save()
    if why == "not_left":
        decision.leaves_at = clock.now() + timedelta(minutes=1)
        decision.save()
    assert not published(platform.organisation).exists()


def test_the_pages_and_downloads_open(platform: Office) -> None:
    a_month_of_work(platform)
    code = platform.organisation.code
    asked = f"?thang={civil_date(clock.now()):%Y-%m}"
    client = Client(headers={"accept-language": "vi"})
    with clock.set_to(clock.now() + timedelta(days=40)):
        assert client.get(f"/so-lieu/{code}/{asked}").status_code == 200
        table = client.get(f"/so-lieu/{code}/csv/{asked}").content.decode()
        document = client.get(f"/so-lieu/{code}/json/{asked}").json()
        before = MonthCounted.objects.count()
        for asked in ("khong-phai", "0001-01", "1999-12", "9999-12", "2026-13", "2026-1-1"):
            assert client.get(f"/so-lieu/{code}/?thang={asked}").status_code == 404
        assert MonthCounted.objects.count() == before, "nobody makes us keep months that never were"
    assert "reports" in table
    assert document["figures"]["reports"] == 7
    assert document["figures"]["measures"]["remove"] is None
