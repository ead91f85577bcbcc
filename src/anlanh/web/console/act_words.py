"""What the pages of the log call the things of an act. The exact entry, in code, stands below them on the same page."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlanh.base.acts import types as kinds
from anlanh.base.acts.models import Act
from anlanh.base.identity.words import CAPABILITY_TITLES, ROLE_TITLES
from anlanh.primitives.dates import parse_instant
from anlanh.web.law_words import clause_title, language
from anlanh.work.casework import letters
from anlanh.work.casework.acts import FIELD_LABELS
from anlanh.work.casework.categories import title_of

SUBJECTS = {
    "case": gettext_lazy("case"),
    "page": gettext_lazy("page"),
    "organisation": gettext_lazy("organisation"),
    "member": gettext_lazy("member"),
    "invitation": gettext_lazy("invitation"),
    "credential": gettext_lazy("API key"),
    "integration": gettext_lazy("integration"),
    "task": gettext_lazy("task for a person"),
    "preset": gettext_lazy("preset"),
    "authority": gettext_lazy("authority"),
    "sealed_paper": gettext_lazy("secret paper"),
    "earlier_violation": gettext_lazy("earlier violation"),
    "list_lot": gettext_lazy("entries of lists"),
    "preferences": gettext_lazy("way of working"),
    "second_look": gettext_lazy("second look"),
    "sampling": gettext_lazy("drawing of decisions"),
    "duty_evidence": gettext_lazy("evidence of a duty"),
    "law_signature": gettext_lazy("signature under the law"),
    "policy": gettext_lazy("own rules"),
}
DOERS = {
    "member": gettext_lazy("staff"),
    "machine": gettext_lazy("machine"),
    "system": gettext_lazy("the system"),
    "public": gettext_lazy("the public"),
}
OTHER_LABELS: dict[str, str | Promise] = {
    "accepts_reports": gettext_lazy("Takes reports"),
    "added": gettext_lazy("Added"),
    "address": gettext_lazy("Address"),
    "appeal": gettext_lazy("Appeal"),
    "appellant": gettext_lazy("Who appeals"),
    "before": gettext_lazy("Before"),
    "capabilities": gettext_lazy("May do"),
    "changed": gettext_lazy("Changed"),
    "covers_from": gettext_lazy("From"),
    "covers_to": gettext_lazy("Up to"),
    "digest": gettext_lazy("SHA-256 of what was read"),
    "duty": gettext_lazy("Duty"),
    "evidence": gettext_lazy("Evidence"),
    "file_name": gettext_lazy("File"),
    "file_sha256": gettext_lazy("SHA-256 of the file"),
    "for_due": gettext_lazy("For the date"),
    "pack": gettext_lazy("Law of"),
    "pack_version": gettext_lazy("Version of the law"),
    "signature": gettext_lazy("Signature"),
    "statement": gettext_lazy("Statement"),
    "target": gettext_lazy("What was signed"),
    "code": gettext_lazy("Code"),
    "confirmation": gettext_lazy("Confirmation of the violation"),
    "decision": gettext_lazy("Decision"),
    "document_sha256": gettext_lazy("SHA-256 of the document"),
    "email": gettext_lazy("E-mail"),
    "expires_at": gettext_lazy("Valid until"),
    "files": gettext_lazy("Files"),
    "handed_over": gettext_lazy("Cases handed over"),
    "handed_over_to": gettext_lazy("Handed over to"),
    "holder_address": gettext_lazy("Address of the account"),
    "holder_email": gettext_lazy("E-mail of the account"),
    "holder_known": gettext_lazy("Account known"),
    "holder_name": gettext_lazy("Name of the account"),
    "invitation": gettext_lazy("Invitation"),
    "key_id": gettext_lazy("Name of the key"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "name": gettext_lazy("Name"),
    "notice": gettext_lazy("Letter"),
    "order": gettext_lazy("Order"),
    "page": gettext_lazy("Page"),
    "recipient": gettext_lazy("Recipient"),
    "refused": gettext_lazy("Refused"),
    "replaces": gettext_lazy("Instead of the decision"),
    "report": gettext_lazy("Report"),
    "reporter": gettext_lazy("Reporter"),
    "roles": gettext_lazy("Roles"),
    "supervisor": gettext_lazy("Supervisor"),
    "title": gettext_lazy("Title"),
    "to": gettext_lazy("To whom"),
    "rules": gettext_lazy("Rules"),
    "opened_version": gettext_lazy("Version whose secret is opened"),
    "opened_secret": gettext_lazy("Secret opened"),
    "undo_seconds": gettext_lazy("Seconds in which a decision can be taken back"),
    "unchanged": gettext_lazy("As they were"),
    "url": gettext_lazy("Address called"),
    "values": gettext_lazy("Values erased"),
    "why": gettext_lazy("Reason"),
    "renews": gettext_lazy("Goes on from"),
    "authority": gettext_lazy("Authority"),
    "account": gettext_lazy("Account"),
    "about": gettext_lazy("Content it was about"),
    "original_number": gettext_lazy("Original number"),
    "decided_at": gettext_lazy("Decided at"),
    "decided_by": gettext_lazy("Decided by"),
    "book_number": gettext_lazy("Number in the book of secret papers"),
    "came_on": gettext_lazy("Day it came"),
    "cases": gettext_lazy("Cases"),
    "complaints": gettext_lazy("Complaints"),
    "level": gettext_lazy("Level"),
    "hold": gettext_lazy("Hold"),
    "rule": gettext_lazy("Rule"),
    "lies_at": gettext_lazy("Where the paper lies"),
    "phone": gettext_lazy("Telephone"),
    "said": gettext_lazy("What they said"),
    "sender": gettext_lazy("Sender"),
    "verified": gettext_lazy("How its sender was verified"),
    "withholding": gettext_lazy("Keeping back"),
    "clauses": gettext_lazy("Clauses"),
    "languages": gettext_lazy("Languages"),
    "revision": gettext_lazy("Revision of the draft"),
    "starts_at": gettext_lazy("In force from"),
    "starts_on": gettext_lazy("First day"),
    "version_id": gettext_lazy("Which version"),
}


def act_title(name: str) -> str:
    """What people call an act of that type; its name in code when this version no longer declares it."""
    declared = kinds.all_types().get(name)
    return declared.title.get(language(), name) if declared else name


def subject_title(kind: str) -> str:
    """What sort of thing an act is about."""
    return str(SUBJECTS.get(kind, kind))


def doer_title(kind: str) -> str:
    """What sort of actor did it."""
    return str(DOERS.get(kind, kind))


def field_title(name: str) -> str:
    """The name of a field; the one in code for a field of an older version."""
    return _(FIELD_LABELS[name]) if name in FIELD_LABELS else str(OTHER_LABELS.get(name, name))


def clear_lines(act: Act) -> list[tuple[str, str]]:
    """Label and value of each clear field, in the order of their labels' names in code."""
    declared = kinds.all_types().get(act.type)
    return [
        (field_title(name), _value(name, declared.clear.get(name) if declared else None, value))
        for name, value in sorted(act.clear.items())
        if value not in ("", None, [])
    ]


def _value(name: str, kind: Any, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_word(name, entry) for entry in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind is kinds.instant:
        return timezone.localtime(parse_instant(value)).strftime("%H:%M:%S %d/%m/%Y")
    if kind is kinds.day:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if kind is kinds.clause or name == "ground":
        return clause_title(value)
    return _word(name, value)


def _word(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if name in {"roles", "before"}:
        return str(ROLE_TITLES.get(value, value))
    if name == "capabilities":
        return str(CAPABILITY_TITLES.get(value, value))
    if name == "category":
        return title_of(value)
    if name == "scope":
        return letters.scope_name(value, language())
    return letters.word_for(value, language())
