"""Names of files that strangers give: made harmless before they are kept, and honest before they are handed out."""

import unicodedata

from anlanh.base.files.kinds import endings_of

LONGEST_NAME = 200
_FALLBACK = "tep"
_NOT_ON_EVERY_DISK = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
# Other (control, format with the bidirectional marks, surrogate, private, unassigned) and line or paragraph separators.
_UNSEEN = ("C", "Zl", "Zp")


def cleaned(name: str) -> str:
    """The name without path, control, invisible and bidirectional characters, at most `LONGEST_NAME` long.

    The ending survives the cut, and a name of which nothing is left becomes `tep`.
    """
    last_part = name.replace("\\", "/").rsplit("/", 1)[-1]
    composed = unicodedata.normalize("NFC", last_part)
    visible = "".join(letter for letter in composed if not unicodedata.category(letter).startswith(_UNSEEN))
    bare = " ".join(visible.translate(_NOT_ON_EVERY_DISK).split()).strip(". ")
    if len(bare) > LONGEST_NAME:
        _stem, dot, ending = bare.rpartition(".")
        keep = dot + ending if dot and len(ending) <= 10 else ""
        bare = bare[: LONGEST_NAME - len(keep)].rstrip(". ") + keep
    return bare or _FALLBACK


def for_download(name: str, media_type: str) -> str:
    """The name under which a file leaves: its ending agrees with what the file is.

    A page of markup called `hoa-don.html` leaves as `hoa-don.html.txt`, a program as `….exe.bin`, so that opening what
    was downloaded runs nothing on the reader's machine.
    """
    endings = endings_of(media_type)
    if name.rpartition(".")[2].lower() in endings and "." in name:
        return name
    return f"{name[: LONGEST_NAME - len(endings[0]) - 1]}.{endings[0]}"
