"""A stream of posts judged: one verdict line for each line, in their order."""

import json
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from json.encoder import encode_basestring as quoted
from typing import Any, BinaryIO

from anlanh.screening.choice import ReadsLines
from anlanh.screening.engine import Screen, Verdict
from anlanh.screening.hits import Hit
from anlanh.screening.posts import BadLine, Chunk, Post, parse_post, posts_of, read_chunks

_LARGE = 4 << 20  # bytes


Screens = Screen | Callable[[], Screen]


def judge_stream(screen: Screens, posts: BinaryIO, out: BinaryIO, *, threads: int = 1) -> None:
    """Writes one verdict for each line of posts, in their order; a line that is no post gives its error.

    Args:
        screen: judges; or a function that gives the one that judges the lines that have come in.
        posts: one JSON object a line.
        out: takes the verdicts, as soon as each is known.
        threads: how many judge at once, where the native core does most of the work.
    """
    current = (lambda: screen) if isinstance(screen, Screen) else screen
    if threads > 1 and current().line_reader() is not None:
        _judge_at_once(current, posts, out, threads)
        return
    for item in read_chunks(posts):
        out.write(judged(current(), item))
        out.flush()


def _judge_at_once(current: Callable[[], Screen], posts: BinaryIO, out: BinaryIO, threads: int) -> None:
    """Chunks are read here, judged in a pool, and written in their order by a thread of its own."""
    waiting: queue.Queue[Future[bytes] | None] = queue.Queue(2 * threads)  # so that memory stays bounded
    failed: list[BaseException] = []

    def write() -> None:
        while (future := waiting.get()) is not None:
            if not failed:
                try:
                    out.write(future.result())
                    out.flush()
                except BaseException as fault:  # told by the thread that reads
                    failed.append(fault)

    writer = threading.Thread(target=write)
    with ThreadPoolExecutor(threads) as pool:
        writer.start()
        try:
            for item in read_chunks(posts):
                if failed:
                    break
                screen = current()
                future = pool.submit(judged, screen, item)
                if (isinstance(item, Chunk) and len(item.lines) > _LARGE) or screen.line_reader() is None:
                    wait([future])  # one at a time: hostile lines must not fill the memory, counts keep their order
                waiting.put(future)
        finally:
            waiting.put(None)
            writer.join()
    if failed:
        raise failed[0]


def judged(screen: Screen, item: Chunk | BadLine) -> bytes:
    """The verdict lines of a chunk, or the one of a line that could not be kept."""
    if isinstance(item, BadLine):
        return _error_line(item)
    reader = screen.line_reader()
    if reader is None:
        return b"".join(_lines_of(screen, list(posts_of(item))))
    return _judged_by_core(screen, reader, item)


def _lines_of(screen: Screen, items: list[Post | BadLine]) -> list[bytes]:
    verdicts = iter(screen.judge([item for item in items if isinstance(item, Post)]))
    return [_error_line(item) if isinstance(item, BadLine) else verdict_line(next(verdicts)) for item in items]


def _judged_by_core(screen: Screen, reader: ReadsLines, chunk: Chunk) -> bytes:
    """Only the lines that the core leaves open are read here; their verdicts go in among those it wrote."""
    seen = screen.look(reader, chunk.lines)
    items = [parse_post(chunk.lines[one.start : one.end], chunk.first + one.number) for one in seen.open]
    pairs = list(zip(seen.open, items, strict=True))
    texts = {one.number: item.text for one, item in pairs if one.seen and isinstance(item, Post)}
    found = reader.hits_of(seen, texts)
    others = iter(_lines_of(screen, [item for one, item in pairs if one.number not in texts]))
    pieces: list[bytes] = []
    done = 0
    for one, item in pairs:
        hits = found.get(one.number)
        pieces.append(seen.passes[done : one.at])
        pieces.append(next(others) if hits is None else verdict_line(screen.verdict(item, hits, score=one.seen == 1)))
        done = one.at
    pieces.append(seen.passes[done:])
    return b"".join(pieces)


def verdict_line(verdict: Verdict) -> bytes:
    """The line of a verdict: `to_dict` as JSON.

    A lone surrogate, which UTF-8 can't hold, is written as JSON's own escape.
    """
    hits = ", ".join(map(_hit, verdict.hits))
    rules = ", ".join(map(quoted, verdict.rules))
    more = _more("notes", verdict.notes) + _more("shadow", verdict.shadow)
    line = (
        f'{{"id": {quoted(verdict.id)}, "hits": [{hits}], "rules": [{rules}], "verdict": "{verdict.verdict}"{more}}}\n'
    )
    try:
        return line.encode()
    except UnicodeEncodeError:
        return _ascii_line(verdict.to_dict())


def _more(name: str, values: list[str]) -> str:
    return f', "{name}": [{", ".join(map(quoted, values))}]' if values else ""


def _hit(hit: Hit) -> str:
    more = f', "image": {quoted(hit.image)}' if hit.image else ""
    if hit.is_shortener:
        more += ', "shortener": true'
    return (
        f'{{"kind": "{hit.kind}", "entry": {quoted(hit.entry)}, "start": {hit.start}, "end": {hit.end}, '
        f'"score": {hit.score!r}{more}}}'
    )


def _error_line(item: BadLine) -> bytes:
    return _ascii_line({"id": None, "error": item.error, "line": item.line})


def _ascii_line(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode() + b"\n"
