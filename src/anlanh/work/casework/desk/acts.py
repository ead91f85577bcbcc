"""The acts of the desk. Who did what is figured from cases; these say only how the work was arranged."""

from anlanh.base.acts.types import ActType, code, codes, count, declare, reference

QUEUE = "queue"
PLAN = "plan"

declare(
    ActType(
        "queue.written",
        QUEUE,
        {"vi": "Đặt hàng chờ", "en": "Queue set"},
        {"seen_by": codes, "taken_by": codes, "hidden": codes, "fallback": reference},
        frozenset({"name"}),
    ),
    ActType("queue.retired", QUEUE, {"vi": "Bỏ hàng chờ", "en": "Queue retired"}),
    ActType(
        "plan.written",
        PLAN,
        {"vi": "Đặt cách phân việc", "en": "Plan of work set"},
        {"plan": reference, "version": count, "rules": count, "digest": code, "on_call": reference},
        frozenset({"said"}),
    ),
)
