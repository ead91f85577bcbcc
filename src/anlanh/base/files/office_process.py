"""The program that takes from one hostile Word file or workbook what tells who made it: standard input to output.

Run as a script by `cleaning`, isolated from the rest (`python -I`), under limits like those of `preview_process`. The
words stay; what goes is every property (author, company, times, template, path), every author of a comment or change,
what was deleted under tracked changes, marks of editing sessions, printers, thumbnails, XML comments, and whatever a
picture carries besides pixels. A part that is not on the list of those that can be cleaned (macros, embedded files,
drawings of other programs), hidden words, and hidden sheets, rows and columns make it give up.

The answer is a line of JSON, then the new archive; exit status 0 means that it is whole.
"""

import io
import json
import posixpath
import re
import sys
import zipfile
from typing import Any

from lxml import etree

from anlanh.base.files.preview_process import bind_limits

CPU_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MOST_PARTS = 2000
LARGEST_PART = 48 << 20  # bytes
LARGEST_WHOLE = 128 << 20  # bytes of all parts together
MOST_PIXELS = 40_000_000
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_ROOM = r"(?:word|xl)/"
_DROPPED = re.compile(
    rf"(?:docProps|customXml|docMetadata)/|{_ROOM}(?:people|commentsExtended|commentsIds|commentsExtensible)\.xml$"
    rf"|{_ROOM}(?:printerSettings|persons|threadedComments|_rels/people)|xl/calcChain\.xml$|_xmlsignatures/"
)
_KEPT = re.compile(
    r"\[Content_Types\]\.xml$|(?:.*/)?_rels/[^/]*\.rels$"
    r"|word/(?:document|styles|stylesWithEffects|settings|fontTable|webSettings|numbering|footnotes|endnotes|comments"
    r"|header\d*|footer\d*|theme/theme\d+)\.xml$"
    r"|xl/(?:workbook|styles|sharedStrings|metadata|comments\d*|theme/theme\d+|worksheets/[\w-]+|chartsheets/[\w-]+"
    r"|tables/[\w-]+|drawings/[\w-]+|charts/[\w-]+|comments/[\w-]+)\.xml$|xl/drawings/[\w-]+\.vml$"
)
_PICTURE = re.compile(r"(?:word|xl)/media/[\w.-]+\.(png|jpe?g|gif|bmp)$", re.I)
_FORMS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "bmp": "BMP"}
# Elements that hold nothing but who, where and when.
_TELLING = {
    "attachedTemplate", "rsids", "docVars", "mailMerge", "docId", "fileSharing", "absPath", "revisionPtr", "lastEdited",
    "documentProtection", "writeProtection", "saveThroughXslt", "userName", "rsidRoot",
}  # fmt: skip
_AUTHORS = {"author", "initials", "userName", "lastModifiedBy", "creator"}
_LEFT_BLANK = {"author"}  # attributes that the form of the file asks for
_DATED = {"ins", "del", "comment", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
          "trPrChange", "tcPrChange", "cellIns", "cellDel", "numberingChange"}  # fmt: skip
_NAMED = {"docPr", "cNvPr"}  # pictures and shapes, which often bear the name or path of a file
_YES = {"1", "true", "on"}
_DELETED = {"del", "moveFrom"}  # words that were struck out and are not shown, still there
_EXTERNAL_KEPT = "/hyperlink"


class Refused(Exception):
    """The document can't be cleaned; the argument is the word for why."""


def main(content: bytes) -> bytes:
    """The cleaned archive.

    Raises:
        Refused: saying why.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        parts = source.infolist()
        if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
            raise Refused("parts")
        left = LARGEST_WHOLE
        for part in parts:
            name = part.filename
            if part.is_dir() or _DROPPED.match(name):
                continue
            with source.open(part) as opened:
                raw = opened.read(min(LARGEST_PART, left) + 1)
            left -= len(raw)
            if left < 0 or len(raw) > LARGEST_PART:
                raise Refused("size")
            made.writestr(zipfile.ZipInfo(name, _NO_TIME), _cleaned(name, raw), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cleaned(name: str, raw: bytes) -> bytes:
    if match := _PICTURE.match(name):
        return _bare_picture(raw, _FORMS[match.group(1).lower()])
    if not _KEPT.match(name):
        raise Refused("parts")
    root = _parsed(raw)
    if name == "[Content_Types].xml":
        _without_dropped_types(root)
    elif name.endswith(".rels"):
        _without_dropped_ties(root, name)
    _scrub(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parsed(raw: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    root = etree.fromstring(raw, parser)
    if root.getroottree().docinfo.doctype:
        raise Refused("parts")
    return root


def _scrub(root: Any) -> None:
    for element in list(root.iter(etree.Element)):
        local = etree.QName(element).localname
        if local in _TELLING | _DELETED and element.getparent() is not None:
            _remove(element)
            continue
        if _is_hidden(element, local):
            raise Refused("hidden")
        if local in _AUTHORS and element.text:  # the list of authors of a workbook's comments
            element.text = "-"
        for key in list(element.attrib):
            _scrub_attribute(element, local, key)


# What a property of hiding hides the words of; elsewhere it hides the mark of a paragraph or the number of a list.
_HIDES_WORDS = {"r", "style", "tblStylePr", "rPrDefault"}


def _is_hidden(element: Any, local: str) -> bool:
    """A sheet, or a row or column of one, that is not shown, or words that are not, by themselves or by their style."""
    if local == "sheet":
        return element.get("state", "visible") != "visible"
    if local == "sheetFormatPr":
        return element.get("zeroHeight") in _YES
    if local in {"row", "col"}:
        return element.get("hidden") in _YES or any(_is_nothing(element.get(side)) for side in ("ht", "width"))
    if local != "vanish" or element.get(f"{{{etree.QName(element).namespace}}}val") in {"0", "false", "off"}:
        return False
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return above is not None and etree.QName(above).localname in _HIDES_WORDS


def _is_nothing(size: str | None) -> bool:
    """A height or width of zero, which shows as little as what is hidden."""
    try:
        return size is not None and float(size) <= 0
    except ValueError:
        return True


def _scrub_attribute(element: Any, local: str, key: str) -> None:
    name = etree.QName(key).localname
    if name in _AUTHORS:
        if name in _LEFT_BLANK:
            element.set(key, "-")
        else:
            del element.attrib[key]
    elif name.startswith("rsid") or (name in {"date", "dateUtc"} and local in _DATED):
        del element.attrib[key]
    elif local in _NAMED and name == "name":
        element.set(key, "-")
    elif local in _NAMED and name in {"descr", "title"}:
        del element.attrib[key]


def _remove(element: Any) -> None:
    """Takes an element out and leaves the words behind it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _without_dropped_types(root: Any) -> None:
    for element in list(root):
        if _DROPPED.match(element.get("PartName", "").lstrip("/")):
            root.remove(element)


def _without_dropped_ties(root: Any, name: str) -> None:
    """Ties to parts that are gone, and to the world outside; links that a reader may click stay."""
    base = posixpath.dirname(posixpath.dirname(name))
    for element in list(root):
        target, kind = element.get("Target", ""), element.get("Type", "")
        if element.get("TargetMode") == "External":
            if kind.endswith("/attachedTemplate"):
                root.remove(element)
            elif not kind.endswith(_EXTERNAL_KEPT) or re.match(r"file:|[a-z]:|\\\\|//", target, re.I):
                raise Refused("parts")
            continue
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        if _DROPPED.match(inside):
            root.remove(element)


def _bare_picture(raw: bytes, form: str) -> bytes:
    """The pixels of a picture, upright, in the same form; nothing else that it carried."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None
    picture = Image.open(io.BytesIO(raw), formats=[form])
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("pixels")
    picture = ImageOps.exif_transpose(picture)
    mode = "RGBA" if picture.has_transparency_data and form in {"PNG", "GIF"} else "RGB"
    pixels = picture.convert(mode)
    bare = Image.new(mode, pixels.size)
    bare.paste(pixels)
    out = io.BytesIO()
    bare.save(out, form, **({"quality": 90} if form == "JPEG" else {}))
    return out.getvalue()


if __name__ == "__main__":
    bind_limits(int(sys.argv[1]), CPU_SECONDS, MEMORY_BYTES)
    try:
        head, answer = {}, main(sys.stdin.buffer.read())
    except Refused as why:
        head, answer = {"fault": str(why)}, b""
    except MemoryError:
        head, answer = {"fault": "size"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + answer)
    sys.stdout.buffer.flush()
