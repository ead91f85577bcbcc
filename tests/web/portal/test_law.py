"""The law book on the portal: open to all, as of a day, with how sure each value is."""

import pytest
from django.test import Client

from anlanh.law import vietnam

pytestmark = pytest.mark.django_db
PACK = vietnam()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "vi"})


def test_every_kind_of_actor_has_a_page(reader: Client) -> None:
    for kind in PACK.actors:
        assert reader.get(f"/phap-luat/chu-the/{kind}/").status_code == 200, kind
    assert reader.get("/phap-luat/chu-the/khong-co/").status_code == 404


def test_every_duty_has_a_page(reader: Client) -> None:
    for duty in PACK.duties:
        assert reader.get(f"/phap-luat/muc/{duty}/").status_code == 200, duty


def test_an_instrument_is_told_article_by_article(reader: Client) -> None:
    page = reader.get("/phap-luat/muc/147/2024/NĐ-CP/").content.decode()
    assert 'id="dieu-35"' in page
    assert page.index('id="dieu-23"') < page.index('id="dieu-35"')


def test_the_two_thresholds_of_locking_are_shown_as_a_conflict(reader: Client) -> None:
    question = PACK.choices["lock-thresholds"].question.vi
    assert question in reader.get("/phap-luat/?ngay=2026-09-01").content.decode()
    assert question not in reader.get("/phap-luat/?ngay=2026-08-18").content.decode()
    assert question not in reader.get("/phap-luat/?ngay=2026-09-01&biet=2026-01-01").content.decode()


def test_both_axes_of_time(reader: Client) -> None:
    later = reader.get("/phap-luat/muc/147/2024/NĐ-CP/?ngay=2025-01-01&biet=2024-01-01")
    assert later.status_code == 200
    assert "chưa ai biết" in later.content.decode()
    ended = reader.get("/phap-luat/muc/72/2013/NĐ-CP/?ngay=2025-01-01").content.decode()
    assert "hết hiệu lực" in ended
    unended = reader.get("/phap-luat/muc/72/2013/NĐ-CP/?ngay=2025-01-01&biet=2024-06-01").content.decode()
    assert ">đang có hiệu lực<" in unended


@pytest.mark.parametrize("query", ["ngay=mai", "biet=2026-13-01", "ngay=0001-01-01", "ngay=9999-12-31"])
def test_days_that_are_none_are_told_on_the_page(reader: Client, query: str) -> None:
    assert reader.get(f"/phap-luat/?{query}").status_code == 422


def test_search_passes_over_marks(reader: Client) -> None:
    found = reader.get("/phap-luat/?q=khoa tam").content.decode()
    assert "nd147.35.7" in found
    assert reader.get("/phap-luat/?q=" + "x" * 5000).status_code == 200


def test_clocks_are_counted_with_their_trace(reader: Client) -> None:
    asked = {"event": "order.received", "actor": "licensed-social-network", "at": "2025-03-01T09:00"}
    page = reader.get("/phap-luat/thoi-han/", asked).content.decode()
    assert "09:00, Chủ nhật 02/03/2025" in page
    assert reader.get("/phap-luat/thoi-han/", {**asked, "at": "hôm qua"}).status_code == 422
    assert reader.get("/phap-luat/thoi-han/", {**asked, "actor": "ai-do"}).status_code == 422
    assert reader.get("/phap-luat/thoi-han/", {**asked, "at": "1900-01-01T00:00"}).status_code == 422
    report = {**asked, "event": "report.period", "form": "nd147-mau-15", "year": "2026"}
    assert "25/11/2026" in reader.get("/phap-luat/thoi-han/", report).content.decode()
    assert reader.get("/phap-luat/thoi-han/", {**report, "year": "²"}).status_code == 422


def test_calendar_places_and_questions_open(reader: Client) -> None:
    for page in ("lich", "dia-phuong-co-quan", "can-xac-dinh"):
        assert reader.get(f"/phap-luat/{page}/").status_code == 200
    english = Client(headers={"accept-language": "en"})
    assert "Open questions" in english.get("/phap-luat/can-xac-dinh/").content.decode()
