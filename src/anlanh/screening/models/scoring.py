"""A model that scores texts."""

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from anlanh.screening.grounds import GroundFacts
from anlanh.screening.hits import Hit
from anlanh.screening.models.features import features_of


@dataclass(frozen=True, slots=True)
class Label:
    """One thing that a model looks for.

    Args:
        name: as in the labelled data.
        weights: one for each feature.
        slope, shift: make the sum of weights a probability.
        threshold: of the probability, from which a post is flagged.
    """

    name: str
    weights: array
    slope: float
    shift: float
    threshold: float

    def score(self, features: list[int]) -> float:
        """How likely the label is, 0 to 1."""
        return probability(self.slope * margin(self.weights, features) + self.shift)


def margin(weights: array, features: list[int]) -> float:
    """The sum of the features' weights, each text as long as any other."""
    if not features:
        return 0.0
    return math.fsum([weights[feature] for feature in features]) / math.sqrt(len(features))


def probability(value: float) -> float:
    """The logistic function, for any number."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


@dataclass(frozen=True, slots=True)
class Model:
    """A model as it is used.

    Args:
        name: of its file, without `model.`.
        bits: of its features.
        labels: what it looks for.
        ground: what it rests on.
        card: what was said of it when it was trained.
    """

    name: str
    bits: int
    labels: tuple[Label, ...]
    ground: GroundFacts
    card: dict[str, Any]

    def hits(self, text: str) -> Iterator[Hit]:
        """A hit for each label that is likely enough, over the whole text."""
        features = features_of(text, self.bits)
        for label in self.labels:
            score = label.score(features)
            if score >= label.threshold:
                yield Hit(0, len(text), "model", f"{self.name}:{label.name}", round(score, 4))
