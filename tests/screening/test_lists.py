"""The lists of a directory: what they may hold, and faults by file and line."""

import json

import pytest

from anlanh.primitives.errors import BadInput
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.lists import read_lists


def grounds(ref):
    return {"đ": GroundFacts(str(ref), "fraud", True), "a": GroundFacts(str(ref), "national_security", False)}.get(
        ref.point
    )


def directory(tmp_path, **files):
    for name, content in files.items():
        name = name.replace("_", ".")
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def test_every_kind_of_list(tmp_path):
    lists = read_lists(
        directory(
            tmp_path,
            phrases_tsv="\ufeffid\tphrase\tlevel\r\n# chú thích\n"
            "p1\tlừa đảo\tevasive\t72/2013/NĐ-CP/5.1.đ\r\n\np2\tcá độ\tfold\n",
            domains_txt="# hosts\n0.0.0.0 bad.com\n127.0.0.1\tworse.com\n"
            "*.wild.vn\nBÀI.vn\t72/2013/NĐ-CP/5.1.đ\nlast.vn # why",
            removed_ndjson=json.dumps({"id": "r1", "text": "đã gỡ", "ground": "72/2013/NĐ-CP/5.1.đ"}),
            images_tsv=f"i1\t{'0f' * 32}\n",
            rules_yaml="rules:\n  - {id: a, when: length > 3}\n",
        ),
        grounds,
    )
    assert [(phrase.id, phrase.level) for phrase in lists.phrases] == [("p1", "evasive"), ("p2", "fold")]
    assert lists.domains == {
        "bad.com": "bad.com",
        "worse.com": "worse.com",
        "wild.vn": "*.wild.vn",
        "bài.vn": "BÀI.vn",
        "last.vn": "last.vn",
    }
    assert lists.texts == [("r1", "đã gỡ")]
    assert lists.images == [("i1", int("0f" * 32, 16))]
    assert [rule.id for rule in lists.rules.rules] == ["a"]
    assert {kind for kind, _ in lists.grounds} == {"phrase", "domain", "copy"}


@pytest.mark.parametrize(
    ("name", "content", "line", "what"),
    [
        ("phrases.tsv", "a\tb\n", 1, "3 fields"),
        ("phrases.tsv", "a\tb\tfold\nc\td\tloose\n", 2, "not a level"),
        ("phrases.tsv", "a\t \tfold\n", 1, "3 fields"),
        ("phrases.tsv", "a\t++\tevasive\n", 1, "no letters"),
        ("phrases.tsv", b"a\tb\tfold\n\xff\xfe\t\n", 2, "not UTF-8"),
        ("phrases.tsv", "a\tb\tfold\t72/2013/NĐ-CP/5.1.a\n", 1, "must not look for"),
        ("phrases.tsv", "a\tb\tfold\t72/2013/NĐ-CP/5.1.x\n", 1, "not a ground"),
        ("phrases.tsv", "a\tb\tfold\tđiều 5\n", 1, "not a reference"),
        ("domains.txt", "good.com\nhttp://bad.com/\n", 2, "not a host name"),
        ("domains.txt", "com\n", 1, "not a host name"),
        ("domains.txt", "a.com b.com\n", 1, "one host name"),
        ("domains.txt", "a.com\t72/2013/NĐ-CP/5.1.a\n", 1, "must not look for"),
        ("removed.ndjson", '{"id": "a"}\n', 1, "object with id and text"),
        ("removed.ndjson", "[" * 100_000, 1, "object with id and text"),
        (
            "removed.ndjson",
            '{"id": "a", "text": "b"}\n{"id": "a", "text": "b", "ground": "72/2013/NĐ-CP/5.1.a"}',
            2,
            "must not",
        ),
        ("images.tsv", "a\t0f0f\n", 1, "not a PDQ hash"),
        ("images.tsv", f"a\t{'zz' * 32}\n", 1, "not a PDQ hash"),
        ("rules.yaml", "rules: 3\n", 1, "a list is expected"),
        ("rules.yaml", b"rules: \xff\n", 1, "not UTF-8"),
    ],
)
def test_faults_name_file_and_line(tmp_path, name, content, line, what):
    with pytest.raises(BadInput, match=what) as fault:
        read_lists(directory(tmp_path, **{name.replace(".", "_"): content}), grounds)
    assert fault.value.where.endswith(f"{name}:{line}")
    assert fault.value.mend


def test_a_directory_without_lists_is_refused(tmp_path):
    for missing in (tmp_path, tmp_path / "none"):
        with pytest.raises(BadInput):
            read_lists(missing, grounds)
