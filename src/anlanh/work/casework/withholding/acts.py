"""The acts of keeping a notice back. Their clear fields are what withheld notices are counted by."""

from anlanh.base.acts.types import ActType, clause, code, count, declare, instant, reference


def _act(name: str, vi: str, en: str, clear: dict, *committed: str) -> ActType:
    return ActType(f"withholding.{name}", "case", {"vi": vi, "en": en}, clear, frozenset(committed))


declare(
    _act(
        "asked",
        "Đề nghị chưa thông báo",
        "Asked to keep the notice back",
        {"withholding": reference, "clause": clause, "days": count, "renews": reference},
        "reason",
    ),
    _act(
        "approved",
        "Duyệt việc chưa thông báo",
        "Keeping the notice back approved",
        {"withholding": reference, "clause": clause, "until": instant, "renews": reference},
    ),
    _act(
        "refused",
        "Không duyệt việc chưa thông báo",
        "Keeping the notice back refused",
        {"withholding": reference},
        "reasons",
    ),
    _act("dropped", "Rút đề nghị chưa thông báo", "Asking to keep the notice back dropped", {"withholding": reference}),
    _act(
        "applied",
        "Chưa thông báo cho người bị ảnh hưởng",
        "Notice kept back",
        {"withholding": reference, "decision": reference, "clause": clause, "until": instant},
    ),
    _act(
        "ended",
        "Hết thời hạn chưa thông báo",
        "Keeping back ended",
        {"withholding": reference, "decision": reference, "why": code, "appeal_until": instant},
        "reason",
    ),
)
