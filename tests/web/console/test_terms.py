"""The pages of own rules: drafted, previewed, published; and the grounds they give to the panel of decisions."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from anlanh.base import clock
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.actions.review import claim
from anlanh.work.casework.models import Case, Decision, Preset
from anlanh.work.casework.naming import as_word
from anlanh.work.policies.models import Version
from anlanh.work.policies.queries import drafted
from tests.work.policies.rules_of import SPAM, clause_in, published, spam

TERMS = "terms_of_use"


def seen(page: str) -> str:
    """The revision that a page's form was written for."""
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def test_rules_are_drafted_previewed_and_published(platform: Any, signed_in: Callable[..., Client]) -> None:
    person = signed_in(platform, "compliance")
    assert "not begun" in person.get(reverse("console:terms")).content.decode()
    new = reverse("console:new_clause", args=[TERMS])
    typed = {"seen": "0", "number": "3.2", "title_vi": "Không spam", "text_vi": SPAM, "categories": ["fraud"]}
    wrong = person.post(new, typed | {"number": "ba"})
    assert wrong.status_code == 422
    assert SPAM in wrong.content.decode(), "nothing typed is lost"
    assert person.post(new, typed).status_code == 302
    stale = person.post(new, typed | {"number": "4"})
    assert stale.status_code == 422
    assert "somebody else changed the draft" in stale.content.decode().lower()
    assert seen(stale.content.decode()) == "1", "what changed was shown, so the next try counts"
    preview = person.get(reverse("console:preview_terms", args=[TERMS])).content.decode()
    assert SPAM in preview
    today = civil_date(clock.now())
    publish = reverse("console:publish_terms", args=[TERMS])
    early = person.post(publish, {"seen": seen(preview), "starts_on": str(today - timedelta(days=1))})
    assert early.status_code == 422
    assert not Version.objects.exists()
    assert person.post(publish, {"seen": seen(preview), "starts_on": str(today)}).status_code == 302
    assert person.post(publish, {"seen": seen(preview), "starts_on": str(today)}).status_code == 422, "a double click"
    assert Version.objects.get().number == 1
    key = drafted(platform.actor("compliance"), TERMS).clauses[0].key
    clause = reverse("console:clause", args=[TERMS, key])
    person.post(clause, {**typed, "seen": "1", "text_vi": "Không spam, kể cả một lần."})
    marked = person.get(reverse("console:preview_terms", args=[TERMS])).content.decode()
    assert "<del>" in marked
    assert "<ins>" in marked
    person.post(reverse("console:withdraw_terms", args=[TERMS, 1]), {"reason": "Sai."})
    assert "Sai." in person.get(reverse("console:draft_terms", args=[TERMS])).content.decode()
    assert person.post(reverse("console:remove_clause", args=[TERMS, key]), {"seen": "2"}).status_code == 302
    assert drafted(platform.actor("compliance"), TERMS).clauses == []
    pasted = {"seen": "3", "text": "1. Chào\nĐọc kỹ.\n2. Spam\nKhông spam."}
    assert person.post(reverse("console:paste_terms", args=[TERMS]), pasted).status_code == 302
    assert person.post(reverse("console:paste_terms", args=[TERMS]), {**pasted, "text": "x"}).status_code == 422
    named = {"seen": "4", "title_vi": "Điều khoản Mạng Thử", "title_en": ""}
    assert person.post(reverse("console:title_terms", args=[TERMS]), named).status_code == 302
    assert "Điều khoản Mạng Thử" in person.get(reverse("console:draft_terms", args=[TERMS])).content.decode()


def test_others_find_no_such_pages(platform: Any, signed_in: Callable[..., Client]) -> None:
    for nickname in ("moderator", "inspector", "registrar"):
        person = signed_in(platform, nickname)
        assert person.get(reverse("console:terms")).status_code == 403
        assert person.post(reverse("console:publish_terms", args=[TERMS]), {}).status_code == 403
    assert signed_in(platform, "admin").get("/console/terms/luat/").status_code == 404


def test_the_panel_offers_own_rules_apart_from_the_law(
    platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case], typed: dict[str, str]
) -> None:
    version = published(platform, spam(categories=("fraud",)), at=clock.now() - timedelta(days=3))
    clause = clause_in(platform, version)
    person, case = signed_in(platform, "moderator"), report()
    claim(platform.actor("moderator"), case.id)
    shown = person.get(reverse("console:case", args=[case.id])).content.decode()
    own = shown[shown.index("c-own-rules") :]
    assert "Your own rules, not law" in own
    assert "first reported" in own
    assert f'value="terms:{clause.id}"' in own
    assert f'value="terms:{clause.id}"' not in shown[: shown.index("c-own-rules")]
    given = {**typed, "ground": as_word("", clause.id)}
    letters = person.post(reverse("console:letter", args=[case.id]), given).content.decode()
    assert "version 1, item 3.2" in letters or "phiên bản 1, mục 3.2" in letters
    bad = person.post(reverse("console:decide", args=[case.id]), {**given, "ground": "terms:x"})
    assert bad.status_code == 422
    assert typed["facts"] in bad.content.decode()
    assert person.post(reverse("console:decide", args=[case.id]), given).status_code == 302
    assert Decision.objects.get().terms_clause == clause.id
    after = person.get(reverse("console:case", args=[case.id])).content.decode()
    assert "Own rules" in after
    assert "not a ground of law" in after


def test_a_preset_on_own_rules_fills_in_the_panel(
    platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case]
) -> None:
    clause = clause_in(platform, published(platform, spam(), at=clock.now() - timedelta(days=3)))
    person, case = signed_in(platform, "moderator"), report()
    claim(platform.actor("moderator"), case.id)
    word = as_word("", clause.id)
    fields = {"name": "Spam", "measure": "limit_reach", "ground": word, "facts": "Đăng lặp lại."}
    assert person.post(reverse("console:new_preset"), fields).status_code == 302
    preset = Preset.objects.get()
    assert "Own rules" in person.get(reverse("console:presets")).content.decode()
    assert f'value="{word}" checked' in person.get(reverse("console:preset", args=[preset.id])).content.decode()
    shown = person.get(reverse("console:case", args=[case.id]), {"preset": str(preset.id)}).content.decode()
    assert f'value="{word}" checked' in shown


def test_several_cases_are_decided_on_own_rules(
    platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case], typed: dict[str, str]
) -> None:
    clause = clause_in(platform, published(platform, spam(), at=clock.now() - timedelta(days=3)))
    person = signed_in(platform, "moderator")
    cases = [str(report(f"https://mang.example/p/{at}").id) for at in (1, 2)]
    shown = person.get(reverse("console:together"), {"case": cases}).content.decode()
    assert "fits 2 cases" in shown
    given = {**typed, "measure": "limit_reach", "ground": as_word("", clause.id), "case": cases}
    answer = person.post(reverse("console:decide_together"), given)
    assert answer.status_code == 302
    assert "Own rules" in person.get(answer.url).content.decode()
    assert set(Decision.objects.values_list("terms_clause", flat=True)) == {clause.id}
