"""The readers of casework. Staff read through an actor; the public through a reference and a secret."""

from anlanh.work.casework.queries.audit import (
    CaseAudit,
    Entry,
    Held,
    audit,
    audit_entries,
    audit_proofs,
    audited_acts,
)
from anlanh.work.casework.queries.case_page import (
    AllowedAct,
    CasePage,
    EvidenceLine,
    HistoryLine,
    ReportLine,
    case_page,
    evidence_of,
)
from anlanh.work.casework.queries.cases import (
    VIEWS,
    appeal,
    case,
    counts,
    evidence_file,
    grounds_for,
    queue,
    search,
    terms_for,
)
from anlanh.work.casework.queries.counting import MOST_COUNTED, Waiting, waiting
from anlanh.work.casework.queries.finding import everything
from anlanh.work.casework.queries.outgoing import case_behind, letter, letter_by_hand, measure_order
from anlanh.work.casework.queries.presets import preset, presets, presets_for, terms_now
from anlanh.work.casework.queries.public import NoticeView, StatusView, status
from anlanh.work.casework.queries.sealed import SealedLine, StillSealed, sealed_cases
from anlanh.work.casework.queries.undo import undoable

__all__ = [
    "MOST_COUNTED",
    "VIEWS",
    "AllowedAct",
    "CaseAudit",
    "CasePage",
    "Entry",
    "EvidenceLine",
    "Held",
    "HistoryLine",
    "NoticeView",
    "ReportLine",
    "SealedLine",
    "StatusView",
    "StillSealed",
    "Waiting",
    "appeal",
    "audit",
    "audit_entries",
    "audit_proofs",
    "audited_acts",
    "case",
    "case_behind",
    "case_page",
    "counts",
    "everything",
    "evidence_file",
    "evidence_of",
    "grounds_for",
    "letter",
    "letter_by_hand",
    "measure_order",
    "preset",
    "presets",
    "presets_for",
    "queue",
    "sealed_cases",
    "search",
    "status",
    "terms_for",
    "terms_now",
    "undoable",
    "waiting",
]
