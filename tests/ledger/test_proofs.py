"""Acts with their proofs, checked from the document alone."""

import io
import json

import pytest

from anlanh.ledger import proofs
from anlanh.ledger.checkpoints import Checkpoint, SigningKey
from anlanh.ledger.merkle import leaf_hash
from anlanh.ledger.proofs import Sealed
from anlanh.ledger.tiles import MemoryTileStore, TileLog
from anlanh.primitives.canonical import canonical_bytes
from anlanh.primitives.errors import BadInput
from anlanh.server.cli import main

SALT, WORDS = b"\x07" * 16, "Nhận tiền cọc rồi khoá tin nhắn."


def leaf(number: int) -> str:
    committed = {"facts": proofs._digest(SALT, WORDS)}
    return canonical_bytes({"subject": "case/1", "seq": number, "committed": committed}).decode()


@pytest.fixture
def key() -> SigningKey:
    return SigningKey.generate("anlanh.example/so-tttt")


@pytest.fixture
def document(key) -> dict:
    """Three acts of a log of three hundred, the last of them not sealed."""
    leaves = [leaf(number) for number in range(1, 302)]
    log = TileLog(MemoryTileStore())
    log.append([leaf_hash(text.encode()) for text in leaves[:300]])
    note = key.sign(Checkpoint(key.name, 300, log.root(300)).text())
    acts = [Sealed(leaves[at], at, log.inclusion_proof(at, 300), {"facts": (SALT, WORDS)}) for at in (3, 299)]
    text = "".join(proofs.lines(key.name, {"case": "AL-1"}, [*acts, Sealed(leaves[300], None, [], {})], note))
    return json.loads(text)


def verdict(document: dict, key: SigningKey | None = None) -> proofs.Verdict:
    return proofs.verify(io.BytesIO(json.dumps(document).encode()), key and key.verify_key())


def test_sealed_acts_and_their_values_verify(document, key):
    found = verdict(document, key)
    assert (found.ok, found.acts, found.values) == (True, 3, 2), found.problems
    assert found.notes == ["act 3: recorded, not yet sealed in the log when this was made"]
    assert "no key was given" in verdict(document).notes[0]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda d: d["acts"][0].update(leaf=d["acts"][0]["leaf"].replace('"seq":4', '"seq":5')), "act 1: it is not in"),
        (lambda d: d["acts"][1].update(position=298), "act 2: it is not in"),
        (lambda d: d["acts"][1]["path"].pop(), "act 2: it is not in"),
        (lambda d: d["acts"][0]["revealed"].update(facts=[SALT.hex(), "khác"]), "act 1: facts is not what"),
        (lambda d: d["acts"][0]["revealed"].update(facts=[SALT.hex(), 1.5]), "act 1: facts is not what"),
        (lambda d: d["acts"][0]["revealed"].update(more=[SALT.hex(), WORDS]), "act 1: more is not what"),
        (lambda d: d.update(log="anlanh.example/khac"), "the checkpoint is of another log"),
        (lambda d: d.update(checkpoint=""), "act 1: it is not in"),
    ],
)
def test_what_was_changed_is_named(document, key, change, problem):
    change(document)
    found = verdict(document, key)
    assert not found.ok
    assert any(said.startswith(problem) for said in found.problems), found.problems


def test_a_foreign_key_is_refused(document, key):
    assert not verdict(document, SigningKey.generate(key.name)).ok


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"v":1,"kind":"anlanh-acts"}', b"\xff", b"[" * 100_000])
def test_what_is_no_document_is_refused(raw):
    with pytest.raises(BadInput, match="no file of acts"):
        proofs.verify(io.BytesIO(raw))


def test_the_command(document, key, tmp_path, capsys):
    (tmp_path / "acts.json").write_text(json.dumps(document))
    (tmp_path / "key.txt").write_text(key.verify_key().vkey())
    arguments = ["ledger", "verify-acts", str(tmp_path / "acts.json"), "--key", str(tmp_path / "key.txt")]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("anlanh.example/so-tttt verifies: 3 acts, 2 values\n")
    document["acts"][0]["position"] = 4
    (tmp_path / "acts.json").write_text(json.dumps(document))
    assert main([*arguments, "--json"]) == 1
    assert "act 1: it is not in the log" in capsys.readouterr().err
