"""Checkpoints: what is signed, who signed it, and every forgery refused."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from anlanh.ledger.checkpoints import BadSignature, Checkpoint, SigningKey, VerifyKey, open_note, parse_note
from anlanh.ledger.merkle import EMPTY_ROOT
from anlanh.primitives.errors import BadInput

NAME = "anlanh.example/so-tttt"
KEY = SigningKey.generate(NAME)
CHECKPOINT = Checkpoint(NAME, 0, EMPTY_ROOT, ("issued 2026-11-21",))
NOTE = KEY.sign(CHECKPOINT.text())


def pem_of(key: VerifyKey) -> str:
    public = Ed25519PublicKey.from_public_bytes(key.public_bytes)
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def test_the_note_has_the_published_form():
    public = KEY.verify_key().public_bytes
    key_id = hashlib.sha256(NAME.encode() + b"\n\x01" + public).digest()[:4]
    lines = NOTE.split("\n")
    assert lines[:5] == [NAME, "0", base64.b64encode(EMPTY_ROOT).decode(), "issued 2026-11-21", ""]
    assert lines[5].startswith(f"— {NAME} ")
    assert lines[6:] == [""]
    payload = base64.b64decode(lines[5].rsplit(" ", 1)[1])
    assert payload[:4] == key_id
    Ed25519PublicKey.from_public_bytes(public).verify(payload[4:], CHECKPOINT.text().encode())
    typed = base64.b64encode(b"\x01" + public).decode()
    assert KEY.verify_key().vkey() == f"{NAME}+{key_id.hex()}+{typed}"


def test_keys_are_read_in_both_forms():
    for text in (KEY.verify_key().vkey(), KEY.verify_key().vkey() + "\n", pem_of(KEY.verify_key())):
        assert open_note(NOTE, [VerifyKey.parse(text)]) == CHECKPOINT
    again = SigningKey.from_private_pem(NAME, KEY.to_private_pem())
    assert again.sign(CHECKPOINT.text()) == NOTE


def test_other_keys_are_refused():
    own = KEY.verify_key().vkey()
    other_curve = generate_private_key(SECP256R1()).public_key()
    for text, hint in [
        ("", "not a public key"),
        ("a+b", "not a public key"),
        (own.replace("example", "sample"), "does not belong"),
        (own[:-4], "not an Ed25519"),
        ("x+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode(), "not an Ed25519"),
        (KEY.to_private_pem().decode(), "private key"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "not an Ed25519"),
        (
            other_curve.public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            ).decode(),
            "not an Ed25519",
        ),
    ]:
        with pytest.raises(BadInput, match=hint):
            VerifyKey.parse(text)
    with pytest.raises(BadInput, match="private key"):
        SigningKey.from_private_pem(NAME, b"rubbish")
    with pytest.raises(BadInput, match="name"):
        SigningKey.generate("two words")


def test_signatures_by_others_are_skipped():
    witness = SigningKey.generate("witness.example")
    cosigned = NOTE + witness.sign(CHECKPOINT.text()).rsplit("\n\n", 1)[1]
    assert open_note(cosigned, [KEY.verify_key()]) == CHECKPOINT
    assert open_note(cosigned, [witness.verify_key()]) == CHECKPOINT
    assert len(parse_note(cosigned)[1]) == 2


def test_forgeries_are_refused():
    other = SigningKey.generate(NAME)
    with pytest.raises(BadSignature, match="no signature by the key"):
        open_note(NOTE, [other.verify_key()])
    with pytest.raises(BadSignature, match="no signature by the key"):
        open_note(other.sign(CHECKPOINT.text()), [KEY.verify_key()])
    larger = Checkpoint(NAME, 1, EMPTY_ROOT, CHECKPOINT.extensions).text()
    with pytest.raises(BadSignature, match="wrong"):
        open_note(NOTE.replace(CHECKPOINT.text(), larger), [KEY.verify_key()])
    # A right signature next to a wrong one under the same key does not heal it.
    wrong = NOTE.replace(CHECKPOINT.text(), larger).rsplit("\n\n", 1)
    right = KEY.sign(larger).rsplit("\n\n", 1)[1]
    with pytest.raises(BadSignature, match="wrong"):
        open_note(f"{wrong[0]}\n\n{right}{wrong[1]}", [KEY.verify_key()])
    with pytest.raises(BadSignature):
        open_note(NOTE, [])


@given(st.integers(0, len(NOTE) - 1), st.characters())
def test_any_changed_character_is_refused(place, char):
    changed = NOTE[:place] + char + NOTE[place + 1 :]
    if changed != NOTE:
        with pytest.raises((BadInput, BadSignature)):
            open_note(changed, [KEY.verify_key()])


@given(st.text() | st.text("\n— +/=09aZ", max_size=200))
def test_any_text_is_read_or_refused(text):
    for reading in (parse_note, VerifyKey.parse):
        try:
            reading(text)
        except BadInput:
            continue


@pytest.mark.parametrize("size", ["-1", "01", "1.0", "", "9" * 20, "٣"])
def test_sizes_have_one_spelling(size):
    note = KEY.sign(CHECKPOINT.text().replace("\n0\n", f"\n{size}\n"))
    with pytest.raises(BadInput):
        open_note(note, [KEY.verify_key()])


def test_only_whole_texts_are_signed():
    with pytest.raises(ValueError, match="line end"):
        KEY.sign("no line end")
