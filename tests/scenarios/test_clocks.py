"""Clocks as situations that a lawyer can read: `clocks/*.yaml`. Each expects the whole list, earliest due first."""

from pathlib import Path

import pytest
import yaml

from anlanh.law import ClockAnswer, clocks_for, vietnam
from anlanh.primitives.dates import parse_instant

KNOWN = {
    "name", "event", "actor", "at", "grounds", "requester", "request", "form", "year", "emergency", "third_party",
    "expected", "without_time", "keywords", "why",
}  # fmt: skip


def situations() -> list:
    found = []
    for path in sorted((Path(__file__).parent / "clocks").glob("*.yaml")):
        # The base loader leaves every value a string, so that times stay as written.
        for situation in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):  # noqa: S506
            found.append(pytest.param(situation, id=f"{path.stem}: {situation['name']}"))
    return found


def answer_to(situation: dict) -> ClockAnswer:
    return clocks_for(
        vietnam(),
        event=situation["event"],
        actor=situation["actor"],
        at=parse_instant(situation["at"]),
        grounds=situation.get("grounds", []),
        requester=situation.get("requester"),
        request=situation.get("request"),
        form=situation.get("form"),
        year=int(situation["year"]) if "year" in situation else None,
        emergency=situation.get("emergency") == "true",
        third_party=situation.get("third_party") == "true",
    )


@pytest.mark.parametrize("situation", situations())
def test_the_law_gives_these_clocks(situation: dict) -> None:
    assert set(situation) <= KNOWN
    assert situation["why"]
    answer = answer_to(situation)
    expected = situation["expected"]
    given = [
        {"clause": str(clock.rule.clause), "due": clock.due_at.isoformat(), "obligation": clock.rule.obligation}
        for clock in answer.clocks
    ]
    assert given == [{key: clock[key] for key in ("clause", "due", "obligation")} for clock in expected]
    for clock, wanted in zip(answer.clocks, expected, strict=True):
        assert clock.rule.counting == wanted.get("counting", clock.rule.counting)
        assert str(clock.rule.strict).lower() == wanted.get("strict", str(clock.rule.strict).lower())
    assert sorted(str(rule.clause) for rule in answer.without_time) == sorted(situation.get("without_time", []))


def test_every_clock_of_the_pack_has_its_situation() -> None:
    told = set()
    for parameter in situations():
        answer = answer_to(parameter.values[0])
        told |= {clock.id for clock in answer.clocks} | {rule.id for rule in answer.without_time}
    assert told == set(vietnam().clock_rules)


def test_names_are_told_apart() -> None:
    names = [parameter.id for parameter in situations()]
    assert len(names) == len(set(names))
    assert len(names) >= 60
