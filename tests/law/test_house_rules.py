"""House rules: numbers that no clause sets, each within bounds and with its source."""

import shutil
from pathlib import Path

import pytest

from anlanh.law.house_rules import HOUSE_RULES, UNVERIFIED
from anlanh.law.pack import load_pack, vietnam
from anlanh.primitives.errors import BadInput
from tests.law.conftest import MINI

RULE = """- id: {id}
  title: {{vi: "Ngày", en: "Days"}}
  is: {number}
  at_least: {least}
  at_most: {most}
  certainty: {certainty}
  source: {{vi: "nguồn", en: "source"}}
"""
GOOD = {"id": "misuse.within", "number": 90, "least": 30, "most": 180, "certainty": UNVERIFIED}


def written(tmp_path: Path, *entries: dict[str, object]) -> Path:
    root = Path(shutil.copytree(MINI, tmp_path / "land"))
    (root / "house-rules.yaml").write_text("".join(RULE.format(**entry) for entry in entries))
    return root


def test_the_pack_has_each_that_the_program_asks_for_and_says_that_it_is_unverified() -> None:
    rules = vietnam().house_rules
    assert rules.keys() == HOUSE_RULES.keys()
    assert {rule.certainty for rule in rules.values()} == {UNVERIFIED}
    assert all(rule.source.vi and rule.source.en for rule in rules.values())


def test_a_pack_may_do_without_them(tmp_path: Path) -> None:
    assert load_pack(Path(shutil.copytree(MINI, tmp_path / "land"))).house_rules == {}


def test_bounds_that_moved_hold_for_what_was_chosen_before(tmp_path: Path) -> None:
    rule = load_pack(written(tmp_path, GOOD)).house_rules["misuse.within"]
    assert [rule.within(wanted) for wanted in (1, 100, 999)] == [30, 100, 180]


FAULTS = {
    "1: unknown house rule 'misuse.wihtin'; did you mean 'misuse.within'?": {"id": "misuse.wihtin"},
    "3: 20 lies outside its own bounds, 30 to 180; correct the number or its bounds": {"number": 20},
    "3: 'ba' is not a whole number; write digits only": {"number": "ba"},
    "4: house rule 'misuse.within' may not be 0; give at least 1": {"least": 0},
    "5: 100 percent leave no time; give at most 99": {"id": "misuse.slow-share", "most": 100},
    "6: unknown certainty 'sure'; did you mean 'source'?": {"certainty": "sure"},
}


@pytest.mark.parametrize("said", FAULTS)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, said: str) -> None:
    with pytest.raises(BadInput) as refusal:
        load_pack(written(tmp_path, {**GOOD, **FAULTS[said]}))
    assert str(refusal.value) == f"land/house-rules.yaml:{said}"


def test_none_is_given_twice(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"'misuse\.within' is given twice"):
        load_pack(written(tmp_path, GOOD, GOOD))
