"""The acts of second looks. They have a history of their own: the case's is read by those it concerns, and by whoever
looks at it again.
"""

from anlanh.base.acts.types import ActType, code, codes, count, declare, reference
from anlanh.work.casework.acts import CASE, GROUND

LOOK, PLAN = "second_look", "sampling"

declare(
    ActType(
        "sampling.set",
        PLAN,
        {"vi": "Đặt mức chọn để xem lại", "en": "Sampling set"},
        {"version": count, "rules": codes, "digest": code, "opened_version": count, "opened_secret": code},
    ),
    ActType(
        "quality.drawn",
        LOOK,
        {"vi": "Chọn quyết định để xem lại", "en": "Decision drawn for a second look"},
        {"decision": reference, "version": count, "rule": code},
    ),
    ActType(
        "quality.answered",
        LOOK,
        {"vi": "Xem lại, chưa biết kết quả", "en": "Judged again without the outcome"},
        {"decision": reference, "measure": code, **GROUND},
        frozenset({"reasons"}),
    ),
    ActType(
        "quality.second_look",
        LOOK,
        {"vi": "So sánh hai lần xem", "en": "Second look compared"},
        {"decision": reference, "outcome": code, "measure": code, **GROUND},
        frozenset({"reasons"}),
    ),
    ActType(
        "decision.corrected",
        CASE,
        {"vi": "Tự sửa quyết định sai", "en": "Wrong decision put right"},
        {"decision": reference},
        frozenset({"reasons"}),
    ),
)
