"""Words that strangers typed: cleaned of what nobody sees, and bounded, before anything is kept."""

import re

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def cleaned(text: str, where: str, longest: int) -> str:
    """The text without control characters, trimmed.

    Raises:
        BadInput: longer than that; `where` names the field.
    """
    text = _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()
    if len(text) > longest:
        raise BadInput(_("longer than %(most)s characters") % {"most": longest}, where=where, mend=_("shorten it"))
    return text
