"""Words that strangers typed: cleaned of what nobody sees, and bounded, before anything is kept."""

import re

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput

# Control characters, halves of pairs, and the marks that turn the reading direction of what stands after them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def cleaned(text: str, where: str, longest: int) -> str:
    """The text without control characters, trimmed.

    Raises:
        BadInput: longer than that; `where` names the field.
    """
    text = _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()
    if len(text) > longest:
        raise BadInput(_("longer than %(most)s characters") % {"most": longest}, where=where, mend=_("shorten it"))
    return text
