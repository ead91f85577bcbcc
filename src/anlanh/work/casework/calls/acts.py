"""The acts of calls. A call that becomes a report has the report's own act; advice alone has this one."""

from anlanh.base.acts.types import ActType, code, declare, flag

CALL = "call"

declare(
    ActType(
        "advice.given",
        CALL,
        {"vi": "Tư vấn qua điện thoại", "en": "Advice given by telephone"},
        {"category": code, "concerns_child": flag, "threatens_life": flag},
        frozenset({"text"}),
    ),
)
