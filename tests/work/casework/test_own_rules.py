"""Decisions on the organisation's own rules: the clause of the version in force at the conduct, never shown as law."""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import given as supposing
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.reporting.board.recounting import spans_of
from anlanh.work.casework import previews, queries
from anlanh.work.casework.actions import appeals, decide, presets, proposals, review
from anlanh.work.casework.grounds import conduct_of, parsed
from anlanh.work.casework.grouping import actions as grouping
from anlanh.work.casework.grouping import queries as groups
from anlanh.work.casework.keeping import case_files
from anlanh.work.casework.models import Case, Decision, Notice
from anlanh.work.casework.naming import as_word
from anlanh.work.casework.publishing import figures
from anlanh.work.casework.publishing.queries import published as published_decisions
from anlanh.work.casework.publishing.queries import statement
from anlanh.work.casework.repeats import counting
from anlanh.work.policies import actions as policies
from anlanh.work.registry.actions import PageInput, put_page
from tests.work.casework.steps_of import (
    GROUND,
    carried_out,
    decision_input,
    door,
    fresh_address,
    integration,
    report,
    verified_order,
)
from tests.work.policies.rules_of import SPAM, clause_in, published, spam

pytestmark = pytest.mark.django_db

LAW_WORDS = re.compile(r"\bLuật\b|Nghị định|khoản \d|\bLaw\b|Decree")


def posted(office: Any, at: datetime, **fields: Any) -> Any:
    """A report of a page that was posted at a known moment."""
    address = fresh_address()
    put_page(office.actor("registrar"), PageInput(address, posted_at=at, holder_address=f"{address}/chu", **fields))
    return report(office, address=address)


def own(clause: Any, measure: str = "remove", **fields: Any) -> decide.DecisionInput:
    """A decision on a clause of own rules."""
    return decision_input(measure, ground="", terms_clause=clause.id, **fields)


def taken(office: Any, filed: Any, given: decide.DecisionInput, by: str = "moderator") -> Decision:
    """The case taken and decided."""
    review.claim(office.actor(by), filed.case.id)
    return decide.decide(office.actor(by), filed.case.id, given)


@pytest.fixture
def rules(platform: Any) -> Any:
    """A clause that is in force since three days."""
    version = published(platform, spam(categories=("fraud",)), at=clock.now() - timedelta(days=3))
    return clause_in(platform, version)


def test_the_clause_of_the_time_of_posting_is_offered_and_no_other(platform: Any) -> None:
    now = clock.now()
    first = published(platform, spam(), at=now - timedelta(days=9))
    second = published(platform, spam(text="Không spam, kể cả một lần."), at=now - timedelta(days=2))
    old, new = clause_in(platform, first), clause_in(platform, second)
    moderator = platform.actor("moderator")
    for moment, right, wrong in (
        (now - timedelta(days=5), old, new),
        (now - timedelta(hours=1), new, old),
    ):
        filed = posted(platform, moment)
        conduct, offered = queries.terms_for(moderator, filed.case.id)
        assert (conduct.at, conduct.by) == (moment, "posted")
        assert [one.id for one in offered] == [right.id]
        review.claim(moderator, filed.case.id)
        with pytest.raises(BadInput) as refusal:
            decide.decide(moderator, filed.case.id, own(wrong))
        assert refusal.value.where == "ground"
        decision = decide.decide(moderator, filed.case.id, own(right))
        assert (decision.terms_clause, decision.ground, decision.conduct_by) == (right.id, "", "posted")
    filed = posted(platform, now - timedelta(days=20))
    assert queries.terms_for(moderator, filed.case.id)[1] == []
    for clause in (old, new):
        with pytest.raises(BadInput):
            taken(platform, filed, own(clause))


def test_where_the_time_of_posting_is_not_known_the_time_of_the_report_counts_and_it_is_said(
    platform: Any, rules: Any
) -> None:
    decision = taken(platform, report(platform), own(rules))
    assert decision.conduct_by == "reported"
    assert decision.conduct_at == Case.objects.get(id=decision.case_id).opened_at
    assert "Không rõ nội dung được đăng lúc nào" in Notice.objects.get(decision=decision, role="affected").body
    assert Act.objects.get(id=decision.act_id).clear["conduct_by"] == "reported"


@supposing(st.lists(st.integers(1, 40), min_size=1, max_size=3, unique=True), st.integers(0, 45), st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_decision_cites_a_clause_outside_its_time(platform: Any, ages: list[int], age: int, ended: bool) -> None:
    """Whatever versions there are and whenever the content was posted."""
    with transaction.atomic():
        _walk(platform, sorted(ages, reverse=True), age, ended)
        transaction.set_rollback(True)


def _walk(platform: Any, ages: list[int], age: int, ended: bool) -> None:
    now, kept = clock.now(), []
    for each in ages:
        text = f"Không spam quá {each} lần."
        kept.append(published(platform, spam(text=text), at=now - timedelta(days=each)))
    if ended:
        policies.withdraw(platform.actor("compliance"), "terms_of_use", kept[-1].number, "Thôi áp dụng.")
    moment = now - timedelta(days=age, hours=1)
    for version in kept:
        clause = clause_in(platform, version)
        allowed = clause.since <= moment and (clause.until is None or moment < clause.until)
        try:
            decision = taken(platform, posted(platform, moment), own(clause))
        except BadInput:
            assert not allowed
        else:
            assert allowed
            act = Act.objects.get(id=decision.act_id).clear
            assert act["terms_version"] == version.number
            assert act["terms_digest"] == version.digest


@pytest.mark.parametrize("language", ["vi", "en"])
def test_letters_name_the_rules_with_their_version_and_never_as_law(platform: Any, rules: Any, language: str) -> None:
    filed = posted(platform, clock.now() - timedelta(days=1), language=language)
    facts = {"facts": "Đăng hai mươi lần.", "subject_fact": "Bài thứ hai mươi."}
    decision = taken(platform, filed, own(rules, **facts))
    body = Notice.objects.get(decision=decision, role="affected").body
    since = rules.since.astimezone(vietnam().zone)
    if language == "vi":
        said = f"Điều khoản sử dụng của Mạng Thử, phiên bản 1, mục 3.2, có hiệu lực từ {since:%d/%m/%Y}"
        assert f"Theo {said[0].lower()}{said[1:]}" in body or f"Theo {said}" in body
        assert "không phải căn cứ pháp luật" in body
        assert "khi nội dung được đăng" in body
    else:
        assert "Terms of use of Mạng Thử, version 1, item 3.2, in force since" in body
        assert "not a ground of law" in body
    assert SPAM in body
    assert "/quy-dinh/mang/dieu-khoan-su-dung/1/#muc-3.2" in body
    for notice in Notice.objects.filter(decision=decision):
        assert not LAW_WORDS.search(notice.body), notice.kind


def test_letters_on_law_never_look_like_own_rules(platform: Any, rules: Any) -> None:
    decision = taken(platform, report(platform), decision_input())
    for notice in Notice.objects.filter(decision=decision):
        assert LAW_WORDS.search(notice.body)
        assert "Điều khoản sử dụng" not in notice.body
        assert "phiên bản" not in notice.body
    act = Act.objects.get(id=decision.act_id)
    assert act.clear["ground_kind"] == "law"
    assert not [name for name in act.clear if name.startswith("terms_")]


def test_the_act_names_the_clause_and_no_law(platform: Any, rules: Any) -> None:
    decision = taken(platform, report(platform), own(rules))
    act = Act.objects.get(id=decision.act_id)
    assert act.body["type_version"] == 3
    assert act.clauses == []
    assert "ground" not in act.clear
    told = {name: act.clear[name] for name in act.clear if name.startswith(("terms_", "ground"))}
    assert told == {
        "ground_kind": "terms",
        "terms_clause": str(rules.id),
        "terms_document": "terms_of_use",
        "terms_version": 1,
        "terms_item": "3.2",
        "terms_digest": rules.digest,
    }
    assert Act.objects.get(type="terms.published").clear["digest"] == act.clear["terms_digest"]


def test_own_rules_confirm_no_violation_of_law_and_start_none_of_its_clocks(platform: Any, rules: Any) -> None:
    filed = report(platform)
    before = set(Clock.objects.filter(subject_id=filed.case.id).values_list("id", flat=True))
    decision = taken(platform, filed, own(rules))
    assert not Act.objects.filter(type="violation.confirmed").exists()
    assert Case.objects.get(id=decision.case_id).confirmed_at is None
    assert set(Clock.objects.filter(subject_id=decision.case_id).values_list("id", flat=True)) == before
    other = report(platform)
    review.claim(platform.actor("moderator"), other.case.id)
    with pytest.raises(BadInput):
        review.confirm_violation(platform.actor("moderator"), other.case.id, as_word("", rules.id), "x")


def test_an_appeal_can_end_in_a_decision_on_own_rules(platform: Any, rules: Any) -> None:
    filed = report(platform)
    taken(platform, filed, decision_input("no_action"))
    appeal = appeals.file_appeal(filed.report.reference, filed.secret, "Đó là spam.")
    before = Clock.objects.filter(subject_id=filed.case.id).count()
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Đúng là spam.", own(rules))
    new = Decision.objects.get(case=filed.case, overturned_at=None)
    assert new.terms_clause == rules.id
    assert Clock.objects.filter(subject_id=filed.case.id).count() == before
    case = Case.objects.get(id=filed.case.id)
    acts = [act.body for act in Act.objects.filter(subject_id=case.id).order_by("seq")]
    counted = spans_of(acts, vietnam(), platform.organisation.kind)
    assert len(counted) == before


def test_one_ground_and_one_of_the_own_organisation(platform: Any, other: Any, rules: Any) -> None:
    theirs = clause_in(other, published(other, spam(), at=clock.now() - timedelta(days=3)))
    filed = report(platform)
    for wrong in (
        decision_input(terms_clause=rules.id),
        own(theirs),
        own(replace(rules, id=new_id())),
        decision_input(ground=""),
    ):
        with pytest.raises(BadInput) as refusal:
            taken(platform, filed, wrong)
        assert refusal.value.where == "ground"
    told = {
        str(one)
        for one in [_refused(platform, filed, own(theirs)), _refused(platform, filed, own(replace(rules, id=new_id())))]
    }
    assert len(told) == 1, "another's clause is refused in the words of none"
    handling = published(platform, spam("1"), kind="handling", at=clock.now() - timedelta(days=1))
    with pytest.raises(BadInput):
        taken(platform, filed, decision_input(ground="", terms_clause=handling.clauses.first().id))


def _refused(office: Any, filed: Any, given: decide.DecisionInput) -> BadInput:
    with pytest.raises(BadInput) as refusal:
        taken(office, filed, given)
    return refusal.value


def test_what_law_reserves_stays_under_law(platform: Any, rules: Any) -> None:
    filed = posted(platform, clock.now() - timedelta(days=1))
    review.claim(platform.actor("moderator"), filed.case.id)
    with pytest.raises(BadInput) as refusal:
        proposals.propose(platform.actor("moderator"), filed.case.id, own(rules, "refuse_service"))
    assert refusal.value.where == "measure"
    prepared = presets.PresetInput("Từ chối", "", "Lời.", "refuse_service", terms_clause=rules.id)
    with pytest.raises(BadInput):
        presets.write(platform.actor("moderator"), prepared)
    case = verified_order(platform)
    review.claim(platform.actor("officer"), case.id)
    assert queries.terms_for(platform.actor("officer"), case.id)[1] == []
    with pytest.raises(BadInput) as refusal:
        decide.decide(platform.actor("officer"), case.id, own(rules))
    assert refusal.value.where == "ground"


def test_no_machine_brings_a_clause_on_national_security_or_public_bodies(platform: Any) -> None:
    version = published(platform, spam(about_state=True), at=clock.now() - timedelta(days=3))
    clause = clause_in(platform, version)
    relay = Actor(
        ActorKind.MACHINE, platform.organisation.id, new_id(), frozenset({"cases.view", "cases.review", "cases.decide"})
    )
    filed = report(platform)
    review.claim(relay, filed.case.id)
    with pytest.raises(NotAllowed):
        decide.decide(relay, filed.case.id, own(clause))
    given = presets.PresetInput("Mẫu", "", "Lời.", "remove", terms_clause=clause.id)
    with pytest.raises(BadInput):
        presets.write(platform.actor("moderator"), given)
    assert queries.terms_now(platform.actor("moderator")) == []
    review.release(relay, filed.case.id)
    assert taken(platform, filed, own(clause)).terms_clause == clause.id


def test_own_rules_count_for_no_repeated_violation_of_law(platform: Any, rules: Any) -> None:
    filed = posted(platform, clock.now() - timedelta(days=1))
    taken(platform, filed, own(rules))
    holder = Case.objects.get(id=filed.case.id).page.holder
    assert counting.record_of(holder, platform.organisation.kind).count == 0
    taken(platform, posted(platform, clock.now() - timedelta(days=1)), own(rules, "suspend", days=7))
    assert not counting.locks_of(holder.id).exists()


def test_two_people_can_decide_on_own_rules(platform: Any, rules: Any) -> None:
    filed = posted(platform, clock.now() - timedelta(days=1))
    review.claim(platform.actor("moderator"), filed.case.id)
    proposal = proposals.propose(platform.actor("moderator"), filed.case.id, own(rules, "end_account"))
    act = Act.objects.get(type="decision.proposed")
    assert (act.clear["terms_clause"], act.clauses) == (str(rules.id), [])
    decision = proposals.approve(platform.actor("second"), filed.case.id, proposal.id)
    assert (decision.terms_clause, decision.ground) == (rules.id, "")


def test_a_preset_is_offered_with_the_clause_of_the_time(platform: Any) -> None:
    now = clock.now()
    first = clause_in(platform, published(platform, spam(), at=now - timedelta(days=9)))
    given = presets.PresetInput("Spam", "", "Đăng lặp lại.", "limit_reach", terms_clause=first.id)
    kept = presets.write(platform.actor("moderator"), given)
    assert Act.objects.get(type="preset.written").clear["terms_version"] == 1
    second = clause_in(platform, published(platform, spam(text="Khác."), at=now - timedelta(days=2)))
    moderator = platform.actor("moderator")
    for moment, clause in ((now - timedelta(days=5), first), (now - timedelta(hours=1), second)):
        filed = posted(platform, moment)
        offered = queries.presets_for(moderator, filed.case.id)
        assert [(one.id, one.terms_clause) for one in offered] == [(kept.id, clause.id)]
    assert queries.presets_for(moderator, posted(platform, now - timedelta(days=30)).case.id) == []
    assert queries.preset(moderator, kept.id).terms_clause == first.id, "what is kept stays"
    with pytest.raises(BadInput):
        presets.write(moderator, replace(given, name="Cũ"))


def test_cases_decided_together_each_ask_their_own_time(platform: Any, rules: Any) -> None:
    now = clock.now()
    fits, too_old = posted(platform, now - timedelta(days=1)), posted(platform, now - timedelta(days=30))
    cases = [fits.case.id, too_old.case.id]
    moderator = platform.actor("moderator")
    assert [(one.id, number) for one, number in groups.terms_for_cases(moderator, cases)] == [(rules.id, 1)]
    group = grouping.decide_together(moderator, cases, own(rules, "limit_reach"), {})
    assert [item.outcome for item in group.items.order_by("position")] == ["decided", "left"]
    act = Act.objects.get(type="group.decided")
    assert (act.clear["ground_kind"], act.clear["terms_item"], act.clauses) == ("terms", "3.2", [])


def test_statements_of_reasons_keep_the_kinds_apart(platform: Any, rules: Any) -> None:
    integration(platform)
    under_rules = taken(platform, report(platform), own(rules))
    under_law = taken(platform, report(platform), decision_input())
    told, of_law = (
        queries.measure_order(one.carried_out.id, "apply")["statement_of_reasons"] for one in (under_rules, under_law)
    )
    assert told["decision_ground"] == "incompatible_content"
    assert told["incompatible_content_illegal"] is False
    assert told["terms"]["digest"] == rules.digest
    assert not [name for name in told if name.startswith(("illegal_", "legal_"))]
    assert not LAW_WORDS.search(
        json.dumps({k: told[k] for k in ("incompatible_content_ground", "terms")}, ensure_ascii=False)
    )
    assert of_law["decision_ground"] == "illegal_content"
    assert of_law["illegal_content_legal_ground"] == GROUND
    assert not [name for name in of_law if name.startswith("incompatible_") or name == "terms"]
    public = {
        statement(one, "vi").ground_kind: statement(one, "vi") for one in published_decisions(platform.organisation)
    }
    assert public["terms"].ground.startswith("Điều khoản sử dụng của Mạng Thử, phiên bản 1, mục 3.2")
    assert public["terms"].ground_link
    assert not public["law"].ground_link
    assert public["law"].ground_id == GROUND


def test_figures_count_by_kind_of_ground(platform: Any, rules: Any) -> None:
    taken(platform, report(platform), own(rules))
    taken(platform, report(platform), decision_input())
    month = clock.now().astimezone(vietnam().zone).date().replace(day=1)
    counted = figures.count((act.body for act in Act.objects.all()), month)
    assert counted["grounds"] == {"law": 1, "terms": 1}
    old = {name: value for name, value in counted.items() if name != "grounds"} | {"decisions": 9}
    assert figures.shown(old, 5)["grounds"] == {"law": 9, "terms": 0}
    assert figures.shown(counted, 5)["grounds"] == {"law": figures.HIDDEN, "terms": figures.HIDDEN}


def test_the_case_file_holds_the_rules_as_they_were(platform: Any, rules: Any) -> None:
    integration(platform)
    decision = taken(platform, report(platform), own(rules))
    way_in = door(decision)
    carried_out(platform, decision)
    archive = zipfile.ZipFile(io.BytesIO(case_files.take(*way_in)))
    text = archive.read("quy-dinh/dieu-khoan-su-dung-1.json")
    assert hashlib.sha256(text).hexdigest() == rules.digest
    assert "không phải căn cứ pháp luật" in archive.read("ho-so.html").decode()


def test_the_history_and_the_preview_say_which_kind(platform: Any, rules: Any) -> None:
    filed = report(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    shown = previews.decision_letters(platform.actor("moderator"), filed.case.id, own(rules))
    assert all("phiên bản 1" in letter.body for letter in shown if letter.role == "affected")
    decide.decide(platform.actor("moderator"), filed.case.id, own(rules))
    page = queries.case_page(platform.actor("moderator"), filed.case.id)
    line = next(one for one in page.history if one.type == "decision.made")
    assert line.clauses == []
    assert ("quy định của tổ chức, không phải pháp luật" in str(line.fields)) or ("own rules" in str(line.fields))


def test_a_form_names_a_ground_in_one_word() -> None:
    clause = new_id()
    assert parsed(as_word("", clause)) == ("", clause)
    assert parsed(as_word(GROUND, None)) == (GROUND, None)
    with pytest.raises(BadInput):
        parsed("terms:khong-phai")


def test_the_moment_of_the_conduct(platform: Any) -> None:
    moment = clock.now() - timedelta(days=2)
    assert conduct_of(Case.objects.get(id=posted(platform, moment).case.id)).at == moment
