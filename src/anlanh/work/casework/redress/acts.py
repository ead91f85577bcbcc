"""The acts of redress. Names and papers are committed; kinds, scopes and days are clear."""

from anlanh.base.acts.types import ActType, code, day, declare, reference
from anlanh.work.casework.acts import CASE

declare(
    ActType(
        "late_appeal.filed",
        CASE,
        {"vi": "Khiếu nại quá hạn", "en": "Appeal that came late"},
        {"late_appeal": reference, "decision": reference, "appellant": reference, "role": code},
        frozenset({"text", "why_late"}),
    ),
    ActType(
        "late_appeal.refused",
        CASE,
        {"vi": "Không nhận khiếu nại quá hạn", "en": "Late appeal refused"},
        {"late_appeal": reference, "decision": reference},
        frozenset({"reasons"}),
    ),
    ActType(
        "mandate.given",
        CASE,
        {"vi": "Uỷ quyền cho người đại diện", "en": "Mandate given"},
        {"mandate": reference, "representative": reference, "client": reference, "role": code}
        | {"kind": code, "scope": code, "until_day": day, "paper_sha256": code},
        frozenset({"name"}),
    ),
    ActType(
        "mandate.checked",
        CASE,
        {"vi": "Xác nhận giấy tờ đại diện", "en": "Mandate checked"},
        {"mandate": reference},
        frozenset({"how"}),
    ),
    ActType(
        "mandate.refused",
        CASE,
        {"vi": "Không công nhận người đại diện", "en": "Mandate refused"},
        {"mandate": reference},
        frozenset({"reasons"}),
    ),
    ActType("mandate.ended", CASE, {"vi": "Chấm dứt đại diện", "en": "Mandate ended"}, {"mandate": reference}),
)
