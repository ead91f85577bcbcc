"""`anlanh law clocks` against answers worked out by hand from notes on the legal texts, without a look at the pack.

Each line of facts.txt is a question and the whole answer: clause, what stops the clock, and when it is due (`+24h`,
`now`, or a civil day, at whose end it is due). "-" is an empty answer. Neither ground nor requester is given, as in the
contract.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from anlanh.server.cli import main

# Short names of instruments, as the notes use them.
SHORT = {
    "TT07": "07/2008/TT-BTTTT", "ND72": "72/2013/NĐ-CP", "TT09": "09/2014/TT-BTTTT", "ND27": "27/2018/NĐ-CP",
    "L24": "24/2018/QH14", "ND13": "13/2023/NĐ-CP", "ND147": "147/2024/NĐ-CP", "L91": "91/2025/QH15",
    "ND356": "356/2025/NĐ-CP", "L116": "116/2025/QH15", "ND333": "333/2026/NĐ-CP", "ND331": "331/2026/NĐ-CP",
}  # fmt: skip


TABLE = (Path(__file__).parent / "facts.txt").read_text(encoding="utf-8").splitlines()
LINES = [line for line in TABLE if line and not line.startswith("#")]
REPORTS = [line for line in LINES if "." not in line.split()[0]]
EVENTS = [line for line in LINES if "." in line.split()[0]]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main(["law", "clocks", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("line", EVENTS)
def test_a_question_has_the_answer_worked_out_by_hand(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    question, answer = line.split("|")
    event, actor, at, *options = question.split()
    found = asked(capsys, "--event", event, "--actor", actor, "--at", f"{at}+07:00", *options)
    start = datetime.fromisoformat(f"{at}+07:00")
    expected = sorted(entry(text.strip(), start) for text in answer.split(";") if text.strip() != "-")
    assert sorted(told(clock) for clock in found["clocks"]) == expected
    dues = [clock["due_at"] for clock in found["clocks"]]
    assert dues == sorted(dues)
    assert found["governing"] == (found["clocks"][0]["id"] if found["clocks"] else None)
    assert found["as_of"] == at[:10]


@pytest.mark.parametrize("line", REPORTS)
def test_reports_fall_due_on_the_days_of_the_year(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    question, answer = line.split("|")
    actor, form, year = question.split()
    words = ["--event", "report.period", "--actor", actor, "--form", form, "--year", year]
    found = asked(capsys, *words, "--at", "2026-11-21T09:30:00+07:00")
    expected = [f"{day}T23:59:59+07:00" for day in answer.split() if day != "-"]
    assert [clock["due_at"] for clock in found["clocks"]] == expected
    assert all(clock["obligation"] == "submit_report" for clock in found["clocks"])


@pytest.mark.parametrize(
    "words",
    [
        ["--event", "order.received", "--actor", "platform", "--at", "2026-01-01T00:00:00"],
        ["--event", "order.received", "--actor", "platform", "--at", "1990-01-01T00:00:00+07:00"],
        ["--event", "order.heard", "--actor", "platform", "--at", "2026-01-01T00:00:00+07:00"],
        ["--event", "order.received", "--actor", "somebody", "--at", "2026-01-01T00:00:00+07:00"],
        ["--event", "report.period", "--actor", "department", "--at", "2026-01-01T00:00:00+07:00", "--year", "2026"],
        [
            *("--event", "report.period", "--actor", "department", "--at", "2026-01-01T00:00:00+07:00"),
            "--form",
            "x",
            "--year",
            "2026",
        ],
        ["--event", "data_request.received", "--actor", "platform", "--at", "2026-01-01T00:00:00+07:00"],
    ],
)
def test_what_makes_no_question_is_one_line_and_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "clocks", *words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 1


def test_an_instant_of_another_offset_is_taken_as_the_day_in_viet_nam(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(
        capsys, "--event", "violation.detected", "--actor", "licensed-social-network", "--at", "2024-12-24T17:00:00Z"
    )
    assert found["as_of"] == "2024-12-25"
    assert [clock["due_at"] for clock in found["clocks"]] == ["2024-12-26T00:00:00+07:00"]


def entry(text: str, start: datetime) -> tuple[str, str, str]:
    """`ND147/35.5 remove +24h` as clause, obligation and due time."""
    clause, obligation, due = text.split()
    short, place = clause.split("/")
    if due == "now":
        due_at = start.isoformat()
    elif due.startswith("+"):
        due_at = (start + timedelta(hours=int(due[1:-1]))).isoformat()
    else:
        due_at = f"{due}T23:59:59+07:00"
    return f"{SHORT[short]}/{place}", obligation, due_at


def told(clock: dict) -> tuple[str, str, str]:
    """The same of an answer."""
    clause = clock["clause"]
    place = ".".join(part for part in (clause["article"], clause["clause"], clause["point"]) if part)
    return f"{clause['instrument']}/{place}", clock["obligation"], clock["due_at"]
