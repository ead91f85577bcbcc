"""What callers say of a page, and the check that all of them go through."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.work.registry.addresses import canonical_address
from anlanh.work.registry.models import Page

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class PageInput:
    """What is said of a page. An empty field says nothing: what is already known stays.

    Args:
        address: of the page, in any spelling.
        title: what readers see above it.
        kind: one of `Page.Kind`.
        posted_at: when it went up, with offset.
        holder_address: the profile of the account that posted it.
        holder_name: what that account calls itself.
        holder_email: where notices to that person go.
        language: of those notices, `vi` or `en`.
    """

    address: str
    title: str = ""
    kind: str = ""
    posted_at: datetime | None = None
    holder_address: str = ""
    holder_name: str = ""
    holder_email: str = ""
    language: str = ""


def checked(given: PageInput) -> PageInput | BadInput:
    """The input with canonical addresses, or what is wrong with it."""
    try:
        address = canonical_address(given.address)
        holder_address = canonical_address(given.holder_address) if given.holder_address else ""
        _check_words(given)
    except BadInput as fault:
        return fault
    return PageInput(
        address=address,
        title=given.title.strip(),
        kind=given.kind,
        posted_at=given.posted_at,
        holder_address=holder_address,
        holder_name=given.holder_name.strip(),
        holder_email=given.holder_email.strip(),
        language=given.language,
    )


def _check_words(given: PageInput) -> None:
    for name, most in (("title", 300), ("holder_name", 200)):
        value = getattr(given, name)
        if len(value) > most:
            raise BadInput(_("longer than %(most)s characters") % {"most": most}, where=name, mend=_("shorten it"))
        if any(ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 for char in value):
            raise BadInput(_("holds a line break or control character"), where=name, mend=_("write it on one line"))
    if given.kind and given.kind not in Page.Kind.values:
        raise BadInput(
            _("is no kind of page"),
            where="kind",
            mend=_("use one of %(kinds)s") % {"kinds": ", ".join(Page.Kind.values)},
        )
    if given.language and given.language not in LANGUAGES:
        raise BadInput(_("letters are not written in this language"), where="language", mend=_("use vi or en"))
    if given.posted_at is not None and given.posted_at.tzinfo is None:
        raise BadInput(_("the time has no offset"), where="posted_at", mend=_("write it as 2026-11-21T09:30:00+07:00"))
    if (given.holder_name or given.holder_email) and not given.holder_address:
        raise BadInput(
            _("an account needs its address"), where="holder_address", mend=_("give the address of the profile")
        )
    if given.holder_email:
        try:
            validate_email(given.holder_email.strip())
        except ValidationError:
            raise BadInput(
                _("is no e-mail address"), where="holder_email", mend=_("write it as ten@mang.example")
            ) from None
