"""Keeping files: whole or not at all, in the owner's folder, to be read by the owner alone."""

import hashlib
import io
import stat
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest

from anlanh.base.actor import NotFound, system
from anlanh.base.files import queries, store
from anlanh.base.files.models import StoredFile
from anlanh.primitives.errors import BadInput


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ANLANH_FILES_DIR = tmp_path
    return tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class Breaking(io.BytesIO):
    """An upload whose sender goes away after the first chunk."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(size)


def test_a_file_is_kept_under_its_digest_for_its_owner_only(platform: Any, folder: Path) -> None:
    content = b"%PDF-1.7 " + bytes(200_000)
    actor = platform.actor("moderator")

    stored = store.keep(actor, "../công văn.pdf", io.BytesIO(content))

    digest = hashlib.sha256(content).hexdigest()
    path = folder / str(platform.organisation.id) / digest[:2] / digest
    assert files_in(folder) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (stored.name, stored.media_type, stored.size) == ("công văn.pdf", "application/pdf", len(content))
    assert (stored.sha256, stored.added_by) == (digest, actor.ref)
    with store.open_file(stored) as kept:
        assert kept.read() == content


def test_the_same_bytes_twice_are_two_rows_over_one_file(platform: Any, other: Any, folder: Path) -> None:
    here = [store.keep(platform.actor("moderator"), name, io.BytesIO(b"chung")) for name in ("a.txt", "b.txt")]
    assert here[0].id != here[1].id
    assert len(files_in(folder)) == 1

    store.keep(other.organisation.id, "a.txt", io.BytesIO(b"chung"))
    assert len(files_in(folder)) == 2


@pytest.mark.parametrize(("content", "limit"), [(b"", 10), (b"12345678901", 10), (bytes(300_000), 200_000)])
def test_empty_and_oversized_files_leave_nothing_behind(
    platform: Any, folder: Path, content: bytes, limit: int
) -> None:
    with pytest.raises(BadInput) as fault:
        store.keep(platform.organisation.id, "x.bin", io.BytesIO(content), limit=limit)
    assert fault.value.mend
    assert files_in(folder) == []
    assert not StoredFile.objects.exists()


def test_a_file_of_exactly_the_limit_is_kept(platform: Any) -> None:
    assert store.keep(platform.organisation.id, "x.bin", io.BytesIO(bytes(10)), limit=10).size == 10


def test_the_limit_of_the_settings_holds_when_none_is_given(platform: Any, settings: Any) -> None:
    settings.ANLANH_UPLOAD_LIMIT = 3
    with pytest.raises(BadInput, match="3 B"):
        store.keep(platform.organisation.id, "x.bin", io.BytesIO(b"1234"))


def test_an_upload_that_breaks_off_leaves_nothing_behind(platform: Any, folder: Path) -> None:
    with pytest.raises(ConnectionResetError):
        store.keep(platform.organisation.id, "x.bin", Breaking(bytes(200_000)))
    assert files_in(folder) == []


def test_the_sender_does_not_say_what_a_file_is(platform: Any) -> None:
    stored = store.keep(platform.organisation.id, "ảnh.png", io.BytesIO(b"<script>alert(1)</script>"))
    assert stored.media_type == "text/plain"
    assert not stored.is_picture


def test_a_zip_bomb_is_kept_as_the_small_file_it_is(platform: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("0", bytes(20_000_000))
    stored = store.keep(platform.organisation.id, "bom.docx", io.BytesIO(out.getvalue()))
    assert stored.media_type == "application/zip"
    assert stored.size < 50_000


def test_another_organisations_file_is_not_there(platform: Any, other: Any) -> None:
    stored = store.keep(other.organisation.id, "mật.txt", io.BytesIO(b"x"))
    words = []
    for asked in (stored.id, uuid.uuid4()):
        with pytest.raises(NotFound) as fault:
            queries.file(platform.actor("moderator"), asked)
        words.append(str(fault.value))
    assert words[0] == words[1]
    with pytest.raises(NotFound):
        queries.files(platform.actor("moderator"), [stored.id])
    assert queries.file(other.actor("moderator"), stored.id) == stored


def test_several_files_come_in_the_order_asked_for(platform: Any) -> None:
    kept = [store.keep(platform.organisation.id, f"{n}.txt", io.BytesIO(b"%d" % n)) for n in range(3)]
    wanted = [kept[2].id, kept[0].id, kept[2].id]
    assert [one.id for one in queries.files(system(platform.organisation.id), wanted)] == wanted
