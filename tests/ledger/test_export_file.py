"""The export file: whatever is done to it is found, and the first bad entry is named."""

import io
import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.ledger.checkpoints import Checkpoint, SigningKey
from anlanh.ledger.export import verify_export, write_export
from anlanh.ledger.merkle import leaf_hash, root
from anlanh.ledger.tiles import MemoryTileStore, TileLog
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput

NAME = "anlanh.example/so-tttt"
KEY = SigningKey.generate(NAME)
PUBLIC = KEY.verify_key()


def make_leaves(count: int) -> list[bytes]:
    """Entries of three subjects, each numbered from 1."""
    return [
        canonical_bytes({"seq": number // 3 + 1, "subject": f"vụ việc/{number % 3}", "text": "bị xoá " * (number % 5)})
        for number in range(count)
    ]


def note_over(leaves: list[bytes], key: SigningKey = KEY, name: str = NAME) -> str:
    return key.sign(Checkpoint(name, len(leaves), root([leaf_hash(leaf) for leaf in leaves])).text())


def export_of(leaves: list[bytes], key: SigningKey = KEY, name: str = NAME) -> bytes:
    out = io.BytesIO()
    assert write_export(out, iter(leaves), note_over(leaves, key, name)) == len(leaves)
    return out.getvalue()


def verify(content: bytes, key=PUBLIC, since=None):
    return verify_export(io.BytesIO(content), key, since)


LEAVES = make_leaves(20)
EXPORT = export_of(LEAVES)
LINES = EXPORT.split(b"\n")[:-1]
ENTRY = st.integers(0, len(LEAVES) - 1)


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


@pytest.mark.parametrize("count", [0, 1, 2, 255, 256, 257, 5000])
def test_a_whole_export_verifies(count, tmp_path):
    leaves = make_leaves(count)
    path = tmp_path / "export"
    path.write_bytes(export_of(leaves))
    for half in {0, count // 2, count}:
        result = verify_export(path, PUBLIC, note_over(leaves[:half]))
        assert (result.ok, result.problems, result.notes) == (True, [], [])
        assert (result.size, result.origin, result.first_bad) == (count, NAME, None)
        assert result.root == root([leaf_hash(leaf) for leaf in leaves])


def test_the_file_is_the_leaves_then_the_note():
    assert EXPORT.startswith(joined(LEAVES) + note_over(LEAVES).encode() + f"— {NAME}/leaves ".encode())
    assert len(LINES) == len(LEAVES) + 6


def test_what_could_not_be_checked_is_said():
    result = verify(EXPORT, key=None)
    assert result.ok
    assert [note.split(":")[0] for note in result.notes] == [
        "key not authenticated",
        "a cut-off tail can't be ruled out",
    ]


def assert_found(lines: list[bytes], first_bad: int, *words: str) -> None:
    for key in (PUBLIC, None):
        result = verify(joined(lines), key)
        assert not result.ok
        assert result.problems
        assert result.first_bad == first_bad
        assert any(word in result.first_bad_why for word in words), result.first_bad_why


@given(ENTRY, st.binary(max_size=30).filter(lambda content: b"\n" not in content))
def test_a_changed_line_is_named(at, content):
    if content != LINES[at]:
        assert_found([*LINES[:at], content, *LINES[at + 1 :]], at + 1, "changed")


@given(ENTRY, st.data())
def test_a_changed_byte_is_named(at, data):
    place = data.draw(st.integers(0, len(LINES[at]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value not in (10, LINES[at][place])))
    line = LINES[at][:place] + bytes([byte]) + LINES[at][place + 1 :]
    assert_found([*LINES[:at], line, *LINES[at + 1 :]], at + 1, "changed")


@given(ENTRY)
def test_a_dropped_line_is_named(at):
    assert_found(LINES[:at] + LINES[at + 1 :], at + 1, "dropped", "missing")


@given(st.integers(0, len(LEAVES)), st.binary(max_size=30).filter(lambda content: b"\n" not in content))
def test_an_added_line_is_named(at, content):
    assert_found([*LINES[:at], content, *LINES[at:]], at + 1, "added")
    assert_found([*LINES[:at], b"{" + content, *LINES[at:]], at + 1, "added")


@given(ENTRY, ENTRY)
def test_swapped_lines_are_named(one, two):
    if one != two:
        lines = list(LINES)
        lines[one], lines[two] = lines[two], lines[one]
        assert_found(lines, min(one, two) + 1, "order", "dropped", "added")


@given(ENTRY, st.integers(1, 20))
def test_a_cut_off_tail_of_entries_is_named(start, count):
    end = min(start + count, len(LEAVES))
    assert_found(LINES[:start] + LINES[end:], start + 1, "missing", "dropped", "order")


@given(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1))
def test_lines_swapped_with_the_checkpoint_are_found(one, two):
    lines = list(LINES)
    lines[one], lines[two] = lines[two], lines[one]
    # The signature and the list of hashes may stand in either order: both are signature lines.
    assert verify(joined(lines)).ok is (one == two or {one, two} == {len(LINES) - 2, len(LINES) - 1})


@given(st.integers(0, len(EXPORT) - 2), st.integers(0, 255))
def test_any_changed_byte_anywhere_is_found(place, byte):
    changed = EXPORT[:place] + bytes([byte]) + EXPORT[place + 1 :]
    # The list of hashes proves nothing by itself: changed alone, it does no harm to what is proved.
    if changed != EXPORT and place < EXPORT.index(b"\xe2\x80\x94 " + NAME.encode() + b"/leaves"):
        assert not verify(changed).ok


@given(st.integers(0, len(EXPORT) - 1))
def test_a_cut_off_file_is_found(length):
    result = verify(EXPORT[:length])
    signed = EXPORT.index(b"\xe2\x80\x94 " + NAME.encode() + b"/leaves")
    if length < signed - 1:
        assert not result.ok


def test_without_the_list_the_numbering_still_points_to_a_drop():
    lines = LINES[:4] + LINES[5:-1]
    result = verify(joined(lines))
    assert not result.ok
    assert result.first_bad == 7
    assert "'vụ việc/1' has number 3 where 2 should come" in result.first_bad_why
    assert any("list of leaf hashes is missing" in problem for problem in result.problems)


def test_without_the_list_what_is_no_entry_is_named_first():
    result = verify(joined([LINES[0], b"rubbish", *LINES[2:4], *LINES[5:-1]]))
    assert result.first_bad == 2
    assert "no entry" in result.first_bad_why


def test_a_wrong_signature_accuses_no_entry():
    result = verify(export_of(LEAVES[::-1], SigningKey.generate(NAME)))
    assert (result.ok, result.first_bad) == (False, None)


@pytest.mark.parametrize("damage", [b"", b"AAAA", b"!!!", LINES[-1].rsplit(b" ", 1)[1][:-8], b"AAAA" * 200_000])
def test_a_damaged_list_is_said_not_believed(damage):
    lines = [b'{"changed":1}', *LINES[1:-1], LINES[-1].rsplit(b" ", 1)[0] + b" " + damage]
    result = verify(joined(lines))
    assert not result.ok
    assert any("list of leaf hashes" in problem for problem in result.problems)


def test_a_consistently_rewritten_list_does_not_help_the_forger():
    forged = export_of([*LEAVES[:-1], b'{"forged":1}'], SigningKey.generate(NAME)).split(b"\n")[:-1]
    kept_note = [*forged[: len(LEAVES)], *LINES[len(LEAVES) : -1], forged[-1]]
    result = verify(joined(kept_note))
    assert not result.ok
    assert any("agrees with the entries, and neither" in problem for problem in result.problems)
    result = verify(joined(forged))
    assert not result.ok
    assert any("not signed with the key given" in problem for problem in result.problems)
    assert verify(joined(forged), key=None).ok


def test_a_database_changed_behind_the_log_is_named():
    log = TileLog(MemoryTileStore())
    log.append([leaf_hash(leaf) for leaf in LEAVES])
    out = io.BytesIO()
    write_export(out, [*LEAVES[:7], b'{"changed":1}', *LEAVES[8:]], note_over(LEAVES), log.leaf_hashes())
    result = verify(out.getvalue())
    assert result.first_bad == 8


def test_a_gap_sealed_by_the_operator_itself_is_found():
    result = verify(export_of(LEAVES[:4] + LEAVES[5:]))
    assert (result.ok, result.first_bad) == (False, 7)
    result = verify(export_of([*LEAVES, LEAVES[4]]))
    assert (result.ok, result.first_bad) == (False, 21)
    assert "twice" in result.first_bad_why


@given(st.permutations(LEAVES))
def test_sealing_may_take_entries_of_a_subject_in_any_order(leaves):
    assert verify(export_of(leaves)).ok


def test_entries_without_subject_and_number_are_entries_too():
    others = [b"{}", b'{"subject":1,"seq":1}', b'{"subject":"x","seq":true}', b'{"subject":"x","seq":0}', b"{not json}"]
    assert verify(export_of(others)).ok
    assert verify(export_of([b'{"subject":"\\ud800","seq":3}'])).first_bad_why == (
        "the history of '\\ud800' has number 3 where 1 should come"
    )


def test_an_earlier_checkpoint_must_be_continued():
    earlier = note_over(LEAVES)
    result = verify(export_of(LEAVES[:15]), since=earlier)
    assert (result.ok, result.first_bad) == (False, 16)
    assert any("cut off" in problem for problem in result.problems)
    rewritten = export_of([b"{}", *LEAVES[1:], b'{"more":1}'])
    assert any("earlier checkpoint" in problem for problem in verify(rewritten, since=earlier).problems)
    other = note_over(LEAVES, SigningKey.generate(NAME))
    assert any("earlier checkpoint is not signed" in problem for problem in verify(EXPORT, since=other).problems)
    elsewhere = note_over(LEAVES, SigningKey.generate("other.example/x"), "other.example/x")
    assert any("another log" in problem for problem in verify(EXPORT, since=elsewhere).problems)
    with pytest.raises(BadInput, match="the earlier checkpoint"):
        verify(EXPORT, since="rubbish")


def test_a_key_of_another_log_is_said():
    foreign = export_of(LEAVES, KEY, "anlanh.example/other")
    assert any("belongs to" in problem for problem in verify(foreign).problems)


def test_what_stands_after_the_checkpoint_is_found():
    result = verify(EXPORT + note_over(LEAVES).encode())
    assert any("a second checkpoint" in problem for problem in result.problems)
    result = verify(EXPORT + LEAVES[0] + b"\n")
    assert (result.ok, result.first_bad) == (False, len(LINES) + 1)
    assert not verify(EXPORT + b"\n").ok


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\n" * 5000,
        b"\x00\xff" * 5000,
        b"a\n1\n" * 2000,
        b"{" * 5000,
        b"[" * 100_000 + b"\n" + EXPORT,
        b'{"subject":' + b"[" * 100_000 + b"\n" + EXPORT,
        b"{" + b"x" * (3 << 20) + b"\n" + EXPORT,
        EXPORT[: EXPORT.index(NAME.encode())],
        EXPORT.replace(b"\n", b"\r\n"),
        joined(LINES[: len(LEAVES) + 3]) + b"x\n" * 100_000,
        joined(LINES[: len(LEAVES) + 3]) + b"x" * (2 << 20),
        joined(LINES[:-1]) + b"\xe2\x80\x94 \xff\xfe AAAA\n",
        joined(LINES[len(LEAVES) :]),
        EXPORT + EXPORT,
    ],
)
def test_hostile_files_are_answered_in_words(content):
    for key, since in itertools.product((PUBLIC, None), (note_over(LEAVES), note_over([]), None)):
        result = verify(content, key, since)
        assert not result.ok
        assert result.problems
        for words in (*result.problems, result.first_bad_why or ""):
            assert words.isprintable()
            words.encode()


def test_long_lines_are_not_held_in_memory(tmp_path):
    path = tmp_path / "export"
    with path.open("wb") as out:
        out.write(b"{")
        out.truncate(100 << 20)  # a hole in the file: reads as zeros
        out.seek(0, os.SEEK_END)
        out.write(b"\n" + EXPORT)
    result = verify_export(path, PUBLIC)
    assert (result.ok, result.first_bad) == (False, 1)


@given(st.binary(max_size=200) | st.lists(st.sampled_from([*LINES, b"", b"x"]), max_size=30).map(joined))
def test_any_file_is_answered(content):
    assert verify(content).ok in (True, False)


class Pipe(io.RawIOBase):
    """A stream that can't seek."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._content.readinto(buffer)


def test_reads_from_a_pipe():
    assert verify_export(io.BufferedReader(Pipe(EXPORT)), PUBLIC).ok
    assert verify_export(io.BufferedReader(Pipe(EXPORT[5:])), PUBLIC).first_bad == 1


@pytest.mark.parametrize("leaf", [b"", b"[1]", b'{"a":1', b'{"a":\n1}', b"{" + b" " * (1 << 20) + b"}"])
def test_only_objects_on_one_line_are_written(leaf):
    with pytest.raises(ValueError, match="leaf 2"):
        write_export(io.BytesIO(), [b"{}", leaf], note_over([]))


def test_progress_is_told():
    seen: list[int] = []
    verify_export(io.BytesIO(export_of(make_leaves(9000))), PUBLIC, None, seen.append)
    assert seen == [4096, 8192]
