"""Where the name of a body ends, by a small grammar: office, kind of body, field, place; several of them joined.

"Giám đốc Sở Tài chính, Cục Thuế tỉnh lập …": what follows a whole name in small letters is what the body does, whether
or not its verb is on a list.
"""

import re

from anlanh.papers.reading.words import STARTS_WITH_VERB, entries

_FIELD_WORDS = entries("fields")
_FIELDS = "|".join(map(re.escape, _FIELD_WORDS))
# Offices within an office are named more freely ("Phòng Kinh tế đối ngoại"): only the longer fields are whole there.
_LONG_FIELDS = "|".join(re.escape(field) for field in _FIELD_WORDS if re.search(r" và | - |, ", field))
_CAPITAL = r"(?-i:[A-ZĐÀ-Ỹ])[^\W\d_]*"
_PROPER = rf"{_CAPITAL}(?:(?: [–-] | |-){_CAPITAL}){{0,4}}"
_LEVEL = r"(?:tỉnh|thành phố|thị xã|thị trấn|huyện|quận|xã|phường|đặc khu)"
_LEVELS = rf"(?:các|những)\s+{_LEVEL}(?:(?:\s*,\s*|\s+và\s+|\s+-\s+){_LEVEL})*"
_PLACE = (
    rf"(?:{_LEVELS}(?:\s+trực thuộc [Tt]rung ương)?|cấp (?:tỉnh|huyện|xã)(?:,? (?:cấp )?(?:huyện|xã))?|các cấp|"
    rf"{_LEVEL}(?:\s+{_PROPER})?|Trung ương|Việt Nam)"
)
_OFFICE = (
    r"(?:(?:các|đồng chí|ông|bà)\s+)*(?:(?:Phó )?(?:Tổng )?(?:Giám đốc|Chủ tịch|Cục trưởng|Vụ trưởng|Chi cục trưởng|Viện trưởng|"
    r"Chánh|Trưởng|Bộ trưởng|Thủ trưởng|Bí thư)\s+)?"
)
_OF_A_FIELD = rf"(?:(?:Sở|Bộ)\s+(?:{_FIELDS})|(?:Phòng|Ban)\s+(?:{_LONG_FIELDS}|Nội vụ|Tư pháp|Y tế))(?:\s+{_PLACE})?"
_OF_A_PLACE = (
    r"(?:UBND|[ỦU][yỷ] ban nhân dân|HĐND|Hội đồng nhân dân|Công an|Thanh tra|Kho bạc Nhà nước|Ngân hàng Nhà nước(?: chi nhánh)?|"
    r"Bảo hiểm xã hội|Cục Thuế|Cục Hải quan|Cục Thống kê|(?:Bộ|Ban) Chỉ huy quân sự|"
    r"Bộ đội Biên phòng|Tòa án nhân dân|Viện kiểm sát nhân dân|"
    r"Văn phòng(?: (?:HĐND và UBND|UBND|[ỦU][yỷ] ban nhân dân))?|Liên đoàn Lao động|Hội Nông dân|Hội Cựu chiến binh|"
    r"Hội Liên hiệp Phụ nữ|Hội Nhà báo|Hội Luật gia|Đoàn luật sư|Hiệp hội [^\W\d_]+(?: nghiệp)?|Đài Phát thanh và Truyền hình|"
    rf"[ỦU][yỷ] ban Mặt trận Tổ quốc(?: Việt Nam)?|Ban Quản lý các khu công nghiệp)\s+{_PLACE}"
)
_WHOLE = (
    rf"(?:Tỉnh|Huyện|Thành|Thị|Quận) (?:đoàn|ủy|uỷ)|(?:Thanh tra|Văn phòng) (?:(?:Sở|Bộ)(?: (?:{_FIELDS}))?|Chính phủ)|"
    r"(?:các )?(?:Sở|Bộ) (?-i:[A-ZĐ]{2,}[A-ZĐa-z&]*)"
)
_UNIT = rf"(?:{_OFFICE}(?:{_OF_A_FIELD}|{_OF_A_PLACE}|{_WHOLE}))(?![^\W_])"
_NAMES = re.compile(rf"{_UNIT}(?:(?:\s*[,;]\s*|\s+(?:và|cùng|cùng với)\s+){_UNIT})*", re.IGNORECASE)
_SMALL_WORD = re.compile(r"[ ]+(?=[a-zà-ỹđ])")
_GOES_ON = re.compile(  # words after which the name, or what tells it apart, is not over
    r"(?:và|hoặc|các|của|do|thuộc|trực thuộc|có liên quan|liên quan|nơi|nêu|tại|ở|trên|khác|trong|chi nhánh|khu vực|tỉnh|thành|huyện|"
    r"quận|thị|xã|phường|đặc khu|cấp|vùng|miền|cũ|mới|cùng|với|sau đây|là (?:chủ|thành)|được (?:giao|phân)|có tên|ủy|uỷ|đoàn|số|về|"
    r"theo|để|khi|nếu|đã)"
    r"(?![^\W_])"
)
_ENUMERATES = re.compile(
    r"(?:\b(?:các|những|giám đốc)\s+(?:sở|bộ|vụ|cục|phòng|ban|cơ quan|đơn vị|huyện|xã|tỉnh|thành phố|ngành|ông|bà|đồng chí|trường|hội|đoàn thể|doanh "
    r"nghiệp)(?:(?:,| và| -)\s*(?:ban|ngành|bà|đơn vị|huyện|thị xã|thành phố|xã|phường|cục|vụ|tổ chức))*(?:\s*[(/]\s*bà\s*\)?)?)\s*$",
    re.IGNORECASE,
)


def end_of_names(text: str, start: int, end: int) -> int | None:
    """Where what a body does begins, if the text from `start` is whole names of bodies and then a word in small letters."""
    names = _NAMES.match(text, start, end)
    after = names and _SMALL_WORD.match(text, names.end(), end)
    if not after or _GOES_ON.match(text, after.end()):
        return None
    last = names.start() + re.search(r"[^\W_]+$", names[0]).start()
    verb = STARTS_WITH_VERB.match(text, last, end)
    return last if verb and verb.end() > after.end() else after.end()  # "Công an thành phố Điều tra …"


def enumerates(text: str, colon: int) -> bool:
    """Whether a colon goes on with names: "Giám đốc các Sở: Tài chính, Nội vụ; …", not with what they are to do."""
    return bool(_ENUMERATES.search(text, max(0, colon - 60), colon)) and bool(
        re.match(
            rf"\s*(?:{_FIELDS}|{_NAMES.pattern}|(?:Chánh|Giám đốc|Chủ tịch|Trưởng|Bộ trưởng)\s)",
            text[colon + 1 : colon + 120],
            re.IGNORECASE,
        )
    )
