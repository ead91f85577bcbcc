"""Whom to call in danger comes from the pack, with its source."""

import shutil
from pathlib import Path

import pytest

from anlanh.law.help_lines import OCCASIONS
from anlanh.law.pack import load_pack, vietnam
from anlanh.primitives.errors import BadInput
from tests.law.conftest import MINI

LINE = """- id: police
  number: "%s"
  title: {vi: "Gọi", en: "Call"}
  for: [danger]
  certainty: recall
  source: {vi: "nguồn", en: "source"}
"""


def test_each_line_says_when_it_is_shown_and_where_it_is_from() -> None:
    lines = vietnam().help_lines.values()
    assert {occasion for line in lines for occasion in line.occasions} == set(OCCASIONS)
    assert all(line.source.vi and line.source.en for line in lines)


@pytest.mark.parametrize("number", ["", "1", "một một ba", "+84-113", "1" * 13])
def test_what_can_not_be_dialled_is_refused(tmp_path: Path, number: str) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "land"))
    (root / "help-lines.yaml").write_text(LINE % number)
    with pytest.raises(BadInput, match=r"help-lines\.yaml"):
        load_pack(root)
