"""`anlanh duties` counts from an export what the program's board shows."""

import json
from pathlib import Path

import pytest

from anlanh.base.acts.ledger import export_organisation
from anlanh.reporting.board import queries
from anlanh.server.cli import main
from anlanh.work.policies import actions as policies
from tests.builders import Office
from tests.work.casework.steps_of import decided, report
from tests.work.policies.rules_of import published, spam


@pytest.mark.django_db
def test_an_export_gives_the_board_of_the_program(
    platform: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decided(platform, report(platform))
    published(platform, spam())
    policies.withdraw(platform.actor("compliance"), "terms_of_use", 1, "Sai.")
    export_organisation(platform.organisation.code, tmp_path / "log")
    assert main(["duties", str(tmp_path / "log"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    board = queries.board_of(platform.actor("inspector"), queries.this_year())
    assert found["totals"] == board.totals()
    assert [(entry["id"], entry["state"], entry["why"]) for entry in found["duties"]] == [
        (line.item.id, line.state, line.why) for line in board.lines
    ]
    assert next(entry for entry in found["duties"] if entry["id"] == "NB.5.1")["why"] == "withdrawn"
    assert main(["duties", str(tmp_path / "log")]) == 0
    assert "BD.5.3.b" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "options"),
    [(b"", []), (b"xin chao\n", []), (b'{"type": 1}\n', []), (b"", ["--from", "mai"]), (b"", ["--from", "0001-01-01"])],
)
def test_what_is_no_export_or_day_is_one_line_and_status_2(
    content: bytes, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_bytes(content)
    assert main(["duties", str(tmp_path / "log"), *options]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 1
