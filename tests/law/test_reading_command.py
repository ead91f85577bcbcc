"""`anlanh law show|duties|diff|alarms|check` as people and programs call it."""

import json
import shutil
from pathlib import Path

import pytest

from anlanh.server.cli import main

ATOLL = Path(__file__).parent / "atoll"
DAY = ["--at", "2026-11-22"]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main(["law", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return json.loads(out)


def test_show_a_clause_gives_everything_that_stands_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "show", "147/2024/NĐ-CP/35.7", *DAY)["found"]
    assert {(sheet["kind"], sheet["id"]) for sheet in found} >= {
        ("parameter", "nd147.35.7.count-30"), ("parameter", "nd147.35.7.length"), ("choice", "lock-thresholds"),
    }  # fmt: skip
    assert {sheet["state"] for sheet in found} == {"in_force"}


@pytest.mark.parametrize("key", ["CT.1.đ", "CT.1.dd"])
def test_a_duty_is_found_by_either_spelling(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    (sheet,) = asked(capsys, "show", key, *DAY, "--lang", "en")["found"]
    assert (sheet["kind"], sheet["id"]) == ("duty", "CT.1.đ")
    assert ["Strength", "should"] in sheet["facts"]


def test_a_kind_of_actor_is_shown_with_its_duties(capsys: pytest.CaptureFixture[str]) -> None:
    (sheet,) = asked(capsys, "show", "party-committee", *DAY, "--lang", "en")["found"]
    assert sheet["facts"] == [["Duties on the day", "BD.6.1, BD.6.2, NB.3.1.c"]]


def test_a_form_is_shown_with_its_days(capsys: pytest.CaptureFixture[str]) -> None:
    (sheet,) = asked(capsys, "show", "nd147-department", *DAY, "--lang", "en")["found"]
    assert ["Due each year", "by 06-08, by 11-27"] in sheet["facts"]


def test_both_axes(capsys: pytest.CaptureFixture[str]) -> None:
    key = ["show", "72/2013/NĐ-CP", "--at", "2025-03-01"]
    assert asked(capsys, *key)["found"][0]["state"] == "ended"
    assert asked(capsys, *key, "--known", "2024-06-01")["found"][0]["state"] == "in_force"


def test_what_was_not_known_then_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "147/2024/NĐ-CP/35.7", "--known", "2024-06-01"]) == 2
    assert "the law knows nothing of '147/2024/NĐ-CP/35.7'" in capsys.readouterr().err


def test_duties_of_an_actor(capsys: pytest.CaptureFixture[str]) -> None:
    document = asked(capsys, "duties", "--actor", "grassroots-broadcaster", "--place", "gia-lai-2025", *DAY)
    first = document["duties"][0]
    assert (document["at"], first["id"], first["strength"]) == ("2026-11-22", "BD.4.2", "must")
    assert first["proof"] == {"acts": ["campaign.recorded"], "evidence": ["article"]}
    assert all(set(duty["actors"]) & {"grassroots-broadcaster", "user"} for duty in document["duties"])


def test_duties_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "duties", "--actor", "party-committee", *DAY]) == 0
    out = capsys.readouterr().out
    assert "mục vào ngày 22/11/2026" in out
    assert "NB.3.1.c [should]" in out


def test_all_206_are_given_when_each_has_its_day(capsys: pytest.CaptureFixture[str]) -> None:
    seen = set()
    for day in ("2010-01-01", "2022-01-01", "2026-11-22"):
        seen |= {duty["id"] for duty in asked(capsys, "duties", "--at", day)["duties"]}
    assert len(seen) == 206


def test_diff_in_two_languages(capsys: pytest.CaptureFixture[str]) -> None:
    document = asked(capsys, "diff", "2024-12-24", "2024-12-25", "--lang", "en")
    assert {"change": "ends", "kind": "instrument", "id": "27/2018/NĐ-CP", "day": "2024-12-25",
            "title": "Decree amending Decree 72/2013/NĐ-CP"} in document["changes"]  # fmt: skip
    assert main(["law", "diff", "2024-12-24", "2024-12-25"]) == 0
    assert "25/12/2024  bắt đầu  Văn bản 147/2024/NĐ-CP" in capsys.readouterr().out


def test_alarms(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "alarms", *DAY)["alarms"]
    assert ("conflict", "lock-thresholds") in {(alarm["kind"], alarm["subject"]) for alarm in found}
    assert main(["law", "alarms", "--at", "2000-01-01"]) == 0
    assert capsys.readouterr().out == "Không có cảnh báo.\n"


def test_check_a_sound_pack(capsys: pytest.CaptureFixture[str]) -> None:
    document = asked(capsys, "check", str(ATOLL))
    assert (document["sound"], document["code"], document["counts"]["duties"]) == (True, "at", 2)
    assert main(["law", "check", str(ATOLL), "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Law of the Atoll (at)")


def test_check_a_faulty_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(shutil.copytree(ATOLL, tmp_path / "atoll"))
    (root / "duties" / "letter.yaml").write_text("document: {id: LT}\n", encoding="utf-8")
    assert main(["law", "check", str(root)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "atoll/duties/letter.yaml:1: key 'in_force' is missing; add it" in err
    assert main(["law", "check", str(root), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["sound"] is False


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "CT.1.x"], "the law knows no 'CT.1.x'; did you mean 'CT.1."),
        (["show", "1/1999/QH99"], "the law knows nothing of '1/1999/QH99'"),
        (["show", "72/2013/NĐ-CP/99"], "ask for its article"),
        (["duties", "--actor", "presse"], "--actor: unknown actor 'presse'; did you mean 'press'?"),
        (["duties", "--place", "saigon"], "--place: unknown place 'saigon'"),
        (["duties", "--at", "yesterday"], "--at: 'yesterday' is not a date"),
        (["alarms", "--known", "2026-02-30"], "--known: '2026-02-30' is no day of the calendar"),
        (["diff", "2026-01-02", "2026-01-01"], "swap the two days"),
        (["check", "nowhere"], "nowhere: not a directory"),
    ],
)
def test_bad_input_is_one_line_and_status_2(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err
