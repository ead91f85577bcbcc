"""What is read from documents in many layouts, and what must not change the reading."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.papers.reading.directive import LONGEST, read
from anlanh.primitives.errors import BadInput
from tests.effort import examples
from tests.papers.scoring import cases, expected_of, score

ALL = cases()


def told(text: str) -> list[tuple]:
    """What the tasks of a text say, without where they stand and how the text wrote their capitals."""
    return [
        (task.path, (task.actor or "").casefold(), task.text.casefold(), task.deadline and task.deadline.casefold(), task.recurrence)
        for task in read(text).tasks
    ]  # fmt: skip


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.stem)
def test_a_document_is_read_as_a_person_reads_it(case: Path) -> None:
    assert score(case.read_text(), expected_of(case)).faults == []


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.stem)
def test_spans_point_into_the_text_as_read(case: Path) -> None:
    text = case.read_text()
    for task in read(text).tasks:
        assert 0 <= task.start < task.end <= len(text)
        squeezed = re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text[task.start : task.end])).casefold()
        words = re.sub(r"[\W_]+", "", task.text).casefold()
        assert words[:10] == squeezed[:10]
        assert words[-4:] == squeezed[-4:]  # a page number may stand before the last word


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.stem)
def test_the_same_text_gives_the_same_answer_in_decomposed_form_too(case: Path) -> None:
    text = case.read_text()
    assert read(text).to_dict() == read(text).to_dict()
    assert told(unicodedata.normalize("NFD", text)) == told(text)


def test_page_numbers_inside_sentences_are_dropped() -> None:
    text = next(case for case in ALL if case.stem == "numbered-lettered").read_text()
    broken = text.replace("hoàn thành trước", "hoàn thành\n\n2\n\ntrước").replace(
        "tại trụ sở", "tại\n\n- 3 -\n\ntrụ sở"
    )
    assert told(broken) == told(text)


def test_what_is_uncertain_is_said() -> None:
    reading = read(next(case for case in ALL if case.stem == "torn-header").read_text())
    assert reading.header.notes
    assert all(task.notes for task in reading.tasks[:4])
    assert all(task.confidence < 0.95 for task in reading.tasks)


@pytest.mark.parametrize("text", ["", "  \n\t ", "\ufeff"])
def test_no_text_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadInput, match="no text"):
        read(text)


def test_too_much_text_is_refused_at_once() -> None:
    with pytest.raises(BadInput, match="more than"):
        read("a" * (LONGEST + 1))


@settings(max_examples=examples(200), deadline=None)
@given(st.text(alphabet="1a)dđ.-+IVl: \n\tĐiều khoản Sở giao và 2024/NĐ-CP_*#|<p>&", max_size=400))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    try:
        tasks = read(text).tasks
    except BadInput:
        return
    assert all(0 <= task.start <= task.end <= len(text) for task in tasks)
