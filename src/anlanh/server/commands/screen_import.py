"""`anlanh screen import`: entries from elsewhere into a directory of lists."""

import argparse
import json
from pathlib import Path

from anlanh.primitives.errors import BadInput
from anlanh.screening.importing.entries import REFUSED, Importer, Result, write
from anlanh.screening.importing.formats import READERS
from anlanh.screening.importing.rows import LARGEST_FILE
from anlanh.screening.lists import NAMES, Lists, read_lists
from anlanh.screening.phrases import LEVELS
from anlanh.work.casework.screening_lists.grounds import pack_ground

_SHOWN = 20  # refused rows that are told on paper


def configure(steps: argparse._SubParsersAction) -> None:
    """Adds the step."""
    parser = steps.add_parser(
        "import",
        help="take entries from other files into the lists",
        description="Adds the entries of FILE to the lists of DIR. Every entry needs a ground. Refused are entries that"
        " hit a sample of lawful criticism, satire and news, that are allowed, or that rest on grounds screening must"
        " not look for; each row's result is told.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--from", dest="form", required=True, choices=sorted(READERS), help="the form of FILE")
    parser.add_argument("--lists", type=Path, required=True, metavar="DIR", help="made if it is not there")
    parser.add_argument("--ground", default="", metavar="REF", help="the clause that rows without one rest on")
    parser.add_argument("--level", choices=LEVELS, default="fold", help="of phrases that name none (fold)")
    parser.add_argument("--source", default="", metavar="NAME", help="begins the ids of rows that have none")
    parser.add_argument("--results", type=Path, metavar="OUT", help="gets every row's result, one JSON object a line")
    parser.add_argument("--dry-run", action="store_true", help="check and tell, and change nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Imports, and tells what became of the rows."""
    rows = READERS[arguments.form](_content(arguments.file), str(arguments.file))
    source = arguments.source or arguments.form
    importer = Importer(
        _present(arguments.lists), pack_ground, ground=arguments.ground, level=arguments.level, source=source
    )
    outcome = importer.take(rows)
    if not arguments.dry_run:
        write(arguments.lists, outcome.lines)
    if arguments.results:
        with arguments.results.open("w", encoding="utf-8", errors="replace") as stream:
            stream.writelines(json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in outcome.results)
    refused = [one for one in outcome.results if one.result == REFUSED]
    totals = outcome.totals()
    if arguments.json:
        print(json.dumps({**totals, "rows": len(outcome.results), "refusals": [one.to_dict() for one in refused]}))
    else:
        print(_page(totals, refused, arguments.file, dry=arguments.dry_run))
    return 0


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise BadInput(f"the file is larger than {LARGEST_FILE >> 20} MB", where=str(path), mend="split it")
    return content


def _present(directory: Path) -> Lists:
    if not directory.exists() or not any((directory / name).is_file() for name in NAMES):
        return Lists()
    return read_lists(directory, pack_ground)


def _page(totals: dict[str, int], refused: list[Result], file: Path, *, dry: bool) -> str:
    lines = [f"{', '.join(f'{count} {name}' for name, count in totals.items())}{' (nothing written)' if dry else ''}"]
    lines += [f"{file}:{one.line}: {one.field}: {one.why}" for one in refused[:_SHOWN]]
    if len(refused) > _SHOWN:
        lines.append(f"and {len(refused) - _SHOWN} more; --results OUT writes them all")
    return "\n".join(line.encode("utf-8", "replace").decode() for line in lines)
