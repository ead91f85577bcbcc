"""The acts of casework. Each belongs to the history of a case.

Clear fields are words, ids, times and counts: figures are made of them and anyone who holds the log may read them. What
somebody wrote is committed: the log holds a digest, and the text can be erased.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from anlanh.base.acts.types import ActType, clause, code, codes, count, day, declare, flag, instant, reference

CASE = "case"


def _act(
    name: str,
    vi: str,
    en: str,
    clear: Mapping[str, Callable[[Any], Any]] | None = None,
    committed: tuple[str, ...] = (),
    version: int = 1,
) -> ActType:
    return ActType(name, CASE, {"vi": vi, "en": en}, clear or {}, frozenset(committed), version)


# What acts say of a ground: its kind, then the clause of law, or the clause of which version of the own rules, with the
# digest under which that version was published. Acts without a kind are older than own rules; their ground is of law.
GROUND: dict[str, Callable[[Any], Any]] = {
    "ground_kind": code,
    "ground": clause,
    "terms_clause": reference,
    "terms_document": code,
    "terms_version": count,
    "terms_item": code,
    "terms_digest": code,
}
_CONDUCT: dict[str, Callable[[Any], Any]] = {"conduct_at": instant, "conduct_by": code}

_REPORT = {
    "report": reference,
    "reporter": reference,
    "page": reference,
    "category": code,
    "via": code,
    "concerns_child": flag,
    "threatens_life": flag,
    "answers": codes,
}
_OF_A_REPORT = ("text", "files", "details")

declare(
    _act("report.received", "Tiếp nhận phản ánh", "Report received", _REPORT, _OF_A_REPORT),
    _act(
        "report.joined",
        "Phản ánh được nhập vào vụ việc",
        "Report joined to the case",
        {**_REPORT, "first": reference},
        _OF_A_REPORT,
        version=2,
    ),
    _act(
        "report.said_again",
        "Phản ánh lặp lại của cùng một người",
        "Report said again by the same sender",
        {"report": reference, "first": reference},
    ),
    _act(
        "report.contact_confirmed",
        "Người phản ánh xác nhận địa chỉ thư",
        "Reporter confirmed the address",
        {"report": reference},
    ),
    _act(
        "report.sorted",
        "Phân loại đơn",
        "Report sorted",
        {"report": reference, "procedure": code, "from_case": reference, "to_case": reference},
        ("reason",),
    ),
    _act("case.transferred", "Chuyển cơ quan khác", "Passed on to another body", {"body": code}, ("reason",)),
    _act("petition.answered", "Trả lời đơn", "Petition answered", {}, ("reason",)),
    _act("sealed.viewed", "Mở hồ sơ niêm phong", "Sealed file opened"),
    _act("case.claimed", "Nhận xử lý", "Case claimed", {"until": instant}),
    _act("case.released", "Trả lại hàng chờ", "Case released"),
    _act("case.handed_over", "Bàn giao", "Case handed over", {"to": reference}, ("note",)),
    _act("case.closed", "Đóng vụ việc", "Case closed"),
    _act("evidence.viewed", "Xem chứng cứ", "Evidence looked at"),
    _act("history.exported", "Xuất lịch sử vụ việc", "History of the case exported"),
    _act(
        "evidence.restricted",
        "Hạn chế xem tệp nghi xâm hại trẻ em",
        "File of suspected child abuse held back",
        {"sha256": code},
    ),
    _act("danger.marked", "Đánh dấu nguy hiểm tính mạng", "Marked as danger to life", {}, ("note",)),
    _act(
        "case.referred",
        "Chuyển thông tin cho công an",
        "Referred to the police",
        {"body": code, "files": codes},
        ("receipt",),
    ),
    _act(
        "violation.confirmed",
        "Xác nhận có vi phạm",
        "Violation confirmed",
        {"ground": clause, "law_as_of": day},
        ("facts",),
    ),
    _act(
        "decision.made",
        "Ra quyết định",
        "Decision made",
        {
            "decision": reference,
            "replaces": reference,
            "page": reference,
            "category": code,
            "measure": code,
            **GROUND,
            **_CONDUCT,
            "scope": code,
            "days": count,
            "age": count,
            "preset": reference,
            "proposed_by": reference,
            "found_by": code,
            "machine_part": code,
            "law_as_of": day,
            "appeal_until": instant,
            "notice_forbidden_by": clause,
            "leaves_at": instant,
        },
        ("facts", "subject_fact", "label"),
        version=3,
    ),
    _act(
        "decision.withdrawn",
        "Rút lại quyết định trước khi gửi đi",
        "Decision withdrawn before it left",
        {"decision": reference, "why": code, "confirmation": reference},
        ("note",),
    ),
    _act(
        "decision.proposed",
        "Đề nghị quyết định",
        "Decision proposed",
        {
            "proposal": reference,
            "measure": code,
            **GROUND,
            **_CONDUCT,
            "scope": code,
            "days": count,
            "age": count,
            "preset": reference,
            "machine_part": code,
            "law_as_of": day,
        },
        ("facts", "subject_fact", "label"),
        version=2,
    ),
    _act("decision.refused", "Không duyệt quyết định", "Decision refused", {"proposal": reference}, ("reasons",)),
    _act(
        "measure.applied",
        "Biện pháp đã thực hiện",
        "Measure applied",
        {"measure": reference, "kind": code, "by_hand": flag, "ends_at": instant},
        ("receipt", "note"),
    ),
    _act(
        "measure.ended",
        "Biện pháp hết thời hạn",
        "Measure at its end",
        {"measure": reference, "kind": code},
    ),
    _act(
        "measure.failed",
        "Biện pháp không thực hiện được",
        "Measure failed",
        {"measure": reference, "kind": code, "step": code},
        ("note",),
    ),
    _act(
        "measure.reversed",
        "Khôi phục",
        "Measure reversed",
        {"measure": reference, "kind": code, "by_hand": flag},
        ("receipt", "note"),
    ),
    _act("authority.notified", "Báo cáo cơ quan có thẩm quyền", "Authority notified", {}, ("receipt",)),
    _act(
        "notice.sent",
        "Gửi thông báo",
        "Notice sent",
        {"notice": reference, "kind": code, "role": code, "recipient": reference, "language": code, "mailed": flag}
        | {"decision": reference, "leaves_at": instant},
        ("words",),
        version=2,
    ),
    _act(
        "appeal.filed",
        "Khiếu nại quyết định",
        "Appeal filed",
        {"appeal": reference, "decision": reference, "appellant": reference, "role": code, "late": flag}
        | {"mandate": reference},
        ("text", "why_late"),
    ),
    _act(
        "appeal.overdue",
        "Quá hạn trả lời khiếu nại",
        "Appeal not answered in time",
        {"appeal": reference, "decision": reference, "due_at": instant},
    ),
    _act(
        "appeal.decided",
        "Giải quyết khiếu nại",
        "Appeal decided",
        {"appeal": reference, "decision": reference, "outcome": code},
        ("reasons",),
    ),
    _act(
        "order.received",
        "Tiếp nhận yêu cầu của cơ quan có thẩm quyền",
        "Order received",
        {
            "order": reference,
            "page": reference,
            "category": code,
            "channel": code,
            "requester": code,
            "emergency": flag,
            "document_sha256": code,
        },
        ("office", "number", "signed_by", "clause", "words"),
    ),
    _act("order.verified", "Xác minh yêu cầu", "Order verified", {"order": reference}, ("how",)),
    _act("order.queried", "Đề nghị làm rõ yêu cầu", "Order queried", {"order": reference}, ("question",)),
    _act("order.returned", "Trả lại yêu cầu", "Order returned", {"order": reference}, ("reason",)),
)

# How pages name the fields of acts, in the order in which they are shown. Identifiers are not named and not shown.
FIELD_LABELS: dict[str, str] = {
    "category": _("Category"),
    "via": _("Came by"),
    "concerns_child": _("Concerns a child"),
    "threatens_life": _("Life in danger"),
    "channel": _("Came by"),
    "requester": _("Asked by"),
    "emergency": _("Emergency"),
    "procedure": _("Kind of petition"),
    "body": _("Passed on to"),
    "measure": _("Measure"),
    "ground_kind": _("Kind of ground"),
    "ground": _("Ground"),
    "terms_document": _("Own rules"),
    "terms_version": _("Version of the rules"),
    "terms_item": _("Item"),
    "conduct_at": _("Rules as of"),
    "conduct_by": _("Which moment that is"),
    "scope": _("Where"),
    "days": _("Days"),
    "age": _("Hidden under the age of"),
    "label": _("Label"),
    "ends_at": _("Ends at"),
    "version": _("Version"),
    "found_by": _("Found by"),
    "machine_part": _("Part of a machine"),
    "law_as_of": _("Law as of"),
    "appeal_until": _("Appeal until"),
    "notice_forbidden_by": _("Notice forbidden by"),
    "leaves_at": _("Leaves at"),
    "why": _("Why taken back"),
    "outcome": _("Outcome"),
    "role": _("Role"),
    "mailed": _("By mail"),
    "by_hand": _("By hand"),
    "step": _("Step"),
    "places": _("Places blackened"),
    "until": _("Until"),
    "percent": _("Percent of the time used"),
    "text": _("Text"),
    "source": _("Kind of hit"),
    "rule": _("Rule or list"),
    "found": _("What was found"),
    "facts": _("Facts"),
    "subject_fact": _("About this very content"),
    "office": _("Authority"),
    "number": _("Number"),
    "signed_by": _("Signed by"),
    "clause": _("Clause"),
    "words": _("Words"),
    "how": _("How it was verified"),
    "question": _("Question"),
    "reason": _("Reason"),
    "reasons": _("Reasons"),
    "why_late": _("Why it comes late"),
    "late": _("Late"),
    "asks": _("A question"),
    "note": _("Note"),
    "receipt": _("Receipt"),
    "backdating_reason": _("Why recorded later"),
}

declare(
    ActType(
        "integration.set_up",
        "integration",
        {"vi": "Thiết lập kết nối với nền tảng", "en": "Integration set up"},
        {"key_id": code},
        frozenset({"url"}),
    ),
    ActType("integration.ended", "integration", {"vi": "Ngừng kết nối với nền tảng", "en": "Integration ended"}),
)

declare(
    ActType(
        "preset.written",
        "preset",
        {"vi": "Soạn quyết định mẫu", "en": "Preset written"},
        {"preset": reference, "version": count, **GROUND, "measure": code, "scope": code}
        | {"days": count, "age": count},
        frozenset({"name", "facts", "label"}),
        version=2,
    ),
    ActType(
        "preset.retired",
        "preset",
        {"vi": "Thôi dùng quyết định mẫu", "en": "Preset retired"},
        {"preset": reference, "version": count},
    ),
)
