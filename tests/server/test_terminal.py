"""Names out of files that strangers made can't steer the terminal of who looks at them."""

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from anlanh.server.cli import main
from anlanh.server.terminal import only_what_is_seen, seen

STEERING = "a\x1b[2J\x07b\u202ec\u2066d\x9b31m\u200fe\r\x7f\ufeff"


def steers(text: str) -> set[str]:
    return {char for char in text if char in set(STEERING) - set("abcde[2J31m")}


def test_what_steers_is_written_out_and_words_stay() -> None:
    assert steers(seen(STEERING)) == set()
    assert seen("a\x1b[2J\u202e") == "a\\u001b[2J\\u202e"
    assert seen("Đơn của bạn\n\tđã nhận: ạ̣ ✓ 😀") == "Đơn của bạn\n\tđã nhận: ạ̣ ✓ 😀"
    assert seen("\udc80") == "\\udc80", "a name that is no UTF-8 does not stop the output"


def test_json_is_the_same_text_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    with only_what_is_seen():
        sys.stdout.write(json.dumps({"name": STEERING}, ensure_ascii=False))
        sys.stderr.writelines([STEERING, "\n"])
    out, err = capsys.readouterr()
    assert steers(out + err) == set()
    assert json.loads(out) == {"name": STEERING}
    sys.stdout.write("\u202e\n")
    assert capsys.readouterr().out == "\u202e\n", "only within the block"


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_hostile_case_file_is_only_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]) -> None:
    path = tmp_path / "ho-so.zip"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in ("ho-so.json", "ho-so.sig", f"chung-cu/{STEERING.strip()}.txt"):
            archive.writestr(name, json.dumps({"files": {STEERING: "x"}, "case": STEERING}))
    path.write_bytes(held.getvalue())
    assert main(["case-file", "verify", str(path), *more]) in (1, 2)
    out, err = capsys.readouterr()
    assert out + err
    assert steers(out + err) == set()


def test_a_name_on_the_command_line_is_only_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case-file", "verify", "/khong/co/\x1b]0;x\x07\u202e.zip"]) == 2
    with pytest.raises(SystemExit):
        main(["khong-co\x1b[31m"])
    out, err = capsys.readouterr()
    assert steers(out + err) == set()
