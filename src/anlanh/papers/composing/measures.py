"""The measures that a paper is laid out to, read from a template file; no measure is in code."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from anlanh.primitives.errors import BadInput


@dataclass(frozen=True, slots=True)
class Measures:
    """A template.

    Attributes:
        margins: top, bottom, left, right in millimetres.
        sizes: points by part of the paper.
        words: fixed words by part.
        kinds: what each kind of paper needs: `letter` (subject below the number), `enacts` (the enacting word).
        raw: the whole file, for the typesetter and for checks of ranges.
    """

    width: float
    height: float
    margins: dict[str, float]
    sizes: dict[str, float]
    words: dict[str, str]
    kinds: dict[str, dict[str, Any]]
    urgencies: tuple[str, ...]
    raw: dict[str, Any]


def read_measures(path: Path) -> Measures:
    """Reads and checks a template.

    Raises:
        BadInput: not YAML, a part missing, or a measure outside of its own range.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        measures = Measures(
            width=raw["page"]["width"],
            height=raw["page"]["height"],
            margins={side: _used(entry, side, path) for side, entry in raw["page"]["margins"].items()},
            sizes={part: _used(entry, part, path) for part, entry in raw["sizes"].items()},
            words=raw["words"],
            kinds=raw["kinds"],
            urgencies=tuple(raw["urgencies"]),
            raw=raw,
        )
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise BadInput(f"not YAML ({' '.join(str(fault).split())})", where=str(path), mend="mend the file") from None
    except (KeyError, TypeError) as fault:
        raise BadInput(f"{fault} is missing from the template", where=str(path), mend="add it") from None
    return measures


def _used(entry: dict[str, float], part: str, path: Path) -> float:
    value = entry["use"]
    if not entry["from"] <= value <= entry.get("to", value):
        raise BadInput(f"'{part}' uses {value}, outside of its range", where=str(path), mend="keep within from and to")
    return value
