"""What people read when they ask the law something wrong, word for word; change the file when a text gets better."""

import shlex
from pathlib import Path

import pytest

from anlanh.server.cli import main

BLOCKS = (Path(__file__).parent / "error-texts.txt").read_text(encoding="utf-8").split("\n\n")[1:]


@pytest.mark.parametrize("block", BLOCKS)
def test_bad_input_gives_this_one_line(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, text = block.strip().splitlines()
    assert main(shlex.split(command.removeprefix("$ "))) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{text}\n")
