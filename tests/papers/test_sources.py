"""Every duty of the five sources that is a task is found at its place; what they cite is read."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from anlanh.papers.reading.directive import Directive, read
from anlanh.server.commands.directive import pack_names

SHARED = Path(__file__).resolve().parents[3] / "shared"  # beside the checkout
TASK_KINDS = ("obligation", "prohibition", "encouragement", "deadline")
# Paragraphs without a number, which the list of duties numbers on.
UNNUMBERED = {"DN323.5": "¶1", "NB.6": "¶1", "NB.7": "¶2", "BD.7": "¶1", "CT.8.1": "8", "CT.8.2": "8.¶1"}


@cache
def reading(name: str) -> Directive:
    source = SHARED / "sources" / f"{name}.txt"
    if not source.exists():
        pytest.skip(f"{source} is not here")
    return read(source.read_text(), pack_names())


@cache
def duties() -> list[dict[str, Any]]:
    listed = SHARED / "law" / "duties.yaml"
    if not listed.exists():
        pytest.skip(f"{listed} is not here")
    return yaml.safe_load(listed.read_text())


def place_of(duty: str) -> str:
    """The path at which a duty's id says that it stands."""
    if duty in UNNUMBERED:
        return UNNUMBERED[duty]
    document, *parts = duty.replace("dd", "đ").split(".")
    if document == "TT07":
        return ".".join(parts[:2])
    if document == "DN323":
        return f"-{parts[0]}"
    if document == "CT":
        return "6" if parts[0] == "6" else ".".join(parts[:2])
    return parts[0] if document == "NB" and parts[0] == "4" else f"{parts[0]}.-{parts[1]}"


@pytest.mark.parametrize("name", ["TT07", "DN323", "CT", "BD", "NB"])
def test_every_duty_that_is_a_task_is_found_at_its_place(name: str) -> None:
    wanted = {place_of(duty["id"]) for duty in duties() if duty["document"] == name and duty["kind"] in TASK_KINDS}
    found = [task.path for task in reading(name).tasks]
    assert wanted - set(found) == set()
    assert len(found) == len(set(found))
    assert len(found) <= 1.05 * len(wanted)


def test_tasks_are_laid_on_the_body_of_their_heading() -> None:
    actors = {
        (name, task.path): (task.actor or "").lower() for name in ("CT", "BD", "NB") for task in reading(name).tasks
    }
    assert actors["CT", "6"] == "thanh tra bộ"
    assert actors["CT", "8.¶1"] == "cục an toàn thông tin"
    assert actors["BD", "2.-1"] == "công an tỉnh"
    assert actors["BD", "6.-1"].startswith("ban tuyên giáo")
    assert actors["NB", "¶2"] == "sở thông tin và truyền thông"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("TT07", {("97/2008/NĐ-CP", "3", "12", None), ("97/2008/NĐ-CP", "12", "2", "d"), ("33/2005/QH11", "38", None, None)}),
        ("DN323", {("72/2013/NĐ-CP", "20", "4", None), ("72/2013/NĐ-CP", "5", None, None)}),
        ("BD", {("72/2013/NĐ-CP", None, None, None), ("09/2014/TT-BTTTT", None, None, None)}),
        ("NB", {("874/QĐ-BTTTT", None, None, None)}),
        (
            "CT",
            {
                ("86/2015/QH13", "12", "2", None), ("24/2018/QH14", "26", "2", "b"), ("24/2018/QH14", "41", "1", "c"),
                ("72/2013/NĐ-CP", "25", "6", None), ("86/2015/QH13", "17", "1", "b"), ("27/2018/NĐ-CP", "23đ", "2", None),
                ("14/CT-TTg", "2", None, "i"), ("04/CT-BTTTT", "1", None, "d"),
            },
        ),
    ],
)  # fmt: skip
def test_what_is_cited_is_read_down_to_the_point(name: str, wanted: set[tuple]) -> None:
    assert wanted <= {one.to_tuple() for one in reading(name).citations}


def test_fields_of_the_head_are_read_and_blanks_stay_blank() -> None:
    letter = reading("DN323").header
    assert (letter.number, letter.kind, str(letter.issued_on), letter.place) == (
        "323/STTTT-TTBCXB", "công văn", "2017-05-31", "Đắk Nông",
    )  # fmt: skip
    assert letter.signer == "Châu Ngọc Ba"
    blank = reading("NB").header
    assert (blank.number, blank.issued_on, blank.issued_in, blank.notation) == (None, None, "2021-09", "UBND-VP6")


def test_times_of_the_circular() -> None:
    tasks = {task.path: task for task in reading("TT07").tasks}
    assert tasks["6.1"].recurrence == tasks["6.3"].recurrence == "6-monthly"
    assert tasks["6.3"].strict
    assert tasks["5.4"].deadline.startswith("ngay khi phát hiện")
