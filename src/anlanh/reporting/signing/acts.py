"""The acts of signing the law."""

from anlanh.base.acts.types import ActType, code, declare, reference

SUBJECT = "law_signature"
_WHAT = {"signature": reference, "kind": code, "target": code}

declare(
    ActType(
        "law.signed",
        SUBJECT,
        {"vi": "Luật sư ký xác nhận dữ liệu pháp luật", "en": "Law signed off"},
        {**_WHAT, "pack": code, "pack_version": code, "digest": code},
        frozenset({"note"}),
    ),
    ActType(
        "law.signature_withdrawn",
        SUBJECT,
        {"vi": "Rút chữ ký xác nhận dữ liệu pháp luật", "en": "Signature under the law withdrawn"},
        _WHAT,
        frozenset({"reason"}),
    ),
)
