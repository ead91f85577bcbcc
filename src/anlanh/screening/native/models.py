"""Models for the native core, which tells which posts they surely do not flag; the others are scored in Python."""

import math
from array import array
from collections.abc import Iterable
from itertools import chain
from typing import Any

from anlanh.screening.models.features import compositions
from anlanh.screening.models.scoring import Label, Model
from anlanh.screening.native.core import _core

_SURELY = 30.0  # the logistic function of more is 1.0 but for rounding
_NEAR = 1e-6  # share of the value within which Python decides, since sums in another order differ in their last digits


def models_for(models: Iterable[Model]) -> tuple[Any, ...]:
    """The core's handles of models."""
    return tuple(map(_handle, models))


def _handle(model: Model) -> Any:
    lines, weights = array("d"), array("f")
    for label in model.labels:
        lines.extend((label.slope, label.shift, _least(label)))
        weights.extend(label.weights)
    return _core.model(model.bits, lines, weights, array("I", chain.from_iterable(compositions())))


def _least(label: Label) -> float:
    """The value of the line from which on the label may be given; a little less, so that none is missed."""
    if label.threshold <= 0:
        return -math.inf
    value = _SURELY if label.threshold >= 1 else min(_SURELY, math.log(label.threshold / (1 - label.threshold)))
    return value - _NEAR * (1 + abs(value) + abs(label.slope) + abs(label.shift))
