"""Who a sentence or heading lays something on: finds the name of a body and where what it does begins."""

import re
from dataclasses import dataclass

from anlanh.papers.reading.naming import end_of_names, enumerates
from anlanh.papers.reading.words import DOUBTFUL_PREDICATE, MODIFIERS, STARTS_WITH_VERB, SURE_PREDICATE, entries

# First words of bodies, offices and groups of people; each must be followed by what makes it one.
_HEADS = "|".join(entries("bodies"))
_QUANTITY = r"(?:(?:các|những|mọi|tất cả|toàn thể|toàn bộ|từng|mỗi|đồng chí|ông|bà|đ/c|quý|một số)\s+)*"
_BODY = re.compile(rf"(?:{_QUANTITY})(?:{_HEADS}|(?<=các )tổ chức)(?![^\W\d_])", re.IGNORECASE)
_BODY_QUANTIFIED = re.compile(
    r"(?:các|những|mọi|tất cả các)\s+(?:tổ chức|nền tảng|trang|mạng xã hội|thôn|hộ)(?![^\W\d_])", re.IGNORECASE
)

_ANY_GROUP = re.compile(
    r"(?:các|mọi|tất cả các)\s+(?!(?:nhiệm vụ|nội dung|giải pháp|hành vi|biện pháp|hoạt động|quy định|văn bản|trường "
    r"hợp|thông tin|công trình|dự án|khoản|mức|bản|hồ sơ|điều|khu|nguồn|phương án|chỉ tiêu|vấn đề|kiến nghị|ý kiến|số liệu|báo cáo|chính sách|chương trình|vi phạm|loại|"
    r"trang|tài liệu|hình thức)\b)[^\W\d_]+",
    re.IGNORECASE,
)
_PROPER_HEAD = re.compile(
    r"(?:(?:các|đồng chí|ông|bà)\s+)*(?:sở|bộ|cục|tổng cục|chi cục|vụ|viện|ban|[ủu][yỷ] ban|ubnd|hđnd|hội đồng|công "
    r"an|thanh tra|văn phòng|phòng|đài|báo|trung tâm|kho bạc|hội|liên đoàn|đoàn|mặt trận|\w+ đoàn|bệnh viện|"
    r"trường|giám đốc|chủ tịch|thủ trưởng|chánh|cục trưởng|trưởng|bảo hiểm|tòa án|viện kiểm sát|hiệp hội|ngân hàng|"
    r"tổ(?! chức)|thủ tướng|bưu điện|(?:tổng công ty|công ty|tập đoàn|cơ quan)(?= (?-i:[A-ZĐ])))(?![^\W_])",
    re.IGNORECASE,
)
_CLOSERS = frozenset(
    ["tỉnh", "thành", "phố", "huyện", "xã", "phường", "sở", "bộ", "cấp", "ngành", "vị", "phương", "ủy", "quan", "trấn"]
)

_ADDRESS = re.compile(
    r"(?:(?:trân trọng |kính )?đề nghị|yêu cầu|giao(?: cho| nhiệm vụ cho)?|phân công|ủy quyền cho|đối với|trách "
    r"nhiệm của|nhiệm vụ của|về phía|phần việc của)\s+",
    re.IGNORECASE,
)
_CALLED_TO = re.compile(
    r"(?<![^\W_])(?:(?:trân trọng |kính |và )?đề nghị|(?<!theo )(?<!đáp ứng )yêu cầu|(?<!được )giao(?! ban| thông| dịch)(?: cho| nhiệm vụ "
    r"cho)?|chỉ thị)(?![^\W_])(?!\s+(?:của|số|tại|này))",
    re.IGNORECASE,
)
_FORMAL_PREFIX = re.compile(
    r"(?:trách nhiệm|nhiệm vụ|quyền hạn|nghĩa vụ)(?:,? (?:và )?(?:trách nhiệm|nhiệm vụ|quyền hạn|nghĩa vụ|quyền))* "
    r"(?:thực hiện )?của\s+",
    re.IGNORECASE,
)
_NAME_END = re.compile(
    r"\s*(?:,\s*)?(?<![^\W_])(?:quy định tại|theo quy định|được quy định|được hướng dẫn|trong hoạt động|trong việc|"
    r"như sau|cụ thể(?=[,:]| như| là)|nếu|khi|sau khi|trước khi|(?<!nước )ngoài|để|nhằm|đã|sẽ|đang|trong (?:phạm vi|quá trình|thời gian)|thì|mà)(?![^\W_])"
)
_OWN_NAME_END = re.compile(  # after one body's own name; of a group these tell it apart: "các doanh nghiệp có quyền …"
    r"\s+(?:có (?:nhiệm vụ|chức năng|quyền|thể|tư cách|trụ sở)|là|chưa|cần|được (?!giao|phân công|ủy quyền))(?![^\W_])"
)
_CALLED_SHORT = re.compile(r"\s*\((?:sau đây|dưới đây|gọi)[^()]*\)?\s*$")
_OPENING_CLAUSE = re.compile(
    r"(?:trong|khi|trường hợp|căn cứ|trên cơ sở|hằng|hàng|định kỳ|sau(?: khi)?|nếu|theo|ngoài ra|đồng thời|bên cạnh|"
    r"trước|chậm nhất|từ|tùy|qua)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?:các|những|mọi)\s", re.IGNORECASE)
_OWNER = re.compile(r"\bcủa\s+(?=\S)")
_LONGEST = 420
_TITLE = re.compile(r"(?:hiệu trưởng|giám đốc|chủ tịch|thủ trưởng|bí thư)$", re.IGNORECASE)
_GOES_ON = re.compile(
    r" (?!(?:nơi|có|thuộc|trực|trên|của|và|tại|ở|do|được|về|theo|liên|khác|các|trong)(?![^\W_]))[a-zà-ỹđ]"
)
_LONG_NAME = 60  # code points: a sentence rather than a name, if it ends with a stop
_CAPITAL_VERB = re.compile(r"(?<![^\W\d_])(?P<before>[a-zà-ỹđ]+) (?P<verb>(?=[A-ZĐ]|[À-Ỹ])[^\W\d_]+ [^\W\d_]+)")
_JOINTS = frozenset(
    [
        "và",
        "tâm",
        "của",
        "ban",
        "ủy",
        "phòng",
        "đội",
        "tổ",
        "viện",
        "trường",
        "ty",
        "vụ",
        "cục",
        "với",
        "quỹ",
        "khoa",
        "quan",
        "hội",
        "sở",
        "bộ",
        "đài",
        "báo",
        "chi",
    ]
)
_HALF_NAME = re.compile(
    r"(?:^|\s)(?:Ban|Hội đồng|Phòng|Cục|Vụ|Đội|Tổ|Trung tâm|Viện|Khoa|Quỹ)$"
)  # "Trưởng Ban quản lý …"
_TELLS_APART = frozenset(["xử lý", "thu thập", "áp dụng"])
_GROUP_END = re.compile(r"(?:tổ chức|doanh nghiệp|cá nhân|cơ sở|công ty|bên)$", re.IGNORECASE)
_WHOLE_NAME = re.compile(r"quý (?:cơ quan|đơn vị|doanh nghiệp|công ty|sở|bộ|vị|trường)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """A body named in a text.

    `start` and `end` bound its name; `predicate` is where what it does begins, None in a heading; `called` says that the
    text addresses it ("giao", "đề nghị", "đối với" …).
    """

    name: str
    start: int
    end: int
    predicate: int | None
    called: bool


def subject_of(text: str) -> Subject | None:
    """The body that a heading names or that a sentence begins with, as printed.

    Takes "Sở A:", "Đối với B:", "Giao C chủ trì …", "Các D có trách nhiệm …", "Khi …, E phối hợp …",
    "Trách nhiệm của F", "UBND tỉnh yêu cầu các G …". None where the text starts with what is to be done.
    """
    for pattern in (_ADDRESS, _FORMAL_PREFIX):
        match = pattern.match(text)
        if match:
            return _body_at(text, match.end(), called=True)
    direct = _body_at(text, 0, called=False)
    if direct:
        called = _called_in(text, direct)
        return called or direct
    if _OPENING_CLAUSE.match(text):
        return _after_opening_clause(text)
    return None


def named_first(text: str) -> Subject | None:
    """The body that a text begins with, whatever it is told to ask of others."""
    return _body_at(text, 0, called=False)


def owner_of(text: str) -> Subject | None:
    """The body named last by "của …" in a lead such as "Thực hiện chế độ báo cáo của doanh nghiệp … như sau:"."""
    for match in reversed(list(_OWNER.finditer(text[:_LONGEST]))):
        found = _body_at(text, match.end(), called=True)
        if found:
            return found
    return None


def called_to(text: str) -> Subject | None:
    """The body that a sentence anywhere in the text calls upon: "…; UBND tỉnh yêu cầu các sở tập trung …"."""
    for match in _CALLED_TO.finditer(text):
        found = _body_at(text, match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip()), called=True)
        if found and (found.predicate is not None or text[found.end :].strip() == ":"):
            return found
    return None


def demands(text: str) -> bool:
    """Whether somebody asks for something in this text, whoever it is asked of."""
    return any(not _is_past(text, match.start()) for match in _CALLED_TO.finditer(text))


def names_a_body(text: str) -> bool:
    """Whether the text starts with the name of a body."""
    return bool(_BODY.match(text) or _BODY_QUANTIFIED.match(text))


def _is_past(text: str, position: int) -> bool:
    return bool(
        re.search(
            r"(?:đã|được|theo|xét|đáp ứng|những|các|có|nêu|về việc|văn bản)\s*$",
            text[max(0, position - 60) : position],
            re.IGNORECASE,
        )
    )


def _called_in(text: str, issuer: Subject) -> Subject | None:
    """ "UBND tỉnh yêu cầu các sở …": what the first body does is to call upon another."""
    rest = text[issuer.end : issuer.end + 60]
    match = re.match(
        r"\s*(?:\([^()]*\)\s*)?(?:(?:trân trọng|kính)\s+)?(?:đề nghị|yêu cầu|giao(?: cho)?|chỉ thị(?= cho| các))\s+",
        rest,
    )
    if not match:
        return None
    return _body_at(text, issuer.end + match.end(), called=True)


def _after_opening_clause(text: str) -> Subject | None:
    sentence = re.split(r"[.;]\s", text[:300], maxsplit=1)[0]
    for match in list(re.finditer(r",\s+", sentence))[:4]:
        found = _body_at(text, match.end(), called=False)
        if found and found.predicate is not None and not found.end - found.start > 160:
            return _called_in(text, found) or found
    return None


def _body_at(text: str, start: int, *, called: bool) -> Subject | None:
    head = _BODY.match(text, start) or _BODY_QUANTIFIED.match(text, start)
    unknown = not head
    if unknown:
        head = _ANY_GROUP.match(text, start)
    if not head:
        return None
    if (
        not called
        and STARTS_WITH_VERB.match(text, start)
        and not _BODY_QUANTIFIED.match(text, start)
        and text[start:].lower().startswith("thanh tra,")
    ):
        return None
    limit = min(len(text), start + _LONGEST)
    ends = [limit]
    colon = _colon(text, head.end(), limit)
    if colon >= 0:
        ends.append(colon)
    stop = re.compile(r"[.](?=\s|$)(?<!TP\.)").search(text, head.end(), limit)
    if stop:
        ends.append(stop.start())
    clause = _name_end(text, start, head.end(), min(ends))
    if clause:
        ends.append(clause.start())
    predicate = end_of_names(text, start, min(ends)) or _predicate(text, head.end(), min(ends), start)
    end = predicate if predicate is not None else min(ends)
    if clause and predicate is None:
        predicate = clause.start() + len(re.match(r"[\s,]*", clause[0])[0])
    if predicate is None and end == colon and text[colon + 1 :].strip():
        predicate = colon + 1  # "Các sở, ngành: căn cứ …"
    if unknown and predicate is None:
        return None
    if predicate is None and end < limit and text[end] == "." and end - start > _LONG_NAME:
        predicate = _after_whole_name(text, start, head.end(), end)  # no verb known: the name ends where names end
        end = predicate or end
    name = _CALLED_SHORT.sub("", text[start:end]).rstrip(" ,;:.-–")
    if not name or len(name) >= _LONGEST - 1:
        return None
    return Subject(name, start, start + len(name), predicate, called)


def _colon(text: str, start: int, end: int) -> int:
    """The first colon that ends a name rather than opening a list of names; -1 where there is none."""
    colon = text.find(":", start, end)
    while colon >= 0 and enumerates(text, colon):
        colon = text.find(":", colon + 1, end)
    return colon


def _name_end(text: str, name_start: int, start: int, end: int) -> re.Match[str] | None:
    """The first words that no name goes on with."""
    found = [_NAME_END.search(text, start, end)]
    if _PROPER_HEAD.match(text, name_start) and not _SEVERAL.match(text, name_start):
        found.append(_OWN_NAME_END.search(text, start, end))
    return min((match for match in found if match), key=lambda match: match.start(), default=None)


def _predicate(text: str, start: int, end: int, name_start: int) -> int | None:
    """Where the verb begins.

    Words that are nearly always verbs count anywhere; words that are as often parts of names count after a proper name
    ("Thanh tra Sở kiểm tra"), and after a group only where no sure verb follows ("Các trường đăng ký …").
    """
    found = [match for match in SURE_PREDICATE.finditer(text, start, end) if _may_begin(text, match)]
    proper = _PROPER_HEAD.match(text, name_start)
    if (
        len(found) > 1
        and not proper
        and found[0][0] in _TELLS_APART
        and _GROUP_END.search(text[name_start : found[0].start()].rstrip())
    ):
        del found[0]  # "Các tổ chức xử lý dữ liệu cá nhân lập hồ sơ …"
    sure = found[0].start() if found else None
    if proper:
        for match in _CAPITAL_VERB.finditer(text, name_start, sure if sure is not None else end):
            if (
                match["verb"][0].isupper()
                and match["before"].islower()
                and STARTS_WITH_VERB.match(match["verb"])
                and match["before"] not in _JOINTS
            ):
                return match.start("verb")  # "Công an thành phố Điều tra …": the heading and its text on one line
    for match in DOUBTFUL_PREDICATE.finditer(text, start, sure if sure is not None else end):
        before = text[name_start : match.start()].rstrip()
        at_once = match.start() <= start + 1
        if at_once and (_WHOLE_NAME.match(text, name_start) or _TITLE.search(before)):
            return match.start()
        if at_once and (proper or match[0] in MODIFIERS):
            continue
        if match[0] in MODIFIERS and _GROUP_END.search(before):
            continue
        if before.endswith((",", " và", " các", " hoặc", ";")) or not _may_begin(text, match):
            continue
        if proper and (
            (" " in match[0] and match[0] not in MODIFIERS) or _name_is_whole(before, one_syllable=" " not in match[0])
        ):
            return match.start()
        if not proper and sure is None and text[end : end + 1] != ":":
            return match.start()
    return sure


def _after_whole_name(text: str, start: int, head_end: int, end: int) -> int | None:
    """Where a sentence goes on after "Huyện đoàn", "Sở Y tế tỉnh": after the first word that closes a name."""
    if not _PROPER_HEAD.match(text, start):
        return None
    for word in re.finditer(r"[^\W\d_]+", text[start : min(end, start + 90)]):
        if (
            word[0].lower() in (*_CLOSERS, "đoàn")
            and start + word.end() >= head_end
            and _GOES_ON.match(text, start + word.end())
        ):
            return start + word.end() + 1
    return None


def _name_is_whole(before: str, one_syllable: bool) -> bool:
    """Whether a proper name may end here: on "tỉnh", "Sở" and the like, or after a capital letter's word.

    A verb of one syllable may be the second half of a word of the name ("Đào tạo"): it needs the former.
    """
    words = before.split()
    if words[-1].lower() in _CLOSERS:
        return True
    if _HALF_NAME.search(before):
        return False
    if one_syllable:
        return words[-1] == "Nam"  # "… Việt Nam tăng thời lượng"
    if words[-1][0].isupper():
        return True
    return len(words) > 2 and any(word[0].isupper() for word in words[-3:])


def _may_begin(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    if before.count("(") > before.count(")") or (
        match[0] == "tổng hợp" and before.lower().endswith(("điện tử ", "thông tin ", "phòng kế hoạch ", "phòng "))
    ):
        return False
    if before.lower().endswith("hội đồng ") and text.startswith("phối hợp công tác", match.start()):
        return False  # "Hội đồng phối hợp công tác phổ biến, giáo dục pháp luật"
    return not re.search(
        r"(?:được|việc|công tác|bị|hoặc|có chức năng|tham gia|có hoạt động|sự|các|những|có)\s+$", before
    )
