"""Previews are new pictures made in a bounded process; what can't be decoded has none, and nobody sees an error."""

import ast
import io
import json
import struct
import subprocess
import sys
import uuid
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.ExifTags import Base

from anlanh.base.files import preview_process, previews, store
from anlanh.base.files.models import StoredFile


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ANLANH_FILES_DIR = tmp_path
    return tmp_path


def laid_down(content: bytes, media_type: str) -> StoredFile:
    stored = StoredFile(organisation_id=uuid.uuid4(), sha256=uuid.uuid4().hex * 2, media_type=media_type)
    store.write_whole(store.path_of(stored.organisation_id, stored.sha256), content)
    return stored


def encoded(picture: Image.Image, form: str, **details: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **details)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG that unpacks to a huge black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((width // 8 + 1) * height), 1)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_photograph_is_shrunk_turned_upright_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Make] = "MayAnhBiMat"
    photograph = encoded(Image.new("RGB", (3200, 1600), "teal"), "JPEG", exif=exif, comment=b"GhiChuBiMat")

    made = previews.make(laid_down(photograph, "image/jpeg"))

    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.size) == ("JPEG", (800, 1600))
    assert not picture.getexif()
    assert b"BiMat" not in made


def test_a_picture_one_can_see_through_stays_so() -> None:
    content = encoded(Image.new("RGBA", (20, 10), (0, 128, 128, 60)), "PNG", icc_profile=b"HoSoMau" * 50)
    made = previews.make(laid_down(content, "image/png"))
    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.size, picture.getpixel((0, 0))) == ("PNG", (20, 10), (0, 128, 128, 60))
    assert "icc_profile" not in picture.info


@pytest.mark.parametrize("form", ["GIF", "WEBP", "BMP"])
def test_other_pictures_become_jpeg(form: str) -> None:
    made = previews.make(laid_down(encoded(Image.new("RGB", (30, 30), "teal"), form), f"image/{form.lower()}"))
    assert Image.open(io.BytesIO(made)).format == "JPEG"


def test_a_picture_with_too_many_pixels_has_no_preview() -> None:
    bomb = png_that_claims(8000, 8000)
    assert len(bomb) < 100_000
    assert previews.make(laid_down(bomb, "image/png")) is None


@pytest.mark.parametrize(
    "content",
    [
        encoded(Image.effect_noise((300, 300), 90), "PNG")[:20_000],
        b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>",
        encoded(Image.new("RGB", (9, 9)), "TIFF"),
    ],
    ids=["cut off", "only the mark", "another kind"],
)
def test_what_can_not_be_decoded_has_no_preview_and_is_not_tried_again(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = laid_down(content, "image/png")
    assert previews.make(stored) is None
    monkeypatch.setattr(previews, "_PROCESS", Path("/nonexistent"))
    monkeypatch.setattr(previews, "_render", lambda _stored: pytest.fail("tried again"))
    assert previews.make(stored) is None


def test_a_preview_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = laid_down(encoded(Image.new("RGB", (9, 9)), "PNG"), "image/png")
    first = previews.make(stored)
    monkeypatch.setattr(previews, "_render", lambda _stored: pytest.fail("made again"))
    assert previews.make(stored) == first


def test_a_process_that_hangs_is_ended_and_the_file_may_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hanging = tmp_path / "hanging.py"
    hanging.write_text("import signal\nsignal.pause()\n")
    stored = laid_down(encoded(Image.new("RGB", (9, 9)), "PNG"), "image/png")
    with monkeypatch.context() as patch:
        patch.setattr(previews, "_PROCESS", hanging)
        patch.setattr(previews, "WALL_SECONDS", 0.2)
        assert previews.make(stored) is None
    assert previews.make(stored)


def test_a_file_that_is_gone_has_no_preview() -> None:
    stored = laid_down(b"x", "image/png")
    store.path_of(stored.organisation_id, stored.sha256).unlink()
    assert previews.make(stored) is None


def test_the_process_binds_itself_and_the_limits_bite() -> None:
    script = f"""
import json, resource, runpy, sys
runpy.run_path({preview_process.__file__!r})["bind_limits"](1000)
names = ("CPU", "AS", "FSIZE", "NOFILE", "CORE")
limits = {{name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}}
try:
    bytearray(2 * {preview_process.MEMORY_BYTES})
except MemoryError:
    limits["memory"] = "refused"
print(json.dumps(limits))
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == {
        "CPU": [preview_process.CPU_SECONDS] * 2,
        "AS": [preview_process.MEMORY_BYTES] * 2,
        "FSIZE": [1000, 1000],
        "NOFILE": [preview_process.MOST_OPEN_FILES] * 2,
        "CORE": [0, 0],
        "memory": "refused",
    }


def test_a_preview_larger_than_the_limit_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "MOST_OUTPUT_BYTES", 5000)
    noise = encoded(Image.effect_noise((400, 400), 90), "PNG")
    assert previews.make(laid_down(noise, "image/png")) is None


def test_the_process_knows_nothing_of_the_program() -> None:
    tree = ast.parse(Path(preview_process.__file__).read_text())
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    assert imported == {"resource", "sys", "PIL"}
