"""`anlanh screen train`: a model from labelled texts."""

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

from anlanh.primitives.errors import BadInput
from anlanh.screening.grounds import checked_ground
from anlanh.screening.models.files import FEWEST_BITS, MOST_BITS, PREFIX, write_model
from anlanh.screening.models.labelled import read_labelled
from anlanh.screening.models.training import train
from anlanh.work.casework.screening_lists.grounds import pack_ground

_MOST_EPOCHS = 50


def configure(steps: argparse._SubParsersAction) -> None:
    """Adds the step."""
    parser = steps.add_parser(
        "train",
        help="train a model from labelled texts",
        description="Trains a model that flags posts for a person, from a CSV file of texts that people labelled. Put"
        " it into the directory of lists as model.NAME. The same data give the same model.",
    )
    parser.add_argument("data", type=Path, metavar="LABELLED.csv", help="with a heading; may be gzipped")
    parser.add_argument("--out", type=Path, required=True, metavar="MODEL", help="such as lists/model.spam")
    parser.add_argument("--ground", required=True, metavar="REF", help="the clause that what is flagged falls under")
    parser.add_argument("--text", default="text", metavar="COLUMN", help="holds the texts (text)")
    parser.add_argument("--label", default="label", metavar="COLUMN", help="holds the labels (label)")
    parser.add_argument("--pass", dest="passing", default="0", metavar="LABEL", help="of what is not flagged (0)")
    parser.add_argument("--test", type=Path, metavar="CSV", help="test with these texts, not with a tenth of the data")
    parser.add_argument("--precision", type=float, default=0.9, metavar="SHARE", help="rightly flagged (0.9)")
    parser.add_argument("--bits", type=int, default=18, metavar="N", help="2 to the power of N features (18)")
    parser.add_argument("--epochs", type=int, default=4, metavar="N", help="how often each text is learnt from (4)")
    parser.add_argument("--json", action="store_true", help="print the card as one JSON document")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Trains, writes the model and prints its card."""
    _check(arguments)
    if not arguments.ground.strip():
        raise BadInput("the model names no ground", where="--ground", mend="name the clause that it looks for")
    checked_ground(arguments.ground, pack_ground, "--ground")
    data = read_labelled(arguments.data, arguments.text, arguments.label)
    test = read_labelled(arguments.test, arguments.text, arguments.label) if arguments.test else None
    started = time.monotonic()
    card, labels = train(
        data,
        arguments.passing,
        bits=arguments.bits,
        epochs=arguments.epochs,
        precision=arguments.precision,
        test=test,
    )
    card["ground"] = arguments.ground
    write_model(arguments.out, card, labels)
    if arguments.json:
        print(json.dumps(card, ensure_ascii=False))
    else:
        print(_page(card, time.monotonic() - started))
    return 0


def _check(arguments: argparse.Namespace) -> None:
    if not re.fullmatch(re.escape(PREFIX) + r"[A-Za-z0-9_-]{1,60}", arguments.out.name):
        raise BadInput(f"{arguments.out.name!r} is not a model's name", where="--out", mend="call it model.NAME")
    for option, value, least, most in (
        ("--bits", arguments.bits, FEWEST_BITS, MOST_BITS),
        ("--epochs", arguments.epochs, 1, _MOST_EPOCHS),
        ("--precision", arguments.precision, 0.0, 1.0),
    ):
        if not least <= value <= most:
            raise BadInput(f"{value} is out of range", where=option, mend=f"choose {least} to {most}")


def _page(card: dict[str, Any], seconds: float) -> str:
    """The card for people."""
    data = card["data"]
    counts = ", ".join(f"{name}: {count}" for name, count in data["counts"].items())
    lines = [
        f"{data['rows']} texts ({counts}), sha256 {data['digest'][:16]}…; learnt from {data['learning']}, calibrated on"
        f" {data['calibrating']}, tested with {data['testing']}; {seconds:.0f} s",
        f"macro F1 {card['macro_f1']}",
    ]
    for name, told in card["scores"].items():
        raised = f", raised for lawful {told['raised_for_lawful']}" if told["raised_for_lawful"] else ""
        lines.append(
            f"{name}: threshold {told['threshold']}{raised}; flags {told['flagged']}, precision {told['precision']},"
            f" recall {told['recall']}, F1 {told['f1']}, average precision {told['average_precision']}, calibration gap"
            f" {told['calibration']['gap']}"
        )
    lines.append("It flags for a person and holds nothing.")
    return "\n".join(lines)
