"""The tasks that a document lays on each actor, from the tree of its items."""

import re
from dataclasses import dataclass, replace

from anlanh.papers.reading.bodies import Subject, called_to, demands, owner_of, subject_of
from anlanh.papers.reading.judging import (
    COURTESY,
    OWN_PAPER,
    REPORTS_BACK,
    closes,
    describes,
    is_heading,
    is_heading_text,
    short_for,
)
from anlanh.papers.reading.labels import Labels, given_inside, label_of, labels_inside
from anlanh.papers.reading.mapped import Mapped, gap
from anlanh.papers.reading.outline import Node, outline_of
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.recasing import recased
from anlanh.papers.reading.tables import tables_in
from anlanh.papers.reading.task import Task, helpers_of, kind_of
from anlanh.papers.reading.times import date_in, timing_of
from anlanh.papers.reading.words import APPROVES, EFFECT, LISTING_LEAD, asks_for_something
from anlanh.papers.reading.zones import Zones

_TOPIC = re.compile(
    r"(?:về|công tác|nhiệm vụ|giải pháp|nội dung|tổ chức|kinh phí|chế độ|thời gian|địa điểm|đối với|tình hình|một số|phương|hình thức|"
    r"tăng cường|xây dựng|nâng cao)(?![^\W_])",
    re.IGNORECASE,
)
_TELLS_THE_PAST = re.compile(
    r"(?:đã (?:chỉ đạo|yêu cầu|giao|đề nghị|có)|trong thời gian qua|thời gian qua|nhận thấy|vừa qua)", re.IGNORECASE
)
_RECURS = re.compile(r"hằng|hàng|mỗi|định kỳ|lần", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What an item inherits: who it is laid on, how sure that is, whether its section forbids or only describes."""

    actor: str | None
    source: str  # heading, sentence, label, intro, addressees, none
    prohibits: bool = False
    labels: Labels | None = None  # what lines below the item say: who helps and by when


def tasks_of(paragraphs: list[Paragraph], zones: Zones, addressees: list[str]) -> list[Task]:
    """All tasks, in the order of the document.

    Args:
        paragraphs, zones: the document.
        addressees: whom the paper is addressed to; tasks without an actor of their own fall to them.
    """
    body = [paragraphs[position] for position in zones.body]
    reader = _Reader(addressees, "\n".join(paragraph.text for paragraph in paragraphs))
    root = outline_of(body, is_heading)
    reader.read(root)
    reader.read_tables(body, "", root)
    for number, positions in zones.appendices:
        reader.read_appendix([paragraphs[position] for position in positions], number)
    return sorted(reader.tasks, key=lambda task: task.start)


class _Reader:
    """Walks the tree with what each item inherits."""

    def __init__(self, addressees: list[str], whole: str) -> None:
        self.tasks: list[Task] = []
        self.whole = whole
        self.unnumbered: dict[str, int] = {}
        self.introduced = False
        self.addressed = {each.casefold() for name in addressees for each in re.split(r";\s*", name)}
        joined = "; ".join(addressees)
        self.default = _Setting(joined or None, "addressees" if joined else "none")

    def read(self, root: Node) -> None:
        setting = self._preamble(root)
        for child in root.children:
            self._visit(child, setting)

    # Paragraphs before the first item, or of a paper that has no items.

    def _preamble(self, root: Node) -> _Setting:
        setting = self.default
        introduced = False
        for paragraph in root.more:
            text = paragraph.text
            leads_in = text.endswith(":") or (
                paragraph is root.more[-1] and root.children and re.search(r"(?:sau|sau đây|như sau)\.?$", text)
            )
            subject = called_to(text) if demands(text) else None
            if leads_in and demands(text):
                introduced = True
                setting = _Setting(self._name(subject), "intro") if subject else self.default
                continue
            if leads_in and re.search(r"(?:như sau|sau đây|sau):$", text):
                introduced = True
                continue
            self._free_paragraph(paragraph, "", setting, introduced)
        self.introduced = introduced
        return setting

    def _free_paragraph(self, paragraph: Paragraph, parent_path: str, setting: _Setting, introduced: bool) -> bool:
        """A paragraph without a sign that is a task of its own."""
        text = paragraph.text
        if COURTESY.match(text) or len(text) < 25 or EFFECT.search(text[:200]):
            return False
        subject = subject_of(text)
        asked = demands(text) and (called_to(text) or (subject and subject.called and subject.predicate is not None))
        explicit = asked and any(not _TELLS_THE_PAST.search(sentence[:160]) for sentence in _demanding(text))
        own = introduced and (subject is not None or asks_for_something(text))
        duty = (
            subject is not None
            and subject.predicate is not None
            and (introduced or not subject.start)
            and re.match(
                r"(?:có trách nhiệm|chịu trách nhiệm|nghiêm túc|triển khai thực hiện|căn cứ|tổ chức)",
                text[subject.predicate :],
            )
        )
        back = REPORTS_BACK.match(text) and timing_of(text).words is not None
        closing = OWN_PAPER.search(text) and subject is not None and subject.predicate is not None
        if not (explicit or own or duty or closing or back):
            return False
        chosen = (called_to(text) if explicit else None) or subject
        actor = self._name(chosen) if chosen else None
        key = parent_path
        self.unnumbered[key] = self.unnumbered.get(key, 0) + 1
        label = f"¶{self.unnumbered[key]}"
        path = f"{parent_path}.{label}" if parent_path else label
        own_setting = _Setting(actor, "sentence") if actor else setting
        self._add(path, own_setting, paragraph.body, paragraph.body.span(), ["a paragraph without a number"], 0.8)
        return True

    # Numbered items.

    def _visit(self, node: Node, inherited: _Setting) -> None:
        text = node.lead.text
        if node.marker and node.marker.kind in ("dash", "plus") and label_of(text):
            return  # "Thời gian: …" tells about the item above
        setting, heading = self._own_setting(node, inherited)
        if describes(node, heading):
            return
        labels = _labels_below(node)
        if labels:
            setting = _with_labels(setting, labels)
        own_more, loose = self._split_more(node, setting)
        if not node.children or all(_is_label(child) for child in node.children):
            own_more = [paragraph for paragraph in own_more if not label_of(paragraph.text)]
            if labels and not own_more:
                self._add(node.path, setting, node.lead, node.lead.span(), node.notes)
            else:
                self._leaf(node, setting, heading, own_more)
        elif self._is_one_task(node, setting):
            self._whole(node, setting, own_more)
        else:
            if (
                not heading
                and not text.endswith(":")
                and len(text) > 60
                and text.endswith((".", ";"))
                and self._asks(text, setting)
            ):
                self._add(node.path, setting, node.lead, node.lead.span(), node.notes)
            elif heading:
                introduced = True
                for paragraph in own_more:
                    self._free_paragraph(paragraph, node.path, setting, introduced)
            for child in node.children:
                self._visit(child, setting)
        for paragraph, path in loose:
            self._free_paragraph(paragraph, path, self.default, True)

    def _own_setting(self, node: Node, inherited: _Setting) -> tuple[_Setting, bool]:
        """Whom the item is laid on, and whether its lead is only a heading."""
        text = node.lead.text
        subject = subject_of(text)
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
            return _Setting(self._name(subject), "heading" if heading else "sentence", prohibits), heading
        if (
            subject is None
            and below
            and inherited.source not in ("heading", "sentence")
            and self._stands_with_bodies(node)
        ):
            return _Setting(recased(text.rstrip(" .:;"), self.whole), "heading", prohibits), True
        if inherited.labels:
            return _Setting(inherited.actor, inherited.source, prohibits, inherited.labels), heading
        return _Setting(inherited.actor, inherited.source, prohibits), heading

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
        bodies = [other for other in others if _names_just_a_body(other)]
        return bool(bodies) and len(bodies) >= 2 * len(others) / 3

    def _overrides(self, subject: Subject, inherited: _Setting, heading: bool, text: str) -> bool:
        passes_on = re.match(r"(?:yêu cầu|đề nghị|chỉ đạo|giao|phân công)\b", text, re.IGNORECASE)
        if passes_on and (inherited.source in ("heading", "sentence") or (inherited.actor and text[0].islower())):
            return False  # the actor above is to ask others
        if heading:
            return True
        if inherited.source == "heading" and short_for(subject.name, inherited.actor or ""):
            return False
        if subject.predicate is not None and not subject.called:
            return True
        return subject.called or subject.predicate is not None

    def _split_more(self, node: Node, setting: _Setting) -> tuple[list[Paragraph], list[tuple[Paragraph, str]]]:
        """Further paragraphs of an item that belong to it, and those that close a section or the paper."""
        own: list[Paragraph] = []
        loose: list[tuple[Paragraph, str]] = []
        for paragraph in node.more:
            if loose or (closes(paragraph.text, setting.actor) and (own or node.children or node.lead.text)):
                loose.append((paragraph, self._loose_path(node, paragraph.text)))
            else:
                own.append(paragraph)
        if (
            not node.children
            and loose
            and not own
            and is_heading_text(node.lead.text, subject_of(node.lead.text), node)
        ):
            own, loose = [loose[0][0]], loose[1:]
        return own, loose

    def _loose_path(self, node: Node, text: str) -> str:
        """A paragraph by which the issuer calls upon somebody closes the paper; another goes with the item it follows,
        where that stands at the top and is no list."""
        subject = subject_of(text)
        if (subject is not None and subject.called) or demands(text) or not node.marker or node.children:
            return ""
        if REPORTS_BACK.match(text):
            return ""
        at_the_top = node.parent is not None and node.parent.parent is None
        return node.path if at_the_top and node.marker.kind not in ("dash", "plus") else ""

    def _leaf(self, node: Node, setting: _Setting, heading: bool, own_more: list[Paragraph]) -> None:
        text = node.lead.text
        if heading and own_more:
            if len(own_more) == 1 and node.marker:
                paragraph = own_more[0]
                inner = subject_of(paragraph.text)
                if inner and inner.predicate is not None and not inner.called:
                    setting = _Setting(self._name(inner), "sentence", setting.prohibits)
                says_nothing = setting.source == "none" and not self._asks(paragraph.text, setting)
                if not EFFECT.search(paragraph.text[:200]) and not APPROVES.match(paragraph.text) and not says_nothing:
                    self._add(node.path, setting, paragraph.body, paragraph.body.span(), node.notes)
                return
            for paragraph in own_more:
                self._free_paragraph(paragraph, node.path, setting, True)
            return
        if (
            EFFECT.search(text[:250])
            or not text
            or (APPROVES.match(text) and node.marker and node.marker.kind == "article")
        ):
            return
        if node.marker is None or not self._is_task(node, setting):
            return
        body = node.lead
        for paragraph in own_more:
            body = body + gap(paragraph.body) + paragraph.body
        if setting.source not in ("heading", "sentence"):
            setting = self._told_inside(setting, body.text)
        self._add(node.path, setting, body, (node.lead.span()[0], body.span()[1]), node.notes)

    def _told_inside(self, setting: _Setting, text: str) -> _Setting:
        """Who an item without an actor of its own is laid on by a label, in brackets, or by its second sentence."""
        labels = labels_inside(text)
        given = labels.lead or given_inside(text)
        if given:
            return _Setting(recased(given, self.whole), "label", setting.prohibits, labels)
        return _with_labels(setting, labels) if labels else setting

    def _is_task(self, node: Node, setting: _Setting) -> bool:
        text = node.lead.text
        if self._asks(text, setting):
            return True
        if LISTING_LEAD.search(node.parent.lead.text if node.parent else ""):
            return False
        return (self.introduced or setting.source != "none") and len(text) > 25

    def _asks(self, text: str, setting: _Setting) -> bool:
        if asks_for_something(text) or setting.prohibits:
            return True
        subject = subject_of(text)
        return subject is not None and subject.predicate is not None

    def _is_one_task(self, node: Node, setting: _Setting) -> bool:
        """Whether the items below only list what the item itself asks for."""
        text = node.lead.text
        if not node.marker or node.marker.kind in ("roman", "part", "chapter", "section", "capital"):
            return False
        if any(child.children or subject_of(child.lead.text) for child in node.children):
            return False
        silent = _Setting(None, "none", setting.prohibits)
        asking = sum(1 for child in node.children if self._asks(child.lead.text, silent))
        if asking * 2 >= len(node.children):
            return False
        if self._asks(text, setting):
            return True
        return bool(LISTING_LEAD.search(text)) and not is_heading_text(text, subject_of(text), node)

    def _whole(self, node: Node, setting: _Setting, own_more: list[Paragraph]) -> None:
        if not asks_for_something(node.lead.text) and subject_of(node.lead.text) is None:
            return  # "Nội dung báo cáo gồm: …" asks for nothing by itself
        parts = [node.lead, *(paragraph.body for paragraph in own_more)]
        for child in node:
            if child is not node:
                parts += [
                    child.lead,
                    *(paragraph.body for paragraph in child.more if not closes(paragraph.text, setting.actor)),
                ]
        body = parts[0]
        for part in parts[1:]:
            if part.text:
                body = body + gap(part) + part
        self._add(node.path, setting, body, (node.lead.span()[0], body.span()[1]), node.notes)
        for child in node:
            if child is not node:
                for paragraph in child.more:
                    if closes(paragraph.text, setting.actor):
                        self._free_paragraph(paragraph, "", self.default, True)

    # Tables.

    def read_tables(self, paragraphs: list[Paragraph], prefix: str, root: Node | None = None) -> None:
        """Rows of tables that say who leads; their paths go on from the section that a table stands in."""
        for table in tables_in(paragraphs):
            if not table.hands_out:
                continue
            if root and table.rows:
                prefix = _section_at(root, table.rows[0].start)
            for row in table.rows:
                timing = timing_of(row.task.text)
                words, when = timing.words, timing.deadline
                recurrence = timing.recurrence
                if row.time:
                    in_cell = timing_of(row.time)
                    day = date_in(row.time)
                    single = day and len(re.findall(r"\d{4}", row.time)) == 1
                    words = row.time
                    recurrence = (
                        in_cell.recurrence
                        or (timing_of(f"báo cáo {row.time}").recurrence if _RECURS.search(row.time) else None)
                        or recurrence
                    )
                    only_recurs = recurrence and not re.search(r"\d", row.time)
                    when = day.isoformat() if single else None if only_recurs else row.time
                    words = None if only_recurs else words
                path = f"{prefix}.{row.path}" if prefix else row.path
                self.tasks.append(
                    Task(path, row.lead, row.task.text, row.start, row.end, when, words, timing.strict, recurrence,
                         timing.recurrence_words, timing.trigger, kind_of(row.task.text, False), row.helpers, 0.85 if row.lead else 0.5,
                         [] if row.lead else ["no lead agency in this row"])
                )  # fmt: skip

    def read_appendix(self, paragraphs: list[Paragraph], number: str) -> None:
        """An appendix gives tasks by its tables only; its running text is another paper's, or a form."""
        self.read_tables(paragraphs, f"PL{number}")

    def _name(self, subject: Subject) -> str:
        return recased(subject.name, self.whole)

    def _add(
        self,
        path: str,
        setting: _Setting,
        body: Mapped,
        span: tuple[int, int],
        notes: list[str],
        confidence: float = 0.95,
    ) -> None:
        text = body.text
        timing = timing_of(text)
        if setting.labels and setting.labels.time and not timing.words:
            told = timing_of(f"thời gian: {setting.labels.time}")
            day = date_in(setting.labels.time)
            timing = replace(told, deadline=day.isoformat() if day and not told.recurrence else setting.labels.time,
                             words=setting.labels.time, recurrence=told.recurrence or timing.recurrence)  # fmt: skip
        notes = [*notes, *timing.notes]
        if setting.actor is None:
            confidence -= 0.35
            notes.append("the text names no actor for this item")
        elif setting.source == "addressees":
            confidence -= 0.15
            notes.append("actor taken from the addressees")
        elif setting.source == "intro":
            confidence -= 0.05
            notes.append("actor taken from the sentence that introduces the items")
        if not asks_for_something(text) and subject_of(text) is None:
            confidence -= 0.1
        self.tasks.append(
            Task(path, setting.actor, text, *span, timing.deadline, timing.words, timing.strict, timing.recurrence,
                 timing.recurrence_words, timing.trigger, kind_of(text, setting.prohibits),
                 (setting.labels and setting.labels.helpers) or helpers_of(text), round(max(confidence, 0.1), 2), notes)
        )  # fmt: skip


def _demanding(text: str) -> list[str]:
    """The sentences of a paragraph in which somebody asks for something."""
    return [sentence for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])", text) if demands(sentence)]


def _is_label(node: Node) -> bool:
    return not node.children and label_of(node.lead.text) is not None


def _labels_below(node: Node) -> Labels:
    """What dashes and paragraphs right below an item say about it."""
    labels = Labels()
    for text in (
        *(child.lead.text for child in node.children if _is_label(child)),
        *(paragraph.text for paragraph in node.more),
    ):
        told = label_of(text)
        if told:
            labels.set(*told)
    return labels


def _with_labels(setting: _Setting, labels: Labels) -> _Setting:
    if labels.lead:
        return _Setting(labels.lead, "label", setting.prohibits, labels)
    return _Setting(setting.actor, setting.source, setting.prohibits, labels)


def _names_just_a_body(node: Node) -> bool:
    subject = subject_of(node.lead.text)
    return subject is not None and subject.predicate is None and subject.end >= len(node.lead.text.rstrip(" .:;")) - 2


def _section_at(root: Node, start: int) -> str:
    """The path of the heading that a table at this place stands under; empty where there is none."""
    before = [node for node in root if node.marker and node.lead.span()[0] < start]
    node = before[-1] if before else None
    while node is not None and node.marker and not is_heading_text(node.lead.text, subject_of(node.lead.text), node):
        node = node.parent
    return node.path if node is not None else ""
