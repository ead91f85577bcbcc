"""What a piece of a paper is by its form: a heading, a description, a paragraph that stands by itself."""

import re

from anlanh.papers.reading.bodies import Subject, called_to, demands, names_a_body, subject_of
from anlanh.papers.reading.outline import Node
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.words import DEFINES, DESCRIPTIVE_HEADING, asks_for_something

_HEADING_LENGTH = 320
OWN_PAPER = re.compile(
    r"(?:Chỉ thị|Công văn|Thông tư|Quyết định|Kế hoạch|Công điện|Văn bản|Hướng dẫn|Quy chế|Nghị quyết|nội dung|yêu "
    r"cầu|nhiệm vụ) (?:này|trên|nêu trên)(?![^\W_])"
)
_GENERIC = re.compile(r"(?:nhiệm vụ|tổ chức thực hiện|trách nhiệm|nội dung|giải pháp|phân công)", re.IGNORECASE)
COURTESY = re.compile(
    r"(?:(?:.{3,80} )?trân trọng(?: cảm ơn| báo cáo|\s*[./!])|.{0,80}?rất mong (?:nhận|sự|các|được)|rất mong|xin cảm ơn|kính báo|"
    r"(?:mọi |thông tin |các )*(?:chi tiết|thông tin chi tiết|thắc mắc|vướng mắc)[^.;:]{0,40}?(?:xin |vui lòng |đề nghị )?liên hệ|"
    r"(?:chỉ thị|thông báo|công văn|hướng dẫn|nghị quyết) này (?:được )?phổ biến|"
    r".{3,80}? (?:thông báo|thông tin|báo tin) (?:để|đến|tới) .{3,80}? (?:được )?biết)",
    re.IGNORECASE,
)
_OPENS = re.compile(  # what an issuer says before the items: no heading of what follows
    r"(?:(?:điện|quyết định|chỉ thị|yêu cầu|đề nghị|quyết nghị|thông báo)\s*:|(?:kết luận|chỉ đạo|thông báo|hướng dẫn|ý kiến|"
    r"thống nhất|ban hành|kế hoạch|quán triệt|nội dung|báo cáo)\b[^:]{0,60}(?:như sau|sau đây|sau|cụ thể)\s*:)$",
    re.IGNORECASE,
)
REPORTS_BACK = re.compile(  # "Kết quả thực hiện gửi về Sở trước ngày …", after the items that it speaks of
    r"(?:(?:các )?kết quả|báo cáo(?: kết quả)?|văn bản(?: góp ý| trả lời)?|ý kiến(?: góp ý)?|danh sách|hồ sơ|thông tin|nội dung)[^.;:]{0,90}?"
    r"(?:đề nghị |xin |được )?(?:gửi|báo cáo|nộp) (?:về|cho|đến|tới|Sở|Bộ|UBND|Ủy|Phòng|bằng)",
    re.IGNORECASE,
)
_RESTS_ON = re.compile(r"(?:căn cứ|thực hiện|theo|để|nhằm|qua|xét|trước tình|sau khi)(?![^\W_])", re.IGNORECASE)
_TITLE_OF_ARTICLE = re.compile(
    r"(?:tổ chức|điều khoản|trách nhiệm|hiệu lực|khen thưởng|kỷ luật|chế độ|kinh phí|thời hạn|sơ kết|tổng kết|nhiệm vụ)"
    r"(?:,? (?:và )?[^\W\d_]+){0,12}",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"(?:đánh giá chung|tình hình(?: chung| thực hiện)?|thực trạng|kết quả đạt được|tồn tại|hạn chế|nguyên nhân|mục tiêu|mục đích|"
    r"yêu cầu|quan điểm|kinh phí)\s*:\s",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"(?:căn cứ|xét|theo (?:đề nghị|tờ trình|ý kiến)|sau khi (?:xem xét|nghe)|qua xem xét)(?![^\W_])", re.IGNORECASE
)
_HAPPENED = re.compile(r"\s*(?:đã|vẫn còn|còn)(?![^\W_])", re.IGNORECASE)
_SO_FAR = re.compile(
    r"(?:trong )?(?:(?:những|nhiều|các|\d+) (?:năm|tháng)(?: gần đây| vừa qua| qua)|(?:suốt )?thời gian (?:vừa |gần đây|qua)|vừa qua|"
    r"(?:trong )?năm (?:qua|vừa qua)|gần đây)",
    re.IGNORECASE,
)
_PRAISES = re.compile(
    r"(?:(?:ghi nhận(?: và|,) )?đánh giá cao|hoan nghênh|ghi nhận sự|(?:cơ bản )?(?:thống nhất|nhất trí|đồng ý) với)(?![^\W_])",
    re.IGNORECASE,
)
CLOSES_PAPER = re.compile(
    r"(?:trong quá trình (?:triển khai|tổ chức|thực hiện)|nhận được (?:công văn|chỉ thị|văn bản|kế hoạch)|trên đây là)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"^(?:các|những|mọi|tất cả các)\s+")


def is_heading(paragraph: Paragraph) -> bool:
    """A short paragraph without a sign that names just a body: what follows is laid on it."""
    text = paragraph.text
    if len(text) > _HEADING_LENGTH or text.endswith((".", ";", "./.")) or _OPENS.search(text) or _RESTS_ON.match(text):
        return False
    subject = subject_of(text)
    if subject is None or (subject.predicate is not None and not text.endswith(":")):
        return False
    if demands(text) and not subject.called:
        return False
    if subject.called and subject.predicate is not None:
        return False
    return (
        paragraph.strong
        or text.endswith(":")
        or text.isupper()
        or (subject.predicate is None and len(text) < 120 and subject.end >= len(text) - 1)
    )


def is_heading_text(text: str, subject: Subject | None, node: Node) -> bool:
    """A lead that only says who or what about; with a predicate it is one where it ends with a colon over its items."""
    if len(text) > _HEADING_LENGTH and not text.endswith(":"):
        return False
    if subject is not None and subject.predicate is None:
        return subject.end >= len(text.rstrip(" .:;*")) - 2 or text.endswith(":")
    if text.endswith(":"):
        return True
    if node.marker and node.marker.kind == "article" and node.more and _TITLE_OF_ARTICLE.fullmatch(text):
        return True
    if node.more and not node.children and len(text) < 120 and not re.search(r"[.;,]$", text):
        inner = subject_of(node.more[0].text)
        if inner is not None and inner.start == 0 and inner.predicate is not None:
            return True  # a topic, and below it a sentence that says who does what
    if node.strong or text.isupper():
        return not text.endswith((".", ";")) or len(text) < 100
    return len(text) < 160 and not text.endswith((".", ";", "…")) and not asks_for_something(text) and subject is None


def short_for(name: str, heading: str) -> bool:
    """Whether a sentence names the actor of its heading by the first words of that name."""
    short, whole = (_QUANTITY.sub("", each.lower()) for each in (name, heading))
    return whole.startswith(short) and not re.match(r"\s*(?:[,;]|và\b|hoặc\b)", whole[len(short) :])


def describes(node: Node, heading: bool) -> bool:
    """A section that tells how things are, defines, or wishes."""
    text = node.lead.text
    if DEFINES.match(text) or (not node.children and _TELLS.match(text)):
        return True
    if not (heading or node.children) or len(text) > 120 or names_a_body(text):
        return False
    return (
        bool(DESCRIPTIVE_HEADING.match(text))
        and not (text.lower().startswith("yêu cầu") and not re.fullmatch(r"yêu cầu[.:]?", text, re.IGNORECASE))
        and not _GENERIC.search(text)
    )


def is_basis(text: str) -> bool:
    """What a paper rests on: "Căn cứ Luật …;", "Theo đề nghị của …". It may name a body, but calls upon none."""
    if not _BASIS.match(text) or demands(text):
        return False
    subject = subject_of(text)
    return subject is None and (
        text.rstrip().endswith((";", ",")) or bool(re.match(r"(?:theo|xét)\b", text, re.IGNORECASE))
    )


def tells_the_past(text: str) -> bool:
    """An item that says what was done so far, or praises it, and asks for nothing."""
    if demands(text):
        return False
    if _PRAISES.match(text):
        return True
    if not _SO_FAR.match(text):
        return False
    subject = subject_of(text)
    return subject is None or subject.predicate is None or bool(_HAPPENED.match(text, subject.end))


def speaks_of_another(text: str, actor: str | None) -> bool:
    """Whether a paragraph says what a body other than that of the item before it is to do."""
    subject = subject_of(text)
    if subject is None or subject.start or subject.predicate is None or actor is None:
        return False
    return not short_for(subject.name, actor) and subject.name.lower() not in actor.lower()


def closes(text: str, actor: str | None) -> bool:
    """Whether a paragraph without a sign stands by itself after an item rather than going on with it."""
    if COURTESY.match(text) or (REPORTS_BACK.match(text) and not asks_for_something(text)):
        return True
    subject = subject_of(text)
    if subject is not None and subject.predicate is not None:
        if subject.called or OWN_PAPER.search(text) or text.rstrip().endswith("./."):
            return True
        if re.match(r"có trách nhiệm|chịu trách nhiệm", text[subject.predicate :]):
            return actor is None or subject.name.lower() != actor.lower()
    if re.match(
        r"(?:trong quá trình (?:triển khai|thực hiện)|nhận được (?:công văn|chỉ thị|văn bản)|quá thời hạn|mọi "
        r"(?:thông tin|vướng mắc|chi tiết|ý kiến)|chi tiết (?:xin )?liên hệ|đầu mối liên hệ|thông tin (?:chi tiết "
        r")?(?:xin )?liên hệ|trên đây là|chỉ thị này|quyết định này|kế hoạch này|công văn này)",
        text,
        re.IGNORECASE,
    ):
        return True
    return bool(demands(text) and called_to(text) and text.rstrip().endswith("./."))
