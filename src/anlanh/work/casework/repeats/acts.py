"""The act by which a count becomes a case, and those of violations that were decided elsewhere."""

from anlanh.base.acts.types import ActType, clause, code, count, declare, reference
from anlanh.work.casework.acts import CASE

declare(
    ActType(
        "violations.repeated",
        CASE,
        {"vi": "Tài khoản đủ ngưỡng vi phạm nhiều lần", "en": "Number of violations reached"},
        {"page": reference, "rule": code, "ground": clause, "violations": count, "locks": count, "decision": reference},
    ),
    ActType(
        "violation.brought_in",
        "earlier_violation",
        {"vi": "Nhập vi phạm đã quyết định ở nơi khác", "en": "Violation decided elsewhere brought in"},
        {"measure": code},
        frozenset({"account", "original_number", "decided_at", "about", "decided_by", "ground"}),
    ),
    ActType(
        "violation.taken_back",
        "earlier_violation",
        {"vi": "Rút lại vi phạm đã nhập", "en": "Violation brought in taken back"},
    ),
)
