"""The summary of a case file as a paper: PDF/A that can be printed, filed and handed to a court."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.types import act_type
from anlanh.ledger.case_file import Sealed
from anlanh.ledger.checkpoints import parse_note
from anlanh.papers.composing.dossier import Dossier, Facts, Section, Table, pdf_of
from anlanh.primitives.dates import date_vi
from anlanh.work.casework import letters
from anlanh.work.casework.keeping.retention import Kept
from anlanh.work.casework.models import Decision

_FILES = {
    "own": lambda: _("given by yourself"),
    "relied_on_redacted": lambda: _("the decision relies on it; copy with places blackened"),
    "relied_on_cleaned": lambda: _("the decision relies on it; copy without metadata"),
}


def paper(about: Mapping[str, Any], acts: Sequence[tuple[Act, Sealed]], checkpoint: str, language: str) -> bytes:
    """The summary.

    Args:
        about: what the page for reading shows, see `case_files`.
        acts: those that the person may see, with their places in the log.
        checkpoint: the signed note that their places lead to; empty while nothing is sealed.
        language: of the person.
    """
    case, door = about["case"], about["door"]
    facts: Facts = (
        (_("Reference"), door.reference),
        (_("Page"), f"{case.page.address}\n{case.page.title}".strip()),
        (_("Made on"), _moment(about["made_at"])),
    )
    sections = [
        *_order(about["order"], language),
        *(_decision(decision, said) for decision, said in about["decisions"]),
        *(_appeal(appeal) for appeal in about["appeals"]),
        *_evidence(about["files"], about["withheld"]),
        *(_letter(letter) for letter in about["letters"]),
        _acts(acts, language),
        *_kept(about["kept"], language),
        _proof(about, checkpoint),
    ]
    title = " ".join((_("Case file"), case.number))
    foot = f"{case.number} · {about['organisation']}"
    return pdf_of(Dossier(title, about["organisation"], language, about["made_at"], facts, sections, foot))


def said_of(kept: Kept, language: str) -> str:
    """Until when the file is kept at least, by which clause, and how sure that is; a sentence for people."""
    words = _("We keep this file and its evidence at least until %(day)s, by %(clause)s.") % {
        "day": date_vi(kept.until),
        "clause": letters.clause_name(str(kept.value.clause), language),
    }
    if kept.value.certainty not in {"quoted", "read"}:
        words += " " + _("This time has not been compared with the text of the law yet.")
    if kept.appeal_open:
        words += " " + _("An appeal is open; the time runs anew from its answer.")
    return words


def _order(order: Any, language: str) -> list[Section]:
    if order is None:
        return []
    facts = [
        (_("Office"), order.office),
        (_("Number"), order.number),
        (_("Signed by"), order.signed_by),
        (_("Clause"), letters.clause_name(order.clause, language)),
        (_("Received"), _moment(order.received_at)),
    ]
    return [Section(_("The order that asked for it"), tuple(line for line in facts if line[1]))]


def _decision(decision: Decision, said: Mapping[str, str]) -> Section:
    overturned = [_("overturned")] if decision.overturned_at else []
    ground = f"{said['clause']}: {said['clause_words']}" if said["clause_words"] else said["clause"]
    ground = f"{ground} {said['ground_note']}".rstrip()
    facts = [
        (_("Measure"), said["measure"]),
        (_("Ground"), ground),
        (_("Facts"), said["facts"]),
        (_("About this very content"), said["subject_fact"]),
        (_("How it was found"), said["found_by"]),
        (_("Part of a machine"), said["machine_part"]),
        (_("Appeal until"), said["appeal_until"]),
    ]
    heading = " · ".join([_("Decision"), said["decided_on"], *overturned])
    return Section(heading, tuple(line for line in facts if line[1]))


def _appeal(appeal: Any) -> Section:
    quoted = (appeal.text, *([appeal.reasons] if appeal.decided_at else []))
    answered = ((_("Answer"), _moment(appeal.decided_at)),) if appeal.decided_at else ()
    return Section(" · ".join((_("Your appeal"), _moment(appeal.filed_at))), answered, quoted)


def _evidence(files: Sequence[tuple[str, str, bytes, Any]], withheld: int) -> list[Section]:
    words = [_("What others told or sent us in confidence is not in this file.")]
    if withheld:
        words.append(withheld_words(withheld))
    rows = tuple((name, _FILES[what](), _broken(stored.sha256, 32)) for name, what, _content, stored in files)
    heads = (_("File"), _("What it is"), "SHA-256")
    return [Section(_("Files"), table=Table(heads, (3, 3, 4), rows) if rows else None, words=tuple(words))]


def withheld_words(count: int) -> str:
    """Said of evidence that is relied on and of which no copy is ready."""
    return _("Of %(count)s files that the decision relies on no copy is ready yet; ask us for them.") % {"count": count}


def _letter(letter: Any) -> Section:
    heading = " · ".join((_("Letter to you"), _moment(letter.written_at)))
    return Section(heading, ((_("Subject"), letter.subject),), (letter.body,))


def _acts(acts: Sequence[tuple[Act, Sealed]], language: str) -> Section:
    rows = tuple(
        (
            _moment(act.happened_at),
            act_type(act.type).title.get(language, act_type(act.type).title["vi"]),
            str(sealed.position) if sealed.position is not None else _("not sealed yet"),
        )
        for act, sealed in acts
    )
    heads = (_("When"), _("What was done"), _("Place in the log"))
    return Section(_("What was recorded"), table=Table(heads, (3, 6, 2), rows) if rows else None)


def _kept(kept: Kept | None, language: str) -> list[Section]:
    return [Section(_("How long this is kept"), words=(said_of(kept, language),))] if kept else []


def _proof(about: Mapping[str, Any], checkpoint: str) -> Section:
    codes = [about["key"]]
    if checkpoint:
        signed = parse_note(checkpoint)[0]
        codes.append(f"{signed.origin} · {signed.size} · {signed.root.hex()}")
    words = (
        _(
            "manifest.json lists every file and every recorded act with its way to the signed log; manifest.sig is the "
            "organisation's signature. Anybody can check it, without us and without a network:"
        ),
        "anlanh case-file verify TEP.zip --key KHOA.txt",
        _("Whether this paper, when it came alone, is the one in the file is checked with --paper ho-so.pdf."),
        _(
            "Below: the key, which you should also ask the organisation for by another way; and name, size and root of "
            "the log as it was signed when this was made."
        ),
    )
    return Section(_("What proves it"), words=words, codes=tuple(_broken(code, 80) for code in codes))


def _broken(code: str, most: int) -> str:
    """A long code on lines of its own: broken by the typesetter it would be copied with signs that nobody sees."""
    return "\n".join(code[at : at + most] for at in range(0, len(code), most))


def _moment(moment: Any) -> str:
    return timezone.localtime(moment or clock.now()).strftime("%H:%M %d/%m/%Y")
