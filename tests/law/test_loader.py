"""The loader refuses whatever is not exactly as it should be. The messages are what an author of law files works with,
so they are golden: file, line, what is wrong, what to do.
"""

from pathlib import Path

import pytest

from anlanh.law import clocks_for, load_pack
from anlanh.primitives.dates import parse_instant
from anlanh.primitives.errors import BadInput

MINI = Path(__file__).parent / "mini"


def complaint(land: Path) -> str:
    with pytest.raises(BadInput) as caught:
        load_pack(land)
    return str(caught.value)


DAMAGE = [
    pytest.param(
        "instruments/one.yaml", "kind: law", "kind: law\ncolour: blue",
        "land/instruments/one.yaml:3: unknown key 'colour'; known: amends, binding, in_force, issued_on, kind, note, "
        "number, replaced_by, short, source, title",
        id="unknown key",
    ),
    pytest.param(
        "clocks/one.yaml", "    amount: 24", "    amout: 24",
        "land/clocks/one.yaml:8: counting 'hours' and 'amount' do not fit; only hours and days take one",
        id="misspelt key of a needed value",
    ),
    pytest.param(
        "clocks/one.yaml", "    grounds: honour", "    ground: honour",
        "land/clocks/one.yaml:10: unknown key 'ground'; did you mean 'grounds'?",
        id="misspelt key of an optional value",
    ),
    pytest.param(
        "clocks/one.yaml", "    amount: 24\n", "    amount: 24\n    amount: 48\n",
        "land/clocks/one.yaml:10: key 'amount' is written twice; keep one of the two",
        id="duplicate key",
    ),
    pytest.param(
        "instruments/one.yaml", "kind: law\n", "",
        "land/instruments/one.yaml:1: key 'kind' is missing; add it",
        id="missing key",
    ),
    pytest.param(
        "instruments/one.yaml", "from: 2020-01-01", "from: 2020-02-30",
        "land/instruments/one.yaml:7: '2020-02-30' is not a date; write year-month-day, such as 2024-12-25",
        id="no such day",
    ),
    pytest.param(
        "instruments/one.yaml", "issued_on: 2019-12-01", "issued_on: 01/12/2019",
        "land/instruments/one.yaml:5: '01/12/2019' is not a date; write year-month-day, such as 2024-12-25",
        id="a date in another form",
    ),
    pytest.param(
        "instruments/one.yaml", "until: 2029-12-31", "until: 2019-12-31",
        "land/instruments/one.yaml:9: the last day 2019-12-31 comes before the first day 2020-01-01; correct one "
        "of the two",
        id="an end before the beginning",
    ),
    pytest.param(
        "instruments/one.yaml", "  until_certainty: read\n", "",
        "land/instruments/one.yaml:7: 'until' and 'until_certainty' belong together; write both or neither",
        id="an end without its certainty",
    ),
    pytest.param(
        "instruments/one.yaml", "from_certainty: quoted", "from_certainty: beyond doubt",
        "land/instruments/one.yaml:8: unknown certainty 'beyond doubt'; known: quoted, read, recall, secondary, source",
        id="a word outside its set",
    ),
    pytest.param(
        "clauses/one.yaml", 'ref: "5.1"', 'ref: "5.1.1.1"',
        "land/clauses/one.yaml:3: '5.1.1.1' has too many parts; write it as INSTRUMENT/ARTICLE.CLAUSE.POINT, for "
        "example 72/2013/NĐ-CP/5.1.a",
        id="bad clause reference",
    ),
    pytest.param(
        "clauses/one.yaml", "instrument: 1/2020/T", "instrument: 1/2020/X",
        "land/clauses/one.yaml:1: the pack has no instrument '1/2020/X'; did you mean '1/2020/T'?",
        id="clause of an unknown instrument",
    ),
    pytest.param(
        "grounds/one.yaml", 'ref: "5.1"', 'ref: "5.2"',
        "land/grounds/one.yaml:3: the pack has no clause '1/2020/T/5.2'; add it to clauses/, since a ground is a "
        "clause",
        id="ground without its clause",
    ),
    pytest.param(
        "grounds/one.yaml", "screening_allowed: false", "national_security: true\n    screening_allowed: true",
        "land/grounds/one.yaml:7: ground 1/2020/T/5.1 is one of national security and allows screening; write "
        "screening_allowed: false; such grounds come only from an order or a person's decision",
        id="screening for national security",
    ),
    pytest.param(
        "clocks/one.yaml", 'clause: "7"\n    events: [violation', 'clause: "8"\n    events: [violation',
        "land/clocks/one.yaml:3: the pack has no clause '1/2020/T/8'; did you mean '1/2020/T/7'?",
        id="clock without its clause",
    ),
    pytest.param(
        "clocks/one.yaml", "id: xx.one.7.days", "id: xx.one.7.reply",
        "land/clocks/one.yaml:22: 'xx.one.7.reply' is given twice; keep one of the two",
        id="an id twice",
    ),
    pytest.param(
        "clocks/one.yaml", "days: [01-01]", "days: [02-29]",
        "land/clocks/one.yaml:38: '02-29' is not a day of the year; write month-day, such as 11-25",
        id="a day that not every year has",
    ),
    pytest.param(
        "clocks/one.yaml", "    amount: 24\n", "    amount: 1 day\n",
        "land/clocks/one.yaml:9: '1 day' is not a whole number; write digits only",
        id="an amount with its unit",
    ),
    pytest.param(
        "clocks/one.yaml", "    amount: 24\n",
        "    amount: 24\n    in_force: {from: 2019-01-01, from_certainty: read}\n",
        "land/clocks/one.yaml:10: these days are not all days of 1/2020/T; keep within the instrument's days",
        id="a clock before its instrument",
    ),
    pytest.param(
        "clocks/one.yaml", "    events: [violation.detected]", "    events: []",
        "land/clocks/one.yaml:5: the list is empty; add a member or leave the key out",
        id="a clock that nothing starts",
    ),
    pytest.param(
        "clocks/one.yaml", "    strict: true", "    strict: yes",
        "land/clocks/one.yaml:39: 'yes' is neither true nor false; write true or false",
        id="another spelling of true",
    ),
    pytest.param(
        "actors.yaml", "counts_as: [host]", "counts_as: [hosts]",
        "land/actors.yaml:3: the pack has no actor 'hosts'; did you mean 'host'?",
        id="an actor that counts as nothing known",
    ),
    pytest.param(
        "ground-sets.yaml", "members: [1/2020/T/5]", "members: [9/2020/T/5]",
        "land/ground-sets.yaml:1: the pack has no instrument '9/2020/T'; did you mean '1/2020/T'?",
        id="a set of grounds of an unknown instrument",
    ),
    pytest.param(
        "procedures/one.yaml", "stops: [remove]", "stops: [removal]",
        "land/procedures/one.yaml:15: unknown obligation 'removal'; did you mean 'remove'?",
        id="a procedure that stops an unknown obligation",
    ),
    pytest.param(
        "procedures/one.yaml", "from: [open], to: closed", "from: [open]",
        "land/procedures/one.yaml:1: phase 'closed' can't be reached; add a transition that leads to it, or remove it",
        id="a phase that can't be reached",
    ),
    pytest.param(
        "procedures/one.yaml", ", terminal: true", "",
        "land/procedures/one.yaml:1: no end can be reached from phase 'open'; add a transition that leads on",
        id="a procedure without an end",
    ),
    pytest.param(
        "procedures/one.yaml", "  days: 30", "  days: 7",
        "land/procedures/one.yaml:7: an appeal window of 7 days without a clause; name the clause that sets it, or "
        "give at least 30 days",
        id="a short appeal window of one's own choice",
    ),
    pytest.param(
        "pack.yaml", "Europe/Berlin", "Europe/Bonn",
        "land/pack.yaml:3: unknown time zone 'Europe/Bonn'; write a name such as Asia/Ho_Chi_Minh",
        id="an unknown time zone",
    ),
    pytest.param(
        "clauses/one.yaml", "clauses:", "clauses: [",
        "land/clauses/one.yaml:3: not one YAML document; check indentation, colons and quotes",
        id="not YAML",
    ),
]  # fmt: skip


def test_the_whole_pack_is_accepted(land: Path) -> None:
    pack = load_pack(land)
    assert (pack.code, len(pack.clock_rules)) == ("xx", 4)


@pytest.mark.parametrize(("file", "written", "instead", "message"), DAMAGE)
def test_damage_is_named_with_file_and_line(land: Path, file: str, written: str, instead: str, message: str) -> None:
    path = land / file
    text = path.read_text(encoding="utf-8")
    assert text.count(written) >= 1
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    assert complaint(land) == message


def test_what_nobody_reads_is_refused(land: Path) -> None:
    (land / "clock").mkdir()
    (land / "clock" / "two.yaml").write_text("a: b", encoding="utf-8")
    assert complaint(land) == "land/clock/two.yaml: unknown folder 'clock'; did you mean 'clocks'?"


def test_a_stray_file_is_refused(land: Path) -> None:
    (land / "actor.yaml").write_text("a: b", encoding="utf-8")
    assert complaint(land) == "land/actor.yaml: a file that no part of the program reads; did you mean 'actors.yaml'?"


def test_a_note_beside_the_law_is_refused(land: Path) -> None:
    (land / "clocks" / "notes.txt").write_text("later", encoding="utf-8")
    assert complaint(land) == "land/clocks/notes.txt: not a .yaml file directly in its folder; rename or move it"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "land/actors.yaml: the file is empty; write the entries or delete the file"),
        (b"\xff\xfe", "land/actors.yaml: the file is not UTF-8; save it as UTF-8"),
        (b"a: 1\n---\nb: 2\n", "land/actors.yaml:2: not one YAML document; check indentation, colons and quotes"),
        (b"just words", "land/actors.yaml:1: a list is expected here; begin each member with a dash"),
        (b"- [1, 2]", "land/actors.yaml:1: a mapping is expected here; write keys and values"),
        (b"- {id: [a]}", "land/actors.yaml:1: a text is expected here; write one value, not a list or a mapping"),
        (b"- {id: }", "land/actors.yaml:1: the value is empty; write a value or leave the key out"),
    ],
)
def test_files_that_are_no_list_of_entries(land: Path, content: bytes, message: str) -> None:
    (land / "actors.yaml").write_bytes(content)
    assert complaint(land) == message


def test_a_missing_file_is_named(land: Path) -> None:
    (land / "actors.yaml").unlink()
    assert complaint(land) == "land: the pack has no actors.yaml; add the file"


def test_a_directory_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a directory"):
        load_pack(tmp_path / "nowhere")


def test_the_version_is_that_of_the_bytes(land: Path) -> None:
    before = load_pack(land).version
    assert load_pack(land).version == before == load_pack(MINI).version
    path = land / "instruments" / "one.yaml"
    path.write_bytes(path.read_bytes() + b"# a remark\n")
    assert load_pack(land).version != before


def test_another_country_counts_in_its_own_time(land: Path) -> None:
    answer = clocks_for(
        load_pack(land), event="violation.detected", actor="forum", at=parse_instant("2026-03-28T23:30:00+00:00")
    )
    assert answer.as_of.isoformat() == "2026-03-29"
    # The clocks are put forward that night, and an hour stays an hour.
    assert answer.clocks[0].due_at.isoformat() == "2026-03-30T01:30:00+02:00"
