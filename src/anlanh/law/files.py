"""Which files a pack may have, and its version, which is that of their bytes."""

import hashlib
from pathlib import Path

from anlanh.law.nodes import hint
from anlanh.primitives.errors import BadInput

FOLDERS = (
    "instruments", "clauses", "grounds", "clocks", "procedures",
    "calendar", "checklists", "duties", "forms", "parameters", "sanctions",
)  # fmt: skip
NEEDED_FILES = ("pack.yaml", "vocabulary.yaml", "actors.yaml", "ground-sets.yaml")
OPTIONAL_FILES = (
    "bodies.yaml",
    "choices.yaml",
    "places.yaml",
    "help-lines.yaml",
    "house-rules.yaml",
    "repeat-rules.yaml",
    "report-types.yaml",
)
_READ_ELSEWHERE = ("templates",)  # other rooms of the pack, with readers of their own


def pack_files(root: Path) -> list[Path]:
    """Every file of the pack, in a fixed order; a file or folder that nobody reads is refused, not passed over.

    Raises:
        BadInput: not a directory, or a file that no part of the program reads.
    """
    if not root.is_dir():
        raise BadInput("not a directory", where=str(root), mend="name the root of a law pack")
    files = sorted(path for path in root.rglob("*") if path.is_file())
    for path in files:
        parts = path.relative_to(root).parts
        where = "/".join((root.name, *parts))
        if len(parts) == 1 and parts[0] not in NEEDED_FILES + OPTIONAL_FILES:
            known = sorted(NEEDED_FILES + OPTIONAL_FILES)
            raise BadInput("a file that no part of the program reads", where=where, mend=hint(parts[0], known))
        if len(parts) > 1 and parts[0] not in FOLDERS + _READ_ELSEWHERE:
            known = sorted(FOLDERS + _READ_ELSEWHERE)
            raise BadInput(f"unknown folder '{parts[0]}'", where=where, mend=hint(parts[0], known))
        if parts[0] in FOLDERS and (len(parts) != 2 or path.suffix != ".yaml"):
            raise BadInput("not a .yaml file directly in its folder", where=where, mend="rename or move it")
    return files


def version_of(root: Path, files: list[Path]) -> str:
    """SHA-256 over names and bytes, in hexadecimal."""
    digest = hashlib.sha256()
    for path in files:
        name, content = path.relative_to(root).as_posix().encode(), path.read_bytes()
        digest.update(f"{len(name)} {len(content)}\n".encode() + name + content)
    return digest.hexdigest()
