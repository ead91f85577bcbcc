"""Tries lists on lawful writing before they count."""

from typing import NamedTuple

from anlanh.screening.engine import Screen
from anlanh.screening.lawful_sample import SAMPLE
from anlanh.screening.posts import Post


class Objection(NamedTuple):
    """One entry or rule that would have sent lawful writing to a person.

    Args:
        kind: kind of the hit, or `rule`.
        entry: the entry's or rule's id.
        writing: what sort of writing: `criticism`, `satire` or `news`.
        words: the words that were hit; the whole text for a rule.
        text: the text they stand in.
    """

    kind: str
    entry: str
    writing: str
    words: str
    text: str


def objections(screen: Screen) -> list[Objection]:
    """What the sample of lawful writing would have been hit by, in the sample's order."""
    found = []
    for writing, texts in SAMPLE.items():
        for text, verdict in zip(texts, screen.judge([Post("", text) for text in texts]), strict=True):
            found += [Objection(hit.kind, hit.entry, writing, text[hit.start : hit.end], text) for hit in verdict.hits]
            found += [Objection("rule", rule, writing, text, text) for rule in verdict.rules]
    return found
