"""The acts of the desk. Who did what is figured from cases; these say only how the work was arranged."""

from anlanh.base.acts.types import ActType, code, codes, count, declare, flag, instant, reference
from anlanh.work.casework.acts import CASE

QUEUE = "queue"
PLAN = "plan"
SHIFT, ABSENCE, DELEGATION = "shift", "absence", "delegation"

_TIMES = {"person": reference, "starts_at": instant, "ends_at": instant}

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

declare(
    ActType("case.skipped", CASE, {"vi": "Nhường vụ việc cho người khác", "en": "Case left to somebody else"}),
    ActType(
        "case.sent_on",
        CASE,
        {"vi": "Chuyển sang hàng chờ khác", "en": "Case sent to another queue"},
        {"from_queue": reference, "to_queue": reference, "from_tier": count, "tier": count},
        frozenset({"reason"}),
    ),
    ActType(
        "case.called",
        CASE,
        {"vi": "Gọi người trực vì chưa ai nhận", "en": "Person on call told, as nobody has taken it"},
        {"percent": count, "told": reference},
    ),
    ActType(
        "shift.set",
        SHIFT,
        {"vi": "Xếp ca trực", "en": "Shift set"},
        {**_TIMES, "queue": reference, "on_call": flag},
    ),
    ActType("shift.handed_over", SHIFT, {"vi": "Bàn giao ca", "en": "Shift handed over"}, {}, frozenset({"note"})),
    ActType("shift.withdrawn", SHIFT, {"vi": "Bỏ ca trực", "en": "Shift withdrawn"}),
    ActType("absence.set", ABSENCE, {"vi": "Báo vắng mặt", "en": "Absence set"}, _TIMES),
    ActType("absence.withdrawn", ABSENCE, {"vi": "Bỏ báo vắng mặt", "en": "Absence withdrawn"}),
    ActType("delegation.set", DELEGATION, {"vi": "Uỷ nhiệm", "en": "Work delegated"}, {**_TIMES, "to": reference}),
    ActType("delegation.withdrawn", DELEGATION, {"vi": "Thôi uỷ nhiệm", "en": "Delegation withdrawn"}),
)
