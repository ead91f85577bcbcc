"""Checks of what people type about organisations, people and keys; each answers the cleaned value or refuses."""

import re
from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.utils.translation import gettext as _

from anlanh.base.identity.models import Account
from anlanh.base.identity.policy import MACHINE_CAPABILITIES, ROLES
from anlanh.law.model import ActorKind
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search

LANGUAGES = ("vi", "en")
NAME_LENGTH = 120
CODE_LENGTH = 40


def code(text: str) -> str:
    """A short name for addresses: letters, digits, hyphens, at most 40 characters."""
    cleaned = text.strip().lower()
    try:
        validate_slug(cleaned)
    except ValidationError:
        cleaned = ""
    if not cleaned or len(cleaned) > CODE_LENGTH:
        raise BadInput(
            _("the code is not usable"), where="code", mend=_("use up to 40 letters without marks, digits and hyphens")
        )
    return cleaned


def code_for(name: str) -> str:
    """The code that suggests itself for an organisation of that name: `so-van-hoa-ha-noi` for "Sở Văn hóa Hà Nội".

    Whole words up to the longest code, in ASCII; empty when the name has no such letter.
    """
    words = re.findall(r"[a-z0-9]+", fold_search(name))
    while words and len("-".join(words)) > CODE_LENGTH:
        words.pop()
    return "-".join(words)


def kinds() -> dict[str, ActorKind]:
    """The kinds of actor that an organisation can be."""
    return {kind.id: kind for kind in vietnam().actors.values() if not kind.person}


def kind(text: str) -> str:
    """A kind of actor that an organisation can be."""
    known = kinds()
    if text not in known:
        raise BadInput(
            _("%(kind)s is not a kind of organisation") % {"kind": repr(text)},
            where="kind",
            mend=_("use one of: %(known)s") % {"known": ", ".join(known)},
        )
    return text


def name(text: str, *, where: str = "name", longest: int = NAME_LENGTH) -> str:
    """A name: something, on one line, not too long."""
    cleaned = " ".join(text.split())
    if not cleaned:
        raise BadInput(_("the name is missing"), where=where, mend=_("give a name"))
    if len(cleaned) > longest:
        raise BadInput(
            _("the name is too long"), where=where, mend=_("use at most %(count)d characters") % {"count": longest}
        )
    return cleaned


def email(text: str, *, where: str = "email") -> str:
    """An e-mail address, in lower case."""
    cleaned = text.strip().lower()
    try:
        validate_email(cleaned)
    except ValidationError:
        raise BadInput(_("this is not an e-mail address"), where=where, mend=_("write it like ten@donvi.vn")) from None
    return cleaned


def language(text: str) -> str:
    """A language of the program."""
    if text not in LANGUAGES:
        raise BadInput(_("this language is not available"), where="language", mend=_("choose Vietnamese or English"))
    return text


def roles(named: Iterable[str]) -> list[str]:
    """Roles that exist, at least one, each once, in order."""
    chosen = sorted(set(named))
    if not chosen:
        raise BadInput(_("no role is chosen"), where="roles", mend=_("choose at least one"))
    if unknown := [role for role in chosen if role not in ROLES]:
        raise BadInput(
            _("there is no role %(name)s") % {"name": repr(unknown[0])},
            where="roles",
            mend=_("use one of: %(known)s") % {"known": ", ".join(ROLES)},
        )
    return chosen


def machine_capabilities(named: Iterable[str]) -> list[str]:
    """Capabilities that a machine may hold, at least one, each once, in order."""
    chosen = sorted(set(named))
    if not chosen:
        raise BadInput(
            _("the key could do nothing"), where="capabilities", mend=_("choose at least one thing it may do")
        )
    if unknown := [capability for capability in chosen if capability not in MACHINE_CAPABILITIES]:
        raise BadInput(
            _("a key can't hold %(name)s") % {"name": repr(unknown[0])},
            where="capabilities",
            mend=_("use one of: %(known)s") % {"known": ", ".join(sorted(MACHINE_CAPABILITIES))},
        )
    return chosen


def password(text: str, account: Account) -> str:
    """A password that the rules of the settings accept for this account."""
    try:
        validate_password(text, account)
    except ValidationError as faults:
        raise BadInput(
            " ".join(faults.messages).rstrip("."), where="password", mend=_("choose another password")
        ) from None
    return text
