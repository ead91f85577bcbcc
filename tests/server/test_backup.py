"""Backup and restore: the restored deployment goes on with the same logs, under the same keys."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from anlanh.primitives.errors import BadInput
from anlanh.server.backup import restore_backup, write_backup
from anlanh.server.cli import main

pytestmark = pytest.mark.slow  # the program is started as its own process on a database that it migrates

PROGRAM = """
import sys
from anlanh.server.django_setup import setup
setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from pathlib import Path
from anlanh.base.acts.keys import verify_key
from anlanh.base.acts.ledger import export_organisation, latest_checkpoint
from anlanh.base.identity import actions
from anlanh.base.identity.models import Organisation
if sys.argv[1] == "begin":
    actions.create_organisation(code="mang", kind="licensed-social-network", name="Mạng Thử")
else:
    from anlanh.base.identity.policy import actor_for_member
    organisation = Organisation.objects.get(code="mang")
    actions.found_administrator(organisation, "ai@mang.example", "Ai Đó", "mat-khau-du-dai-2026")
export_organisation("mang", Path(sys.argv[2]))
Path(sys.argv[2] + ".key").write_text(verify_key("mang").vkey())
Path(sys.argv[2] + ".checkpoint").write_text(latest_checkpoint(Organisation.objects.get(code="mang").id).note)
"""


def run_program(data: Path, step: str, export: Path) -> None:
    """Runs the program as its own process, on its own embedded database."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ANLANH_")}
    environment |= {"ANLANH_DATA": str(data), "DJANGO_SETTINGS_MODULE": "anlanh.server.settings"}
    subprocess.run([sys.executable, "-c", PROGRAM, step, str(export)], env=environment, check=True, timeout=300)


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """A deployment with one organisation, and its export; made once, since migrating takes seconds."""
    folder = tmp_path_factory.mktemp("begun")
    run_program(folder / "data", "begin", folder / "first")
    return folder


@pytest.fixture
def deployment(begun, tmp_path) -> Path:
    """A copy of it that a test may do as it likes with."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    data = tmp_path / "data"
    (data / "files" / "org").mkdir(parents=True)
    (data / "files" / "org" / "evidence").write_bytes(b"\x00\x01evidence")
    return data


def test_a_restored_deployment_goes_on_appending_to_the_same_logs(deployment, tmp_path, capsys):
    write_backup(deployment, tmp_path / "backup.tar.gz")
    restored = tmp_path / "elsewhere" / "data"
    restore_backup(tmp_path / "backup.tar.gz", restored)
    assert (restored / "files" / "org" / "evidence").read_bytes() == b"\x00\x01evidence"
    assert (restored / "secret-key").read_text() == (deployment / "secret-key").read_text()
    assert all((path.stat().st_mode & 0o077) == 0 for path in restored.rglob("*"))
    run_program(restored, "go on", tmp_path / "second")
    first, second = tmp_path / "first", tmp_path / "second"
    assert (tmp_path / "first.key").read_text() == (tmp_path / "second.key").read_text()
    assert len(second.read_bytes()) > len(first.read_bytes())
    words = ["ledger", "verify", str(second), "--key", f"{first}.key", "--since", f"{first}.checkpoint"]
    assert main(words) == 0, capsys.readouterr().err


def test_an_archive_is_for_its_owner_only(deployment, tmp_path):
    write_backup(deployment, tmp_path / "backup.tar.gz")
    assert (tmp_path / "backup.tar.gz").stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten(deployment, tmp_path):
    write_backup(deployment, tmp_path / "backup.tar.gz")
    with pytest.raises(BadInput, match="exists already"):
        write_backup(deployment, tmp_path / "backup.tar.gz")
    with pytest.raises(BadInput, match="not empty"):
        restore_backup(tmp_path / "backup.tar.gz", deployment)


def test_a_directory_without_a_database_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no embedded database"):
        write_backup(tmp_path, tmp_path / "backup.tar.gz")


def hostile_archive(path: Path, members: dict[str, bytes], digests: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        manifest = json.dumps({"format": 1, "version": "0", "sha256": digests}).encode()
        for name, content in {"manifest.json": manifest, **members}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("members", "digests"),
    [
        ({"../escape": b""}, {"../escape": EMPTY}),
        ({"/etc/escape": b""}, {"/etc/escape": EMPTY}),
        ({"keys/a": b"other"}, {"keys/a": EMPTY}),
        ({"keys/a": b""}, {}),
        ({}, {"keys/a": EMPTY}),
    ],
)
def test_a_hostile_or_damaged_archive_leaves_nothing(tmp_path, members, digests):
    archive = hostile_archive(tmp_path / "hostile.tar.gz", members, digests)
    target = tmp_path / "target"
    with pytest.raises(BadInput, match="damaged"):
        restore_backup(archive, target)
    assert not target.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hostile.tar.gz"]


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_cut_off_archive_is_damaged(deployment, tmp_path, cut):
    write_backup(deployment, tmp_path / "whole.tar.gz")
    (tmp_path / "cut.tar.gz").write_bytes((tmp_path / "whole.tar.gz").read_bytes()[:cut])
    with pytest.raises(BadInput, match="damaged"):
        restore_backup(tmp_path / "cut.tar.gz", tmp_path / "target")


def test_a_missing_archive_is_one_line_and_status_two(tmp_path, capsys):
    assert main(["restore", str(tmp_path / "none.tar.gz"), "--data", str(tmp_path / "target")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
