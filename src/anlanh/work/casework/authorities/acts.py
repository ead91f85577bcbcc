"""The acts about authorities and their papers."""

from anlanh.base.acts.types import ActType, code, count, day, declare, reference


def _of_case(name: str, vi: str, en: str, clear: dict, *committed: str) -> ActType:
    return ActType(f"order.{name}", "case", {"vi": vi, "en": en}, {"order": reference, **clear}, frozenset(committed))


declare(
    _of_case(
        "called_back",
        "Gọi lại cơ quan yêu cầu",
        "Authority called back",
        {"authority": reference},
        "phone",
        "said",
    ),
    _of_case(
        "confirmed",
        "Nhận văn bản xác nhận yêu cầu",
        "Written confirmation received",
        {"document_sha256": code},
        "note",
    ),
    _of_case(
        "recalled",
        "Cơ quan rút lại hoặc huỷ yêu cầu",
        "Order recalled or annulled",
        {"how": code, "outcome": code, "cases": count},
        "words",
        "verified",
    ),
    _of_case("objected", "Nêu ý kiến không đồng ý với yêu cầu", "Objection to the order", {}, "words"),
    _of_case(
        "reviewed",
        "Rà soát việc thực hiện yêu cầu",
        "Carrying out reviewed",
        {"decision": reference, "outcome": code},
        "reasons",
    ),
)
declare(
    ActType(
        "authority.added",
        "authority",
        {"vi": "Thêm cơ quan vào danh bạ", "en": "Authority added to the directory"},
        {"requester": code},
        frozenset({"name", "phone", "complaints"}),
    ),
    ActType(
        "authority.verified",
        "authority",
        {"vi": "Xác minh số của cơ quan", "en": "Authority's number verified"},
        {},
        frozenset({"how"}),
    ),
    ActType("authority.ended", "authority", {"vi": "Bỏ cơ quan khỏi danh bạ", "en": "Authority ended"}),
    ActType(
        "paper.sealed",
        "sealed_paper",
        {"vi": "Ghi sổ văn bản mật, không nhận nội dung", "en": "Secret paper noted, its content not taken"},
        {"level": code, "came_on": day},
        frozenset({"book_number", "sender", "lies_at"}),
    ),
)
