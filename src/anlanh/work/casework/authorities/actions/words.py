"""Checking what somebody writes."""

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput


def written(text: str, where: str, most: int, *, optional: bool = False) -> str:
    """The text without what does not belong to it.

    Raises:
        BadInput: nothing is left, or it is too long.
    """
    text = text.replace("\x00", "").strip()
    if not text and not optional:
        raise BadInput(_("nothing is written"), where=where, mend=_("say it in a few words"))
    if len(text) > most:
        raise BadInput(_("longer than %(most)s characters") % {"most": most}, where=where, mend=_("shorten it"))
    return text
