"""What a report must be before it is taken: each one is checked by itself and cleaned, without looking at any row."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, ActorKind
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import details, words
from anlanh.work.casework.categories import CATEGORIES, CHILD
from anlanh.work.registry.addresses import canonical_address

LONGEST_TEXT = 5000
LONGEST_NAME = 120
LANGUAGES = ("vi", "en")
WAYS = ("web", "api", "phone", "letter", "mail", "counter")


@dataclass(frozen=True)
class ReportInput:
    """One person's report as it was given.

    Args:
        address: of the page, in any spelling.
        category: one of `categories.CATEGORIES`.
        text: what is wrong, in the person's own words.
        concerns_child: a child is hurt by the content, or is the one who reports.
        threatens_life: somebody's life may be in danger now.
        reporter_ref: what a platform calls its user, the same each time; kept as a digest alone, to know the same
            report sent twice.
        details: answers to the questions of the category, by question.
        reporter_name, reporter_email: may be left out; mail goes out once the address is confirmed.
        language: of letters, `vi` or `en`.
        file_ids: files kept for this organisation and not yet attached to anything.
        via: how it came, one of `WAYS`.
        happened_at: when it reached the organisation, if that was earlier (a telephone call typed in later).
        backdating_reason: why it is recorded only now; needed with an earlier time.
    """

    address: str
    category: str
    text: str
    concerns_child: bool = False
    reporter_name: str = ""
    reporter_email: str = ""
    language: str = "vi"
    file_ids: Sequence[uuid.UUID] = ()
    via: str = "web"
    happened_at: datetime | None = None
    backdating_reason: str = ""
    threatens_life: bool = False
    details: Mapping[str, str] = field(default_factory=dict)
    reporter_ref: str = ""


def checked(
    actor: Actor, given: ReportInput, moment: datetime, *, from_register: bool = False
) -> ReportInput | BadInput:
    """The report with its address in one spelling and its words cleaned, or what is wrong with it.

    Args:
        actor: who brings it.
        given: the report.
        moment: the present.
        from_register: it stands in a register that is brought in, and may have come however long ago.
    """
    try:
        cleaned = replace(
            given,
            address=canonical_address(given.address),
            text=words.cleaned(given.text, "text", LONGEST_TEXT),
            reporter_name=" ".join(words.cleaned(given.reporter_name, "reporter_name", LONGEST_NAME).split()),
            reporter_email=given.reporter_email.strip(),
            concerns_child=given.concerns_child or given.category == CHILD,
        )
        if given.category not in CATEGORIES:
            raise BadInput(_("no such category"), where="category", mend=_("choose one from the list"))
        cleaned = replace(cleaned, details=details.checked(given.category, given.details))
        if not cleaned.text:
            raise BadInput(_("nothing is written"), where="text", mend=_("say in a sentence what is wrong"))
        if given.language not in LANGUAGES:
            raise BadInput(_("letters are not written in this language"), where="language", mend=_("use vi or en"))
        if given.via not in WAYS:
            raise BadInput(_("no such way"), where="via", mend=_("use one of %(ways)s") % {"ways": ", ".join(WAYS)})
        if len(given.file_ids) > settings.ANLANH_UPLOADS_A_REPORT:
            raise BadInput(_("too many files"), where="files", mend=_("send only those that matter most"))
        _check_email(cleaned.reporter_email)
        _check_time(actor, cleaned, moment, from_register)
    except BadInput as fault:
        return fault
    return cleaned


def _check_email(email: str) -> None:
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise BadInput(
                _("this is no e-mail address"), where="reporter_email", mend=_("write it as ten@example.vn")
            ) from None


def _check_time(actor: Actor, given: ReportInput, moment: datetime, from_register: bool) -> None:
    """The rules of `record_all`, asked for each report by itself. The public's reports are received when they come."""
    if given.happened_at is None:
        return
    if actor.kind is ActorKind.PUBLIC:
        raise BadInput(_("a report is received when it comes"), where="happened_at", mend=_("leave it out"))
    if given.happened_at.tzinfo is None or given.happened_at > moment:
        raise BadInput(_("this time lies in the future or has no offset"), where="happened_at", mend=_("correct it"))
    earlier_by = moment - given.happened_at
    if earlier_by > timedelta(days=settings.ANLANH_BACKDATING_DAYS) and not from_register:
        raise BadInput(_("this time lies too far back"), where="happened_at", mend=_("state it in the text instead"))
    if earlier_by >= timedelta(minutes=1) and not given.backdating_reason.strip():
        raise BadInput(
            _("an earlier time needs a reason"), where="backdating_reason", mend=_("say why it is recorded only now")
        )
