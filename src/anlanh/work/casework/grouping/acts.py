"""The act of deciding many cases together. Each case keeps its own acts; this one has totals and the root of items."""

from anlanh.base.acts.types import ActType, code, count, declare
from anlanh.work.casework.acts import GROUND as _GROUND_FIELDS

GROUP = "group"
OUTCOMES = ("decided", "proposed", "left")

declare(
    ActType(
        "group.decided",
        GROUP,
        {"vi": "Quyết định nhiều vụ việc cùng lúc", "en": "Many cases decided together"},
        {"measure": code, **_GROUND_FIELDS, "items": count, **dict.fromkeys(OUTCOMES, count), "root": code},
        frozenset({"facts"}),
        2,
    )
)
