"""The program that decodes one hostile picture: standard input to standard output, then gone.

Run as a script by `previews`, isolated from the rest (`python -I`): it imports Pillow and nothing of this project.
Every limit is set before the first byte of the picture is read, and can't be raised again. Exit status 0 means that the
output is whole.
"""

import resource
import sys

CPU_SECONDS = 5
MEMORY_BYTES = 768 * 1024 * 1024
MOST_OPEN_FILES = 32
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
JPEG_QUALITY = 82


def bind_limits(most_output: int, cpu_seconds: int = CPU_SECONDS, memory: int = MEMORY_BYTES) -> None:
    """Limits CPU time, memory, output, open files and core dumps for the rest of this process's life."""
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, most_output),
        (resource.RLIMIT_NOFILE, MOST_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def redraw(form: str) -> None:
    """Decodes the picture, turns it upright, shrinks it, and writes its pixels alone.

    Raises:
        ValueError: more pixels than `MOST_PIXELS`.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted below, after the JPEG decoder has been told how little is wanted
    picture = Image.open(sys.stdin.buffer, formats=[form])
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("more pixels than a preview is worth")
    picture = ImageOps.exif_transpose(picture)
    seen_through = picture.has_transparency_data
    picture = picture.convert("RGBA" if seen_through else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)  # a new picture has no EXIF, comment, profile or other passenger
    if seen_through:
        bare.save(sys.stdout.buffer, "PNG")
    else:
        bare.save(sys.stdout.buffer, "JPEG", quality=JPEG_QUALITY)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    bind_limits(int(sys.argv[2]))
    redraw(sys.argv[1])
