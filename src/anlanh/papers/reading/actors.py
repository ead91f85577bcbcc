"""Whom an item is laid on: the body it names itself, its heading's, a label's, or one that it inherits."""

import re

from anlanh.papers.reading.bodies import Subject, called_to, named_first, owner_of, subject_of
from anlanh.papers.reading.inheriting import Setting, names_just_a_body, with_labels
from anlanh.papers.reading.judging import is_heading_text, short_for
from anlanh.papers.reading.labels import given_inside, labels_inside
from anlanh.papers.reading.outline import Node
from anlanh.papers.reading.recasing import recased
from anlanh.papers.reading.words import asks_for_something
from anlanh.primitives.folding import fold_search

_TOPIC = re.compile(
    r"(?:về|công tác|nhiệm vụ|giải pháp|nội dung|tổ chức|kinh phí|chế độ|thời gian|địa điểm|đối với|tình hình|một số|phương|hình thức|"
    r"tăng cường|xây dựng|nâng cao)(?![^\W_])",
    re.IGNORECASE,
)
_OWN_STAFF = re.compile(
    r"(?:phân công|cử|bố trí|giao(?: cho)?|chỉ định)\s+(?:\d+\s+)?(?:một |01 |các )?(?:đồng chí )?(?:lãnh đạo|cán bộ|công chức|viên chức|người|bộ phận|"
    r"nhân viên|thành viên|đầu mối|phòng chuyên môn|đơn vị trực thuộc|cơ quan trực thuộc|cơ quan chuyên môn)",
    re.IGNORECASE,
)


class Actors:
    """Chooses who an item is laid on, knowing who speaks in the paper and whom it is addressed to."""

    def __init__(self, addressees: list[str], whole: str, issuer: str | None) -> None:
        self.whole = whole
        self.issuer = _short_name(issuer or "")
        self.addressed = {each.casefold() for name in addressees for each in re.split(r";\s*", name)}

    def of_item(self, node: Node, inherited: Setting) -> tuple[Setting, bool]:
        """Whom the item is laid on, and whether its lead is only a heading."""
        text = node.lead.text
        subject = subject_of(text)
        if subject is not None and subject.called and node.marker:
            first = named_first(text)
            if first is not None and not self._speaks(first.name):
                subject = first  # a body that the paper tells to ask others
        prohibits = inherited.prohibits or bool(
            re.search(r"(?:nghiêm cấm|bị cấm|không được)[^.;]{0,160}:?$", text[:300]) and node.children
        )
        below = bool(node.children or node.more)
        heading = below and is_heading_text(text, subject, node)
        if subject is None and heading and text.endswith(":"):
            subject = owner_of(text)
        if subject is None and not heading and re.match(r"giao\b", text, re.IGNORECASE):
            subject = called_to(text)
        if subject is not None and self._overrides(subject, inherited, heading, text):
            return Setting(self.name(subject), "heading" if heading else "sentence", prohibits), heading
        if (
            subject is None
            and below
            and inherited.source not in ("heading", "sentence")
            and self._stands_with_bodies(node)
        ):
            return Setting(recased(text.rstrip(" .:;"), self.whole), "heading", prohibits), True
        if inherited.labels:
            return Setting(inherited.actor, inherited.source, prohibits, inherited.labels), heading
        return Setting(inherited.actor, inherited.source, prohibits), heading

    def told_inside(self, setting: Setting, text: str) -> Setting:
        """Who an item without an actor of its own is laid on by a label, in brackets, or by its second sentence."""
        labels = labels_inside(text)
        given = labels.lead or given_inside(text)
        if given:
            return Setting(recased(given, self.whole), "label", setting.prohibits, labels)
        return with_labels(setting, labels) if labels else setting

    def name(self, subject: Subject) -> str:
        return recased(subject.name, self.whole)

    def _speaks(self, name: str) -> bool:
        short = _short_name(name)
        return not self.issuer or short in self.issuer or self.issuer in short

    def _stands_with_bodies(self, node: Node) -> bool:
        """A short heading of a body that no list knows: an addressee, or one among headings that all name bodies."""
        text = node.lead.text.rstrip(" .:;")
        if (
            not node.marker
            or len(text) > 100
            or asks_for_something(text)
            or _TOPIC.match(text)
            or re.search(r"[.;]\s", text)
        ):
            return False
        if text.casefold() in self.addressed:
            return True
        others = [other for other in node.parent.children if other is not node] if node.parent else []
        bodies = [other for other in others if names_just_a_body(other)]
        return bool(bodies) and len(bodies) >= 2 * len(others) / 3

    def _overrides(self, subject: Subject, inherited: Setting, heading: bool, text: str) -> bool:
        passes_on = re.match(r"(?:yêu cầu|đề nghị|chỉ đạo|giao|phân công)\b", text, re.IGNORECASE)
        if passes_on and (inherited.source in ("heading", "sentence") or (inherited.actor and text[0].islower())):
            return False  # the actor above is to ask others
        if inherited.actor and _OWN_STAFF.match(text):
            return False  # the actor is to put some of its people to work
        if heading:
            return True
        if inherited.source == "heading" and short_for(subject.name, inherited.actor or ""):
            return False
        if subject.predicate is not None and not subject.called:
            return True
        return subject.called or subject.predicate is not None


def _short_name(name: str) -> str:
    """A name folded, without the office of the person who speaks for the body."""
    folded = fold_search(name).replace("uy ban nhan dan", "ubnd")
    return re.sub(r"^(?:(?:pho )?chu tich|(?:pho )?giam doc|bo truong|thu truong|lanh dao) ", "", folded)
