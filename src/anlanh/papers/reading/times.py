"""By when and how often: deadlines and recurrences, in the words of the paper and as dates where they are dates."""

import re
from dataclasses import dataclass, replace
from datetime import date

_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_DAY = r"(?:\d|[lO](?=[\dlO])|(?<=\d)[lO]){1,2}"
_MONTH = r"(?:[01lO]?\d|[lO][lO]|mười một|mười hai|mười|giêng|một|hai|ba|tư|bốn|năm(?!\s+\d)|sáu|bảy|bẩy|tám|chín|chạp)(?![^\W_])"
_YEAR = r"(?:19|20)\d{2}"
_DATE = (
    rf"(?:(?:mùng |mồng )?(?P<day>{_DAY})\s*(?:[/.-]\s*|\s+tháng\s+)(?P<month>{_MONTH})"
    rf"(?:\s*(?:[/.-]\s*|,?\s+năm\s+)(?P<year>{_YEAR}))?)"
)
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2})?(?:\s*phút)?,?\s*(?:ngày\s+)?)"
_LIMIT = (
    r"(?:chậm nhất|muộn nhất|trễ nhất|không quá|không muộn hơn|hạn cuối|thời hạn|hạn chót|trước|đến hết|đến|hết|hạn)"
    r"(?:\s+(?:là|đến|vào|trước|trong|hết|cuối|hoàn thành|thời điểm|cùng))*\s*:?\s*"
)
_PERIOD_WORDS = r"(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm|ngày)"

DATE = re.compile(_DATE, re.IGNORECASE)
_ONE_DATE = re.compile(
    rf"(?<![^\W_])(?:(?:{_LIMIT}|(?:ngay )?(?:trong|vào)\s+(?:ngày|sáng|chiều|tối|đêm)\s+){_HOUR}?(?:ngày\s+)?{_DATE})(?![\d/])"
    rf"(?!\s*\.\s*\d)(?P<more>(?:\s*(?:,|;|và)\s*(?:{_LIMIT})?(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?(?![\d/]))*)"
    rf"(?P<tail>\s*(?:của\s+)?(?:{_PERIOD_WORDS}|"
    rf"(?:tháng|quý|năm) (?:sau|trước|kế tiếp|tiếp theo|báo cáo)))?",
    re.IGNORECASE,
)
_WORDS = (
    rf"(?:{_PERIOD_WORDS}),?\s+{_LIMIT}ngày\s+\d{{1,2}}(?:/\d{{1,2}})?(?![\d])",
    rf"{_LIMIT}(?:{_HOUR})?ngày\s*(?:\.{{2,}}|…+)\s*(?:/\s*\d{{1,2}}\s*/|tháng\s+\d{{1,2}}\s+năm\s+)\s*\d{{4}}",
    rf"(?:{_LIMIT}|vào\s+)(?:{_HOUR})?ngày\s+(?:làm việc\s+)?(?:cuối|đầu|thứ \w+|\d{{1,2}}(?![\d/])|mùng \d)(?:\s+(?:của|cùng|các|"
    rf"trong))?(?:\s+(?:tháng|quý|tuần|năm|kỳ)(?:\s+(?:cuối quý|cuối kỳ|cuối năm|đầu quý|quý|sau|cuối|đầu|đó|kế tiếp|tiếp theo|"
    rf"báo cáo))*)?(?:\s+(?:của\s+)?(?:{_PERIOD_WORDS}|(?:tháng|quý) \w+))?",
    r"(?:vào )?ngày\s+\d{1,2}\s+(?:hằng|hàng|mỗi) (?:tháng|quý)",
    rf"(?:{_LIMIT}|vào\s+)\d{{1,2}}\s*(?:h|giờ|g)\s*\d{{0,2}}(?:\s*phút)?,?\s+(?:ngày |sáng |chiều )?(?:thứ \w+|hằng ngày|hàng ngày|mỗi ngày|"
    rf"cùng ngày)(?:\s+(?:{_PERIOD_WORDS}))?",
    rf"(?:{_LIMIT}|trong\s+|vào\s+|ngay trong\s+|đến\s+|cuối\s+|đầu\s+|giữa\s+)(?:(?:tuần )?(?:đầu |cuối |giữa )(?:của )?"
    rf")?(?:tháng\s+(?:{_MONTH})(?:\s*(?:[/-]\s*|\s+năm\s+){_YEAR})?|quý\s+(?:IV|I{{1,3}}|[1-4])(?:\s*(?:[/-]\s*|"
    rf",?\s+năm\s+){_YEAR})?|năm\s+{_YEAR}|6 tháng (?:đầu|cuối) năm(?:\s+{_YEAR})?)(?![^\W_])(?:\s+(?:{_PERIOD_WORDS}))?",
    r"(?:trong\s+(?:thời hạn|vòng|thời gian)|không quá|chậm nhất(?: là)?(?: trong)?(?: vòng)?|tối đa|sau|"
    r"trong)\s+(?:tối đa |không quá )?\d{1,3}\s*(?:\([^()]{1,20}\)\s*)?(?:giờ|ngày|tháng|tuần|phút)(?:\s+làm "
    r"việc)?(?:,?\s+(?:kể\s+)?từ\s+(?:khi|ngày|thời điểm|lúc)\s+[^.;:,]{2,70}|,?\s+sau khi\s+[^.;:,]{2,60}|"
    r"\s+trước\s+(?:khi|ngày)\s+[^.;:,]{2,60})?",
    r"(?:ngay )?trong (?:ngày(?: làm việc)?(?= |[.;,]|$)(?! (?:\d|hội|lễ|sinh|tết|đầu|nghỉ))(?: tiếp theo)?|sáng nay|chiều nay|hôm nay|tuần này)",
    r"ngay\s+(?:sau\s+)?khi\s+[^.;:,]{3,90}",
    r"ngay (?:sau khi|từ đầu|trong (?:ngày|tháng|tuần|quý|năm)[^.;:,]{0,30})",
    r"(?:(?<=[^\W\d_] )|^)ngay(?= (?:các|những|việc|quy|biện|về|cho|với|tới|đến|Ủy|UBND|Sở|Bộ|Công|lãnh|cơ|khi|công|kế|thực|số|kết|"
    r"tài|đường|trang|bài|nội|thông|và|đối|một|toàn|văn|để|theo|trên)(?![^\W_])|[.,;]|$)(?! trên (?:địa|thực))",
    r"(?:thời hạn|thời gian)(?: hoàn thành| thực hiện| báo cáo)?\s*:\s*(?P<free>[^.;\n]{3,60})",
)
_TRIGGER = re.compile(
    r"(?<![^\W_])(?:(?:ngay )?(?:sau )?khi|trường hợp|theo)\s+(?:(?:có|được|nhận|phát hiện|xảy ra|phát sinh|tiếp nhận)[^.;:,()]{2,90}"
    r"|yêu cầu(?: của [^.;:,()]{2,80})?)",
    re.IGNORECASE,
)
_WORD_PATTERNS = tuple(re.compile(rf"(?<![^\W_])(?:{words})", re.IGNORECASE) for words in _WORDS)

_RECURRENCES = (
    ("monthly", r"(?:hằng|hàng|mỗi|từng) tháng|định kỳ (?:01 |1 |một )?tháng|(?:01|1|một) tháng (?:một|01|1) lần|báo "
                r"cáo tháng|(?:theo|mỗi) tháng"),
    ("quarterly", r"(?:hằng|hàng|mỗi|từng) quý|định kỳ (?:theo )?(?:quý|0?3 tháng|ba tháng)|(?:0?3|ba) tháng (?:một|"
                  r"01|1) lần|0?3 tháng/lần|quý một lần|báo cáo quý|theo quý"),
    ("6-monthly", r"(?:định kỳ |hằng |hàng |mỗi )?(?:0?6|sáu) tháng(?!\s+(?:kể|tính|trở|tù|tuổi|liên|tới|qua|tiếp))|"
                  r"nửa năm|(?:02|2|hai) lần (?:trong )?(?:một |01 |1 |mỗi )?năm"),
    ("yearly", r"(?:hằng|hàng|mỗi) năm|định kỳ (?:(?:theo )?năm|(?:01|1|một) năm|0?1 lần/năm|12 tháng)|(?:mỗi |một |"
               r"01 |1 )?năm (?:một|01|1) lần|(?:01|1|một) lần/năm|(?:một|1|01) năm\b|báo cáo năm"),
)  # fmt: skip
_RECURRENCE_PATTERNS = tuple(
    (name, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)) for name, words in _RECURRENCES
)
_OTHER_PERIOD = re.compile(r"(?<![^\W_])(?:định kỳ|(?:hằng|hàng|mỗi) (?:tuần|ngày))(?![^\W_])", re.IGNORECASE)
_BEFORE = 80  # code points before a time, by which it is told what the time is of
_RECURS = re.compile(r"hằng|hàng|mỗi|định kỳ|lần", re.IGNORECASE)
_REPORTS = re.compile(
    r"báo cáo|gửi|tổng hợp|định kỳ|sơ kết|tổng kết|lần|thống kê|rà soát|tổ chức|đánh giá|kiểm tra|cập nhật",
    re.IGNORECASE,
)
_NOT_A_RECURRENCE = re.compile(
    r"(?:kế hoạch|dự toán|nhiệm vụ|chương trình|công tác|ngân sách|kinh phí|thi đua|xếp loại|mức|số liệu)(?: công "
    r"tác| kiểm tra| hoạt động)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Timing:
    """By when and how often.

    `deadline` is an ISO date where the words give one whole date, else the words; `words` always the words; `strict`
    says "before" rather than "at the latest on"; `recurrence_words` the words of a recurrence, also of one without a
    name here (weekly, or without its period); `trigger` the words of what sets it off ("khi có yêu cầu của …"), which
    is no deadline by itself.
    """

    deadline: str | None = None
    words: str | None = None
    strict: bool = False
    recurrence: str | None = None
    recurrence_words: str | None = None
    notes: tuple[str, ...] = ()
    trigger: str | None = None


def timing_of(text: str) -> Timing:
    """Reads both from the text of one item."""
    timing = _clock_of(text)
    occasion = _TRIGGER.search(text)
    return replace(timing, trigger=occasion[0].strip()) if occasion else timing


def _clock_of(text: str) -> Timing:
    recurrence, recurrence_words, notes = _recurrence(text)
    dates = [
        match for match in _ONE_DATE.finditer(text) if _is_calendar_date(match) and not _is_citation_date(text, match)
    ]
    if dates:
        words = _joined(text, dates)
        days = {_date_of(match) for match in dates}
        several = len(dates) > 1 or bool(dates[0]["more"])
        whole = days.pop() if len(days) == 1 and not dates[0]["more"] else None
        tail = any(match["tail"] for match in dates)
        months = [_month(match["month"]) for match in dates]
        months += [int(month) for match in dates for month in re.findall(r"\d/(\d{1,2})", match["more"])]
        if len(months) == 2 and recurrence == "yearly" and abs(months[0] - months[1]) == 6:
            recurrence = "6-monthly"
        if len(months) == 4 and recurrence == "yearly":
            recurrence = "quarterly"
        if several:
            notes.append("several dates: kept in words")
        strict = bool(re.search(r"trước", dates[0][0], re.IGNORECASE))
        deadline = whole.isoformat() if whole and not tail else words
        return Timing(deadline, words, strict, recurrence, recurrence_words, tuple(notes))
    for pattern in _WORD_PATTERNS:
        match = pattern.search(text)
        if match:
            words = (match.groupdict().get("free") or match[0]).strip(" ,;.")
            return Timing(
                words, words, bool(re.match(r"trước", words, re.IGNORECASE)), recurrence, recurrence_words, tuple(notes)
            )
    return Timing(None, None, False, recurrence, recurrence_words, tuple(notes))


def told_beside(words: str, own: Timing) -> Timing:
    """By when a label or a table's cell says, in the place of what the task's own words say."""
    recurrence = _clock_of(words).recurrence
    if not recurrence and _RECURS.search(words):
        recurrence = _clock_of(f"báo cáo {words}").recurrence
    recurrence = recurrence or own.recurrence
    if recurrence and not re.search(r"\d", words):
        return replace(own, deadline=None, words=None, recurrence=recurrence)
    day = date_in(words)
    single = day is not None and len(re.findall(r"\d{4}", words)) == 1
    return replace(own, deadline=day.isoformat() if single else words, words=words, recurrence=recurrence)


def date_in(text: str) -> date | None:
    """The first whole date of a text, for a header or a cell of a table."""
    for match in DATE.finditer(text):
        day = _date_of(match)
        if day:
            return day
    return None


def _recurrence(text: str) -> tuple[str | None, str | None, list[str]]:
    found = []
    for name, pattern in _RECURRENCE_PATTERNS:
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 120) : match.end() + 120]
            sure = re.match(r"hằng|hàng|định kỳ|mỗi", match[0], re.IGNORECASE)
            if not _NOT_A_RECURRENCE.search(text[max(0, match.start() - _BEFORE) : match.start()]) and (
                sure or _REPORTS.search(around)
            ):
                found.append((name, match[0]))
                break
    if found:
        # "Định kỳ 6 tháng, một năm": the shortest period is the one to keep; the others are told.
        notes = [f"also {name}: {words}" for name, words in found[1:]]
        return found[0][0], ", ".join(words for _, words in found), notes
    other = _OTHER_PERIOD.search(text)
    if other:
        return None, other[0], [f"“{other[0]}” without one of the usual periods"]
    return None, None, []


def _month(words: str) -> int:
    words = words.lower()
    return _MONTH_WORDS.get(words) or int(_digits(words))


def _digits(text: str) -> str:
    return text.replace("l", "1").replace("O", "0").replace("o", "0")


def _is_calendar_date(match: re.Match[str]) -> bool:
    return 1 <= int(_digits(match["day"])) <= 31 and 1 <= _month(match["month"]) <= 12


def _date_of(match: re.Match[str]) -> date | None:
    if not match["year"]:
        return None
    try:
        return date(int(match["year"]), _month(match["month"]), int(_digits(match["day"])))
    except ValueError:
        return None


def _is_citation_date(text: str, match: re.Match[str]) -> bool:
    """ "từ 01/01 đến ngày 31/12" is a stretch, and what was issued or in force before a day sets no task's end."""
    return bool(
        re.search(
            r"(?:(?<!trình )(?:(?<=được )|(?<=đã )|(?<=quy định )|(?<=văn bản ))ban hành|có hiệu lực|thành lập|được cấp|cấp phép|hoạt động|số liệu|tính)\s*$",
            text[max(0, match.start() - _BEFORE) : match.start()],
            re.IGNORECASE,
        )
    )


def _joined(text: str, dates: list[re.Match[str]]) -> str:
    """The words from the first date to the last where they stand together, else each by itself."""
    between = text[dates[0].end() : dates[-1].start()]
    if len(between) < 40 and not re.search(r"[()]", between):
        return text[dates[0].start() : dates[-1].end()].strip(" ,;.")
    return "; ".join(match[0].strip(" ,;.") for match in dates)
