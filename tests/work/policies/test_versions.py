"""Drafting and publishing an organisation's own rules: what is published never changes and never binds backwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.ports import terms
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board import queries as board
from anlanh.work.policies import actions, pasting, queries
from anlanh.work.policies.differences import ADDED, CHANGED, REMOVED, RENUMBERED, SAME, changes, pieces
from anlanh.work.policies.digests import digest_of
from anlanh.work.policies.drafting import Clause
from anlanh.work.policies.models import Version
from anlanh.work.policies.standing import in_force, spans
from tests.work.policies.rules_of import clause_in, published, spam

pytestmark = pytest.mark.django_db

TERMS = "terms_of_use"


def test_a_version_is_published_with_the_digest_of_its_exact_text(platform: Any) -> None:
    version = published(platform, spam(), Clause("1", "Chào mừng", "Đọc kỹ trước khi dùng."))
    edition = queries.edition(platform.organisation, TERMS, 1)
    act = Act.objects.get(id=version.act_id)
    assert act.type == "terms.published"
    assert act.clear["digest"] == digest_of(queries.exact_text_of(platform.organisation, edition)) == version.digest
    assert act.clear["version"] == 1
    assert [clause.number for clause in queries.clauses_of(edition)] == ["1", "3.2"]


def test_nothing_is_in_force_before_it_could_be_read(platform: Any) -> None:
    before = clock.now()
    version = published(platform, spam(), at=before + timedelta(minutes=5))
    assert version.starts_at == version.published_at
    organisation = platform.organisation.id
    assert terms.bound().in_force(organisation, before) == []
    assert [one.number for one in terms.bound().in_force(organisation, version.starts_at)] == ["3.2"]
    with pytest.raises(BadInput) as refusal:
        published(platform, spam("4"), on=civil_date(clock.now()) - timedelta(days=1))
    assert refusal.value.where == "starts_on"


def test_the_database_itself_keeps_what_was_published(platform: Any) -> None:
    version = published(platform, spam())
    actions.withdraw(platform.actor("compliance"), TERMS, 1, "Sai.")
    attempts = [
        lambda: Version.objects.filter(id=version.id).update(digest="0" * 64),
        lambda: Version.objects.filter(id=version.id).update(starts_at=clock.now() - timedelta(days=900)),
        lambda: version.clauses.update(text_vi="Khác."),
        lambda: version.clauses.all().delete(),
        lambda: version.withdrawal.delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def test_the_second_version_takes_over_on_its_day_and_the_first_stays_as_it_was(platform: Any) -> None:
    first = published(platform, spam())
    second = published(
        platform, spam(text="Không spam dưới mọi hình thức."), on=civil_date(clock.now()) + timedelta(30)
    )
    told = terms.bound().in_force
    assert [one.version for one in told(platform.organisation.id, clock.now())] == [1]
    assert [one.version for one in told(platform.organisation.id, second.starts_at)] == [2]
    assert clause_in(platform, first).until == second.starts_at
    assert clause_in(platform, first).text.vi != clause_in(platform, second).text.vi
    assert clause_in(platform, first).key == clause_in(platform, second).key
    edition = queries.edition(platform.organisation, TERMS, 1)
    assert digest_of(queries.exact_text_of(platform.organisation, edition)) == first.digest


def test_versions_begin_one_after_the_other(platform: Any) -> None:
    later = civil_date(clock.now()) + timedelta(days=10)
    published(platform, spam(), on=later)
    with pytest.raises(BadInput) as refusal:
        published(platform, spam("4"), on=later)
    assert refusal.value.where == "starts_on"
    actions.withdraw(platform.actor("compliance"), TERMS, 1, "Nhầm ngày.")
    assert published(platform, on=later - timedelta(days=1)).number == 2


def test_a_version_withdrawn_before_its_day_was_never_in_force(platform: Any) -> None:
    published(platform, spam())
    later = civil_date(clock.now()) + timedelta(days=10)
    second = published(platform, spam(text="Khác."), on=later)
    actions.withdraw(platform.actor("compliance"), TERMS, 2, "Viết nhầm.")
    told = terms.bound().in_force(platform.organisation.id, second.starts_at + timedelta(days=1))
    assert [one.version for one in told] == [1]
    cited = clause_in(platform, second)
    assert not cited.covers(second.starts_at)
    assert Act.objects.filter(type="policy.withdrawn").count() == 1


def test_what_is_withdrawn_ends_then_and_nothing_comes_back(platform: Any) -> None:
    published(platform, spam(), at=clock.now() - timedelta(days=3))
    second = published(platform, spam(text="Khác."), at=clock.now() - timedelta(days=2))
    actions.withdraw(platform.actor("compliance"), TERMS, 2, "Thôi áp dụng.")
    told = terms.bound().in_force
    assert told(platform.organisation.id, clock.now() + timedelta(minutes=1)) == []
    assert [one.version for one in told(platform.organisation.id, second.starts_at)] == [2]
    states = [one.state for one in queries.editions_of(platform.organisation, TERMS)]
    assert states == ["withdrawn", "superseded"]
    with pytest.raises(BadInput):
        actions.withdraw(platform.actor("compliance"), TERMS, 2, "Lần nữa.")
    with pytest.raises(BadInput):
        actions.withdraw(platform.actor("compliance"), TERMS, 1, "Đã hết.")


def test_the_same_text_is_not_published_twice(platform: Any) -> None:
    published(platform, spam())
    with pytest.raises(BadInput):
        published(platform, on=civil_date(clock.now()) + timedelta(days=1))


def test_a_stale_page_changes_nothing(platform: Any) -> None:
    person = platform.actor("compliance")
    actions.set_clause(person, TERMS, spam(), 0)
    for attempt in (
        lambda: actions.set_clause(person, TERMS, spam("4"), 0),
        lambda: actions.set_title(person, TERMS, "Tên", "", 0),
        lambda: actions.publish(person, TERMS, civil_date(clock.now()), 0),
        lambda: actions.paste(person, TERMS, "1. A\nb", 0),
    ):
        with pytest.raises(BadInput):
            attempt()
    assert len(queries.drafted(person, TERMS).clauses) == 1


def test_only_those_named_for_it_draft_and_publish(platform: Any, other: Any) -> None:
    kept = actions.set_clause(platform.actor("admin"), TERMS, spam(), 0)
    for nickname in ("moderator", "registrar", "inspector", "lawyer"):
        with pytest.raises(NotAllowed):
            actions.publish(platform.actor(nickname), TERMS, civil_date(clock.now()), 1)
        with pytest.raises(NotAllowed):
            queries.documents(platform.actor(nickname))
    with pytest.raises(NotFound):
        actions.remove_clause(other.actor("compliance"), TERMS, kept.key, 0)
    with pytest.raises(NotFound):
        actions.withdraw(other.actor("compliance"), TERMS, 1, "Của người khác.")


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"number": "Điều 1"}, "number"),
        ({"number": "0"}, "number"),
        ({"title_vi": " "}, "title_vi"),
        ({"text_vi": "\u202e \u200b"}, "text_vi"),
        ({"text_vi": "a" * 8001}, "text_vi"),
        ({"title_en": "Spam"}, "text_en"),
        ({"categories": ("la",)}, "categories"),
    ],
)
def test_a_clause_says_what_is_wrong_with_it(platform: Any, fields: dict[str, Any], where: str) -> None:
    given = Clause(**{"number": "1", "title_vi": "Tên", "text_vi": "Lời", **fields})
    with pytest.raises(BadInput) as refusal:
        actions.set_clause(platform.actor("compliance"), TERMS, given, 0)
    assert refusal.value.where == where


def test_marks_that_turn_the_reading_direction_are_taken_out(platform: Any) -> None:
    actions.set_clause(platform.actor("compliance"), TERMS, Clause("1", "T\u202eên", "Lời\u2066 kín\u200b"), 0)
    kept = queries.drafted(platform.actor("compliance"), TERMS).clauses[0]
    assert (kept.title_vi, kept.text_vi) == ("Tên", "Lời kín")


def test_a_clause_on_national_security_is_for_a_person_to_weigh(platform: Any) -> None:
    kept = actions.set_clause(platform.actor("compliance"), TERMS, spam(categories=("national_security",)), 0)
    assert kept.about_state


def test_a_pasted_text_becomes_clauses_and_keeps_what_they_were(platform: Any) -> None:
    person = platform.actor("compliance")
    text = "Điều khoản chung\n1. Chào mừng\nĐọc kỹ.\nRồi dùng.\n\n3.2. Không spam\nKhông lặp lại.\n10. Cuối\nHết."
    actions.paste(person, TERMS, text, 0)
    first = queries.drafted(person, TERMS).clauses
    assert [(one.number, one.title_vi) for one in first] == [("1", "Chào mừng"), ("3.2", "Không spam"), ("10", "Cuối")]
    assert first[0].text_vi == "Đọc kỹ.\nRồi dùng."
    actions.paste(person, TERMS, "1. Chào mừng\nĐọc kỹ.\n2. Mới\nLời mới.", 1)
    second = queries.drafted(person, TERMS).clauses
    assert second[0].key == first[0].key
    assert [one.number for one in second] == ["1", "2"]
    long_line = "x" + " " * 300_000 + "y"
    assert [one.number for one in pasting.clauses_of(f"{long_line}\n  Điều 5.  Tên\nLời.")] == ["5"]
    for bad in ("không có số", "1. A\nx\n1. B\ny"):
        with pytest.raises(BadInput):
            pasting.clauses_of(bad)


def test_what_changed_is_told_clause_by_clause(platform: Any) -> None:
    published(platform, Clause("1", "Chào", "Lời chào."), spam(), Clause("5", "Bỏ đi", "Cũ."))
    person = platform.actor("compliance")
    keys = {one.number: one.key for one in queries.drafted(person, TERMS).clauses}
    actions.remove_clause(person, TERMS, keys["5"], 3)
    actions.set_clause(person, TERMS, Clause("2", "Chào", "Lời chào.", key=keys["1"]), 4)
    actions.set_clause(person, TERMS, Clause("3.2", "Không spam", "Không đăng lặp lại.", key=keys["3.2"]), 5)
    actions.set_clause(person, TERMS, Clause("9", "Mới", "Mới."), 6)
    published(platform, on=civil_date(clock.now()) + timedelta(days=1))
    one, two = (queries.edition(platform.organisation, TERMS, number) for number in (1, 2))
    told = queries.changes_between(one, two, "vi")
    assert [change.state for change in told] == [RENUMBERED, CHANGED, REMOVED, ADDED]
    assert queries.changes_between(two, two, "vi")[0].state == SAME
    assert changes([], [], "vi") == []


@supposing(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60)
def test_marked_words_give_back_both_texts(before: str, after: str) -> None:
    told = pieces(before, after)
    assert "".join(one.text for one in told if one.state != REMOVED) == after
    if before != after:
        assert "".join(one.text for one in told if one.state != ADDED) == before


class _Version:
    def __init__(self, starts: int, withdrawn: int | None) -> None:
        self.starts_at, self.withdrawn_at = starts, withdrawn


@supposing(
    st.lists(
        st.tuples(st.integers(0, 50), st.one_of(st.none(), st.integers(0, 60))), max_size=6, unique_by=lambda v: v[0]
    ),
    st.integers(-5, 70),
)
def test_at_most_one_version_is_in_force_and_never_before_its_beginning(given: list[Any], moment: int) -> None:
    versions = [_Version(starts, withdrawn) for starts, withdrawn in given]
    covering = [span for span in spans(versions) if span.covers(moment)]
    assert len(covering) <= 1
    found = in_force(versions, moment)
    if found:
        assert found.version.starts_at <= moment
        assert found.version.withdrawn_at is None or moment < found.version.withdrawn_at
        assert not any(
            found.version.starts_at < one.starts_at <= moment
            and (one.withdrawn_at is None or one.withdrawn_at > one.starts_at)
            for one in versions
        )


def test_only_what_was_published_proves_its_duty(platform: Any) -> None:
    days = board.this_year()
    inspector = platform.actor("inspector")

    def states() -> dict[str, str]:
        wanted = ("NB.5.1", "NB.5.2")
        return {line.item.id: line.state for line in board.board_of(inspector, days).lines if line.item.id in wanted}

    assert states() == {"NB.5.1": "unproven", "NB.5.2": "unproven"}
    published(platform, spam())
    days = board.this_year()
    assert states() == {"NB.5.1": "met", "NB.5.2": "unproven"}
    published(platform, Clause("1", "Phát hiện", "Người dùng báo, chúng tôi xem."), kind="handling")
    days = board.this_year()
    assert states() == {"NB.5.1": "met", "NB.5.2": "met"}
    assert {"terms.published", "handling.published"} <= set(vietnam().vocabulary["acts"])
    assert terms.bound().in_force(platform.organisation.id, clock.now() + timedelta(minutes=1))[0].document == TERMS
