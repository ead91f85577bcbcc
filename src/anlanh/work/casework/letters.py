"""The letters that people get: what was decided, on which clause, why, and what they can do about it.

Each kind has a template in Vietnamese and one in English under `templates/letters/`; the first line is the subject. A
letter is written once and kept as it was sent. Only the door of the person affected, with its secret, is added when it
leaves.
"""

import re
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from anlanh.base.identity.models import Organisation
from anlanh.base.outbox.queue import Draft as MessageDraft
from anlanh.law.model import Text
from anlanh.primitives.dates import civil_date, date_vi, date_words
from anlanh.work.casework import links, numbers, steps
from anlanh.work.casework import measures as kinds
from anlanh.work.casework.authorities import papers
from anlanh.work.casework.broadcasts.stretches import stretches_relied_on
from anlanh.work.casework.models import Access, Appeal, Case, Decision, Measure, Order, Party
from anlanh.work.casework.naming import KINDS as GROUND_KINDS
from anlanh.work.casework.naming import clause_name, clause_words, ground_said, organisation_name
from anlanh.work.casework.withholding.models import Withholding

_BLANK_LINES = re.compile(r"\n{3,}")

FOUND_BY: dict[str, Text] = {
    "report": Text("Có người phản ánh nội dung này với chúng tôi.", "Somebody reported the content to us."),
    "order": Text("Cơ quan có thẩm quyền yêu cầu.", "A competent authority asked for it."),
    "screening": Text(
        "Công cụ rà soát tự động của chúng tôi thấy nội dung này.",
        "Our automatic screening found the content.",
    ),
    "repeat": Text(
        "Nhiều nội dung của tài khoản đã bị xử lý trong một thời gian ngắn.",
        "Much of the account's content was acted against within a short time.",
    ),
}
MACHINE_PARTS: dict[str, Text] = {
    "none": Text(
        "Việc phát hiện và quyết định đều do người thực hiện, không dùng máy tự động.",
        "People found it and decided; no automatic system took part.",
    ),
    "screened": Text(
        "Công cụ tự động phát hiện và tạm giữ nội dung; quyết định do người đưa ra.",
        "An automatic tool found the content and held it for a time; a person decided.",
    ),
    "relayed": Text(
        "Quyết định được chuyển đến qua kết nối giữa hai hệ thống máy tính; không máy nào tự phát hiện nội dung này.",
        "The decision reached us over a connection between computer systems; no automatic system found the content.",
    ),
}


# Code words of acts that are in none of the tables above, as the case's history words them.
OTHER_WORDS: dict[str, Text] = {
    **GROUND_KINDS,
    "terms_of_use": Text("Điều khoản sử dụng", "Terms of use"),
    "community_rules": Text("Quy tắc cộng đồng", "Community rules"),
    "handling": Text("Quy trình xử lý vi phạm", "How violations are handled"),
    "posted": Text("lúc nội dung được đăng", "when the content was posted"),
    "reported": Text(
        "lúc có phản ánh đầu tiên; không rõ lúc đăng", "when it was first reported; when it was posted is not known"
    ),
    "mandate.case": Text("chỉ vụ việc này", "this case only"),
    "mandate.page": Text("mọi vụ việc về trang này", "every case about this page"),
    "affected": Text("người bị ảnh hưởng", "the person affected"),
    "reporter": Text("người phản ánh", "the reporter"),
    "requester": Text("cơ quan yêu cầu", "the authority that asked"),
    "upheld": Text("giữ nguyên", "upheld"),
    "partial": Text("giảm nhẹ", "lightened"),
    "reversed": Text("huỷ quyết định", "reversed"),
    "restored": Text("khôi phục nội dung", "content brought back"),
    "lodged": Text("đã khởi kiện hoặc yêu cầu cơ quan xử lý", "went to court or to an authority"),
    "gives_way": Text("không giữ yêu cầu", "gives way"),
    "agree": Text("trùng với quyết định", "the same"),
    "differs_ground": Text("căn cứ khác", "another ground"),
    "differs_measure": Text("biện pháp khác", "another measure"),
    "wrong": Text("quyết định sai", "the decision is wrong"),
    "report": Text("phản ánh", "a report"),
    "order": Text("yêu cầu của cơ quan có thẩm quyền", "an order of an authority"),
    "repeat": Text("vi phạm nhiều lần", "repeated violations"),
    "none": Text("không", "none"),
    "screening": Text("công cụ rà soát", "screening"),
    "screened": Text("công cụ tự động phát hiện, người quyết định", "found by a tool, decided by a person"),
    "domain": Text("tên miền trong danh sách", "a listed domain"),
    "image": Text("mã băm của ảnh trong danh sách", "a listed picture's hash"),
    "copy": Text("bản sao của nội dung đã quyết định", "a copy of what was decided on"),
    "relayed": Text("chuyển đến qua kết nối máy", "relayed over a connection"),
    "web": Text("trang phản ánh", "the report pages"),
    "api": Text("kết nối máy", "the API"),
    "phone": Text("điện thoại", "telephone"),
    "letter": Text("thư giấy", "a letter"),
    "mail": Text("thư điện tử", "e-mail"),
    "email": Text("thư điện tử", "e-mail"),
    "counter": Text("trực tiếp", "in person"),
    "document": Text("văn bản", "a document"),
    "apply": Text("thực hiện", "apply"),
    "reverse": Text("khôi phục", "restore"),
    "recalled": Text("rút lại", "recalled"),
    "before": Text("chưa thực hiện gì", "nothing was done yet"),
    "done": Text("đã thực hiện, khôi phục", "done, and restored"),
    "over": Text("không còn gì đang áp dụng", "nothing was in force any more"),
    "annulled": Text("bị huỷ", "annulled"),
    "kept": Text("đúng phạm vi yêu cầu", "within the order"),
    "beyond": Text("vượt quá yêu cầu", "beyond the order"),
    "mat": Text("Mật", "Secret"),
    "toi_mat": Text("Tối mật", "Top secret"),
    "tuyet_mat": Text("Tuyệt mật", "Most secret"),
    "time": Text("hết thời hạn", "its time is over"),
    "lifted": Text("có người chấm dứt", "ended by a person"),
    "renewed": Text("được gia hạn", "renewed"),
    "slip": Text("bấm nhầm", "a slip of the hand"),
    "wrong_ground": Text("nhầm điều khoản", "the wrong clause"),
    "wrong_facts": Text("sự việc chưa đúng", "the facts are not right"),
    "wrong_measure": Text("nhầm biện pháp", "the wrong measure"),
    "other": Text("lý do khác", "something else"),
}


def word_for(code: str, language: str) -> str:
    """A code word of an act in words; the code itself where there are none."""
    if code in kinds.KINDS:
        return kinds.named(code).words.act.in_language(language)
    for table in (kinds.places(), OTHER_WORDS, steps.pack().vocabulary["requesters"]):
        if code in table:
            return table[code].in_language(language)
    return code


def scope_name(code: str, language: str) -> str:
    """The scope of an act in words: where a measure holds, or how far a mandate goes."""
    mandate = OTHER_WORDS.get(f"mandate.{code}")
    return mandate.in_language(language) if mandate else word_for(code, language)


def written(kind: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body of a letter.

    Args:
        kind: a template's name without language.
        language: `en`, or Vietnamese for anything else.
        context: what the template names.
    """
    language = "en" if language == "en" else "vi"
    text = render_to_string(f"letters/{kind}.{language}.txt", context)
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip(), _BLANK_LINES.sub("\n\n", body).strip() + "\n"


def about_case(case: Case, recipient: Party, *, name: str) -> dict[str, Any]:
    """What every letter can name. `name` is how it addresses its reader; empty for reporters: staff read it too."""
    language = recipient.language
    return {
        "case": case.number,
        "address": case.page.address,
        "organisation": organisation_name(case.organisation, language),
        "contact": case.organisation.contact_email,
        "name": name,
        "link": links.status(),
    }


def about_decision(decision: Decision, language: str, order: Order | None) -> dict[str, Any]:
    """What letters say of a decision: the elements of a statement of reasons, in words."""
    return {
        **about_measure(decision, language),
        **about_ground(decision, language),
        "facts": decision.facts,
        "clips": ", ".join(stretches_relied_on(decision.case)),
        "subject_fact": decision.subject_fact,
        "found_by": FOUND_BY[decision.found_by].in_language(language),
        "order": order,
        "order_clause": clause_name(order.clause, language) if order else "",
        "order_clause_words": clause_words(order.clause, language) if order else "",
        "order_complaints": papers.complaints_of(order) if order else "",
        "order_day": civil_day(order.received_at, language) if order else "",
        "machine_part": MACHINE_PARTS[decision.machine_part].in_language(language),
        "decided_on": civil_day(decision.decided_at, language),
        "appeal_until": civil_day(decision.appeal_until, language),
    }


def about_ground(decision: Decision, language: str) -> dict[str, Any]:
    """What letters say of the ground: of law as ever; of own rules which version, and that they are not law."""
    said = ground_said(decision, language)
    if said.is_law:
        return {"clause": said.title, "clause_words": said.text, "ground_note": ""}
    read = Text("Đọc toàn văn", "Read it as a whole").in_language(language)
    under = Text("theo", "under the").in_language(language)
    return {
        "clause": f"{under} {said.title}",
        "clause_words": f"“{said.text}”",
        "ground_note": f"{said.note} {read}: {said.link}",
    }


def about_measure(decision: Decision, language: str) -> dict[str, str]:
    """What letters call the measure of a decision; `measure` has its terms, too."""
    kind = kinds.named(decision.measure)
    words = {name: text.in_language(language) for name, text in vars(kind.words).items()}
    return {"measure": kind.described(kinds.Terms.of(decision), language), **words}


def about_hold(ground: str, until: datetime, language: str) -> dict[str, str]:
    """What the letter says about a page that is held until a person decides."""
    return {
        "clause": clause_name(ground, language),
        "clause_words": clause_words(ground, language),
        "held_until": _exact(until),
    }


def about_withholding(row: Withholding, language: str) -> dict[str, str]:
    """What the letter says that was kept back for a time."""
    return {
        "kept_back_from": civil_day(row.decision.decided_at, language),
        "kept_back_clause": clause_name(row.clause, language),
    }


def about_carrying_out(measure: Measure) -> dict[str, Any]:
    """When a measure was applied and reversed, and whether it came to its end."""
    applied, undone = (_exact(moment) if moment else "" for moment in (measure.applied_at, measure.reversed_at))
    return {"applied_at": applied, "reversed_at": undone, "at_its_end": measure.ended_at is not None}


def _exact(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M %d/%m/%Y")


def about_appeal(appeal: Appeal, language: str) -> dict[str, Any]:
    """What letters say of an appeal and its outcome."""
    return {
        "filed_on": civil_day(appeal.filed_at, language),
        "answer_by": civil_day(steps.answer_due(appeal), language),
        "reasons": appeal.reasons,
        "decided_on": civil_day(appeal.decided_at, language) if appeal.decided_at else "",
    }


def door(access: Access, language: str) -> str:
    """The paragraph with reference and secret of the person affected; made when a letter leaves, kept nowhere."""
    context = {"reference": access.reference, "secret": numbers.secret_for(access.id), "link": links.status()}
    return "\n" + render_to_string(f"letters/_door.{'en' if language == 'en' else 'vi'}.txt", context).strip() + "\n"


def confirmation(party: Party, organisation: Organisation, token: str) -> MessageDraft:
    """The only letter to an address that nobody confirmed yet: it asks whether the address is theirs, no more."""
    subject, body = written(
        "confirm_address",
        party.language,
        {
            "organisation": organisation_name(organisation, party.language),
            "link": links.confirm_email(token),
        },
    )
    payload = {"to": party.email, "subject": subject, "body": body, "language": party.language}
    return MessageDraft("mail", f"confirm:{party.id}", payload)


def mail_received(party: Party, organisation: Organisation, token: str, reference: str, secret: str) -> MessageDraft:
    """The answer to a letter: its reference and secret, and the question whether the address is theirs.

    It holds no word of the letter, not even the name: whoever writes in another's name could have us mail theirs.
    """
    context = {
        "organisation": organisation_name(organisation, party.language),
        "link": links.confirm_email(token),
        "status": links.status(),
        "reference": reference,
        "secret": secret,
    }
    subject, body = written("mail_received", party.language, context)
    payload = {"to": party.email, "subject": subject, "body": body, "language": party.language}
    return MessageDraft("mail", f"confirm:{party.id}", payload)


def civil_day(moment: datetime, language: str) -> str:
    """The civil date of an instant, in words that fit into a sentence."""
    day = civil_date(moment)
    return date_words(day, "en") if language == "en" else date_vi(day)
