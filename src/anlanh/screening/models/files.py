"""Models in files: one line of JSON, the card, then the weights of each label as little-endian 32-bit floats."""

import hashlib
import json
import math
import sys
from array import array
from pathlib import Path
from typing import Any

from anlanh.primitives.errors import BadInput
from anlanh.screening.grounds import Grounds, checked_ground
from anlanh.screening.models.scoring import Label, Model

PREFIX = "model."
FORMAT = "anlanh-model-1"
FEWEST_BITS, MOST_BITS = 10, 22
_MOST_LABELS = 64
_LONGEST_CARD = 4 << 20  # bytes
_MEND = "train it again, or take the file out"


def write_model(path: Path, card: dict[str, Any], labels: list[Label]) -> None:
    """Writes a model; the card gains what is needed to read it again."""
    weights = b"".join(_little(label.weights).tobytes() for label in labels)
    head = {
        **card,
        "format": FORMAT,
        "digest": hashlib.sha256(weights).hexdigest(),
        "labels": [
            {"name": label.name, "slope": label.slope, "shift": label.shift, "threshold": label.threshold}
            for label in labels
        ],
    }
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + weights)
    part.replace(path)


def read_model(path: Path, grounds: Grounds) -> Model:
    """Reads a model.

    Raises:
        BadInput: it is no model, cut off or changed, or rests on a ground that screening must not look for.
    """
    with path.open("rb") as stream:
        line = stream.readline(_LONGEST_CARD)
        card = _card(line, path)
        size = 4 << card["bits"]
        content = stream.read(size * len(card["labels"]) + 1)
    if len(content) != size * len(card["labels"]):
        raise BadInput("the model is cut off or too long", where=str(path), mend=_MEND)
    if hashlib.sha256(content).hexdigest() != card.get("digest"):
        raise BadInput("the model was changed since it was trained", where=str(path), mend=_MEND)
    if not card.get("ground"):
        raise BadInput("the model names no ground", where=str(path), mend=_MEND)
    facts = checked_ground(str(card["ground"]), grounds, str(path))
    labels = []
    for place, told in enumerate(card["labels"]):
        weights = _little(array("f", content[place * size : (place + 1) * size]))
        labels.append(Label(told["name"], weights, told["slope"], told["shift"], told["threshold"]))
    return Model(path.name.removeprefix(PREFIX), card["bits"], tuple(labels), facts, card)


def _card(line: bytes, path: Path) -> dict[str, Any]:
    try:
        card = json.loads(line)
    except (ValueError, RecursionError):
        card = None
    labels = card.get("labels") if isinstance(card, dict) else None
    if (
        not isinstance(card, dict)
        or card.get("format") != FORMAT
        or type(card.get("bits")) is not int
        or not FEWEST_BITS <= card["bits"] <= MOST_BITS
        or not isinstance(labels, list)
        or not 1 <= len(labels) <= _MOST_LABELS
        or not all(map(_is_label, labels))
    ):
        raise BadInput("the file is not a model", where=f"{path}:1", mend=_MEND)
    return card


def _is_label(told: Any) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("name"), str):
        return False
    numbers = [told.get(name) for name in ("slope", "shift", "threshold")]
    return all(isinstance(number, float) and math.isfinite(number) for number in numbers)


def _little(weights: array) -> array:
    if sys.byteorder == "big":
        weights = array("f", weights)
        weights.byteswap()
    return weights
