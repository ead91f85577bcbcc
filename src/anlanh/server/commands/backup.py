"""`anlanh backup FILE` and `anlanh restore FILE --data DIR`: the whole embedded deployment, keys included."""

import argparse
import os
from pathlib import Path


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds both commands."""
    backup = subparsers.add_parser("backup", help="write database, files, keys and secrets to one file")
    backup.add_argument("file", type=Path, help="the archive to write; must not exist yet")
    backup.add_argument("--data", type=Path, help="the data directory (var)")
    backup.set_defaults(run=run_backup)
    restore = subparsers.add_parser("restore", help="lay a backup out as a new data directory")
    restore.add_argument("file", type=Path, help="the archive to read")
    restore.add_argument("--data", type=Path, required=True, help="the directory to make; must be absent or empty")
    restore.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace) -> int:
    """Writes the archive; the program may be running meanwhile."""
    from anlanh.server.backup import write_backup

    data = arguments.data or Path(os.environ.get("ANLANH_DATA", "var"))
    summary = write_backup(data, arguments.file)
    print(f"{arguments.file}: {summary.files} files, {summary.size:,} bytes; keep it as safe as the keys inside")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Checks the archive and lays it out."""
    from anlanh.server.backup import restore_backup

    summary = restore_backup(arguments.file, arguments.data)
    print(f"{arguments.data}: {summary.files} files restored; start with: anlanh up --data {arguments.data}")
    return 0
