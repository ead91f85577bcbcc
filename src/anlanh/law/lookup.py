"""Finding an entry of the pack by what people have in hand: a clause reference, an instrument's number or an id."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from anlanh.law import sheets
from anlanh.law.contents import Pack
from anlanh.law.model import lies_under
from anlanh.law.nodes import hint
from anlanh.law.sheets import Sheet
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput


def look_up(pack: Pack, key: str, day: date) -> list[Sheet]:
    """The sheets that a reference or id stands for.

    Args:
        pack: the law, or the law as known on some day.
        key: an id (`vn.nd147.35.5.remove`, `CT.1.đ`, `ha-noi`), an instrument's number, or a reference to a clause.
        day: for actors, the day of their duties; for places and bodies, the day on which what stands in their place
            is told.

    Returns:
        one sheet for an id; for a reference the instrument or the clauses, then everything in the pack that stands on
        that place.

    Raises:
        BadInput: the pack knows nothing of that name, then or at all.
    """
    by_id = _by_id(pack, key, day)
    if by_id:
        return by_id
    try:
        ref = ClauseRef.parse(key)
    except BadInput:
        near = difflib.get_close_matches(key, list(_ids(pack)), n=1)
        mend = f"did you mean '{near[0]}'?" if near else "give a reference such as 147/2024/NĐ-CP/35.7, or an id"
        raise BadInput(f"the law knows no '{key}'", mend=mend) from None
    found = list(_on_clause(pack, ref))
    if not found:
        known = sorted(pack.instruments)
        mend = hint(ref.instrument, known) if ref.instrument not in pack.instruments else "ask for its article"
        raise BadInput(f"the law knows nothing of '{ref}'", mend=mend)
    return found


def _by_id(pack: Pack, key: str, day: date) -> list[Sheet]:
    duty_id = ".".join("dd" if part == "đ" else part for part in key.split("."))
    found: list[Sheet] = []
    if key in pack.clock_rules:
        found.append(sheets.clock(pack, pack.clock_rules[key]))
    if duty_id in pack.duties:
        found.append(sheets.duty(pack, pack.duties[duty_id]))
    if key in pack.documents:
        found.append(sheets.document(pack, pack.documents[key]))
    if key in pack.parameters:
        found.append(sheets.parameter(pack, pack.parameters[key]))
    if key in pack.sanctions:
        found.append(sheets.sanction(pack, pack.sanctions[key]))
    if key in pack.checklists:
        found.append(sheets.checklist(pack, pack.checklists[key]))
    if key in pack.forms:
        found.append(sheets.form(pack, pack.forms[key]))
    if key in pack.choices:
        found.append(sheets.choice(pack, key))
    if key in pack.actors:
        found.append(sheets.actor(pack, pack.actors[key], day))
    if key in pack.places:
        found.append(sheets.place(pack, pack.places[key], day))
    if key in pack.bodies:
        found.append(sheets.body(pack, pack.bodies[key], day))
    return found


def _on_clause(pack: Pack, ref: ClauseRef) -> Iterator[Sheet]:
    """What stands on a clause or under it; for a whole instrument only itself, its clauses and open questions."""
    if ref.article is None and ref.instrument in pack.instruments:
        yield sheets.instrument(pack, pack.instruments[ref.instrument])
    for entry in sorted(pack.clauses.values(), key=lambda clause: clause.ref):
        if lies_under(entry.ref, ref):
            yield sheets.clause(pack, entry)
    if ref.article is not None:
        yield from standing_on_clause(pack, ref)
    for choice in pack.choices.values():
        if any(lies_under(between, ref) for between in choice.between):
            yield sheets.choice(pack, choice.id)


def standing_on_clause(pack: Pack, ref: ClauseRef) -> Iterator[Sheet]:
    """Grounds, clocks, numbers, fines, minimum contents, forms and duties that stand on a clause or under it."""
    yield from _of(pack.grounds.values(), lambda entry: entry.ref, ref, lambda entry: sheets.ground(pack, entry))
    yield from _of(pack.clock_rules.values(), lambda rule: rule.clause, ref, lambda rule: sheets.clock(pack, rule))
    for parameter in pack.parameters.values():
        if any(lies_under(value.clause, ref) for value in parameter.values):
            yield sheets.parameter(pack, parameter)
    for entries, sheet in (
        (pack.sanctions, sheets.sanction),
        (pack.checklists, sheets.checklist),
        (pack.forms, sheets.form),
    ):
        yield from _of(entries.values(), lambda entry: entry.clause, ref, lambda entry, of=sheet: of(pack, entry))
    for duty in pack.duties.values():
        if duty.clause and lies_under(duty.clause, ref):
            yield sheets.duty(pack, duty)


def _of(
    entries: Iterable, place: Callable[[object], ClauseRef], ref: ClauseRef, sheet: Callable[[object], Sheet]
) -> Iterator[Sheet]:
    return (sheet(entry) for entry in entries if lies_under(place(entry), ref))


def _ids(pack: Pack) -> Iterator[str]:
    for entries in (
        pack.clock_rules, pack.duties, pack.documents, pack.parameters, pack.sanctions, pack.checklists, pack.forms,
        pack.choices, pack.actors, pack.places, pack.bodies, pack.instruments,
    ):  # fmt: skip
        yield from entries
