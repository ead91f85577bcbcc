"""The acts of a case as its audit page and its files say them: who, what in words, what was written, and the proof."""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, ActorKind
from anlanh.base.identity.queries import members, names_of
from anlanh.base.identity.words import ROLE_TITLES
from anlanh.primitives.dates import format_instant
from anlanh.web.console.act_words import act_title, clear_lines, doer_title, field_title
from anlanh.web.law_words import clause_title, language
from anlanh.work.casework import letters, queries
from anlanh.work.casework.queries import Entry, Held

LONGEST_SHOWN = 2000  # characters of one value on the page; the files hold the whole


@dataclass(frozen=True)
class HeldLine:
    """One committed field of an act.

    Args:
        label: in words.
        held: the field.
        text: its value as people read it; empty while it is not shown.
        cut: the page shows only the beginning.
    """

    label: str
    held: Held
    text: str
    cut: bool


@dataclass(frozen=True)
class ActLine:
    """One act in words.

    Args:
        entry: the act with its place in the log.
        title: what people call it.
        who: the doer's name, or what sort of doer it was.
        role: as what they did it; the roles held now, for the log names no roles.
        clauses: as papers cite them.
        clear: label and value of each clear field.
        committed: the others.
    """

    entry: Entry
    title: str
    who: str
    role: str
    clauses: list[str]
    clear: list[tuple[str, str]]
    committed: list[HeldLine]


def act_lines(actor: Actor, entries: Sequence[Entry], *, whole: bool = False) -> list[ActLine]:
    """The acts in words; those who did them are looked up at once.

    Args:
        actor: who reads.
        entries: as read for the actor.
        whole: with values at full length.
    """
    staff = {entry.act.actor_ref for entry in entries if _is_staff(entry)}
    names = names_of(actor, staff)
    roles = dict(members(actor).filter(ref__in=staff).values_list("ref", "roles"))
    return [_line(entry, names, roles, whole=whole) for entry in entries]


def table(actor: Actor, case_id: uuid.UUID, at_a_time: int = 500) -> Iterator[list[str]]:
    """The whole history as rows of a spreadsheet, the header first."""
    yield [
        _("Number"), _("Type"), _("Act"), _("Done by"), _("Role"), _("Happened"), _("Recorded"), _("Clauses"),
        _("Clear fields"), _("Committed fields"), _("Position"), _("Checkpoint"), _("Sealed"), _("Identifier"),
    ]  # fmt: skip
    acts, after = queries.audited_acts(actor, case_id), 0
    while rows := list(acts.filter(seq__gt=after)[:at_a_time]):
        after = rows[-1].seq
        for line in act_lines(actor, queries.audit_entries(actor, case_id, rows), whole=True):
            yield _row(line)


def _row(line: ActLine) -> list[str]:
    entry, act = line.entry, line.entry.act
    return [
        str(act.seq),
        act.type,
        line.title,
        line.who,
        line.role,
        format_instant(act.happened_at),
        format_instant(act.recorded_at),
        "; ".join(line.clauses),
        "\n".join(f"{label}: {value}" for label, value in line.clear),
        "\n".join(f"{one.label}: {one.text or one.held.digest}" for one in line.committed),
        "" if entry.position is None else str(entry.position),
        "" if entry.sealed_size is None else str(entry.sealed_size),
        format_instant(entry.sealed_at) if entry.sealed_at else "",
        str(act.id),
    ]


def _line(entry: Entry, names: dict[uuid.UUID, str], roles: dict[uuid.UUID, list[str]], *, whole: bool) -> ActLine:
    act = entry.act
    return ActLine(
        entry=entry,
        title=act_title(act.type),
        who=names[act.actor_ref] if _is_staff(entry) else doer_title(act.actor_kind).capitalize(),
        role=_role(entry, roles),
        clauses=[clause_title(reference) for reference in act.clauses],
        clear=clear_lines(act),
        committed=[_held(held, whole=whole) for held in entry.held],
    )


def _is_staff(entry: Entry) -> bool:
    return entry.act.actor_ref is not None and entry.act.actor_kind in {ActorKind.MEMBER, ActorKind.MACHINE}


def _role(entry: Entry, roles: dict[uuid.UUID, list[str]]) -> str:
    act = entry.act
    if act.actor_kind == ActorKind.PUBLIC:
        role = act.clear.get("role") or ("reporter" if act.clear.get("reporter") == str(act.actor_ref) else "")
        return letters.word_for(role, language()) if role else ""
    if act.actor_kind == ActorKind.MACHINE:
        return doer_title(act.actor_kind)
    return ", ".join(str(ROLE_TITLES.get(role, role)) for role in roles.get(act.actor_ref, []))


def _held(held: Held, *, whole: bool) -> HeldLine:
    text = "" if held.value is None else _text(held.value)
    cut = not whole and len(text) > LONGEST_SHOWN
    return HeldLine(field_title(held.name), held, text[:LONGEST_SHOWN] if cut else text, cut)


def _text(value: Any) -> str:
    """A value as people read it: words as they are, lists a line each, the rest as it was recorded."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(_lines(value))
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def _lines(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
