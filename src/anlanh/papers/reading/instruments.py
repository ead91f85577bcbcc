"""Mentions of legal and official instruments: by number, by a law's name, by a short form of either."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anlanh.papers.reading.times import date_in
from anlanh.primitives.folding import fold_search

KIND_WORDS = (
    "bộ luật", "luật", "pháp lệnh", "nghị quyết liên tịch", "nghị quyết", "nghị định", "thông tư liên tịch", "thông tư", "quyết định", "chỉ thị",
    "công điện", "công văn", "kế hoạch", "thông báo", "kết luận", "hướng dẫn", "chương trình", "quy định", "báo cáo", "tờ trình", "văn bản", "lệnh", "sắc lệnh",
)  # fmt: skip
_KINDS = "|".join(KIND_WORDS)
_D = r"[0-9lIOo]"
_NOTATION = r"[A-ZĐƯƠĂÂÔÊ][A-ZĐƯƠĂÂÔÊa-zđ0-9&]{0,11}(?:(?: ?[-–] ?|\.)[A-ZĐƯƠĂÂÔÊ][A-ZĐƯƠĂÂÔÊa-zđ0-9&.()]{0,14}){0,4}"
_NUMBERED = re.compile(
    rf"(?<![\w/])(?:(?P<kind>{_KINDS})(?:\s+[^\d\n;:]{{1,90}}?)??\s*(?:số\s*:?|liên tịch số)?\s*)?"
    rf"(?P<number>(?=\d|[lO]\d){_D}{{1,5}}[a-z]?)\s?/\s?(?:(?P<year>(?:[1l]9|"
    rf"2[0Oo]){_D}{{2}})\s?/\s?)?(?P<notation>{_NOTATION})(?![\w])",
    re.IGNORECASE,
)
_PARTY = re.compile(
    rf"(?<![\w/])(?:(?P<kind>{_KINDS})\s+(?:số\s*)?)?(?P<number>\d{{1,4}}\s?-\s?(?:CT|NQ|KL|QĐ|QĐi|HD|CV|TB|BC|CTr|"
    rf"KH|QC|ĐA)\s?/\s?(?:TW|TU|TƯ|BCT|BTGTW|BTG|[A-ZĐƯ]{{2,10}})(?:-[A-ZĐ]{{2,8}})?)(?!\w)"
)
_SHORT = re.compile(
    rf"(?<![\w/])(?P<kind>{_KINDS})\s+(?:số\s+)?(?P<number>\d{{1,4}})(?:/(?P<year>(?:19|"
    rf"20)\d\d))?(?![\w/%])(?!\s*(?:tháng|ngày|năm \d|cơ quan|đơn vị|người))",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"(?<![^\W_])(?P<name>(?:Bộ luật|Bộ Luật|Luật|Pháp lệnh)\s+(?:[A-ZĐÀ-Ỹ][\w&]*(?:(?:,? (?!(?:ngày|số|năm|[Đđ]iều|[Kk]hoản|[Đđ]iểm|và các|"
    r"về việc)\b)|-)(?:và |an |toàn |sửa |đổi )?[\w&]+){0,9}|[A-Z]{2,6}))"
)
_STOP_WORDS = re.compile(
    r"\s+(?:ngày|số|năm|quy định|về việc|của|được|và các|có|do|hoặc|trong|tại|khi|thì|là|đã|theo|để|cho|với|này|hiện "
    r"hành|gồm|phải|về|từ|đối với|bị|không|Quốc|Nghị|Thông|Quyết|Luật|Bộ|Chính|Căn|và (?:Luật|Nghị|quy|văn|pháp|chịu|"
    r"hướng)).*$"
)
_DATED = re.compile(
    r"\s*(?:\(?số [^()\s]+\)?)?,?\s*(?:ban hành\s+)?(?:ngày\s+[\d/.\s]+(?:tháng\s+[\d]+\s+năm\s+\d{4})?|năm\s+\d{4}|"
    r"\((?:năm )?\d{4}\)|(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ABBREVIATED_LAW = {"attt": "an toàn thông tin mạng", "anm": "an ninh mạng", "cntt": "công nghệ thông tin", "shtt": "sở hữu trí tuệ", "xlvphc": "xử lý vi phạm hành chính", "tctt": "tiếp cận thông tin", "gdđt": "giao dịch điện tử", "bvbmnn": "bảo vệ bí mật nhà nước"}  # fmt: skip
_DRAFT = re.compile(r"(?:dự án|dự thảo)\s+$", re.IGNORECASE)  # a law that is not one yet
_MOST_ALIKE = 50
_OF_ARTICLES = re.compile(r"nghị|thông|luật|quyết|pháp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownName:
    """An instrument as a source outside the document names it.

    `kind` and `title` in Vietnamese (`luật`, `An ninh mạng`), `since` the day it was issued or came into force.
    """

    number: str
    kind: str
    title: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Names known from outside, and the day of the document, which says which of two laws of one name is meant."""

    known: tuple[KnownName, ...] = ()
    on: date | None = None

    def law(self, name: str, year: int | None) -> list[KnownName]:
        """Laws of that name; the latest of those that were there on the day of the document comes first."""
        wanted = _law_key(name)
        found = [entry for entry in self.known if _law_key(f"{entry.kind} {entry.title}") == wanted]
        if year:
            found = [
                entry
                for entry in found
                if entry.since is None or entry.since.year == year or f"/{year}/" in entry.number
            ]
        in_time = [entry for entry in found if not (self.on and entry.since and entry.since > self.on)]
        return sorted(in_time or found, key=lambda entry: entry.since or date.min, reverse=True)

    def numbered(self, kind: str, number: int) -> list[KnownName]:
        """Instruments of that kind and running number, whatever their year."""
        return [entry for entry in self.known if entry.kind == kind and _running(entry.number) == number]


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument named at a stretch of the text."""

    instrument: str
    kind: str
    start: int
    end: int
    confidence: float = 1.0
    note: str = ""


def mentions_of(text: str, names: Names) -> list[Mention]:
    """All mentions, in order, none overlapping another."""
    full = _numbered(text)
    full = _corrected(full)
    taken = [(mention.start, mention.end) for mention in full]
    laws = [mention for mention in _laws(text, full, names) if not _overlaps(mention, taken)]
    taken = sorted(taken + [(mention.start, mention.end) for mention in laws])
    short = [mention for mention in _short(text, full, names) if not _overlaps(mention, taken)]
    return sorted([*full, *laws, *short], key=lambda mention: mention.start)


def _numbered(text: str) -> list[Mention]:
    mentions = []
    for match in _NUMBERED.finditer(text):
        notation = re.sub(r"\s|\.$", "", match["notation"]).replace("–", "-").rstrip(".(")
        number = _digits(re.sub(r"\s", "", match["number"]))
        if (
            not re.search(r"[A-ZĐ]{2}|QH\d|[A-ZĐ]+-[A-ZĐ]", notation)
            or not notation[0].isupper()
            or _is_own_number(text, match)
        ):
            continue
        year = f"{_digits(match['year'])}/" if match["year"] else ""
        kind = (match["kind"] or "").lower()
        note = "a damaged figure was mended" if number != match["number"] else ""
        mentions.append(
            Mention(f"{number}/{year}{notation}", kind, match.start(), match.end(), 0.9 if note else 1.0, note)
        )
    for match in _PARTY.finditer(text):
        mentions.append(
            Mention(re.sub(r"\s", "", match["number"]), (match["kind"] or "").lower(), match.start(), match.end())
        )
    return sorted(mentions, key=lambda mention: mention.start)


def _is_own_number(text: str, match: re.Match[str]) -> bool:
    """ "Số: 12/CT-UBND" at the start of a line is the paper's own number, not a citation."""
    if match["kind"]:
        return False
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return bool(
        re.fullmatch(r"[^\w]*(?:Số(?: hiệu| ký hiệu| ký hiệu văn bản| văn bản)?)\s*[:.]?\s*", line, re.IGNORECASE)
    ) or (text[match.start() - 24 : match.start()].strip().lower().endswith(("phiếu trình số", "số /")))


def _corrected(mentions: list[Mention]) -> list[Mention]:
    """One number printed with two notations that differ by a letter is one instrument: the more frequent, else the longer."""
    counts = Counter(mention.instrument for mention in mentions)
    by_number: dict[str, list[str]] = {}
    for number in counts:
        by_number.setdefault(number.rpartition("/")[0], []).append(number)
    better: dict[str, str] = {}
    for alike in by_number.values():
        for rare in alike if len(alike) < _MOST_ALIKE else ():
            for common in alike:
                firmer = (counts[common], len(common)) > (counts[rare], len(rare))
                if rare != common and firmer and _one_letter_apart(rare, common):
                    better[rare] = common
    return [
        Mention(better[one.instrument], one.kind, one.start, one.end, 0.8, f"printed {one.instrument}")
        if one.instrument in better
        else one
        for one in mentions
    ]


def _one_letter_apart(one: str, other: str) -> bool:
    head, _, tail = one.rpartition("/")
    other_head, _, other_tail = other.rpartition("/")
    if head != other_head or "/" not in head or abs(len(tail) - len(other_tail)) > 1:
        return False
    shorter, longer = sorted((tail, other_tail), key=len)
    if len(shorter) == len(longer):
        return False
    return any(longer[:cut] + longer[cut + 1 :] == shorter for cut in range(len(longer)))


def _laws(text: str, full: list[Mention], names: Names) -> Iterable[Mention]:
    numbered_laws = [mention for mention in full if mention.kind in ("luật", "bộ luật", "pháp lệnh")]
    told: dict[str, str | None] = {}
    position = 0
    while match := _LAW.search(text, position):
        name = _law_name(match["name"])
        position = match.start() + len(name)  # the next law may begin right after this one's name
        if len(name.split()) < 2 or _DRAFT.search(text, max(0, match.start() - 20), match.start()):
            continue
        end = match.start() + len(name)
        dated = _DATED.match(text, end)
        said = dated[0] if dated else ""
        index = bisect_left(full, end, key=lambda mention: mention.start)
        near = full[index] if index < len(full) and full[index].start - end <= 12 else None
        if near and fold_search(text[end : near.start]) in ("so", ""):
            continue  # "Luật An ninh mạng số 24/2018/QH14" is found by its number
        if name not in told:
            told[name] = _named_in(text, name, numbered_laws)
        named_before = told[name]
        day = date_in(said) if said else None
        year = int(found[0]) if (found := re.search(r"(?:19|20)\d\d", said)) else None
        known = names.law(name, day.year if day else year)
        if named_before:
            yield Mention(named_before, "luật", match.start(), end, 0.95)
        elif known:
            note = (
                "" if len(known) == 1 or year else "several laws of this name: the latest before the document was taken"
            )
            yield Mention(
                known[0].number,
                "luật",
                match.start(),
                end,
                0.9 if not note else 0.7,
                note or "number known from the law pack",
            )
        else:
            yield Mention(name, "luật", match.start(), end, 0.6, "the number of this law is not in the document")


def _law_name(found: str) -> str:
    """What was found, up to the first word that no law's name goes on with."""
    head = re.match(r"(?:Bộ luật|Bộ Luật|Luật|Pháp lệnh)\s+", found)[0]
    name = found[len(head) :]
    whole = re.match(
        r"Tổ chức (?:Chính phủ|Quốc hội|Tòa án nhân dân|Viện kiểm sát nhân dân|chính quyền địa phương)", name
    )
    return head + (whole[0] if whole else _STOP_WORDS.sub("", name).rstrip(" ,."))


def _named_in(text: str, name: str, laws: list[Mention]) -> str | None:
    """The number that the document itself gives to a law of this name."""
    key = _law_key(name)
    for mention in laws:
        around = text[mention.start : mention.end]
        after = text[mention.end : mention.end + 100]
        inside = re.match(r"(?:Bộ luật|Luật|Pháp lệnh)\s+(.+?)\s+(?:số\s*)?\d", around, re.IGNORECASE)
        if (inside and _law_key(inside[1]) == key) or _law_key(after[: len(name) + 2]) == key:
            return mention.instrument
    return None


def _short(text: str, full: list[Mention], names: Names) -> Iterable[Mention]:
    """ "Nghị định số 72" after the full number; "(sau đây gọi là Nghị định 72)" needs no rule of its own."""
    by_number: dict[int | None, list[Mention]] = {}
    known_kinds: set[tuple[str, str]] = set()
    for mention in full:
        if (mention.instrument, mention.kind) not in known_kinds:  # its first place tells what was named before
            known_kinds.add((mention.instrument, mention.kind))
            by_number.setdefault(_running(mention.instrument), []).append(mention)
    for match in _SHORT.finditer(text):
        kind = match["kind"].lower()
        number = int(match["number"])
        candidates = [
            mention
            for mention in by_number.get(number, ())
            if mention.kind in (kind, "") and (not match["year"] or match["year"] in mention.instrument)
        ]
        before = [mention for mention in candidates if mention.start < match.start()]
        if candidates:
            chosen = before[-1] if before else candidates[0]
            yield Mention(chosen.instrument, kind, match.start(), match.end(), 0.95)
            continue
        known = [entry for entry in names.numbered(kind, number) if not match["year"] or match["year"] in entry.number]
        if names.on:
            known = [entry for entry in known if not entry.since or entry.since <= names.on] or known
        if len({entry.number for entry in known}) == 1:
            yield Mention(known[0].number, kind, match.start(), match.end(), 0.8, "number known from the law pack")
        elif _OF_ARTICLES.match(kind) or kind == "chỉ thị":
            yield Mention(
                match[0].strip(), kind, match.start(), match.end(), 0.5, "the full number is not in the document"
            )


def _overlaps(mention: Mention, taken: list[tuple[int, int]]) -> bool:
    """Whether it shares a letter with one of these stretches, which are in order and part from each other."""
    index = bisect_left(taken, (mention.start, mention.start))
    around = taken[max(0, index - 1) : index + 1]
    return any(mention.start < end and start < mention.end for start, end in around)


def _running(number: str) -> int | None:
    match = re.match(r"\d+", number)
    return int(match[0]) if match else None


def _digits(text: str) -> str:
    return text.translate(str.maketrans("lIOo", "1100"))


def _law_key(name: str) -> str:
    words = fold_search(name)
    words = re.sub(r"^(?:bo luat|luat|phap lenh)\s+", "", words)
    words = re.sub(r"\s+(?:19|20)\d\d$", "", words)
    plain = {fold_search(short): fold_search(whole) for short, whole in _ABBREVIATED_LAW.items()}
    first, _, rest = words.partition(" ")
    words = plain.get(words) or (plain[first] if first in plain and rest in ("mang", "") else words)
    return words
