"""A second country, invented: its pack uses every room of a pack and needs no other code. Faults in it are named."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from anlanh.law import clocks_for, load_pack
from anlanh.law.alarms import alarms
from anlanh.law.book import law_book
from anlanh.law.coverage import coverage
from anlanh.law.differences import changes
from anlanh.law.lookup import look_up
from anlanh.law.places import standing_on
from anlanh.law.repeat_rules import standings
from anlanh.law.time_travel import as_known
from anlanh.primitives.dates import parse_instant
from anlanh.primitives.errors import BadInput

ATOLL = Path(__file__).parent / "atoll"
PACK = load_pack(ATOLL)


def test_its_clocks_count_its_own_days_off() -> None:
    """From Sunday the 2nd: Monday and Tuesday are a feast, Wednesdays are off."""
    answer = clocks_for(
        PACK, event="complaint.received", actor="board", at=parse_instant("2031-03-02T09:00:00+12:00")
    )  # fmt: skip
    assert answer.clocks[0].due_at.isoformat() == "2031-03-08T23:59:59+12:00"
    assert "Note: the day off 2031-03-03 was not verified" in [step.en for step in answer.clocks[0].trace]


def test_its_duties_places_and_bodies() -> None:
    assert [duty.id for duty in PACK.duties_on(date(2036, 1, 1), "board", "whole")] == ["LT.1"]
    assert PACK.duties_on(date(2033, 1, 1), "board", "south") == []
    assert PACK.duties["LT.1"].strength == "should"
    assert {body.id for body in standing_on(PACK.bodies, "old-council", date(2036, 1, 1))} == {
        "fish-council", "tree-council",
    }  # fmt: skip


def test_everything_else_speaks_of_it_too() -> None:
    assert look_up(PACK, "7/2031/REEF/2", date(2036, 1, 1))
    assert law_book(PACK, "en")
    assert coverage(PACK)
    assert {alarm.kind for alarm in alarms(PACK, date(2041, 2, 1))} == {"conflict", "basis-ended"}
    assert {change.id for change in changes(PACK, date(2040, 12, 31), date(2041, 1, 1))} >= {"litter.most"}
    assert "9/2040/REEF" not in as_known(PACK, date(2040, 5, 31)).instruments


def test_what_it_counts_what_people_report_and_whom_they_call() -> None:
    """Rooms that a pack may leave out; this one has them all."""
    day = date(2041, 1, 8)
    violations = [day, date(2041, 1, 2), date(2041, 1, 1)]  # the last one lies before the seven days
    found = standings(list(PACK.repeat_rules.values()), PACK.actors["board"], violations, [], day)
    assert [(one.rule.id, len(one.counts[0].counted), one.permanent) for one in found] == [("litter.again", 2, False)]
    assert not standings(list(PACK.repeat_rules.values()), PACK.actors["council"], violations, [], day)
    assert list(PACK.report_types["litter"].questions["tide"].options) == ["high", "low"]
    assert [line.number for line in PACK.help_lines.values()] == ["707"]


DAMAGE = [
    ("duties/letter.yaml", "  - id: LT.1", "  - id: XX.1", ":12: 'XX.1' is no duty of LT; begin the id with LT."),
    ("duties/letter.yaml", "    worded: must\n", "",
     ":12: a duty of kind 'obligation' without actors or strength; say whom it binds and how far"),
    ("duties/letter.yaml", "kind: definition,", "kind: definition, worded: may,",
     ":29: a strength for kind 'definition', which asks nothing; leave it out"),
    ("duties/letter.yaml", "acts: [case.opened]", "acts: [case.open]",
     ":24: unknown act 'case.open'; did you mean 'case.opened'?"),
    ("duties/letter.yaml", "triggers: [always, complaint.received]", "triggers: [sometimes]",
     ":18: unknown trigger 'sometimes'; known: always, complaint.received, report.period"),
    ("duties/letter.yaml", "to: [all, old-council, board]", "to: [nobody]",
     ":23: unknown recipient 'nobody'; known: all, board, council, fish-council, islander, old-council, tree-council"),
    ("duties/letter.yaml", "ref: 7/2031/REEF/2", "ref: 8/2031/REEF/2",
     ":12: the pack has no instrument '8/2031/REEF'; did you mean '7/2031/REEF'?"),
    ("duties/letter.yaml", "issuer: old-council", "issuer: new-council",
     ":6: unknown body 'new-council'; did you mean 'tree-council'?"),
    ("duties/letter.yaml", "  kind: letter", "  kind: letter\n  citable: true",
     ":4: a document without a number can't be cited by clause; give its number, or leave this out"),
    ("parameters/reef.yaml", "clause: 7/2031/REEF/2, at_most: 5, certainty: secondary", "clause: 7/2031/REEF/2, is: 5, "
     "certainty: quoted}\n      - {clause: 7/2031/REEF/3, is: 6, certainty: quoted",
     ":2: two values in force on 2031-01-01; end the earlier one, or give the other clause a parameter of its own and "
     "write a conflict"),
    ("parameters/reef.yaml", "at_most: 5, ", "",
     ":9: a value without a number, or with two kinds of them; give 'is', or at_least and at_most"),
    ("sanctions/reef.yaml", "high: 3", "high: 0", ":6: the number is 0; write how many, from 1 up"),
    ("sanctions/reef.yaml", "low: 1", "low: 7", ":6: the highest fine 3 is below the lowest 7; correct one of the two"),
    ("forms/reef.yaml", "kind: count", "kind: number",
     ":7: unknown kind of field 'number'; known: contact, count, date, list, money, person, statement, table, text"),
    ("checklists/reef.yaml", "7/2031/REEF/2", "6/2031/REEF/2",
     ":5: the pack has no instrument '6/2031/REEF'; add it to instruments/"),
    ("repeat-rules.yaml", "count: litter.most", "count: litter.least",
     ":4: unknown parameter 'litter.least'; did you mean 'litter.most'?"),
    ("report-types.yaml", "id: high", "id: High",
     ":9: 'High' is no word for acts; write small letters, digits and underscores"),
    ("help-lines.yaml", "danger, child", "dangers",
     ":4: unknown occasion 'dangers'; did you mean 'danger'?"),
    ("choices.yaml", "duties: [LT.1]", "duties: [LT.7]", ":7: unknown duty 'LT.7'; did you mean 'LT.2'?"),
    ("choices.yaml", "kind: conflict", "kind: quarrel",
     ":2: unknown kind of choice 'quarrel'; known: ambiguity, citation, conflict"),
    ("places.yaml", "successors: [whole]", "successors: [hole]", ":1: 'hole' is not in the list; add it or correct the "
     "id"),
    ("places.yaml", "2035-01-01", "2035-02-01", ":1: successor 'whole' is not there on 2035-01-01; correct the days"),
    ("places.yaml", "from: 2035-01-01, from_certainty: quoted}", "from: 2035-01-01, from_certainty: quoted}\n"
     "  successors: [north]", ":11: 'whole' has successors and no end; write its last day"),
    ("bodies.yaml", "actor: council", "actor: counsel", ":3: unknown actor 'counsel'; did you mean 'council'?"),
    ("instruments/reef.yaml", "ended_by: 9/2040/REEF}", "ended_by: 8/2040/REEF}",
     ":1: the pack has no instrument '8/2040/REEF'; did you mean '9/2040/REEF'?"),
    ("instruments/reef-2.yaml", "from_certainty: quoted}", "from_certainty: quoted, ended_by: 7/2031/REEF}",
     ":6: 'ended_by' without 'until'; write the last day too"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "written", "instead", "message"), DAMAGE)
def test_damage_is_named_with_file_and_line(
    tmp_path: Path, file: str, written: str, instead: str, message: str
) -> None:
    root = Path(shutil.copytree(ATOLL, tmp_path / "atoll"))
    text = (root / file).read_text(encoding="utf-8")
    assert written in text
    (root / file).write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_pack(root)
    assert str(caught.value) == f"atoll/{file}{message}"
