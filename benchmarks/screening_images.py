"""How fast are PDQ hashing and the exact search among millions of hashes, and are the hashes those of the reference?

    pip install pdqhash        the reference, for hashing (builds from its sources)
    pip install faiss-cpu      BinaryFlat, for the search

Hashing starts from pixels in memory: decoding the file costs more than either. The search asks for hashes at every
distance from 0 to 31, which must all be found.

Usage: python -m benchmarks.screening_images [--known N,N,…]
"""

import argparse
import importlib.util
import random
import time

from benchmarks.screening_text import line, memory, missing, per_second
from PIL import Image

from anlanh.screening.native.core import _core, is_installed
from anlanh.screening.native.images import native_fingerprint
from anlanh.screening.pdq import DISTANCE, fingerprint

SIZES = ((512, 512), (1024, 768), (1920, 1080))
QUERIES = 3200


def picture(size: tuple[int, int]) -> Image.Image:
    """A picture with large and small detail."""
    chance = random.Random(2)
    small = Image.frombytes("RGB", (40, 30), chance.randbytes(3600))
    noise = Image.frombytes("RGB", size, chance.randbytes(3 * size[0] * size[1]))
    return Image.blend(small.resize(size, Image.Resampling.BICUBIC), noise, 0.1)


def measure_hashing() -> None:
    """The core, plain Python, and the reference."""
    for size in SIZES:
        pixels = picture(size).tobytes()
        made = native_fingerprint(pixels, *size)
        rate = per_second(lambda pixels=pixels, size=size: [native_fingerprint(pixels, *size) for _ in range(20)], 20)
        line(f"PDQ of {size[0]} × {size[1]} pixels", rate)
        if importlib.util.find_spec("pdqhash") is None:
            missing("pdqhash")
            continue
        import numpy
        import pdqhash

        array = numpy.frombuffer(pixels, numpy.uint8).reshape(size[1], size[0], 3)
        bits, _ = pdqhash.compute(array)
        reference = int("".join("1" if bit else "0" for bit in bits), 2)
        other = per_second(lambda array=array: pdqhash.compute(array), 1, 5)
        line("    pdqhash", other, f"{(reference ^ made.hash).bit_count()} bits differ; ratio {rate / other:.1f}")
    pixels = picture(SIZES[0]).tobytes()
    rate = per_second(lambda: fingerprint(pixels, *SIZES[0]), 1, 2)
    line("    plain Python at 512 × 512", rate)


def measure_search(count: int) -> None:
    """Queries at distances 0 … 31 from known hashes, in turn."""
    chance = random.Random(3)
    known = b"".join(chance.randbytes(32 << 10) for _ in range(-(-count // 1024)))[: 32 * count]
    start = time.perf_counter()
    index = _core.images(known)
    built = time.perf_counter() - start
    queries = []
    for number in range(QUERIES):
        wanted = int.from_bytes(known[32 * number : 32 * number + 32], "little")
        for bit in chance.sample(range(256), number % (DISTANCE + 1)):
            wanted ^= 1 << bit
        queries.append(wanted.to_bytes(32, "little"))
    found = [_core.find_images(index, wanted, DISTANCE) for wanted in queries]
    recall = sum(any(entry == number for entry, _ in hits) for number, hits in enumerate(found)) / QUERIES
    rate = per_second(lambda: [_core.find_images(index, wanted, DISTANCE) for wanted in queries], QUERIES)
    line(
        f"search among {count:,}",
        rate,
        f"recall {recall:.4f}, built in {built:.1f} s, {memory():,.0f} MB at most so far",
    )
    if importlib.util.find_spec("faiss") is None:
        missing("faiss-cpu")
        return
    import faiss
    import numpy

    flat = faiss.IndexBinaryFlat(256)
    flat.add(numpy.frombuffer(known, numpy.uint8).reshape(count, 32))
    asked = numpy.frombuffer(b"".join(queries[:100]), numpy.uint8).reshape(100, 32)
    faiss.omp_set_num_threads(1)
    other = per_second(lambda: flat.range_search(asked, DISTANCE + 1), 100, 1)
    line("    faiss BinaryFlat", other, f"ratio {rate / other:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--known", default="100000,1000000", help="how many hashes are known")
    parser.add_argument("--no-hashing", action="store_true", help="leave out the hashing of pictures")
    arguments = parser.parse_args()
    if not is_installed():
        parser.error("the native core was not built; install a C compiler and run script/setup")
    if not arguments.no_hashing:
        measure_hashing()
    for count in map(int, arguments.known.split(",")):
        measure_search(count)


if __name__ == "__main__":
    main()
