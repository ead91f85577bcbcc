"""The case page: claiming, deciding, what is refused, and that nothing typed is lost."""

import pytest
from django.utils import translation

from anlanh.base.acts.models import Act
from anlanh.work.casework import numbers
from anlanh.work.casework.actions.appeals import file_appeal
from anlanh.work.casework.actions.review import claim
from anlanh.work.casework.models import Access, Decision
from anlanh.work.casework.queries import case_page

pytestmark = pytest.mark.django_db


def address(case, step=""):
    return f"/console/cases/{case.id}/{step}"


@pytest.fixture
def held(platform, report):
    """A case that the moderator holds."""
    case = report()
    return claim(platform.actor("moderator"), case.id)


def test_an_unclaimed_case_offers_to_be_taken_and_no_decision(platform, signed_in, report):
    case = report()
    client = signed_in(platform, "moderator")
    page = client.get(address(case)).content.decode()
    assert "Take this case" in page
    assert 'id="decide"' not in page
    client.post(address(case, "claim/"))
    page = client.get(address(case)).content.decode()
    assert "You hold this case until" in page
    assert 'id="decide"' in page


def test_a_reporter_stays_hidden(platform, signed_in, report):
    case = report(reporter_name="Nguyễn Thị Hoà", reporter_email="hoa@vidu.example")
    page = signed_in(platform, "moderator").get(address(case)).content.decode()
    assert "Trang này lừa đảo." in page
    assert "Hoà" not in page
    assert "hoa@vidu" not in page


def test_deciding_records_and_takes_the_next(platform, signed_in, held, typed, report):
    following = report("https://mang.example/p/2")
    seen = case_page(platform.actor("moderator"), held.id).seen
    answer = signed_in(platform, "moderator").post(address(held, "decide/"), {**typed, "seen": seen, "then": "next"})
    assert answer.url == address(following)
    assert Decision.objects.get().facts == typed["facts"]


def test_a_second_click_decides_nothing_more(platform, signed_in, held, typed):
    client = signed_in(platform, "moderator")
    for _click in range(2):
        assert client.post(address(held, "decide/"), {**typed, "then": "stay"}).url == address(held)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("missing", ["measure", "ground", "facts", "subject_fact"])
def test_what_is_missing_is_pointed_at_and_what_was_typed_stays(platform, signed_in, held, typed, missing):
    given = {name: value for name, value in typed.items() if name != missing}
    answer = signed_in(platform, "moderator").post(address(held, "decide/"), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="error-summary"' in page
    assert f'href="#id_{missing}' in page
    for name in ("facts", "subject_fact"):
        if name != missing:
            assert typed[name] in page
    assert not Decision.objects.exists()


def test_a_decision_on_a_page_out_of_date_is_refused_kindly(platform, signed_in, held, typed):
    seen = case_page(platform.actor("moderator"), held.id).seen
    from anlanh.work.casework.actions.review import hand_over

    second, moderator = platform.actor("second"), platform.actor("moderator")
    hand_over(moderator, held.id, second.ref, "")
    hand_over(second, held.id, moderator.ref, "xem lại giúp")
    claim(moderator, held.id)
    answer = signed_in(platform, "moderator").post(address(held, "decide/"), {**typed, "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "has moved on" in page
    assert typed["facts"] in page
    assert not Decision.objects.exists()


def test_whoever_does_not_hold_the_case_can_not_decide_it(platform, signed_in, held, typed):
    client = signed_in(platform, "second")
    page = client.get(address(held)).content.decode()
    assert "Moderator is on this case until" in page
    assert client.post(address(held, "decide/"), typed).status_code == 403
    assert client.post(address(held, "claim/")).status_code == 403


def test_without_the_capability_a_text_says_so(platform, signed_in, held, typed):
    client = signed_in(platform, "inspector")
    assert client.get(address(held)).status_code == 200
    answer = client.post(address(held, "decide/"), typed)
    assert answer.status_code == 403
    assert "“Decide cases”" in answer.content.decode()
    assert signed_in(platform, "registrar").get(address(held)).status_code == 403


def test_confirming_starts_the_clocks_of_removal(platform, signed_in, held, typed):
    client = signed_in(platform, "moderator")
    answer = client.post(address(held, "confirm/"), {"facts": typed["facts"]})
    assert answer.status_code == 422
    assert typed["facts"] in answer.content.decode()
    client.post(address(held, "confirm/"), typed)
    assert Act.objects.filter(type="violation.confirmed").count() == 1


def test_the_letters_can_be_read_before(platform, signed_in, held, typed):
    client = signed_in(platform, "moderator")
    page = client.post(address(held, "letter/"), typed).content.decode()
    assert typed["subject_fact"] in page
    assert not Decision.objects.exists()
    assert "write both texts" in client.post(address(held, "letter/"), {}).content.decode()


def test_handing_over_and_giving_back(platform, signed_in, held):
    client = signed_in(platform, "moderator")
    second = platform.actor("second")
    assert client.post(address(held, "hand-over/"), {"to": "x"}).status_code == 422
    assert client.post(address(held, "hand-over/"), {"to": second.ref, "note": "nhờ bạn"}).status_code == 302
    claim(second, held.id)
    assert signed_in(platform, "second").post(address(held, "release/")).status_code == 302
    held.refresh_from_db()
    assert held.claimed_by is None


def test_presence_is_a_fragment(platform, signed_in, held):
    fragment = signed_in(platform, "second").get(address(held, "presence/")).content.decode()
    assert 'aria-live="polite"' in fragment
    assert "<html" not in fragment


def test_an_appeal_is_heard_by_somebody_else_beside_the_decision(platform, signed_in, decided):
    access = Access.objects.get()
    with translation.override("vi"):
        appeal = file_appeal(access.reference, numbers.secret_for(access.id), "Tôi không lừa ai.")
    officer = signed_in(platform, "appeals")
    page = officer.get(address(decided)).content.decode()
    assert "Tôi không lừa ai." in page
    assert "Nhận tiền cọc." in page
    hear = f"/console/appeals/{appeal.id}/hear/"
    assert officer.post(hear, {"outcome": "reversed"}).status_code == 422
    assert signed_in(platform, "moderator").post(hear, {"outcome": "upheld", "reasons": "x"}).status_code == 403
    answer = officer.post(hear, {"outcome": "reversed", "reasons": "Có hoá đơn."})
    assert answer.url == address(decided)
    appeal.refresh_from_db()
    assert appeal.outcome == "reversed"


def test_another_organisations_ids_are_not_there(platform, other, signed_in, decided, typed):
    client = signed_in(other, "moderator")
    act = Act.objects.filter(subject_id=decided.id).first()
    assert client.get(address(decided)).status_code == 404
    assert client.get(address(decided, "presence/")).status_code == 404
    for step in ("claim/", "release/", "confirm/", "decide/", "letter/"):
        assert client.post(address(decided, step), typed).status_code == 404
    assert client.get(f"/console/acts/{act.id}/").status_code == 404
