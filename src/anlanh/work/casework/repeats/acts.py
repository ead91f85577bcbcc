"""The act by which a count becomes a case."""

from anlanh.base.acts.types import ActType, clause, code, count, declare, reference
from anlanh.work.casework.acts import CASE

declare(
    ActType(
        "violations.repeated",
        CASE,
        {"vi": "Tài khoản đủ ngưỡng vi phạm nhiều lần", "en": "Number of violations reached"},
        {"page": reference, "rule": code, "ground": clause, "violations": count, "locks": count, "decision": reference},
    )
)
