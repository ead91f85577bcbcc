"""One task of a paper."""

import re
from dataclasses import dataclass, field

from anlanh.papers.reading.bodies import subject_of

_WITH = re.compile(r"phối hợp(?: chặt chẽ)?(?: với| cùng| cùng với)?\s+(?=(?:các |những )?[^\W\d_])")
_PROHIBITED = re.compile(r"(?:nghiêm cấm|không được|không|tuyệt đối không|cấm)(?![^\W_])", re.IGNORECASE)
_ENCOURAGED = re.compile(r"(?:khuyến khích|nên)(?![^\W_])", re.IGNORECASE)


@dataclass(slots=True)
class Task:
    """Something that the document asks of an actor.

    Attributes:
        path: numbering as printed; `-2` counts dashes, `+1` plus signs, `¶1` paragraphs without a sign.
        actor: the body it is laid on, None where the text names none.
        text: its words, cleaned, single spaced.
        deadline: an ISO date, or the words, or None; `deadline_words` always the words.
        recurrence: monthly, quarterly, 6-monthly, yearly or None.
        start, end: code points of the text as read.
        trigger: what sets it off where that is no clock: "khi có yêu cầu của …".
        kind: obligation, prohibition or encouragement.
        helpers: who is to help.
        confidence: 0 to 1; `notes` says what is unsure.
    """

    path: str
    actor: str | None
    text: str
    start: int
    end: int
    deadline: str | None = None
    deadline_words: str | None = None
    strict: bool = False
    recurrence: str | None = None
    recurrence_words: str | None = None
    trigger: str | None = None
    kind: str = "obligation"
    helpers: str | None = None
    confidence: float = 0.9
    notes: list[str] = field(default_factory=list)


def kind_of(text: str, prohibits: bool) -> str:
    if prohibits or _PROHIBITED.match(text):
        return "prohibition"
    return "encouragement" if _ENCOURAGED.match(text) else "obligation"


def helpers_of(text: str) -> str | None:
    match = _WITH.search(text)
    if not match:
        return None
    subject = subject_of(text[match.end() :])
    return subject.name if subject and len(subject.name) < 160 else None
