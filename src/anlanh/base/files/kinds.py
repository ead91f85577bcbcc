"""What a file really is, told from its first and last bytes by a small table; the sender's word is never taken.

Nothing is unpacked or parsed to find out, so a hostile file can't make the looking expensive. Markup (HTML, SVG, XML)
is deliberately plain text here: no page of ours ever says of a stranger's file that a browser may run it.
"""

from dataclasses import dataclass

HEAD_BYTES = 4096
TAIL_BYTES = 65536
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    Args:
        media_type: its registered name.
        endings: endings of file names that go with it, the usual one first.
        marks: byte strings, each with its offset, that must all be there.
    """

    media_type: str
    endings: tuple[str, ...]
    marks: tuple[tuple[int, bytes], ...] = ()


_ISO_MEDIA_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}

_MARKED = (
    Kind("image/png", ("png",), ((0, b"\x89PNG\r\n\x1a\n"),)),
    Kind("image/jpeg", ("jpg", "jpeg", "jfif"), ((0, b"\xff\xd8\xff"),)),
    Kind("image/gif", ("gif",), ((0, b"GIF87a"),)),
    Kind("image/gif", ("gif",), ((0, b"GIF89a"),)),
    Kind("image/webp", ("webp",), ((0, b"RIFF"), (8, b"WEBP"))),
    Kind("image/bmp", ("bmp",), ((0, b"BM"), (6, b"\0\0\0\0"))),
    Kind("image/tiff", ("tif", "tiff"), ((0, b"II*\0"),)),
    Kind("image/tiff", ("tif", "tiff"), ((0, b"MM\0*"),)),
    Kind("application/pdf", ("pdf",), ((0, b"%PDF-"),)),
    Kind("application/rtf", ("rtf", "doc"), ((0, b"{\\rtf"),)),
    Kind("application/x-ole-storage", ("doc", "xls", "ppt", "msg"), ((0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),)),
    Kind("application/gzip", ("gz", "tgz"), ((0, b"\x1f\x8b\x08"),)),
    Kind("application/x-7z-compressed", ("7z",), ((0, b"7z\xbc\xaf\x27\x1c"),)),
    Kind("application/vnd.rar", ("rar",), ((0, b"Rar!\x1a\x07"),)),
    Kind("audio/wav", ("wav",), ((0, b"RIFF"), (8, b"WAVE"))),
    Kind("audio/mpeg", ("mp3",), ((0, b"ID3"),)),
    Kind("audio/mpeg", ("mp3",), ((0, b"\xff\xfb"),)),
    Kind("audio/mpeg", ("mp3",), ((0, b"\xff\xf3"),)),
    Kind("audio/ogg", ("ogg", "oga", "opus", "ogv"), ((0, b"OggS\0"),)),
    Kind("audio/flac", ("flac",), ((0, b"fLaC"),)),
    Kind("audio/amr", ("amr",), ((0, b"#!AMR"),)),
    Kind("video/webm", ("webm", "mkv"), ((0, b"\x1a\x45\xdf\xa3"),)),
    Kind("video/x-msvideo", ("avi",), ((0, b"RIFF"), (8, b"AVI "))),
    Kind("video/mp4", ("mp4", "m4v", "3gp"), ((4, b"ftyp"),)),
)
_ZIP_MARK = b"PK\x03\x04"

# Kinds that the marks alone don't tell apart, with the endings that go with them.
_OTHERS = (
    Kind("image/avif", ("avif",)),
    Kind("image/heic", ("heic", "heif")),
    Kind("audio/mp4", ("m4a",)),
    Kind("video/quicktime", ("mov",)),
    Kind("application/zip", ("zip",)),
    Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",)),
    Kind("application/vnd.oasis.opendocument.text", ("odt",)),
    Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",)),
    Kind("application/vnd.oasis.opendocument.presentation", ("odp",)),
    Kind(TEXT, ("txt", "csv", "log", "eml", "md", "json")),
    Kind(UNKNOWN, ("bin",)),
)

_ENDINGS = {kind.media_type: kind.endings for kind in (*_MARKED, *_OTHERS)}


def media_type_of(head: bytes, tail: bytes) -> str:
    """The media type that the bytes bear out.

    Args:
        head: the first `HEAD_BYTES` of the file, fewer only when it is shorter.
        tail: the last `TAIL_BYTES`, likewise.

    Returns:
        A registered media type; `application/octet-stream` for what is not in the table.
    """
    if head.startswith(_ZIP_MARK):
        return _kind_of_zip(head, tail)
    for kind in _MARKED:
        if all(head[offset : offset + len(mark)] == mark for offset, mark in kind.marks):
            return (
                _ISO_MEDIA_BRANDS.get(head[8:12], kind.media_type)
                if kind.media_type == "video/mp4"
                else kind.media_type
            )
    return TEXT if _is_text(head) else UNKNOWN


def endings_of(media_type: str) -> tuple[str, ...]:
    """The endings of file names that go with a media type, the usual one first."""
    return _ENDINGS.get(media_type, _ENDINGS[UNKNOWN])


def _kind_of_zip(head: bytes, tail: bytes) -> str:
    """Office documents are zip archives; the names in the first entry and in the directory at the end tell which."""
    if head[30:38] == b"mimetype":
        for media_type in _ENDINGS:
            if media_type.startswith("application/vnd.oasis.") and head[38:].startswith(media_type.encode()):
                return media_type
    if b"[Content_Types].xml" in head or b"[Content_Types].xml" in tail:
        office = "application/vnd.openxmlformats-officedocument."
        for folder, media_type in (
            (b"word/document.xml", office + "wordprocessingml.document"),
            (b"xl/workbook.xml", office + "spreadsheetml.sheet"),
            (b"ppt/presentation.xml", office + "presentationml.presentation"),
        ):
            if folder in tail:
                return media_type
    return "application/zip"


def _is_text(head: bytes) -> bool:
    """Whether the bytes read as text: UTF-8 (the last letter may be cut off), or UTF-16 that says so."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return False
    for cut in range(4):
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return True
    return False
