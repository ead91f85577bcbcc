"""`anlanh manage …`: Django's own commands, for operators and developers."""

import argparse
import sys

from anlanh.server.django_setup import setup


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("manage", help="Django's own management commands", add_help=False)
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hands the remaining words to Django."""
    from django.core.management import execute_from_command_line

    setup()
    execute_from_command_line([sys.argv[0], *arguments.words])
    return 0
