"""The acts of misuse. A sender stands in them as the random id of one of their reports' parties, never as more."""

from anlanh.base.acts.types import ActType, code, count, declare, instant, reference
from anlanh.work.casework.acts import CASE

_OF_A_CONSEQUENCE = {"consequence": reference, "reporter": reference, "counted": count, "needed": count}
_OF_A_CONSEQUENCE |= {"within_days": count, "appeal_until": instant}

declare(
    ActType(
        "report.marked_unfounded",
        CASE,
        {"vi": "Ghi nhận phản ánh rõ ràng vô căn cứ", "en": "Report marked as manifestly unfounded"},
        {"report": reference, "decision": reference, "reporter": reference},
        frozenset({"reason"}),
    ),
    ActType(
        "misuse.warned",
        CASE,
        {"vi": "Cảnh báo người phản ánh", "en": "Reporter warned"},
        _OF_A_CONSEQUENCE,
        frozenset({"reasons"}),
    ),
    ActType(
        "misuse.limited",
        CASE,
        {"vi": "Giới hạn phản ánh trong một thời gian", "en": "Reporter limited for a time"},
        {**_OF_A_CONSEQUENCE, "until": instant},
        frozenset({"reasons"}),
    ),
    ActType(
        "misuse.objected",
        CASE,
        {"vi": "Khiếu nại cảnh báo hoặc giới hạn", "en": "Appeal against a warning or limit"},
        {"objection": reference, "consequence": reference, "reporter": reference, "mandate": reference},
        frozenset({"text"}),
    ),
    ActType(
        "misuse.heard",
        CASE,
        {"vi": "Giải quyết khiếu nại cảnh báo hoặc giới hạn", "en": "Appeal against a warning or limit decided"},
        {"objection": reference, "consequence": reference, "outcome": code},
        frozenset({"reasons"}),
    ),
    ActType(
        "misuse.lifted",
        CASE,
        {"vi": "Huỷ cảnh báo hoặc giới hạn", "en": "Warning or limit lifted"},
        {"consequence": reference, "why": code},
        frozenset({"reasons"}),
    ),
)
