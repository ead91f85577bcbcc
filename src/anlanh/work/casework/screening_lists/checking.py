"""What an entry of a list must pass before it is kept: a ground that screening may look for, and lawful writing left
alone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput
from anlanh.screening import phrases
from anlanh.screening.domains import canonical_domain
from anlanh.screening.engine import Screen
from anlanh.screening.importing.rows import host_of
from anlanh.screening.lists import Lists
from anlanh.screening.phrases import LEVELS, Phrase, as_written
from anlanh.screening.shorteners import SHORTENERS
from anlanh.screening.trial import objections
from anlanh.work.casework import words
from anlanh.work.casework.screening_lists.grounds import pack_ground
from anlanh.work.casework.screening_lists.models import ListEntry

AT_ONCE = 2000  # entries tried on lawful writing together
_LONGEST_GROUND = 80
_SHOWN = 120  # characters of lawful writing that a refusal quotes


@dataclass(frozen=True)
class EntryInput:
    """An entry as a file has it.

    Args:
        kind: one of `ListEntry.Kind`.
        value: the words, or the host name or the address of a site.
        level: one of `anlanh.screening.phrases.LEVELS`; of no meaning for host names.
        ground: the clause it rests on, such as `72/2013/NĐ-CP/5.1.đ`.
        original_number: under which the file has it.
    """

    kind: str
    value: str
    level: str
    ground: str
    original_number: str = ""


def checked(given: EntryInput) -> EntryInput:
    """The entry as it is kept. That it leaves lawful writing alone is tried by `hits_in_lawful_writing`.

    Raises:
        BadInput: naming the field.
    """
    ground = _ground(words.cleaned(given.ground, "ground", _LONGEST_GROUND))
    value = " ".join(words.cleaned(given.value, "value", phrases.LONGEST).split())
    number = words.cleaned(given.original_number, "original_number", 60)
    if given.kind == ListEntry.Kind.DOMAIN:
        return replace(given, value=_host(value), level="", ground=ground, original_number=number)
    if given.kind != ListEntry.Kind.PHRASE:
        raise BadInput(_("no such kind"), where="entry_kind", mend=_("choose one from the list"))
    if given.level not in LEVELS:
        raise BadInput(_("no such choice"), where="level", mend=_("choose one from the list"))
    try:
        phrases.check(Phrase("", value, given.level, ground))
    except BadInput:
        raise BadInput(
            _("there is nothing in it to look for"), where="value", mend=_("write the words to look for")
        ) from None
    return replace(given, value=value, ground=ground, original_number=number)


def key_hash(given: EntryInput) -> str:
    """Of the form in which entries are compared, whatever composition, spaces and ground."""
    form = given.value if given.kind == ListEntry.Kind.DOMAIN else f"{given.level} {as_written(given.value)}"
    return hashlib.sha256(form.encode()).hexdigest()


def hits_in_lawful_writing(given: Sequence[EntryInput]) -> dict[int, BadInput]:
    """Which entries would have sent lawful criticism, satire or news to a person, by their place, and where."""
    found: dict[int, BadInput] = {}
    for first in range(0, len(given), AT_ONCE):
        lists = Lists()
        for place, entry in enumerate(given[first : first + AT_ONCE], start=first):
            if entry.kind == ListEntry.Kind.PHRASE:
                lists.phrases.append(Phrase(str(place), entry.value, entry.level, entry.ground))
        for one in objections(Screen(lists)):
            found.setdefault(int(one.entry), _objection(one.writing, one.words, one.text))
    return found


def _objection(writing: str, hit: str, text: str) -> BadInput:
    kinds = {"criticism": _("criticism"), "satire": _("satire"), "news": _("news")}
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return BadInput(
        _("it would have hit lawful writing (%(kind)s): “%(words)s” in “%(text)s”")
        % {"kind": kinds[writing], "words": hit, "text": shown},
        where="value",
        mend=_("write it longer and narrower, or leave it out"),
    )


def _ground(written: str) -> str:
    mend = _("write a clause of the law pack, such as 72/2013/NĐ-CP/5.1.đ")
    if not written:
        raise BadInput(_("no ground is named"), where="ground", mend=mend)
    try:
        facts = pack_ground(ClauseRef.parse(written))
    except BadInput:
        facts = None
    if facts is None:
        raise BadInput(_("this is no ground of the law pack"), where="ground", mend=mend)
    if not facts.screening_allowed:
        raise BadInput(
            _("screening does not look for this ground"),
            where="ground",
            mend=_("leave it out: such a ground comes only from an order or from what a person decides"),
        )
    return facts.ref


def _host(value: str) -> str:
    host, fault = host_of(value)
    if fault and host:
        raise BadInput(
            _("this is one page, and only whole sites can be listed"),
            where="value",
            mend=_("write the host name alone if everything on it is meant; otherwise report the page"),
        )
    try:
        name = canonical_domain(host.removeprefix("*."))
    except BadInput:
        raise BadInput(_("this is no host name"), where="value", mend=_("write one such as example.com")) from None
    if name in SHORTENERS:
        raise BadInput(
            _("this is a shortener of links, which lead to anybody's pages"),
            where="value",
            mend=_("leave it out"),
        )
    return name
