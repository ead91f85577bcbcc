"""`anlanh ledger verify` keeps to the contract: exit status, first bad entry on standard error, one JSON document."""

import io
import json
import sys

import pytest

from anlanh.ledger.checkpoints import Checkpoint, SigningKey
from anlanh.ledger.export import write_export
from anlanh.ledger.merkle import leaf_hash, root
from anlanh.server.cli import main

NAME = "anlanh.example/so-tttt"
KEY = SigningKey.generate(NAME)
LEAVES = [f'{{"seq":{number},"subject":"case/1"}}'.encode() for number in range(1, 6)]


def note_over(count: int) -> str:
    return KEY.sign(Checkpoint(NAME, count, root([leaf_hash(leaf) for leaf in LEAVES[:count]])).text())


@pytest.fixture
def folder(tmp_path):
    with (tmp_path / "export").open("wb") as out:
        write_export(out, LEAVES, note_over(5))
    (tmp_path / "key").write_text(KEY.verify_key().vkey())
    (tmp_path / "earlier").write_text(note_over(3))
    (tmp_path / "bad").write_bytes((tmp_path / "export").read_bytes().replace(b'"seq":4', b'"seq":9'))
    return tmp_path


def run(capsys, *words) -> tuple[int, str, str]:
    try:
        status = main(["ledger", *map(str, words)])
    except SystemExit as left:
        status = left.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_good_export(folder, capsys):
    status, out, err = run(capsys, "verify", folder / "export", "--key", folder / "key", "--since", folder / "earlier")
    assert (status, out, err) == (0, f"{NAME} verifies: 5 entries\n", "")


def test_what_was_not_given_is_said(folder, capsys):
    status, out, _ = run(capsys, "verify", folder / "export")
    assert status == 0
    assert "key not authenticated" in out
    assert "a cut-off tail can't be ruled out" in out


def test_a_bad_export_names_the_first_bad_entry(folder, capsys):
    status, out, err = run(capsys, "verify", folder / "bad", "--key", folder / "key")
    assert status == 1
    assert "does NOT verify" in out
    assert "line 4 is the first bad entry: this entry was changed" in err.splitlines()[0]


def test_json_is_one_document(folder, capsys):
    status, out, err = run(capsys, "verify", folder / "bad", "--json")
    assert status == 1
    assert "line 4" in err
    document = json.loads(out)
    assert (document["ok"], document["log"], document["size"], document["first_bad"]) == (False, NAME, 5, 4)
    status, out, err = run(capsys, "verify", folder / "export", "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert document["ok"] is True
    assert document["problems"] == []
    assert len(document["notes"]) == 2


def test_reads_standard_input(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((folder / "export").read_bytes())))
    assert run(capsys, "verify", "-", "--key", folder / "key")[0] == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((folder / "key").read_bytes())))
    assert run(capsys, "verify", folder / "export", "--key", "-")[0] == 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["verify", "absent"], "absent: No such file"),
        (["verify", "."], "directory"),
        (["verify", "export", "--key", "absent"], "absent: No such file"),
        (["verify", "export", "--key", "export"], "--key export: not a public key"),
        (["verify", "export", "--key", "binary"], "--key binary: the file is not text"),
        (["verify", "export", "--key", "large"], "--key large: the file is too long"),
        (["verify", "export", "--since", "key"], "the earlier checkpoint: the checkpoint has no blank line"),
        (["verify", "-", "--key", "-"], "standard input was given twice"),
        (["verify"], "usage"),
        ([], "usage"),
    ],
)
def test_bad_input_is_said_in_one_line(folder, capsys, monkeypatch, words, hint):
    monkeypatch.chdir(folder)
    (folder / "binary").write_bytes(b"\xff\xfe")
    (folder / "large").write_bytes(b"a" * (2 << 20))
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert hint in err
    assert hint == "usage" or len(err.splitlines()) == 1


def test_verifying_needs_no_django(folder):
    import subprocess

    program = (
        "import sys; from anlanh.server.cli import main; status = main(sys.argv[1:]);"
        "sys.exit(status or ('django' in sys.modules) * 3)"
    )
    done = subprocess.run([sys.executable, "-c", program, "ledger", "verify", folder / "export"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
