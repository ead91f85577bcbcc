"""`anlanh case-file`: checking what somebody took home of their case, without any database or network."""

import argparse
import contextlib
import io
import json
import sys
from dataclasses import asdict
from pathlib import Path

from anlanh.ledger.case_file import Verdict, verify
from anlanh.ledger.checkpoints import VerifyKey
from anlanh.primitives.errors import BadInput


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds `case-file` with `verify`."""
    parser = subparsers.add_parser("case-file", help="check a case file that somebody was given")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    checking = actions.add_parser("verify", help="check its signature, files, acts and their places in the log")
    checking.add_argument("file", metavar="FILE", help="the ZIP as it was downloaded; - is standard input")
    checking.add_argument("--key", metavar="FILE", help="the log's public key: NAME+ID+KEY, or PEM")
    checking.add_argument("--paper", metavar="FILE", help="a summary that came by itself: is it the one in the file?")
    checking.add_argument("--json", action="store_true", help="print the result as one JSON document")
    checking.set_defaults(run=run_verify)


def run_verify(arguments: argparse.Namespace) -> int:
    """Checks the file; 0 when it verifies, 1 with what is wrong on standard error when not."""
    key = _key(arguments.key) if arguments.key else None
    paper = Path(arguments.paper).read_bytes() if arguments.paper else None
    with contextlib.ExitStack() as opened:
        from_stdin = arguments.file == "-"
        source = (
            io.BytesIO(sys.stdin.buffer.read()) if from_stdin else opened.enter_context(Path(arguments.file).open("rb"))
        )
        try:
            verdict = verify(source, key, paper)
        except BadInput as fault:
            raise BadInput(fault.what, where=arguments.file, mend=fault.mend) from None
    if arguments.json:
        print(json.dumps(asdict(verdict), ensure_ascii=False))
    else:
        _say(verdict)
    for problem in verdict.problems:
        print(f"anlanh: {arguments.file}: {problem}", file=sys.stderr)
    return 0 if verdict.ok else 1


def _key(name: str) -> VerifyKey:
    try:
        return VerifyKey.parse(Path(name).read_text())
    except UnicodeDecodeError:
        raise BadInput("the file is not text", where=f"--key {name}", mend="check which file it is") from None
    except BadInput as fault:
        raise BadInput(fault.what, where=f"--key {name}", mend=fault.mend) from None


def _say(verdict: Verdict) -> None:
    print(
        f"{verdict.log} {'verifies' if verdict.ok else 'does NOT verify'}: {verdict.files} files, {verdict.acts} acts"
    )
    for summary in verdict.summaries:
        print(f"summary: {summary}")
    for note in verdict.notes:
        print(f"note: {note}")
