"""Lists that change while posts are judged: seen at once, by every process, and never half."""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from anlanh.primitives.errors import BadInput
from anlanh.screening.engine import Screen
from anlanh.screening.lists import read_lists
from anlanh.screening.native.core import is_installed
from anlanh.screening.posts import Post
from anlanh.screening.watching import Watched

needs_core = pytest.mark.skipif(not is_installed(), reason="the native core was not built (no C compiler)")


@pytest.fixture(params=["read", pytest.param("kept", marks=needs_core)])
def watched(request, tmp_path):
    (tmp_path / "phrases.tsv").write_text("p1\tcá độ\tfold\n", encoding="utf-8")
    faults: list[BadInput] = []

    def make(before: Screen | None) -> Screen:
        if request.param == "read":
            return Screen(read_lists(tmp_path, lambda ref: None), before=before)
        from anlanh.screening.kept import read_kept

        return Screen(read_kept(tmp_path, tmp_path / "index", lambda ref: None, verify=False), before=before)

    watched = Watched(tmp_path, make, faults.append)
    watched.lists, watched.faults = tmp_path, faults
    return watched


def add(directory: Path, line: str, name: str = "phrases.tsv") -> None:
    with (directory / name).open("a", encoding="utf-8") as out:
        out.write(line)


def entries(watched: Watched, text: str) -> list[str]:
    (verdict,) = watched.current().judge([Post("1", text)])
    return [hit.entry for hit in verdict.hits] + verdict.rules


def test_what_is_added_counts_for_the_next_posts(watched):
    text = "hội cá độ và lừa đảo ở bad.example"
    first = watched.current()
    assert entries(watched, text) == ["p1"]
    assert watched.current() is first
    add(watched.lists, "p2\tlừa đảo\tfold\n")
    assert entries(watched, text) == ["p1", "p2"]
    add(watched.lists, "bad.example\n", "domains.txt")
    add(watched.lists, "rules:\n  - {id: r, when: length > 5}\n", "rules.yaml")
    assert entries(watched, text) == ["p1", "p2", "bad.example", "r"]
    (watched.lists / "phrases.tsv").write_text("p3\tlừa đảo\tfold\n", encoding="utf-8")
    assert entries(watched, text) == ["p3", "bad.example", "r"]
    assert watched.faults == []


def test_half_a_line_waits_for_the_rest(watched):
    add(watched.lists, "bad.example", "domains.txt")
    assert entries(watched, "bad.example") == []
    add(watched.lists, ".vn\n", "domains.txt")
    assert entries(watched, "bad.example bad.example.vn") == ["bad.example.vn"]
    add(watched.lists, "p2\tbad\tfold")
    assert entries(watched, "bad") == []
    os.utime(watched.lists / "phrases.tsv", (1, 1))  # it stays as it is: the file just ends so
    assert entries(watched, "bad") == ["p2"]


def test_bad_lists_are_told_once_and_those_before_stay(watched):
    add(watched.lists, "p2\tlừa đảo\n")
    assert entries(watched, "cá độ") == entries(watched, "cá độ") == ["p1"]
    assert [fault.where for fault in watched.faults] == [f"{watched.lists / 'phrases.tsv'}:2"]
    for path in watched.lists.glob("*.tsv"):
        path.unlink()
    assert entries(watched, "cá độ") == ["p1"]
    assert "no list is in the directory" in watched.faults[-1].what


def test_counts_in_a_window_go_on(watched):
    rules = "rules:\n  - {id: many, when: window.posts > 2}\n"
    add(watched.lists, rules, "rules.yaml")

    def fired(number: int) -> list[str]:
        told = {"at": f"2026-05-01T08:0{number}:00+07:00", "account": {"id": "a"}}
        return watched.current().judge([Post("1", "x", (), told)])[0].rules

    assert fired(1) == fired(2) == []
    add(watched.lists, "p2\tx\tfold\n")
    assert fired(3) == ["many"]


COMMAND = "import sys; from anlanh.server.cli import main; sys.exit(main(sys.argv[1:]))"


class Running:
    """A process that judges posts by watched lists."""

    def __init__(self, lists: Path, errors: Path) -> None:
        words = ["screen", "--lists", str(lists), "--index", str(lists.parent / "index"), "--watch", "--threads", "2"]
        with errors.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-c", COMMAND, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stream
            )
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)

    def entries(self, text: str) -> list[str]:
        self.process.stdin.write(json.dumps({"id": "1", "text": text}).encode() + b"\n")
        self.process.stdin.flush()
        return [hit["entry"] for hit in json.loads(self._lines.get(timeout=60))["hits"]]

    def private(self, name: str) -> list[int]:
        """How many kB of each mapping of that file are the process's own."""
        found, inside = [], False
        for line in Path(f"/proc/{self.process.pid}/smaps").read_text().splitlines():
            if "-" in line.split(" ", 1)[0] and ":" not in line.split(" ", 1)[0]:
                inside = line.endswith(name)
            elif inside and line.startswith("Private_Dirty:"):
                found.append(int(line.split()[1]))
        return found

    def end(self) -> int:
        """Lets it end, and gives its exit status."""
        self.process.stdin.close()
        try:
            return self.process.wait(60)
        finally:
            self.process.kill()
            self._thread.join()
            self.process.stdout.close()


@needs_core
@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_two_processes_share_the_indexes_and_see_what_a_third_adds(tmp_path):
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "phrases.tsv").write_text("".join(f"p{n}\ttừ {n} số\tfold\n" for n in range(2000)), encoding="utf-8")
    running: list[Running] = []
    try:
        for number in range(2):  # the second finds the index that the first has made
            running.append(Running(lists, tmp_path / f"errors{number}"))
            assert running[-1].entries("có từ 7 số và lừa đảo") == ["p7"]
        index = tmp_path / "index" / "phrases.tsv.index"
        before = (index.stat().st_ino, index.read_bytes())
        for one in running:
            assert one.private("phrases.tsv.index") == [0]
        add(lists, "new\tlừa đảo\tfold\n")
        for one in running:
            assert one.entries("có từ 7 số và lừa đảo") == ["p7", "new"]
            assert set(one.private("phrases.tsv.index")) == {0}
        assert (index.stat().st_ino, index.read_bytes()) == before, "nothing is indexed anew"
    finally:
        ended = [one.end() for one in running]
    assert ended == [0, 0]
