"""`anlanh law clocks` as other programs call it."""

import json
import subprocess
import sys

import pytest

from anlanh.server.cli import main

ASK = ["law", "clocks", "--event", "violation.detected", "--actor", "licensed-social-network"]
AT = ["--at", "2023-03-01T09:00:00+07:00"]


def test_the_document_has_the_form_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, *AT, "--json"]) == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert err == ""
    assert out.count("\n") == 1
    clock = document["clocks"][0]
    assert list(clock) == [
        "id", "clause", "starts_at", "due_at", "obligation", "counting", "amount", "strict", "certainty", "trace",
    ]  # fmt: skip
    assert {key: value for key, value in clock.items() if key != "trace"} == {
        "id": "vn.nd27.23d.2.c.remove",
        "clause": {"instrument": "27/2018/NĐ-CP", "article": "23d", "clause": "2", "point": "c"},
        "starts_at": "2023-03-01T09:00:00+07:00",
        "due_at": "2023-03-01T12:00:00+07:00",
        "obligation": "remove",
        "counting": "hours",
        "amount": 3,
        "strict": False,
        "certainty": "quoted",
    }
    assert all(isinstance(line, str) and "\n" not in line for line in clock["trace"])
    assert (document["as_of"], document["governing"]) == ("2023-03-01", clock["id"])


def test_no_clock_is_an_empty_list_and_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["law", "clocks", "--event", "data_breach.discovered", "--actor", "data-controller"]
    assert main([*words, "--at", "2024-03-01T09:00:00+07:00", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"as_of": "2024-03-01", "governing": None, "clocks": []}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--event", "x", "--actor", "website", *AT], "unknown event 'x'"),
        (["--event", "order.received", "--actor", "x", *AT], "unknown actor 'x'"),
        (["--event", "order.received", "--actor", "website", "--at", "2023-03-01T09:00:00"], "no offset"),
        (["--event", "order.received", "--actor", "website", "--at", "yesterday"], "is not a date and time"),
        (
            ["--event", "order.received", "--actor", "website", "--at", "1999-03-01T09:00:00+07:00"],
            "before every instrument",
        ),
        (["--event", "report.period", "--actor", "website", *AT, "--form", "x", "--year", "2023"], "unknown form 'x'"),
        (
            ["--event", "report.period", "--actor", "website", *AT, "--form", "nd147-mau-14", "--year", "x"],
            "not a year",
        ),
        (["--event", "data_request.received", "--actor", "platform", *AT, "--request", "x"], "unknown request 'x'"),
        (["--event", "order.received", "--actor", "website", *AT, "--ground", "nonsense"], "is not a reference"),
    ],
)
def test_bad_input_is_one_line_and_status_2(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "clocks", *words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err


def test_people_read_vietnamese_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, *AT]) == 0
    out = capsys.readouterr().out
    assert "Luật áp dụng ngày 01/03/2023" in out
    assert "▶ 12:00:00 01/03/2023  ngăn chặn, gỡ bỏ nội dung" in out


def test_people_can_read_english(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["law", "clocks", "--event", "order.received", "--actor", "licensed-social-network", "--lang", "en"]
    assert main([*words, "--at", "2016-03-01T09:00:00+07:00"]) == 0
    out = capsys.readouterr().out
    assert "No clock runs." in out
    assert "Duties without a time:" in out
    assert "(the text gives no time)" in " ".join(out.split())


def test_the_law_is_asked_without_django() -> None:
    program = "import sys; from anlanh.server.cli import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", program, *ASK, *AT, "--json"], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["governing"] == "vn.nd27.23d.2.c.remove"
