"""The acts of holding."""

from anlanh.base.acts.types import ActType, clause, code, declare, instant, reference

declare(
    ActType(
        "content.flagged",
        "case",
        {"vi": "Công cụ rà soát phát hiện", "en": "Flagged by screening"},
        {"page": reference, "source": code, "ground": clause, "rule": code, "decision": reference},
        frozenset({"found"}),
    ),
    ActType(
        "content.held",
        "case",
        {"vi": "Tạm giữ chờ người quyết định", "en": "Held until a person decides"},
        {"hold": reference, "page": reference, "ground": clause, "rule": code, "until": instant},
    ),
    ActType(
        "content.hold_lifted",
        "case",
        {"vi": "Thôi tạm giữ", "en": "Hold lifted"},
        {"hold": reference},
        frozenset({"reason"}),
    ),
)
