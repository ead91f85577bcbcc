"""`anlanh ledger`: writing out an organisation's whole log, and checking such a file without any database."""

import argparse
import base64
import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TextIO, TypeVar

from anlanh.ledger import proofs
from anlanh.ledger.checkpoints import VerifyKey
from anlanh.ledger.export import Verification, verify_export
from anlanh.primitives.errors import BadInput

_LARGEST_KEY_OR_NOTE = 1 << 20  # bytes
_Parsed = TypeVar("_Parsed")


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds `ledger` with `export`, `verify` and `verify-acts`."""
    ledger = subparsers.add_parser("ledger", help="export a log, or verify an export")
    actions = ledger.add_subparsers(dest="action", required=True, metavar="ACTION")

    export = actions.add_parser("export", help="write the whole log of one organisation from the configured database")
    export.add_argument("file", metavar="FILE", help="where to; - is standard output")
    export.add_argument("--org", required=True, metavar="CODE", help="the organisation's code")
    export.set_defaults(run=run_export)

    verify = actions.add_parser("verify", help="check an export: every entry, their order, the signature")
    verify.add_argument("file", metavar="FILE", help="the export; - is standard input")
    verify.add_argument("--key", metavar="FILE", help="the log's public key: NAME+ID+KEY, or PEM")
    verify.add_argument("--since", metavar="FILE", help="an earlier checkpoint that the log must continue")
    verify.add_argument("--json", action="store_true", help="print the result as one JSON document")
    verify.set_defaults(run=run_verify)

    acts = actions.add_parser("verify-acts", help="check single acts with their proofs, as the audit page gives them")
    acts.add_argument("file", metavar="FILE", help="the JSON as it was downloaded; - is standard input")
    acts.add_argument("--key", metavar="FILE", help="the log's public key: NAME+ID+KEY, or PEM")
    acts.add_argument("--json", action="store_true", help="print the result as one JSON document")
    acts.set_defaults(run=run_verify_acts)


def run_export(arguments: argparse.Namespace) -> int:
    """Writes the log; says on standard error how many entries it holds."""
    from anlanh.server.django_setup import setup

    setup()
    from anlanh.base.acts.ledger import export_organisation

    to_stdout = arguments.file == "-"
    size = export_organisation(arguments.org, sys.stdout.buffer if to_stdout else Path(arguments.file))
    _say(f"{size} entries", sys.stderr)
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Checks the file; 0 when it verifies, 1 with the first bad entry on standard error when not."""
    names = (arguments.file, arguments.key, arguments.since)
    if names.count("-") > 1:
        raise BadInput("standard input was given twice", mend="name a file for all but one of them")
    key = _read(arguments.key, "--key", VerifyKey.parse) if arguments.key else None
    since = _read(arguments.since, "--since", str) if arguments.since else None
    source = sys.stdin.buffer if arguments.file == "-" else Path(arguments.file)
    progress = _progress()
    result = verify_export(source, key, since, progress)
    if progress:
        _say("", sys.stderr)
    if arguments.json:
        _say(json.dumps(_as_document(result), ensure_ascii=False))
    else:
        _say_result(result)
    _say_problems(result, arguments.file)
    return 0 if result.ok else 1


def run_verify_acts(arguments: argparse.Namespace) -> int:
    """Checks acts with their proofs; 0 when they verify, 1 with what is wrong on standard error when not."""
    if (arguments.file, arguments.key).count("-") > 1:
        raise BadInput("standard input was given twice", mend="name a file for one of them")
    key = _read(arguments.key, "--key", VerifyKey.parse) if arguments.key else None
    with contextlib.ExitStack() as opened:
        source = sys.stdin.buffer if arguments.file == "-" else opened.enter_context(Path(arguments.file).open("rb"))
        try:
            verdict = proofs.verify(source, key)
        except BadInput as fault:
            raise BadInput(fault.what, where=arguments.file, mend=fault.mend) from None
    if arguments.json:
        _say(json.dumps(asdict(verdict), ensure_ascii=False))
    else:
        judged = "verifies" if verdict.ok else "does NOT verify"
        _say(f"{verdict.log} {judged}: {verdict.acts} acts, {verdict.values} values")
        for note in verdict.notes:
            _say(f"note: {note}")
    for problem in verdict.problems:
        _say(f"anlanh: {arguments.file}: {problem}", sys.stderr)
    return 0 if verdict.ok else 1


def _read(name: str, option: str, parse: Callable[[str], _Parsed]) -> _Parsed:
    """Reads a small text file, or standard input for `-`, and parses it; faults name the option and file."""
    where = f"{option} {name}"
    if name == "-":
        content = sys.stdin.buffer.read(_LARGEST_KEY_OR_NOTE + 1)
    else:
        with Path(name).open("rb") as stream:
            content = stream.read(_LARGEST_KEY_OR_NOTE + 1)
    if len(content) > _LARGEST_KEY_OR_NOTE:
        raise BadInput("the file is too long to be a key or a checkpoint", where=where, mend="check which file it is")
    try:
        return parse(content.decode())
    except UnicodeDecodeError:
        raise BadInput("the file is not text", where=where, mend="check which file it is") from None
    except BadInput as fault:
        raise BadInput(fault.what, where=where, mend=fault.mend) from None


def _progress() -> Callable[[int], None] | None:
    """Shows the count on standard error when a person watches."""
    if not sys.stderr.isatty():
        return None
    return lambda count: _say(f"\r{count} entries", sys.stderr, end="")


def _as_document(result: Verification) -> dict[str, object]:
    return {
        "ok": result.ok,
        "log": result.origin,
        "size": result.size,
        "root": base64.b64encode(result.root).decode(),
        "first_bad": result.first_bad,
        "first_bad_why": result.first_bad_why,
        "problems": result.problems,
        "notes": result.notes,
    }


def _say_result(result: Verification) -> None:
    verdict = "verifies" if result.ok else "does NOT verify"
    _say(f"{result.origin or 'the file'} {verdict}: {result.size} entries")
    for note in result.notes:
        _say(f"note: {note}")


def _say_problems(result: Verification, name: str) -> None:
    if result.first_bad is not None:
        _say(f"anlanh: {name}: line {result.first_bad} is the first bad entry: {result.first_bad_why}", sys.stderr)
    for problem in result.problems:
        _say(f"anlanh: {name}: {problem}", sys.stderr)


def _say(text: str, stream: TextIO | None = None, end: str = "\n") -> None:
    out = stream or sys.stdout
    out.write(text + end)
    out.flush()
