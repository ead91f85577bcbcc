"""`anlanh up`: brings the database up to date, loads the packs, makes demonstration organisations, serves and works."""

import argparse
import ipaddress
import os
import sys
from pathlib import Path

from anlanh.primitives.errors import BadInput


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("up", help="set up what is missing, then serve the pages and run the worker")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (loopback)")
    parser.add_argument("--no-demo", action="store_true", help="no demonstration data; prints a one-time link instead")
    parser.add_argument("--data", type=Path, help="directory for database, files, keys and secrets (var)")
    parser.add_argument("--threads", type=int, default=8, help="threads that answer requests (8)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Sets up, then serves until stopped.

    Raises:
        BadInput: demonstration data on an address that others can reach.
    """
    if not arguments.no_demo and not _is_loopback(arguments.host):
        raise BadInput(
            f"demonstration people have known passwords and {arguments.host} can be reached from outside",
            where="--host",
            mend="add --no-demo, or listen on 127.0.0.1",
        )
    _prepare_environment(arguments)
    from anlanh.server.django_setup import setup

    setup()
    from anlanh.server import preparation, serving

    preparation.bring_up_to_date()
    if arguments.no_demo:
        link = preparation.first_administrator_link()
        sign_ins = []
    else:
        link = None
        sign_ins = preparation.ensure_demonstration()
    address = f"http://{'localhost' if _is_loopback(arguments.host) else arguments.host}:{arguments.port}"
    _announce(address, sign_ins, link)
    return serving.serve(arguments.host, arguments.port)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _prepare_environment(arguments: argparse.Namespace) -> None:
    """What the settings read, from what was said on the command line."""
    if arguments.data:
        os.environ["ANLANH_DATA"] = str(arguments.data)
    os.environ["ANLANH_THREADS"] = str(arguments.threads)
    os.environ.setdefault("ANLANH_SITE_URL", f"http://localhost:{arguments.port}")
    if not _is_loopback(arguments.host):
        os.environ.setdefault("ANLANH_HOSTS", arguments.host)


def _announce(address: str, sign_ins: list[tuple[str, str, str]], link: str | None) -> None:
    print(f"\nAn Lành: {address}/   console: {address}/console/   API: {address}/api/v1/openapi.json")
    if link:
        print(f"The first administrator signs up here, once, within a day: {address}{link}")
    if sign_ins:
        print("Demonstration sign-ins (password in the last column):")
        width = max(len(email) for email, _, _ in sign_ins)
        for email, role, password in sign_ins:
            print(f"  {email:<{width}}  {role:<44}  {password}")
    print("Stop with Ctrl-C.", flush=True)
    sys.stdout.flush()
