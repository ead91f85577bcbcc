"""What an item of a paper inherits from the items above it, and what the lines below it add."""

from dataclasses import dataclass

from anlanh.papers.reading.bodies import subject_of
from anlanh.papers.reading.labels import Labels, label_of
from anlanh.papers.reading.outline import Node


@dataclass(frozen=True, slots=True)
class Setting:
    """What an item inherits: who it is laid on, how sure that is, whether its section forbids or only describes."""

    actor: str | None
    source: str  # heading, sentence, label, intro, addressees, none
    prohibits: bool = False
    labels: Labels | None = None  # what lines below the item say: who helps and by when


def is_label(node: Node) -> bool:
    return not node.children and label_of(node.lead.text) is not None


def labels_below(node: Node) -> Labels:
    """What dashes and paragraphs right below an item say about it."""
    labels = Labels()
    for text in (
        *(child.lead.text for child in node.children if is_label(child)),
        *(paragraph.text for paragraph in node.more),
    ):
        told = label_of(text)
        if told:
            labels.set(*told)
    return labels


def with_labels(setting: Setting, labels: Labels) -> Setting:
    if labels.lead:
        return Setting(labels.lead, "label", setting.prohibits, labels)
    return Setting(setting.actor, setting.source, setting.prohibits, labels)


def names_just_a_body(node: Node) -> bool:
    subject = subject_of(node.lead.text)
    return subject is not None and subject.predicate is None and subject.end >= len(node.lead.text.rstrip(" .:;")) - 2
