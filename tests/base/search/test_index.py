"""The same words find the same things on both databases; marks only rank."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlanh.base.search import index as search
from anlanh.base.search.index import Indexed, find, forget, index, index_all
from anlanh.primitives.folding import fold_search
from anlanh.primitives.ids import new_id
from tests.effort import examples

pytestmark = pytest.mark.django_db


def _put(organisation, text, kind="page"):
    thing = new_id()
    index(kind, thing, organisation.id, text)
    return thing


def test_words_without_marks_find_words_with_them(organisation):
    scam = _put(organisation, "Cảnh báo lừa đảo qua điện thoại")
    _put(organisation, "Thông báo nghỉ lễ")
    for words in ("lua dao", "lừa đảo", "LỪA ĐẢO", "lua-dao!", "dien thoai lua", "canh ba"):
        assert find("page", organisation.id, words) == [scam]
    assert find("page", organisation.id, "lua dao qua mang") == []


def test_the_marks_given_come_first(organisation):
    other = _put(organisation, "dao cạo và lúa")
    exact = _put(organisation, "đảo lừa, một tựa đề dài hơn hẳn")
    assert find("page", organisation.id, "lừa đảo") == [exact, other]
    assert find("page", organisation.id, "lúa dao") == [other, exact]


def test_the_last_word_may_be_unfinished(organisation):
    thing = _put(organisation, "khuyến mãi")
    assert find("page", organisation.id, "khuyen m") == [thing]
    assert find("page", organisation.id, "khuy mai") == []


def test_only_the_owner_finds(organisation, neighbour):
    _put(organisation, "lừa đảo")
    theirs = _put(neighbour, "lừa đảo")
    assert find("page", neighbour.id, "lua dao") == [theirs]


def test_kinds_do_not_meet(organisation):
    _put(organisation, "lừa đảo", kind="case")
    assert find("page", organisation.id, "lua dao") == []


def test_indexing_again_replaces(organisation):
    thing = _put(organisation, "tựa cũ")
    index("page", thing, organisation.id, "tựa mới")
    assert find("page", organisation.id, "cu") == []
    assert find("page", organisation.id, "moi") == [thing]
    forget("page", [thing])
    assert find("page", organisation.id, "moi") == []


def test_limit_and_empty_words(organisation):
    index_all("page", [Indexed(new_id(), organisation.id, f"bài {number}") for number in range(30)])
    assert len(find("page", organisation.id, "bai", limit=7)) == 7
    assert find("page", organisation.id, " !? ") == []


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_is_found_by_itself_and_any_question_is_answered(organisation, text):
    thing = _put(organisation, text)
    found = find("page", organisation.id, text, limit=500)
    assert (thing in found) == bool(fold_search(text))


def test_words_that_many_hold_are_looked_for_among_the_newest_alone(organisation, neighbour, monkeypatch):
    monkeypatch.setattr(search, "NEWEST", 4)
    monkeypatch.setattr(search, "COMMON", 2)
    old = [_put(organisation, f"khuyến mãi {number}") for number in range(3)]
    new = [_put(organisation, f"khuyến mãi {number}") for number in range(3, 7)]
    rare = _put(organisation, "khuyến nghị")
    for _number in range(4):
        _put(neighbour, "khuyến mãi")
    assert set(find("page", organisation.id, "khuyen mai")) == set(new[1:])
    assert find("page", organisation.id, "khuyen n") == [rare], "what few of the newest hold is looked for everywhere"
    assert find("page", organisation.id, "mai 1") == [old[1]]
    assert len(find("page", neighbour.id, "khuyen mai")) == 4
