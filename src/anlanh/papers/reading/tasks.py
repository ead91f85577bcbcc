"""The tasks that a document lays on each actor, from the tree of its items."""

import re

from anlanh.papers.reading.actors import Actors
from anlanh.papers.reading.bodies import called_to, demands, subject_of
from anlanh.papers.reading.inheriting import Setting, is_label, labels_below, with_labels
from anlanh.papers.reading.judging import (
    CLOSES_PAPER,
    COURTESY,
    OWN_PAPER,
    REPORTS_BACK,
    closes,
    describes,
    is_basis,
    is_heading,
    is_heading_text,
    speaks_of_another,
    tells_the_past,
)
from anlanh.papers.reading.labels import label_of
from anlanh.papers.reading.mapped import Mapped, gap
from anlanh.papers.reading.outline import Node, outline_of
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.table_tasks import table_tasks
from anlanh.papers.reading.task import Task, helpers_of, kind_of
from anlanh.papers.reading.times import timing_of, told_beside
from anlanh.papers.reading.words import APPROVES, EFFECT, LISTING_LEAD, asks_for_something
from anlanh.papers.reading.zones import Zones

_ON_OCCASION = re.compile(r"(?:trường hợp|khi|nếu|trong quá trình|hằng|hàng|định kỳ)(?![^\W_])", re.IGNORECASE)
_TELLS_THE_PAST = re.compile(
    r"(?:đã (?:chỉ đạo|yêu cầu|giao|đề nghị|có)|trong thời gian qua|thời gian qua|nhận thấy|vừa qua)", re.IGNORECASE
)


def tasks_of(paragraphs: list[Paragraph], zones: Zones, addressees: list[str], issuer: str | None = None) -> list[Task]:
    """All tasks, in the order of the document.

    Args:
        paragraphs, zones: the document.
        addressees: whom the paper is addressed to; tasks without an actor of their own fall to them.
        issuer: who speaks in the paper: what it demands of others is laid on those others.
    """
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    tasks = _read(paragraphs, zones.body, addressees, whole, issuer)
    own = {task.path for task in tasks}
    for positions in zones.attached:
        for task in _read(paragraphs, positions, [], whole, issuer):
            task.notes.append("in the paper that this one puts into force")
            task.path = f"KT.{task.path}" if task.path in own else task.path
            tasks.append(task)
    for number, positions in zones.appendices:
        appendix = [paragraphs[position] for position in positions]
        tasks += table_tasks(appendix, f"PL{number}") or _listed_in(appendix, f"PL{number}", whole, issuer)
    return sorted(tasks, key=lambda task: task.start)


def _read(
    paragraphs: list[Paragraph], positions: range, addressees: list[str], whole: str, issuer: str | None
) -> list[Task]:
    body = [paragraphs[position] for position in positions]
    reader = _Reader(addressees, whole, issuer)
    root = outline_of(body, is_heading)
    reader.read(root)
    return reader.tasks + table_tasks(body, "", root)


def _listed_in(appendix: list[Paragraph], prefix: str, whole: str, issuer: str | None) -> list[Task]:
    """The numbered items of an appendix that says by its title that it hands out tasks; others are forms and lists."""
    title = " ".join(paragraph.text for paragraph in appendix[:3])
    if not re.search(r"phân công|nhiệm vụ", title, re.IGNORECASE):
        return []
    first = next((at for at, paragraph in enumerate(appendix) if at and paragraph.marker), len(appendix))
    tasks = _read(appendix, range(first, len(appendix)), [], whole, issuer)
    for task in tasks:
        task.path = f"{prefix}.{task.path}"
    return tasks


class _Reader:
    """Walks the tree with what each item inherits."""

    def __init__(self, addressees: list[str], whole: str, issuer: str | None) -> None:
        self.tasks: list[Task] = []
        self.unnumbered: dict[str, int] = {}
        self.introduced = False
        self.demanded = False
        self.actors = Actors(addressees, whole, issuer)
        joined = "; ".join(addressees)
        self.default = Setting(joined or None, "addressees" if joined else "none")

    def read(self, root: Node) -> None:
        setting = self._preamble(root)
        for child in root.children:
            self._visit(child, setting)

    # Paragraphs before the first item, or of a paper that has no items.

    def _preamble(self, root: Node) -> Setting:
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
                setting = Setting(self.actors.name(subject), "intro") if subject else self.default
                continue
            if leads_in and re.search(r"(?:như sau|sau đây|sau):$", text):
                introduced = True
                continue
            self._free_paragraph(paragraph, "", setting, introduced)
        self.introduced = introduced
        return setting

    def _free_paragraph(self, paragraph: Paragraph, parent_path: str, setting: Setting, introduced: bool) -> bool:
        """A paragraph without a sign that is a task of its own."""
        text = paragraph.text
        if COURTESY.match(text) or len(text) < 25 or _takes_effect(text) or is_basis(text):
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
        follows = (
            self.demanded and subject is not None and subject.predicate is not None and bool(_ON_OCCASION.match(text))
        )
        closing = OWN_PAPER.search(text) and subject is not None and subject.predicate is not None
        if not (explicit or own or duty or closing or back or follows):
            return False
        chosen = (called_to(text) if explicit else None) or subject
        actor = self.actors.name(chosen) if chosen else None
        self.demanded = self.demanded or bool(explicit)
        key = parent_path
        self.unnumbered[key] = self.unnumbered.get(key, 0) + 1
        label = f"¶{self.unnumbered[key]}"
        path = f"{parent_path}.{label}" if parent_path else label
        own_setting = Setting(actor, "sentence") if actor else setting
        self._add(path, own_setting, paragraph.body, paragraph.body.span(), ["a paragraph without a number"], 0.8)
        return True

    # Numbered items.

    def _visit(self, node: Node, inherited: Setting) -> None:
        text = node.lead.text
        if node.marker and node.marker.kind in ("dash", "plus") and label_of(text):
            return  # "Thời gian: …" tells about the item above
        setting, heading = self.actors.of_item(node, inherited)
        if describes(node, heading) or (not node.children and tells_the_past(text)):
            return
        if setting.source not in ("heading", "sentence") and is_basis(text):
            return
        labels = labels_below(node)
        if labels:
            setting = with_labels(setting, labels)
        own_more, loose = self._split_more(node, setting)
        if not node.children or all(is_label(child) for child in node.children):
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

    def _split_more(self, node: Node, setting: Setting) -> tuple[list[Paragraph], list[tuple[Paragraph, str]]]:
        """Further paragraphs of an item that belong to it, and those that close a section or the paper."""
        own: list[Paragraph] = []
        loose: list[tuple[Paragraph, str]] = []
        for paragraph in node.more:
            apart = closes(paragraph.text, setting.actor) or (
                setting.source == "sentence" and speaks_of_another(paragraph.text, setting.actor)
            )
            if loose or (apart and (own or node.children or node.lead.text)):
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
        if REPORTS_BACK.match(text) or CLOSES_PAPER.match(text):
            return ""
        at_the_top = node.parent is not None and node.parent.parent is None
        return node.path if at_the_top and node.marker.kind not in ("dash", "plus") else ""

    def _leaf(self, node: Node, setting: Setting, heading: bool, own_more: list[Paragraph]) -> None:
        text = node.lead.text
        if heading and own_more:
            if len(own_more) == 1 and node.marker:
                paragraph = own_more[0]
                inner = subject_of(paragraph.text)
                if inner and inner.predicate is not None and not inner.called:
                    setting = Setting(self.actors.name(inner), "sentence", setting.prohibits)
                says_nothing = setting.source == "none" and not self._asks(paragraph.text, setting)
                if not _takes_effect(paragraph.text) and not APPROVES.match(paragraph.text) and not says_nothing:
                    self._add(node.path, setting, paragraph.body, paragraph.body.span(), node.notes)
                return
            for paragraph in own_more:
                self._free_paragraph(paragraph, node.path, setting, True)
            return
        if _takes_effect(text) or not text or (APPROVES.match(text) and node.marker and node.marker.kind == "article"):
            return
        if node.marker is None or not self._is_task(node, setting):
            return
        body = node.lead
        for paragraph in own_more:
            body = body + gap(paragraph.body) + paragraph.body
        if setting.source not in ("heading", "sentence"):
            setting = self.actors.told_inside(setting, body.text)
        self._add(node.path, setting, body, (node.lead.span()[0], body.span()[1]), node.notes)

    def _is_task(self, node: Node, setting: Setting) -> bool:
        text = node.lead.text
        if self._asks(text, setting):
            return True
        if LISTING_LEAD.search(node.parent.lead.text if node.parent else ""):
            return False
        return (self.introduced or setting.source != "none") and len(text) > 25

    def _asks(self, text: str, setting: Setting) -> bool:
        if asks_for_something(text) or setting.prohibits:
            return True
        subject = subject_of(text)
        return subject is not None and subject.predicate is not None

    def _is_one_task(self, node: Node, setting: Setting) -> bool:
        """Whether the items below only list what the item itself asks for."""
        text = node.lead.text
        if not node.marker or node.marker.kind in ("roman", "part", "chapter", "section", "capital"):
            return False
        if any(child.children or subject_of(child.lead.text) for child in node.children):
            return False
        silent = Setting(None, "none", setting.prohibits)
        asking = sum(1 for child in node.children if self._asks(child.lead.text, silent))
        if asking * 2 >= len(node.children):
            return False
        if self._asks(text, setting):
            return True
        return bool(LISTING_LEAD.search(text)) and not is_heading_text(text, subject_of(text), node)

    def _whole(self, node: Node, setting: Setting, own_more: list[Paragraph]) -> None:
        if node.marker and node.marker.kind == "article" and APPROVES.match(node.lead.text):
            return
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

    def _add(
        self,
        path: str,
        setting: Setting,
        body: Mapped,
        span: tuple[int, int],
        notes: list[str],
        confidence: float = 0.95,
    ) -> None:
        text = body.text
        timing = timing_of(text)
        if setting.labels and setting.labels.time and not timing.words:
            timing = told_beside(setting.labels.time, timing)
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


def _takes_effect(text: str) -> bool:
    """Whether a text, by its first sentence, says when something comes into force or what words mean."""
    return bool(EFFECT.search(re.split(r"[.;]\s", text, maxsplit=1)[0][:250]))
