"""Reading a whole text that was pasted: numbered lines begin clauses, what follows is their words."""

import re

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.policies import drafting
from anlanh.work.policies.drafting import Clause

# "3.2. Heading", "Điều 5. Heading", "Mục 3: Heading".
# Lines come trimmed, and runs of spaces are bounded, so that no line takes long to be refused.
_HEAD = re.compile(
    r"(?:(?:điều|mục|khoản|section|article)\s{1,3})?([1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2}){0,3})[.):]?\s{1,9}(\S.*)",
    re.I,
)


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a Vietnamese text, in its order.

    A heading longer than a title is taken as words, with its beginning as heading.

    Raises:
        BadInput: no line begins with a number, a number comes twice, or a clause has no words.
    """
    text = drafting.cleaned(text, "text", drafting.LONGEST_WHOLE)
    parts: list[tuple[str, str, list[str]]] = []
    for line in text.split("\n"):
        head = _HEAD.fullmatch(line.strip())
        if head:
            parts.append((head[1], head[2], []))
        elif parts:
            parts[-1][2].append(line)
    if not parts:
        raise BadInput(
            _("no line begins with a number"),
            where="text",
            mend=_("begin each clause with its number, like “3.2. Spam”"),
        )
    found: list[Clause] = []
    for number, heading, lines in parts:
        words = "\n".join(lines).strip()
        given = Clause(number, heading[: drafting.LONGEST_TITLE], words or heading, key=new_id())
        try:
            found = drafting.with_clause(found, drafting.checked(given))
        except BadInput as fault:
            raise BadInput(f"{number}: {fault.what}", where="text", mend=fault.mend) from None
    return found
