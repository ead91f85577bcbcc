"""Whether a copy names its source: who published it, who wrote it, when, and a link to it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from anlanh.primitives.folding import fold_search
from anlanh.screening.comparing.article import Article
from anlanh.screening.comparing.lines import Kind, Note
from anlanh.screening.comparing.times import Stated, times_in, without_times

# Words that say what a publisher is, not which.
_GENERIC = frozenset(
    {"bao", "dien", "tu", "tap", "chi", "dai", "truyen", "hinh", "phat", "thanh", "online", "trang", "tin", "thong", "tuc", "cong", "news", "com", "vn", "net", "org", "www", "http", "https", "media", "ban", "va", "cua", "hang", "viet", "tong", "hop"}
)  # fmt: skip
_TITLE_PARTS = re.compile(r"\s+[-–—|:]\s+|\s*[|,:]\s*")
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|zarsrc|ref|source|src|_ga)$", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:nguon(?: \w+)??|theo|dan (?:theo|nguon|lai|tu)|trich(?: \w+)?|link(?: bai)?(?: goc)?|bai(?: viet)? goc|source|via)\b"
)
_CREDIT = re.compile(r"(?:^|[\s(“\"])[Tt]heo\s+(?P<name>[^,.;:()]{2,60})(?=[,.;:()]|$)")
_SAYS_SOURCE = re.compile(r"(?<!\w)(?:theo|nguồn|bài gốc|dẫn lại|đăng lại|source)(?!\w)", re.IGNORECASE)
_PUBLISHER = re.compile(r"(?:báo|tờ|tạp chí|đài|trang|hãng|TTXVN|VOV|VTV|thông tấn xã)\b", re.IGNORECASE)
_MOST_CREDITS = 200  # sentences that are looked through for "Theo …"


class Source(NamedTuple):
    """What a copy says of its source."""

    named: bool
    author: bool
    time: bool
    link: bool


def source_of(original: Article, copy: Article, published: Stated | None) -> Source:
    """What the copy says of its source.

    Args:
        original, copy: both sides.
        published: when the original was published, where that was told; else what the original says itself.
    """
    notes = [note for note in copy.notes if note.kind in (Kind.SOURCE, Kind.BY)]
    sources = [note for note in notes if note.kind is Kind.SOURCE]
    times = {time for time in (published, original.time) if time}
    return Source(
        named=_is_named(original, copy, notes, sources),
        author=_names_author(original, copy, notes, sources),
        time=any(_tells(note, times) for note in copy.notes),
        link=_links(original, copy, sources),
    )


def credited(sentence: str, original: Article) -> str:
    """A sentence without "Theo báo …," in front of it, where that names the original's publisher."""
    match = re.match(r"Theo\s+(?P<name>[^,]{2,60}),\s+(?=\S)", sentence)
    if match and any(_holds(match["name"], name) for name in _variants(original.names)):
        return sentence[match.end() :]
    return sentence


def _is_named(original: Article, copy: Article, notes: list[Note], sources: list[Note]) -> bool:
    names = list(_variants(original.names))
    credits = [match["name"] for sentence in _edges(copy.sentences) for match in _CREDIT.finditer(sentence)]
    if not names:
        own = " ".join(original.sentences)
        return any(map(_bare, sources)) or any(_PUBLISHER.match(name) and name not in own for name in credits)
    said = [note.text for note in notes] + [address for note in sources for address in note.addresses] + credits
    return any(_holds(text, name) for text in said for name in names)


def _edges(sentences: list[str]) -> list[str]:
    return (
        sentences
        if len(sentences) <= _MOST_CREDITS
        else sentences[: _MOST_CREDITS // 2] + sentences[-_MOST_CREDITS // 2 :]
    )


def _bare(note: Note) -> str:
    """What a source line says beside that it is one."""
    return _LABEL.sub("", fold_search(without_times(note.text))).strip() or " ".join(note.addresses)


def _variants(names: Iterable[str]) -> Iterator[str]:
    """The folded words by which each publisher may be called: whole, in parts, without what kind it is, as a host."""
    for name in names:
        if "." in name and " " not in name:
            host = _host(name) if "://" in name else name
            labels = [label for label in host.lower().split(".") if label not in _GENERIC and len(label) > 2]
            yield from (re.sub("^bao", "", label) or label for label in labels[:1] if label != "m")
            yield from labels[:1]
            continue
        for part in {name, *_TITLE_PARTS.split(name)[:1]}:
            words = fold_search(part).split()
            telling = [word for word in words if word not in _GENERIC]
            if telling and len("".join(telling)) > 1:
                yield " ".join(words)
                yield " ".join(telling)
                if len(words) > 2:
                    yield "".join(word[0] for word in words)


def _holds(text: str, name: str) -> bool:
    """Whether a text names a publisher; names are also written without spaces, as in host names."""
    words = f" {fold_search(text)} "
    joined = name.replace(" ", "")
    return f" {name} " in words or f" {joined} " in words or (len(joined) >= 5 and joined in words.replace(" ", ""))


def _names_author(original: Article, copy: Article, notes: list[Note], sources: list[Note]) -> bool:
    if author := fold_search(original.author):
        said = [*(note.text for note in notes), copy.author, *_edges(copy.sentences)[-2:]]
        return any(f" {author} " in f" {fold_search(text)} " for text in said)
    if any(note.kind is Kind.BY for note in notes) or copy.author:
        return True
    publisher = set(_variants(original.names))
    return any(_names_person(_bare(note), publisher) for note in sources)


def _names_person(said: str, publisher: set[str]) -> bool:
    """Whether a source line says more than who published: two words at least beside the publisher's name."""
    for name in sorted(publisher, key=len, reverse=True):
        said = said.replace(name, " ")
    rest = [word for word in said.split() if word not in _GENERIC and not any(char.isdigit() for char in word)]
    return len(publisher) > 0 and 2 <= len(rest) <= 5 and "http" not in said


def _tells(note: Note, published: set[Stated]) -> bool:
    """Whether a line says when the original was published.

    A day alone is enough in a line about the source; elsewhere a time is the copy's own unless it is the same minute.
    """
    for time in times_in(note.text):
        if note.kind is Kind.SOURCE:
            if not published or any(_agree(time, one) for one in published):
                return True
        elif time.minute is not None and time in published:
            return True
    return False


def _agree(written: Stated, known: Stated) -> bool:
    return written.day == known.day and (None in (written.minute, known.minute) or written.minute == known.minute)


def _links(original: Article, copy: Article, sources: list[Note]) -> bool:
    """Whether the copy links to the original: to its page where that is known, else to another site as its source."""
    noted = [address for note in copy.notes for address in note.addresses]
    targets = {key for address in original.addresses if (key := _page_key(address))}
    if targets:
        return any(_page_key(address) in targets for address in (*noted, *(address for address, _ in copy.links)))
    found = [address for note in sources for address in note.addresses]
    found += [address for address, line in copy.links if _SAYS_SOURCE.search(line)]
    hosts = [_host(address) for address in found if address.lower().startswith(("http://", "https://", "//"))]
    return any(host and host != copy.host for host in hosts)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _page_key(address: str) -> tuple[str, str, tuple] | None:
    """An address as far as it says which page: no scheme, no www, nothing that only counts visitors."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address.lstrip('/')}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return None
    path = re.sub(r"/(?:index\.\w+)?$", "", parts.path.lower()).removesuffix(".amp").removesuffix("/amp")
    asked = tuple(sorted((name, value) for name, value in parse_qsl(parts.query[:2000]) if not _TRACKING.match(name)))
    return (host, path, asked) if "." in host and (path or asked) else None
