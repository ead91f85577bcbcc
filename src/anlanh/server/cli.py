"""The `anlanh` command: finds the subcommand, turns bad input into one line and exit status 2, never a traceback."""

import argparse
import importlib
import sys

from anlanh.primitives.errors import BadInput
from anlanh.server.terminal import only_what_is_seen

# Module by module, so that `anlanh law clocks` never pays for Django.
COMMANDS = {
    "law": "anlanh.server.commands.law",
    "duties": "anlanh.server.commands.duties",
    "ledger": "anlanh.server.commands.ledger",
    "case-file": "anlanh.server.commands.case_file",
    "up": "anlanh.server.commands.up",
    "backup": "anlanh.server.commands.backup",
    "restore": "anlanh.server.commands.backup",
    "screen": "anlanh.server.commands.screen",
    "compare": "anlanh.server.commands.compare",
    "directive": "anlanh.server.commands.directive",
    "paper": "anlanh.server.commands.paper",
    "manage": "anlanh.server.commands.manage",
}

# They run for long and write their own logs; none prints names out of files that somebody sent.
_LONG_RUNNING = {"up", "manage"}


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the whole command, or with just the one subcommand that is going to run.

    Args:
        only: the name of the subcommand asked for; others are then not imported.
    """
    parser = argparse.ArgumentParser(prog="anlanh", description="A safe, healthy digital space under Vietnamese law.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules = {COMMANDS[only]} if only in COMMANDS else set(COMMANDS.values())
    for name in sorted(modules):
        importlib.import_module(name).configure(subparsers)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Runs one command.

    Args:
        argv: the words after `anlanh`; the process's own when left out.

    Returns:
        0 done, 1 a check answered no, 2 bad usage or bad input.
    """
    words = sys.argv[1:] if argv is None else argv
    if words[:1] and words[0] in _LONG_RUNNING:
        return _run(words)
    with only_what_is_seen():
        return _run(words)


def _run(words: list[str]) -> int:
    parser = build_parser(words[0] if words else None)
    arguments = parser.parse_args(words)
    try:
        return arguments.run(arguments)
    except BadInput as fault:
        print(f"anlanh: {' '.join(str(fault).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as fault:
        print(f"anlanh: {fault.filename or ''}: {fault.strerror or fault}".replace(": :", ":"), file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
