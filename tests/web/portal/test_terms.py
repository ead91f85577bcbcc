"""Own rules as everybody reads them: the version in force, earlier ones, what changed, the exact text."""

import hashlib
from datetime import timedelta
from typing import Any

from django.test import Client

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.actions import decide, review
from tests.work.casework.steps_of import decision_input, report
from tests.work.policies.rules_of import SPAM, clause_in, published, spam

PATH = "/quy-dinh/mang/dieu-khoan-su-dung/"


def text(path: str, language: str = "vi") -> str:
    answer = Client(headers={"accept-language": language}).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_everybody_reads_versions_and_what_changed(platform: Any) -> None:
    first = published(platform, spam(), at=clock.now() - timedelta(days=9))
    assert SPAM in text(PATH)
    later = civil_date(clock.now()) + timedelta(days=20)
    published(platform, spam(text="Không đăng lặp lại để bán hàng."), on=later)
    current = text(PATH)
    assert SPAM in current
    assert "Từ " in current
    assert "phiên bản 2 thay thế" in current
    assert 'id="muc-3.2"' in current
    assert first.digest in current
    changes = text(f"{PATH}2/thay-doi/")
    assert "<del>" in changes
    assert "<ins>" in changes
    exact = Client().get(f"{PATH}1/json/")
    assert hashlib.sha256(exact.content).hexdigest() == first.digest
    assert "Terms of use" in text("/quy-dinh/mang/", "en")
    assert "not law" in text("/quy-dinh/mang/", "en")
    for missing in ("9/", "1/thay-doi/", "0/json/"):
        assert Client().get(PATH + missing).status_code == 404
    assert Client().get("/quy-dinh/mang/luat/").status_code == 404
    assert Client().get("/quy-dinh/khong-co/").status_code == 404
    assert Client().post(PATH).status_code in {403, 405}


def test_a_new_organisation_says_that_no_month_is_over(platform: Any) -> None:
    assert "Chưa có số liệu" in text("/so-lieu/mang/")
    assert Client().get("/so-lieu/mang/?thang=2020-01").status_code == 404


def test_what_authors_wrote_is_shown_as_text(platform: Any) -> None:
    published(platform, spam(text="<script>alert(1)</script> & <b>đậm</b>"))
    assert "<script>alert" not in text(PATH)
    assert "&lt;b&gt;" in text(PATH)


def test_published_decisions_and_figures_tell_the_kinds_apart(platform: Any) -> None:
    clause = clause_in(platform, published(platform, spam(), at=clock.now() - timedelta(days=3)))
    for given in (decision_input(ground="", terms_clause=clause.id), decision_input()):
        case = report(platform).case
        review.claim(platform.actor("moderator"), case.id)
        decide.decide(platform.actor("moderator"), case.id, given)
    shown = text("/quyet-dinh/mang/", "en")
    assert shown.count("Own rules of the organisation, not law") == 1
    assert f"{PATH}1/#muc-3.2" in shown
    with clock.set_to(clock.now() + timedelta(days=32)):
        assert "rules" in text("/so-lieu/mang/", "en")
        assert "ground_terms" in Client().get("/so-lieu/mang/csv/").content.decode()
        assert "grounds" in Client().get("/so-lieu/mang/json/").json()["figures"]
