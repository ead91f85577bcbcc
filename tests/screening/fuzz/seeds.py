"""Writes what the fuzz target starts from: the readings of code points, and seeds. Usage: seeds.py DIRECTORY"""

import json
import random
import struct
import sys
from pathlib import Path

from tests.screening.attacks import FORMS
from tests.screening.test_copies import corpus

from anlanh.screening.native.core import PAGES, page_of

# Scripts in use, punctuation, symbols, full width, emoji; the rest stays lacking, as it may in a scan.
WRITTEN = (*range(0x34), 0xA6, 0xA7, 0xAC, 0xFB, 0xFE, 0xFF, 0x1D4, 0x1F1, 0x1F6, 0xE00)
PHRASES = ("lừa đảo", "cá độ", "18+", "$ex", "l!ke", "ừ", "tín dụng đen", "bad.com", "a.b.vn", "xn--bd-7cd.com")


def main(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "readings").open("wb") as out:
        for reading in range(4):
            for page in WRITTEN:
                entries, pool = page_of(reading, page)
                out.write(
                    struct.pack("=I", reading * PAGES + page) + entries + struct.pack("=I", len(pool) // 4) + pool
                )
    chance = random.Random(1)
    for number, (name, (_, attack)) in enumerate(FORMS.items()):
        attacked = [attack(phrase, chance) for phrase in PHRASES]
        texts = corpus(3, seed=number)
        lines = [
            *PHRASES,
            *texts,
            *attacked,
            *(f"{a} https://www.{p}/x" for a, p in zip(attacked, PHRASES, strict=True)),
            *texts,
        ]
        (directory / f"seed-{name.replace(' ', '-')}").write_text("\n".join(lines), encoding="utf-8")
    posts = [
        json.dumps(
            {"id": f"\x07{name}\n", "text": attacked, "images": [], "n": [1.5, {"a": None}]}, ensure_ascii=escaped
        )
        for escaped in (True, False)
        for name, attacked in zip(PHRASES, lines, strict=False)
    ]
    (directory / "seed-json").write_text("\n".join(posts), encoding="utf-8")
    (directory / "seed-bytes").write_bytes(chance.randbytes(4096))
    (directory / "seed-halves").write_bytes("\n".join("đ€😀\u0301\ud800").encode("utf-8", "surrogatepass") * 30)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
