"""The file that somebody concerned takes home: what was decided about them and why, with what proves it.

Never what only a reporter gave, and nobody's name but their own; see `ledger.case_file` for the form of it.
"""

import io
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.keys import signing_key
from anlanh.base.acts.ledger import places_of
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.acts.record import Draft
from anlanh.base.files.models import StoredFile
from anlanh.base.files.names import for_download
from anlanh.base.files.store import open_file
from anlanh.base.identity.policy import public_actor
from anlanh.base.ports import terms
from anlanh.ledger import case_file
from anlanh.ledger.case_file import Sealed
from anlanh.primitives.dates import format_instant
from anlanh.work.casework import doors, letters, steps
from anlanh.work.casework.claims.models import Proof
from anlanh.work.casework.doors import Door
from anlanh.work.casework.grounds import own_clause
from anlanh.work.casework.keeping.case_paper import paper, said_of, withheld_words
from anlanh.work.casework.keeping.models import Copy
from anlanh.work.casework.keeping.retention import kept
from anlanh.work.casework.models import Decision, Evidence, Measure, Order
from anlanh.work.casework.queries.public import is_told, letters_told
from anlanh.work.casework.talking.models import MessageFile

# act → committed fields whose values both sides may read.
_OF_THE_CASE: dict[str, tuple[str, ...]] = {
    "violation.confirmed": (),
    "decision.made": ("facts", "subject_fact", "label"),
    "measure.applied": (),
    "measure.ended": (),
    "measure.reversed": (),
}
# Only the person affected reads these: what asked for the decision, and what it relied on.
_OF_THE_AFFECTED: dict[str, tuple[str, ...]] = {
    "order.received": ("office", "number", "signed_by", "clause"),
    "order.verified": (),
    "evidence.added": (),
    "evidence.cleaned": (),
    "evidence.redacted": (),
}
# act → clear field that names the person, and what of it they may read.
_THEIR_OWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "notice.sent": ("recipient", ("words",)),
    "message.received": ("sender", ("text",)),
    "message.sent": ("recipient", ("text",)),
    "appeal.filed": ("appellant", ("text", "why_late")),
    "late_appeal.filed": ("appellant", ("text", "why_late")),
    "counter_notice.filed": ("party", ("name", "address", "contact", "text")),
    "counter_notice.answered": ("party", ("body", "number")),
    "mandate.given": ("client", ("name",)),
    "report.marked_unfounded": ("reporter", ("reason",)),
    "misuse.warned": ("reporter", ("reasons",)),
    "misuse.limited": ("reporter", ("reasons",)),
    "misuse.objected": ("reporter", ("text",)),
    "case_file.taken": ("by", ()),
    "report.received": ("reporter", ("text",)),
    "report.joined": ("reporter", ("text",)),
}
_ANSWERS = {"appeal.decided": "appeal", "appeal.overdue": "appeal", "late_appeal.refused": "late_appeal"}
_ANSWERS |= {"misuse.heard": "objection", "misuse.lifted": "consequence", "counter_notice.settled": "counter_notice"}


def take(reference: str, secret: str) -> bytes:
    """The case file of whoever stands at the door, as a signed ZIP. Taking it is an act, and nothing forbids it.

    Raises:
        NotFound: the two do not open anything.
    """
    door = doors.opened(reference, secret)
    person = public_actor(door.case.organisation_id, door.party.id)
    with transaction.atomic(), translation.override(door.party.language):
        case = steps.hold(system(door.case.organisation_id), door.case.id)
        decisions = _decisions(door)
        acts = list(_acts(door, decisions))
        places, checkpoint = places_of(door.case.organisation_id, [act for act, _names in acts])
        sealed = [_sealed(act, names, places.get(act.id)) for act, names in acts]
        files = list(_files(door, decisions))
        out = io.BytesIO()
        shown = _shown(door, decisions, files)
        about = {
            "case": case.number,
            "reference": door.reference,
            "role": door.role,
            "page": case.page.address,
            "made_at": format_instant(shown["made_at"]),
        }
        recorded = list(zip([act for act, _names in acts], sealed, strict=True))
        contents = [
            ("ho-so.html", "summary", render_to_string("keeping/case_file.html", shown).encode()),
            ("ho-so.pdf", "summary", paper(shown, recorded, checkpoint, door.party.language)),
            *((name, what, content) for name, what, content, _stored in files),
            *_rules(decisions),
        ]
        case_file.write(out, signing_key(case.organisation.code), about, contents, sealed, checkpoint)
        content = out.getvalue()
        clear = {
            "role": door.role,
            "by": door.party.id,
            "mandate": door.mandate.id if door.mandate else None,
            "sha256": case_file.digest(content),
            "acts": len(sealed),
        }
        steps.note(person, case, [Draft("case_file.taken", steps.subject(case), clear)])
    return content


def _decisions(door: Door) -> list[Decision]:
    """The decisions that those concerned were told of; a reporter learns of none whose notice is kept back."""
    told = [one for one in door.case.decisions.order_by("id") if is_told(door, one)]
    return [one for one in told if door.access or not one.notice_forbidden_by]


def _acts(door: Door, decisions: Sequence[Decision]) -> Iterable[tuple[Act, tuple[str, ...]]]:
    """The acts that the person may see, oldest first, each with the committed fields that they may read."""
    general = _OF_THE_CASE | (_OF_THE_AFFECTED if door.access else {})
    acts = list(Act.objects.filter(subject_id=door.case.id).order_by("seq"))
    hidden = _untold(door, decisions, acts)
    me, mine = _own_parties(door), set()
    for act in acts:
        clear = act.clear
        if act.id in hidden:
            continue
        if act.type in _THEIR_OWN and clear.get(_THEIR_OWN[act.type][0]) in me:
            named = ("appeal", "late_appeal", "objection", "consequence", "counter_notice")
            mine |= {clear.get(name) for name in named} - {None}
            yield act, _THEIR_OWN[act.type][1]
        elif act.type in _ANSWERS and clear.get(_ANSWERS[act.type]) in mine:
            yield act, ("reasons",)
        elif act.type in general:
            yield act, general[act.type]


def _own_parties(door: Door) -> set[str]:
    """Who the person is in acts: the party of their door, and of what they said again; not of a letter that only claims
    to come from their address.
    """
    parties = {str(door.party.id)}
    if door.report:
        again = door.report.said_again.filter(report__reporter__sender__isnull=False).select_related("report")
        parties |= {str(row.report.reporter_id) for row in again}
    return parties


def _untold(door: Door, decisions: Sequence[Decision], acts: Iterable[Act]) -> set[uuid.UUID]:
    """The acts of what the person was not told: it can be taken back, was, or is kept back from them."""
    letters_left = {str(id_) for id_ in letters_told(door).values_list("id", flat=True)}
    told = {str(one.id) for one in decisions}
    measures = {str(id_) for id_ in Measure.objects.filter(decision__in=decisions).values_list("id", flat=True)}
    of_others = door.case.decisions.exclude(id__in=told).values_list("confirmed_by", flat=True)
    last = max((act.seq for act in acts if act.clear.get("decision") in told), default=0)
    given = {str(id_) for id_ in _copies(door).values_list("id", flat=True)} if door.access else set()

    def was_told(act: Act) -> bool:
        if act.type == "notice.sent":
            return act.clear["notice"] in letters_left
        if act.type in {"decision.made", "report.marked_unfounded"}:
            return act.clear["decision"] in told
        if act.type.startswith("measure."):
            return act.clear["measure"] in measures
        if act.type == "violation.confirmed":
            return act.seq < last and act.id not in of_others
        if "copy" in act.clear and act.clear["copy"] not in given:
            return False
        return act.type not in _OF_THE_AFFECTED or (bool(told) and act.clear.get("relied_on", True))

    return {act.id for act in acts if not was_told(act)}


def _sealed(act: Act, names: tuple[str, ...], place: tuple[int, list[bytes]] | None) -> Sealed:
    rows = CommittedValue.objects.filter(act=act, field__in=names, erased_at__isnull=True)
    revealed = {row.field: (bytes(row.salt), row.value) for row in rows}
    return Sealed(act.leaf, place[0] if place else None, place[1] if place else [], revealed)


def _files(door: Door, decisions: Sequence[Decision]) -> Iterable[tuple[str, str, bytes, StoredFile]]:
    """What the person gave, and to the person affected copies of what the decision relies on, once it was told."""
    rows = [("own", row.file) for row in _own(door)]
    if door.access and decisions:
        rows += [(f"relied_on_{copy.way}", copy.file) for copy in _copies(door)]
    for number, (what, stored) in enumerate(rows, start=1):
        with open_file(stored) as stream:
            yield f"chung-cu/{number:02}-{for_download(stored.name, stored.media_type)}", what, stream.read(), stored


def _rules(decisions: Sequence[Decision]) -> list[tuple[str, str, bytes]]:
    """The organisation's own rules that decisions rest on, each version once, byte for byte as it was published."""
    found = {}
    for clause_id in {one.terms_clause: one for one in decisions if one.terms_clause}:
        organisation = decisions[0].organisation_id
        clause = own_clause(organisation, clause_id)
        name = f"quy-dinh/{clause.slug}-{clause.version}.json"
        found[name] = (name, "rules", terms.bound().exact_text(organisation, clause_id))
    return list(found.values())


def _own(door: Door) -> QuerySet[Evidence]:
    rows = door.case.evidence.filter(restricted_at__isnull=True).select_related("file").order_by("id")
    if door.report:
        again = Q(report__again__first=door.report, report__reporter__sender__isnull=False)
        return rows.filter(Q(report=door.report) | again)
    sent = MessageFile.objects.filter(message__party=door.party).values("evidence")
    proofs = Proof.objects.filter(counter_notice__party=door.party, answer__isnull=True).values("evidence")
    return rows.filter(Q(id__in=sent) | Q(id__in=proofs))


def _copies(door: Door) -> QuerySet[Copy]:
    """The copies that stand; the originals never leave, whoever gave them."""
    standing = door.case.copies.filter(withdrawn_at__isnull=True, evidence__restricted_at__isnull=True)
    return standing.select_related("file").order_by("id")


def _shown(door: Door, decisions: list[Decision], files: list[Any]) -> dict[str, Any]:
    """What both summaries say, in the language of the person's letters."""
    language = door.party.language
    order = Order.objects.filter(case=door.case).first() if door.access and decisions else None
    keeps = kept(door.case) if decisions else None
    withheld = _without_copy(door) if door.access and decisions else 0
    return {
        "door": door,
        "case": door.case,
        "organisation": letters.organisation_name(door.case.organisation, language),
        "decisions": [(one, letters.about_decision(one, language, order)) for one in decisions],
        "order": order,
        "letters": letters_told(door).order_by("id"),
        "appeals": door.case.appeals.filter(party=door.party).order_by("id"),
        "files": files,
        "made_at": clock.now(),
        "key": signing_key(door.case.organisation.code).verify_key().vkey(),
        "kept": keeps,
        "kept_words": said_of(keeps, language) if keeps else "",
        "withheld": withheld,
        "withheld_words": withheld_words(withheld) if withheld else "",
    }


def _without_copy(door: Door) -> int:
    """How many files the decision relies on of which no copy stands."""
    relied_on = door.case.exhibits.filter(relied_on=True, evidence__restricted_at__isnull=True)
    return relied_on.exclude(evidence__in=_copies(door).values("evidence")).count()
