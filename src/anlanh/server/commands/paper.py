"""`anlanh paper`: composes official papers. Needs no database and no server."""

import argparse
import sys
from pathlib import Path

from anlanh.papers.composing.description import LARGEST, Paper, describe, read_description
from anlanh.papers.composing.measures import Measures, read_measures
from anlanh.primitives.errors import BadInput

TEMPLATE = Path(__file__).resolve().parents[2] / "packs" / "vn" / "templates" / "decree-30.yaml"


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds `paper` and what can be done with one."""
    parser = subparsers.add_parser("paper", help="compose an official paper", description="Official papers to send.")
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    composing = steps.add_parser(
        "compose",
        help="lay a paper out to Decree 30/2020 as PDF/A or Word",
        description="Lays the paper of DESCRIPTION.yaml out to Decree 30/2020.",
    )
    composing.add_argument("description", metavar="DESCRIPTION.yaml", help="- reads standard input")
    composing.add_argument("--out", required=True, type=Path, metavar="FILE", help="ends in .pdf (PDF/A) or .docx")
    composing.set_defaults(run=run_compose)


def run_compose(arguments: argparse.Namespace) -> int:
    """Answers `anlanh paper compose`."""
    measures = read_measures(TEMPLATE)
    if arguments.description == "-":
        given = sys.stdin.buffer.read(LARGEST + 1).decode("utf-8", "replace")
        paper = read_description(given, measures, "standard input")
    else:
        paper = describe(Path(arguments.description), measures)
    arguments.out.write_bytes(_composed(paper, measures, arguments.out))
    return 0


def _composed(paper: Paper, measures: Measures, out: Path) -> bytes:
    # Each of the two engines is imported only when it is needed.
    if out.suffix.lower() == ".pdf":
        from anlanh.papers.composing.pdf import pdf_of

        return pdf_of(paper, measures)
    if out.suffix.lower() == ".docx":
        from anlanh.papers.composing.word import docx_of

        return docx_of(paper, measures)
    raise BadInput(f"'{out.suffix}' is no kind of paper", where="--out", mend="end the name in .pdf or .docx")
