"""Images: the hash in plain Python, what is too plain, too large or broken."""

import random
import struct
import zlib

import pytest
from PIL import Image, ImageDraw

from anlanh.primitives.errors import BadInput
from anlanh.screening.images import ImageIndex, read_fingerprint
from anlanh.screening.pdq import DISTANCE, fingerprint, parse_hash


def picture(seed: int, size: tuple[int, int] = (160, 120)) -> Image.Image:
    chance = random.Random(seed)
    image = Image.new("RGB", size, (30, 60, 90))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((x, y, x + chance.randrange(5, size[0] // 2), y + chance.randrange(5, size[1] // 2)), colour)
    return image


def test_a_shrunken_and_recoded_copy_is_near_and_another_picture_far(tmp_path):
    picture(1, (320, 240)).save(tmp_path / "a.png")
    picture(1, (320, 240)).resize((200, 150)).save(tmp_path / "b.jpg", quality=60)
    picture(2, (320, 240)).save(tmp_path / "c.png")
    first, copy, other = (read_fingerprint(tmp_path / name).hash for name in ("a.png", "b.jpg", "c.png"))
    index = ImageIndex([first])
    assert list(index.find(first)) == [(0, 0)]
    assert [entry for entry, distance in index.find(copy) if distance <= DISTANCE] == [0]
    assert list(index.find(other)) == []


def test_the_hash_is_half_ones_and_written_in_64_digits():
    image = picture(3)
    found = fingerprint(image.tobytes(), *image.size)
    assert found.hash.bit_count() == 128
    assert parse_hash(f"{found.hash:064x}") == found.hash


def bomb() -> bytes:
    """A PNG that says it is 60 000 × 60 000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n broken", b"\xff\xd8\xff\xe0", bomb(), b"<svg/>"]
)
def test_what_is_no_image_is_bad_input(tmp_path, content):
    (tmp_path / "x.png").write_bytes(content)
    with pytest.raises(BadInput):
        read_fingerprint(tmp_path / "x.png")


def test_plain_images_missing_files_and_directories_are_bad_input(tmp_path):
    Image.new("RGB", (100, 100), "white").save(tmp_path / "plain.png")
    for name in ("plain.png", "missing.png", "."):
        with pytest.raises(BadInput):
            read_fingerprint(tmp_path / name)


def test_a_cut_off_file_is_bad_input(tmp_path):
    picture(4).save(tmp_path / "whole.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "whole.png").read_bytes()[:2000])
    with pytest.raises(BadInput, match="can't be read"):
        read_fingerprint(tmp_path / "cut.png")
