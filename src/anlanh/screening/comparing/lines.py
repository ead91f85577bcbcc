"""What a line of an article is: its text, or something said about it (source, by-line, time, caption, more to read)."""

import re
from enum import Enum
from typing import NamedTuple

from anlanh.screening.comparing.sentences import words_of
from anlanh.screening.comparing.times import is_time_line, times_in, without_times


class Kind(Enum):
    """What a line is for."""

    TEXT = "text"
    SOURCE = "source"
    BY = "by"
    TIME = "time"
    CAPTION = "caption"
    MORE = "more"


class Note(NamedTuple):
    """A line that is not the article's text.

    Args:
        kind: what it is for.
        text: as it stands.
        at: its place in the document.
        addresses: where its links lead, and addresses written in it.
    """

    kind: Kind
    text: str
    at: int
    addresses: tuple[str, ...] = ()


ADDRESS = re.compile(r"https?://[^\s<>\"'”’)\]]+", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9-]{2,63}\.){1,4}(?:vn|com|net|org|info|asia|news|tv|edu|gov|biz)\b", re.IGNORECASE
)

_SOURCE_WORDS = (
    r"(?:nguồn(?:\s+(?:tin|bài|gốc|trích|dẫn|bài viết))?|theo|dẫn(?:\s+(?:theo|nguồn|lại|từ))?|trích(?:\s+(?:dẫn|nguồn))?(?:\s+(?:từ|theo))?"
    r"|đăng lại(?:\s+(?:từ|theo))?|tổng hợp(?:\s+(?:từ|theo))|link(?:\s+(?:bài(?:\s+viết)?\s+)?(?:gốc|nguồn))?|(?:xem\s+)?bài(?:\s+viết)?\s+gốc"
    r"|đường dẫn(?:\s+(?:bài\s+)?gốc)?|(?:bài(?:\s+viết)?\s+)?(?:được\s+)?đăng(?:\s+(?:lần đầu|gốc))?(?:\s+(?:trên|lúc|ngày|tại|vào))"
    r"|(?:thời gian|ngày|giờ)\s+(?:đăng|phát|xuất bản)(?:\s+gốc)?|source|via|original)"
)  # fmt: skip
_SOURCE_WITH_COLON = re.compile(rf"^\W*{_SOURCE_WORDS}\s*[:：]", re.IGNORECASE)
_SOURCE_SHORT = re.compile(rf"^\W*{_SOURCE_WORDS}(?!\w)", re.IGNORECASE)
_SOURCE_AT_END = re.compile(
    r"\s*[(\[]\s*(?:theo|nguồn|dẫn|trích)(?!\w)[^()\[\]]{1,160}(?:\([^()]{0,80}\)[^()\[\]]{0,80})?[)\]]\s*\.?$",
    re.IGNORECASE,
)
_PAPER_IN_FRONT = re.compile(r"^(?:\((?P<name>[^\W\d_][^()]{1,28})\)|(?P<sign>[A-ZĐ]{2,8}))\s*[-–—:]\s+(?=\S)")
BY = re.compile(
    r"^\W*(?:tác giả|bài(?:\s+(?:và|&)\s+ảnh|,\s*ảnh|\s+viết)?|tin(?:\s*,?\s*(?:bài|ảnh))?|người viết|thực hiện|phóng viên|pv|biên tập"
    r"|biên dịch|biên soạn|tổng hợp|dịch|by|author)\s*[:：]",
    re.IGNORECASE,
)  # fmt: skip
_SOURCE_INSIDE = re.compile(r"(?<!\w)(?:nguồn(?:\s+(?:tin|bài|gốc))?|link(?:\s+gốc)?|source)\s*[:：]", re.IGNORECASE)
_CAPTION_AT_END = re.compile(
    r"(?:^|[.!?…\s(])\(?(?:nguồn )?(?:ảnh|photo|đồ họa)\s*[:：]\s*[^.:]{2,50}\.?$", re.IGNORECASE
)
_CAPTION = re.compile(
    r"^\W*(?:(?:nguồn\s+)?(?:ảnh|video|clip|đồ họa|đồ hoạ|photo|infographic)(?:\s+minh họa)?)\s*[:：]", re.IGNORECASE
)
_MORE = re.compile(
    r"^\W*(?:(?:xem|đọc) (?:thêm|tiếp|ngay)|mời (?:quý |bạn )?(?:độc giả|đọc)|tin (?:liên quan|khác|mới|cùng)|bài (?:liên quan|cùng)|có thể bạn quan tâm"
    r"|từ khóa|từ khoá|tags?|chủ đề|chia sẻ|bình luận|ý kiến bạn đọc|theo dõi .{0,40} trên|quay lại|trở lại|>>|read more|related)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_MORE_MOST = 200  # characters
_RIGHTS = re.compile(
    r"©|(?:bản quyền|giấy phép|tổng biên tập|tòa soạn|toà soạn|hotline|đường dây nóng|liên hệ quảng cáo|all rights reserved"
    r"|chịu trách nhiệm (?:nội dung|quản lý)|cơ quan chủ quản)(?!\w)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[.!?…:;,]$")
_PLACED = re.compile(r"\([^()]{2,60}\)$|\s[-–—/|]\s.*$|/.*$")
_WHEN_WORDS = re.compile(r"(?<!\w)(?:được|đăng|xuất bản|cập nhật|phát|lúc|hồi|vào|ngày|thứ \w+)(?!\w)", re.IGNORECASE)
_SAYS_SOURCE = re.compile(
    r"(?<!\w)(?:theo|nguồn|bài gốc|bản gốc|bài viết|đăng trên|dẫn lại|đăng lại|trích|source)(?!\w)", re.IGNORECASE
)
_LONGEST_SOURCE = 240  # characters
_MOST_SOURCE_WORDS = 14
_MOST_LINKED_WORDS = 25  # beside an address that is written out
_MOST_NAME_WORDS = 6
_MOST_NAMING_WORDS = 8  # of a sentence that names a source, such as "Theo báo Tuổi Trẻ."
_SENTENCE_SIGNS = (".", "!", "?", "…", ":", ",")
_KINDS_OF_PAPERS = frozenset(
    {"báo", "tờ", "tạp", "chí", "đài", "trang", "tin", "điện", "tử", "hãng", "và", "thông", "tấn", "xã"}
)


def kind_of(line: str, *, linked: bool = False) -> Kind:
    """What a line is for, by its words.

    Args:
        line: one line.
        linked: whether it holds a link.
    """
    if len(line) > _LONGEST_SOURCE:
        return Kind.TEXT
    if _CAPTION.match(line) or _CAPTION_AT_END.search(line):
        return Kind.CAPTION
    if _is_source(line) or _is_linked_source(line, linked):
        return Kind.SOURCE
    if is_time_line(line):
        return Kind.TIME
    if BY.match(line) and len(words_of(line)) <= _MOST_SOURCE_WORDS:
        return Kind.BY
    if len(line) <= _MORE_MOST and (_MORE.match(line) or (_RIGHTS.search(line) and not _SIGNED.search(line))):
        return Kind.MORE
    return Kind.TEXT


def _is_source(line: str) -> bool:
    """Whether a line says where the article comes from: "Theo Công an tỉnh, …" begins a sentence and does not."""
    bare = without_times(ADDRESS.sub(" ", line))
    if ADDRESS.fullmatch(line.strip()):
        return True
    if _SOURCE_WITH_COLON.match(line) or _SOURCE_INSIDE.search(line):
        return len(words_of(bare)) <= _MOST_SOURCE_WORDS + 6
    if not _SOURCE_SHORT.match(line):
        return False
    words = words_of(bare)
    if line.rstrip().endswith(_SENTENCE_SIGNS) and len(words) == len(words_of(line)):
        return len(words) <= _MOST_NAMING_WORDS and _is_all_names(_SOURCE_SHORT.sub("", bare))
    return len(words) <= _MOST_SOURCE_WORDS and not re.search(r",\s+[a-zà-ỹđ]", _WHEN_WORDS.sub(" ", bare))


def _is_all_names(said: str) -> bool:
    """Whether words are names, or say what kind of paper is named."""
    words = re.findall(r"[^\W_]+", said)
    return bool(words) and all(not word[0].islower() or word in _KINDS_OF_PAPERS for word in words)


def _is_linked_source(line: str, linked: bool) -> bool:
    """Whether a short line with a link or an address says that it leads to the source."""
    if not _SAYS_SOURCE.search(line):
        return False
    count = len(words_of(without_times(ADDRESS.sub(" ", line))))
    if ADDRESS.search(line):
        return count <= _MOST_LINKED_WORDS
    return linked and count <= _MOST_SOURCE_WORDS and not _SIGNED.search(line)


def is_name_line(line: str) -> bool:
    """Whether a line can be a by-line: a few words, each with a capital, and no sign at the end."""
    name = _PLACED.sub("", line.strip()).strip()
    words = name.split()
    if not 1 <= len(words) <= _MOST_NAME_WORDS or _SIGNED.search(name) or any(char.isdigit() for char in name):
        return False
    if len(words) == 1 and name == line.strip() and not name.isupper():
        return False
    return all(word[0].isupper() for word in words if word not in ("-", "–", "và", "&"))


def parted(line: str) -> tuple[str, list[str]]:
    """A line of text without what it says of its source, and that: a paper's sign in front, "(Theo …)" at the end."""
    said = []
    if match := _PAPER_IN_FRONT.match(line):
        said.append(match["name"] or match["sign"])
        line = line[match.end() :]
    if match := _SOURCE_AT_END.search(line, max(0, len(line) - 320)):
        said.append(match[0].strip(" ()[]."))
        line = line[: match.start()]
    return line, said


def addresses_in(text: str) -> tuple[str, ...]:
    """Addresses written in a text, and bare host names."""
    found = [match.rstrip(".,;:") for match in ADDRESS.findall(text)]
    return (*found, *_HOST.findall(ADDRESS.sub(" ", text)))


def has_time(text: str) -> bool:
    """Whether a day is written in a short text."""
    return any(True for _ in times_in(text))
