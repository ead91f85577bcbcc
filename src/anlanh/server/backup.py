"""Backup and restore of the embedded deployment.

The database is copied by SQLite's own backup, which is consistent while the program runs. Files come after it: they
are named by their digest, and none that a case holds is ever removed, so whatever matters in the copied database is
there. Keys and the secret go in
too; a log restored without its key could not go on.
"""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from anlanh import __version__
from anlanh.primitives.errors import BadInput

DATABASE = "anlanh.sqlite3"
MANIFEST = "manifest.json"
KEPT = ("files", "keys", "mail")
FORMAT = 1


@dataclass(frozen=True)
class Summary:
    """What a backup held.

    Args:
        files: number of files.
        size: bytes in all, unpacked.
    """

    files: int
    size: int


def write_backup(data: Path, archive: Path) -> Summary:
    """Writes a data directory to one archive, readable by its owner only.

    Args:
        data: the data directory of an embedded deployment.
        archive: the file to make.

    Raises:
        BadInput: there is no embedded database there, or the archive exists already.
    """
    if not (data / DATABASE).is_file():
        raise BadInput(
            "there is no embedded database here",
            where=str(data),
            mend="name the data directory with --data; a PostgreSQL deployment is backed up with pg_dump and this "
            "directory's keys/, files/ and secret-key",
        )
    if archive.exists():
        raise BadInput("the file exists already", where=str(archive), mend="choose another name")
    with tempfile.TemporaryDirectory(dir=data) as scratch:
        snapshot = Path(scratch) / DATABASE
        _copy_database(data / DATABASE, snapshot)
        members = {DATABASE: snapshot, **_files_to_keep(data)}
        digests = {name: _digest(path) for name, path in members.items()}
        manifest = {"format": FORMAT, "version": __version__, "sha256": digests}
        handle = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out, tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
            _add_bytes(tar, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
            for name, path in sorted(members.items()):
                tar.add(path, arcname=name, recursive=False, filter=_without_owner)
        return Summary(len(members), sum(path.stat().st_size for path in members.values()))


def restore_backup(archive: Path, data: Path) -> Summary:
    """Lays an archive out as a data directory, once every file in it was found to be what the manifest says.

    Raises:
        BadInput: the directory holds something already; the archive is damaged, of another kind, or names a place
            outside the directory. Nothing is left behind then.
    """
    if data.exists() and any(data.iterdir()):
        raise BadInput("the directory is not empty", where=str(data), mend="name a new one with --data")
    data.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data.parent, prefix=f".{data.name}-") as scratch:
        laid_out = Path(scratch) / "data"
        laid_out.mkdir(mode=0o700)
        with _reading(archive) as tar:
            manifest = _read_manifest(tar, archive)
            summary = _unpack(tar, manifest["sha256"], laid_out, archive)
        if data.exists():
            data.rmdir()
        laid_out.rename(data)
    return summary


def _copy_database(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as here,
        contextlib.closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)
    target.chmod(0o600)


def _files_to_keep(data: Path) -> dict[str, Path]:
    found = {"secret-key": data / "secret-key"} if (data / "secret-key").is_file() else {}
    for folder in KEPT:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(data).as_posix()] = path
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    tar.addfile(entry, io.BytesIO(content))


@contextlib.contextmanager
def _reading(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(archive, mode="r:gz") as tar:
            yield tar
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as fault:
        if isinstance(fault, (FileNotFoundError, BadInput)):
            raise
        raise _damaged(archive, str(fault) or type(fault).__name__) from None


def _read_manifest(tar: tarfile.TarFile, archive: Path) -> dict:
    entry = tar.next()
    stream = tar.extractfile(entry) if entry is not None and entry.isfile() and entry.name == MANIFEST else None
    if stream is None:
        raise _damaged(archive, "it does not begin with a manifest")
    manifest = json.loads(stream.read())
    if manifest.get("format") != FORMAT:
        raise BadInput(
            f"this is a backup of format {manifest.get('format')!r}",
            where=str(archive),
            mend=f"restore it with the version that wrote it ({manifest.get('version')})",
        )
    return manifest


def _unpack(tar: tarfile.TarFile, digests: dict[str, str], target: Path, archive: Path) -> Summary:
    missing = dict(digests)
    size = 0
    while (entry := tar.next()) is not None:
        wanted = missing.pop(entry.name, None)
        place = PurePosixPath(entry.name)
        if wanted is None or not entry.isfile() or place.is_absolute() or ".." in place.parts:
            raise _damaged(archive, f"it holds {entry.name!r}, which its manifest does not allow")
        path = target / place
        _make_private(path.parent, target)
        stream = tar.extractfile(entry)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while chunk := stream.read(1 << 20):
                out.write(chunk)
        if _digest(path) != wanted:
            raise _damaged(archive, f"{entry.name} is not what the manifest says")
        size += entry.size
    if missing:
        raise _damaged(archive, f"{len(missing)} files are missing, {min(missing)} first")
    return Summary(len(digests), size)


def _make_private(folder: Path, top: Path) -> None:
    """Makes a folder below `top`, each level for the owner only."""
    if folder != top:
        _make_private(folder.parent, top)
        folder.mkdir(exist_ok=True, mode=0o700)


def _damaged(archive: Path, why: str) -> BadInput:
    return BadInput(f"the backup is damaged: {why}", where=str(archive), mend="use another copy; nothing was restored")
