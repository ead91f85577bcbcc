"""A load of HTTP requests over kept-alive connections, cheap enough to share a machine with what it measures.

Run as a process: reads what to send as JSON from standard input, prints the times as JSON. Every request is written out
beforehand, so that while the clock runs nothing is done but writing, reading and counting.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator


def request_bytes(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """One request, as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def report(number: int) -> dict[str, str]:
    """A report of a page nobody reported before, in about the length people write."""
    return {
        "address": f"https://mang.example/bai/{number:x}-{random.getrandbits(60):x}?utm_source=chia-se",
        "category": "fraud",
        "text": "Bài này mạo danh ngân hàng để lấy mã xác thực của người dùng. " * 3,
    }


def bodies(batch: int) -> Iterator[bytes]:
    """Reports without end: singly, or `batch` to a request."""
    number = 0
    while True:
        if batch:
            yield json.dumps({"reports": [report(number + n) for n in range(batch)]}).encode()
            number += batch
        else:
            yield json.dumps(report(number)).encode()
            number += 1


class Connection(asyncio.Protocol):
    """Sends a request as soon as the one before is answered.

    Args:
        requests: what to send.
        times: gets (when it was answered, how long it took), in seconds.
        refusals: gets the status lines other than 2xx.
        done: called when the connection is closed.
    """

    def __init__(self, requests: Iterator[bytes], times: list, refusals: list, done: object) -> None:
        self.requests, self.times, self.refusals, self.done = requests, times, refusals, done
        self.received = b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        request = next(self.requests, None)
        self.ended = request is None
        if self.ended:
            self.transport.close()
            return
        self.started = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, end, rest = self.received.partition(b"\r\n\r\n")
        if not end:
            return
        if not _is_whole(head.lower(), rest):
            return
        self.received = b""
        ended = time.perf_counter()
        self.times.append((ended, ended - self.started))
        if not head.startswith(b"HTTP/1.1 2"):
            self.refusals.append(head.split(b"\r\n")[0].decode() + " " + rest[:300].decode(errors="replace"))
        self.send()

    def connection_lost(self, fault: Exception | None) -> None:
        if not self.ended:
            self.refusals.append(f"the connection was lost: {fault}")
        self.done()


def _is_whole(head: bytes, content: bytes) -> bool:
    """Whether all of an answer is there."""
    if b"transfer-encoding: chunked" in head:
        return content.endswith(b"0\r\n\r\n")
    return len(content) >= int(head.partition(b"content-length:")[2].split(b"\r\n")[0])


async def run(port: int, prepared: list[bytes], seconds: float, connections: int) -> dict:
    """Sends until the time is over; the first fifth of it only warms up."""
    loop = asyncio.get_running_loop()
    finished, open_connections = loop.create_future(), connections
    times: list[tuple[float, float]] = []
    refusals: list[str] = []
    start = time.perf_counter()

    def supply() -> Iterator[bytes]:
        for request in prepared:
            if time.perf_counter() - start > seconds:
                return
            yield request

    def one_done() -> None:
        nonlocal open_connections
        open_connections -= 1
        if not open_connections and not finished.done():
            finished.set_result(None)

    requests = supply()
    for _ in range(connections):
        await loop.create_connection(lambda: Connection(requests, times, refusals, one_done), "127.0.0.1", port)
    await finished
    warm = start + seconds / 5
    counted = [(ended, took) for ended, took in times if ended > warm]
    span = max(ended for ended, _ in counted) - warm
    return {"count": len(counted), "span": span, "took": sorted(took for _, took in counted), "refusals": refusals}


def main() -> None:
    """Reads the task, runs it, prints what came of it."""
    task = json.load(sys.stdin)
    supply = bodies(task["batch"])
    prepared = [request_bytes(task["path"], next(supply), task["headers"]) for _ in range(task["prepare"])]
    result = asyncio.run(run(task["port"], prepared, task["seconds"], task["connections"]))
    took = result.pop("took")
    result["p50"], result["p95"] = took[len(took) // 2], took[int(len(took) * 0.95)]
    result["refused"] = len(result["refusals"])
    result["refusals"] = result["refusals"][:3]
    result["ran_out"] = result["count"] and len(took) >= task["prepare"]
    print(json.dumps(result))


if __name__ == "__main__":
    main()
