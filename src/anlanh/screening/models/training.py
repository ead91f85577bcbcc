"""Trains linear models: logistic regression, one label against the rest, by AdaGrad over hashed features.

The same data give the same model: texts are parted and ordered by their digests, and nothing else is random. A tenth
calibrates and chooses the threshold, a tenth that nothing has seen tells how good it is.
"""

import hashlib
import math
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.lawful_sample import SAMPLE
from anlanh.screening.models.features import features_of
from anlanh.screening.models.labelled import Labelled, group_of
from anlanh.screening.models.measuring import bins_of, fit_calibration, measures, threshold_for
from anlanh.screening.models.scoring import Label, margin, probability

FEWEST = 50  # texts of a label
_RATE = 0.2
_SHRINK = 1e-4  # of every weight that is used, each time: rare features stay small
_SMALL = 1e-6


class Example(NamedTuple):
    """A text as the training sees it."""

    features: list[int]
    label: str


class Parts(NamedTuple):
    """Labelled texts parted: to learn from, to calibrate on, to test with."""

    learning: list[Example]
    calibrating: list[Example]
    testing: list[Example]


def train(
    data: Labelled, passing: str, *, bits: int, epochs: int, precision: float, test: Labelled | None = None
) -> tuple[dict[str, Any], list[Label]]:
    """Trains a label for each value of the data but one.

    Args:
        data: to learn from.
        passing: the value of what is not flagged.
        bits: two to the power of so many features.
        epochs: how often every text is learnt from.
        precision: what share of flagged texts should be rightly flagged.
        test: to test with; without it a tenth of the data is kept apart.

    Returns:
        the card, and the labels.

    Raises:
        BadInput: too few texts of a label, or none that pass.
    """
    counts = Counter(label for _, label in data.rows)
    _check(counts, passing)
    parts = _parted(data, bits, test)
    lawful = [(writing, features_of(text, bits)) for writing, texts in SAMPLE.items() for text in texts]
    labels, told = [], {}
    for name in sorted(counts):
        if name != passing:
            label, told[name] = _label(name, parts, bits, epochs, precision, lawful)
            labels.append(label)
    card = {
        "bits": bits,
        "epochs": epochs,
        "precision": precision,
        "passing": passing,
        "data": {
            "digest": data.digest,
            "rows": len(data.rows),
            "skipped": data.skipped,
            "counts": dict(sorted(counts.items())),
            **{part: len(examples) for part, examples in parts._asdict().items()},
            "test_digest": test.digest if test else None,
        },
        "scores": told,
        "macro_f1": _macro_f1(labels, parts.testing, passing),
    }
    return card, labels


def _check(counts: Counter[str], passing: str) -> None:
    if passing not in counts:
        names = ", ".join(counts)[:200]
        raise BadInput(f"no text has the label {passing!r}", where="--pass", mend=f"name one of {names}")
    if len(counts) < 2:
        raise BadInput("all texts have one label", mend="add texts of another")
    if len(counts) > 64:
        raise BadInput(f"there are {len(counts)} labels", where="--label", mend="name the column that holds the labels")
    for name, count in sorted(counts.items()):
        if count < FEWEST:
            raise BadInput(f"the label {name!r} has {count} texts", mend=f"bring {FEWEST} of each at least")


def _parted(data: Labelled, bits: int, test: Labelled | None) -> Parts:
    parts = Parts([], [], [])
    for text, label in data.rows:
        group = group_of(text)
        part = 1 if group == 0 else 2 if group == 1 and test is None else 0
        parts[part].append(Example(features_of(text, bits), label))
    if test:
        parts.testing.extend(Example(features_of(text, bits), label) for text, label in test.rows)
    return parts


def _label(
    name: str, parts: Parts, bits: int, epochs: int, precision: float, lawful: list[tuple[str, list[int]]]
) -> tuple[Label, dict[str, Any]]:
    weights = _learnt(parts.learning, name, bits, epochs)
    held = [(margin(weights, one.features), one.label == name) for one in parts.calibrating]
    slope, shift = fit_calibration(held)
    threshold = threshold_for([(probability(slope * value + shift), truth) for value, truth in held], precision)
    label = Label(name, weights, slope, shift, threshold)
    highest, writing = max((label.score(features), writing) for writing, features in lawful)
    raised, chosen = highest >= threshold, threshold
    if raised:  # lawful criticism, satire and news must not be flagged
        threshold = min(1.0, highest + 1e-4)
        label = Label(name, weights, slope, shift, threshold)
    scored = [(label.score(one.features), one.label == name) for one in parts.testing]
    told = {
        **measures(scored, threshold),
        "threshold": round(threshold, 4),
        "raised_for_lawful": writing if raised else None,
        "before_raising": measures(scored, chosen) if raised else None,
        "calibration": bins_of(scored),
    }
    return label, told


def _learnt(examples: Sequence[Example], name: str, bits: int, epochs: int) -> array:
    """The weights of one label; both sides weigh alike however many texts they have."""
    weights, squares = [0.0] * (1 << bits), [0.0] * (1 << bits)
    positive = sum(one.label == name for one in examples)
    negative = len(examples) - positive
    balance = {True: len(examples) / (2 * max(1, positive)), False: len(examples) / (2 * max(1, negative))}
    for epoch in range(epochs):
        for place in _order(len(examples), epoch):
            features, label = examples[place]
            truth = label == name
            scale = 1 / math.sqrt(len(features) or 1)
            guess = probability(scale * sum([weights[feature] for feature in features]))
            step = (truth - guess) * balance[truth] * scale
            if abs(step) < _SMALL:
                continue
            square = step * step
            for feature in features:
                squares[feature] += square
                weights[feature] += _RATE * step / math.sqrt(squares[feature] + _SMALL) - _SHRINK * weights[feature]
    return array("f", weights)


def _order(count: int, epoch: int) -> list[int]:
    """The places 0 … count - 1 in an order that is another each time and the same on every machine."""
    return sorted(range(count), key=lambda place: hashlib.blake2b(b"%d %d" % (epoch, place), digest_size=8).digest())


def _macro_f1(labels: list[Label], examples: list[Example], passing: str) -> float:
    """The mean F1 over all labels and what passes; a text is given the label with the largest sum above zero."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    true: Counter[str] = Counter(one.label for one in examples)
    for one in examples:
        largest, name = max((margin(label.weights, one.features), label.name) for label in labels)
        guess = name if largest > 0 else passing
        given[guess] += 1
        right[guess] += guess == one.label
    names = [passing, *(label.name for label in labels)]
    return round(sum(2 * right[name] / max(1, given[name] + true[name]) for name in names) / len(names), 4)
