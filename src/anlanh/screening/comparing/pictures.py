"""Which pictures of an article another one shows, by their addresses and words.

The same picture is met at relative and absolute addresses, on other hosts, in other sizes and file formats, and under
another name with the same words; nothing is fetched.
"""

import hashlib
import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from anlanh.screening.comparing.markup import Picture
from anlanh.screening.comparing.sentences import words_of

_ENDING = re.compile(r"(?:\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|svg|ashx|aspx))+$")
_SIZE = re.compile(
    r"(?:^|[-_.@])(?:\d{1,4}x\d{1,4}|[wh]\d{2,4}|\d{2,4}[wh]|\d{2,4}px|@?[123]x|thumb(?:nail)?s?|small|medium|large|scaled|resized?|crop(?:ped)?|original|full)"
    r"(?=$|[-_.@])"
)
_CALLED_ANYTHING = re.compile(
    r"(?:image|img|photo|picture|anh|hinh|screenshot|untitled|unnamed|download|avatar|\d{1,4}|[\W_])*"
)
_SIZE_FOLDER = re.compile(
    r"(?:resize[ds]?|thumbs?|thumbnails?|crop|zoom|fit|scale|small|medium|large|full|original|[wh]_?\d{2,4}(?:[,_-][wh]_?\d{2,4})*|\d{2,4}[x_]\d{1,4}"
    r"|(?:width|height|quality|format)=.*)"
)
_WORDS_ENOUGH = 3


def missing(originals: Sequence[Picture], copies: Sequence[Picture]) -> tuple[list[str], list[str]]:
    """(addresses of pictures that only the first has, of those that only the second has), as written."""
    left = list(range(len(copies)))
    unmatched: list[Picture] = list(originals)
    for keys in (_addresses, _names, _words):
        index: dict[str, list[int]] = {}
        for place in left:
            for key in keys(copies[place]):
                index.setdefault(key, []).append(place)
        taken: set[int] = set()
        still: list[Picture] = []
        for picture in unmatched:
            found = next((at for key in keys(picture) for at in index.get(key, ()) if at not in taken), None)
            if found is None:
                still.append(picture)
            else:
                taken.add(found)
        unmatched, left = still, [place for place in left if place not in taken]
    return [shown(picture) for picture in unmatched], [shown(copies[place]) for place in left]


def shown(picture: Picture) -> str:
    """A picture's address as it is shown to people: as written; of an embedded picture only its beginning."""
    address = next((one for one in picture.addresses if not one.startswith("data:")), picture.addresses[0])
    return address if len(address) <= 500 else f"{address[:60]}…"


def _real(picture: Picture) -> list[str]:
    """Its addresses without placeholders."""
    return [one for one in picture.addresses if not one.startswith("data:")] or picture.addresses


def _addresses(picture: Picture) -> list[str]:
    """The path of each address without size and format; embedded pictures by their content."""
    found = []
    for address in _real(picture):
        if address.startswith("data:"):
            found.append("data:" + hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest())
        elif path := _path(address):
            *folders, name = path.split("/")
            kept = (folder for folder in folders if not _SIZE_FOLDER.fullmatch(folder))
            found.append("/".join((*kept, _stem(name))))
    return found


def _names(picture: Picture) -> list[str]:
    """The name of the file alone, where it says enough to be no other picture's."""
    found = []
    for address in _real(picture):
        name = "" if address.startswith("data:") else _stem(_path(address).rpartition("/")[2])
        if name and not _CALLED_ANYTHING.fullmatch(name):
            found.append(name)
    return found


def _words(picture: Picture) -> list[str]:
    words = words_of(picture.words)
    return [" ".join(words)] if len(words) >= _WORDS_ENOUGH else []


def _path(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.lower()
    path = unquote(parts.path).lower()
    while path.startswith(("./", "../")):
        path = path.partition("/")[2]
    return re.sub("/+", "/", "/" + path.lstrip("/"))


def _stem(name: str) -> str:
    stem = _ENDING.sub("", name)
    return _SIZE.sub("", stem) or stem
