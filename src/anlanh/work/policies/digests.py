"""The exact text of a version, as its digest covers it: canonical JSON that anybody can hash again."""

import hashlib
from typing import Any

from anlanh.primitives.canonical import canonical_bytes
from anlanh.work.policies.models import Clause, Version


def exact_text(organisation: str, kind: str, version: Version, clauses: list[Clause]) -> bytes:
    """The bytes of a version: who publishes which document, its number, its day, and every clause in order.

    Args:
        organisation: the organisation's code.
        kind: the document's kind.
        version: its number, titles and first day.
        clauses: in order.
    """
    return canonical_bytes(
        {
            "format": "an-lanh-terms/1",
            "organisation": organisation,
            "kind": kind,
            "version": version.number,
            "starts_on": version.starts_on.isoformat(),
            "title": _said(version.title_vi, version.title_en),
            "clauses": [_clause(clause) for clause in clauses],
        }
    )


def digest_of(text: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "key": str(clause.key),
        "number": clause.number,
        "title": _said(clause.title_vi, clause.title_en),
        "text": _said(clause.text_vi, clause.text_en),
        "categories": list(clause.categories),
        "about_state": clause.about_state,
    }


def _said(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en} if en else {"vi": vi}
