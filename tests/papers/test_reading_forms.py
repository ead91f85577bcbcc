"""What must not change the tasks that are read: line breaks, underscores, numbering, capital letters, encodings."""

import re
import textwrap
import unicodedata
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from anlanh.papers.reading.directive import read
from tests.effort import examples
from tests.papers.scoring import cases

ALL = cases()


def told(text: str) -> list[tuple]:
    """What the tasks of a text say, without where they stand and how the text wrote their capitals."""
    return [
        (task.path, (task.actor or "").casefold(), task.text.casefold(), task.deadline and task.deadline.casefold(), task.recurrence)
        for task in read(text).tasks
    ]  # fmt: skip


@cache
def told_of(case: Path) -> list[tuple]:
    return told(case.read_text())


# In these a line can end where a paragraph might as well, so that wrapping them is another document: no blank lines
# between paragraphs, a web address or a torn word at the end of a line.
AMBIGUOUS = frozenset(
    [
        "circular-chapters",
        "city-plan",
        "coordination-decision",
        "department-four-dashes",
        "department-roman",
        "ministry-telegram",
        "committee-plan-table",
        "district-directive",
        "coordination-rules",
        "task-lines-inline",
        "digital-stamp",
        "split-words",
        "conclusion-notice",
        "segmented",
        "ward-letter",
        "police-letter",
        "small-roman-inline",
        "lead-in-brackets",
    ]
)


def may_be_wrapped(case: Path) -> bool:
    """Columns and tables can't be wrapped, and a paper on one line has no paragraphs."""
    lines = case.read_text().split("\n")
    return case.stem not in AMBIGUOUS and not any(
        len(line) > 600 or re.search(r"[\t|<]|\S {3,}\S", line) for line in lines
    )


WRAPPED = [case for case in ALL if may_be_wrapped(case)]
LINKED = [case for case in ALL if "://" not in case.read_text()]
NUMBERED = [
    case for case in ALL if case.stem not in ("damaged-scan", "ocr", "lower-roman")
]  # "l." and "i)" are no figures


def test_there_are_enough_documents_for_each_property() -> None:
    assert len(WRAPPED) >= 18
    assert len(LINKED) > 60
    assert len(NUMBERED) > 60


@settings(max_examples=examples(14), deadline=None)
@given(case=st.sampled_from(WRAPPED), width=st.integers(60, 110))
def test_wrapping_lines_changes_no_task(case: Path, width: int) -> None:
    lines = [
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
        for line in case.read_text().split("\n")
    ]
    assert told("\n".join("\n".join(parts) for parts in lines)) == told_of(case)


@settings(max_examples=examples(12), deadline=None)
@given(case=st.sampled_from(LINKED), random=st.randoms(use_true_random=False))
def test_joining_and_parting_syllables_by_underscores_changes_no_task(case: Path, random: Random) -> None:
    text = case.read_text()
    joined = re.sub(r"(?<=[a-zà-ỹđ]) (?=[a-zà-ỹđ]{2})", lambda _: random.choice((" ", "_")), text)
    assert told(joined) == told_of(case)
    assert told(re.sub(r"(?<=[a-zà-ỹđ])_(?=[a-zà-ỹđ])", " ", text)) == told_of(case)


@settings(max_examples=examples(14), deadline=None)
@given(
    case=st.sampled_from(NUMBERED), number=st.sampled_from(["{}.", "{})", "{}/", "({})"]),
    letter=st.sampled_from(["{})", "{}/", "({})", "{}."]),
)  # fmt: skip
def test_renumbering_changes_no_task(case: Path, number: str, letter: str) -> None:
    text = re.sub(
        r"^([ \t]*(?:\*\*)?)(\d{1,2})\.(?= )",
        lambda match: match[1] + number.format(match[2]),
        case.read_text(),
        flags=re.M,
    )
    text = re.sub(r"^([ \t]*)([a-eghklđ])\)(?= )", lambda match: match[1] + letter.format(match[2]), text, flags=re.M)
    assert told(text) == told_of(case)


@settings(max_examples=examples(14), deadline=None)
@given(case=st.sampled_from(ALL))
def test_capital_letters_in_headings_change_no_task(case: Path) -> None:
    """A heading here names a body of one kind and nothing else: "1. Sở Y tế", "II. Công an tỉnh:"."""
    loud = re.sub(
        r"^(\W*(?:\d{1,2}[.)/]|[IVX]{1,4}[.)]) ?)((?:Sở|Công an|Cục|Thanh tra|Bộ|Văn phòng|Các sở)[^\n.;:]{0,40})(:?\**)$",
        lambda match: match[1] + match[2].upper() + match[3],
        case.read_text(),
        flags=re.M,
    )
    assert told(loud) == told_of(case)


@settings(max_examples=examples(14), deadline=None)
@given(case=st.sampled_from(ALL))
def test_line_ends_trailing_spaces_and_decomposed_marks_change_no_task(case: Path) -> None:
    text = case.read_text()
    assert told(text.replace("\n", "\r\n")) == told_of(case)
    assert told(text.replace("\n", "  \n")) == told_of(case)
    assert told(unicodedata.normalize("NFD", text)) == told_of(case)


def test_roman_numbers_in_place_of_figures_change_only_the_paths() -> None:
    case = next(case for case in ALL if case.stem == "numbered-lettered")
    roman = re.sub(r"^([123])\.(?= )", lambda match: f"{'I' * int(match[1])}.", case.read_text(), flags=re.M)
    assert [task[1:] for task in told(roman)] == [task[1:] for task in told_of(case)]
    assert [task[0] for task in told(roman)][:2] == ["I.a", "I.b"]
