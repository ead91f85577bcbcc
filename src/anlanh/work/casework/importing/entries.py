"""From a row of a register to what the actions take: words to codes, dates to moments, one entry for each address."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from anlanh.primitives.dates import date_vi
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search
from anlanh.work.casework.actions.orders import OrderInput
from anlanh.work.casework.actions.report_input import ReportInput
from anlanh.work.casework.authorities.actions import AuthorityInput
from anlanh.work.casework.categories import CATEGORIES
from anlanh.work.casework.importing.fields import CONTACTS, ORDERS, PAGES, REPORTS, STRIKES, Kind
from anlanh.work.casework.importing.tables import Table
from anlanh.work.casework.importing.written_dates import When, parse_time, parse_when
from anlanh.work.casework.repeats.earlier import EarlierInput
from anlanh.work.registry.inputs import PageInput

Given = ReportInput | OrderInput | PageInput | AuthorityInput | EarlierInput
MOST_ADDRESSES_A_ROW = 50

CATEGORY_WORDS = {
    "fraud": "lừa đảo, chiếm đoạt, cờ bạc, đánh bạc, gambling, lừa đảo cờ bạc, lừa đảo chiếm đoạt tài sản",
    "false_information": "tin giả, sai sự thật, tin sai sự thật, thông tin sai sự thật, xuyên tạc, fake news",
    "honour": "xúc phạm, vu khống, xúc phạm danh dự, danh dự nhân phẩm, bôi nhọ, xúc phạm uy tín",
    "privacy": "đời tư, dữ liệu cá nhân, lộ thông tin cá nhân, bí mật đời tư, thông tin cá nhân",
    "impersonation": "mạo danh, giả mạo, giả danh",
    "child": "trẻ em, xâm hại trẻ em, bạo lực học đường",
    "copyright": "bản quyền, sở hữu trí tuệ, quyền tác giả",
    "prohibited_ads": "quảng cáo, hàng cấm, hàng giả, quảng cáo sai, quảng cáo vi phạm, buôn bán hàng cấm",
    "violence_obscenity": "bạo lực, khiêu dâm, đồi trụy, dung tục, kích động bạo lực",
    "malware": "mã độc, virus, phần mềm độc hại",
    "other": "khác",
}
CHANNEL_WORDS = {
    "document": "văn bản, công văn, giấy, bưu điện, trục liên thông, trực tiếp, document",
    "email": "email, thư điện tử, e-mail, thư",
    "phone": "điện thoại, gọi điện, zalo, phone, đường dây nóng",
}
VIA_WORDS = {
    "phone": "điện thoại, đường dây nóng, phone, zalo",
    "letter": "đơn thư, thư, văn bản, công văn, bưu điện, letter, đơn",
    "mail": "email, thư điện tử, e-mail, mail",
    "counter": "trực tiếp, tại trụ sở, tiếp công dân, counter",
    "web": "web, trang web, cổng, trực tuyến, online, website",
    "api": "api",
}
PAGE_KIND_WORDS = {
    "post": "bài viết, bài đăng, post",
    "comment": "bình luận, comment",
    "picture": "ảnh, hình ảnh, picture",
    "video": "video, clip, phim",
    "profile": "tài khoản, trang cá nhân, profile, kênh",
    "group": "nhóm, hội nhóm, group, fanpage",
    "site": "trang thông tin điện tử, trang thông tin điện tử tổng hợp, website, trang web, mạng xã hội, site",
}
MEASURE_WORDS = {
    "remove": "gỡ bỏ, gỡ, gỡ bài, gỡ bài viết, xoá, xoá bài, gỡ nội dung, gỡ bỏ nội dung, removed",
    "restrict": "hạn chế truy cập, hạn chế",
    "label": "gắn nhãn",
    "block_link": "chặn, chặn liên kết, chặn truy cập, ngăn chặn",
    "limit_reach": "hạn chế hiển thị, giảm hiển thị",
    "interrupt": "ngắt phát trực tiếp",
    "close_comments": "khoá bình luận",
    "demonetise": "tắt kiếm tiền, ngừng kiếm tiền",
    "warn": "cảnh cáo, nhắc nhở, cảnh báo, warned",
    "suspend": "khoá tạm thời, tạm khoá, khoá tạm, tạm khoá tài khoản, khoá tài khoản tạm thời, suspended",
    "end_account": "khoá vĩnh viễn, xoá tài khoản, chấm dứt tài khoản",
}
LANGUAGE_WORDS = {"vi": "tiếng việt, vi, việt", "en": "tiếng anh, en, anh, english"}
_YES = frozenset(["x", "v", "co", "yes", "y", "true", "1", "dung"])
_NO = frozenset(["", "khong", "no", "n", "false", "0", "thuong", "binh thuong", "khong khan", "sai"])
_URGENT = re.compile(r"\b(khan|hoa toc)\b")
_SETTLED = re.compile(
    r"\b(da (xu ly|giai quyet|go|thuc hien|dong|tra loi|hoan thanh|chan|xong)|hoan thanh|ket thuc|closed|done)\b"
)
_FALLEN = re.compile(
    r"(?<!khong )(?<!chua )(?<!chua bi )\b(huy|huy bo|bi huy|thu hoi|rut lai|bai bo|het hieu luc|reversed|annulled)\b"
)
_LINK = re.compile(r"https?://[^\s<>\"']+", re.I)
_AFTER_LINK = ".,;:)]}"
_BETWEEN_PHONES = re.compile(r"[\n;,]|\s/|/\s|\bhoặc\b|\s-\s", re.I)  # 024/3943 is one number
_PHONE_LABEL = re.compile(r"^[^\d+(]*")
_WITHOUT_NOUGHT = re.compile(r"[1-9]\d{8,9}")


@dataclass(frozen=True)
class Entry:
    """One thing to be brought in.

    Args:
        line: row of the file.
        part: which address of the row, from 0.
        given: what the action takes.
        original_number: under which the register had it.
        hour_known: the row says at which hour it was received.
    """

    line: int
    part: int
    given: Given
    original_number: str = ""
    hour_known: bool = True


@dataclass(frozen=True)
class Passed:
    """A row that is not brought in although nothing is wrong with it: `settled` already, or no `entry` at all."""

    line: int
    why: str


@dataclass(frozen=True)
class Faulty:
    """A row that can't be brought in as it stands. `fault.where` is the column as its header calls it."""

    line: int
    fault: BadInput
    part: int = 0


def entries(
    table: Table, kind: Kind, columns: Mapping[str, int], defaults: Mapping[str, str], reason: str
) -> Iterator[Entry | Passed | Faulty]:
    """What the rows of a register are, in order.

    Args:
        table: the register.
        kind: which it is.
        columns: field → place of its column.
        defaults: field → code, where a row leaves it empty: `category`, `via`, `channel`, `kind`.
        reason: why it is recorded only now; shown with each.
    """
    labels = {column.index: column.label for column in table.columns}
    named = {name: labels.get(index, name) for name, index in columns.items()}
    make = {REPORTS: _report, ORDERS: _order, PAGES: _page, CONTACTS: _contact, STRIKES: _strike}[kind.name]
    needed = [name for name, each in kind.fields.items() if each.needed]
    for line, cells in table.rows:
        values = {name: cells[index] for name, index in columns.items() if index < len(cells)}
        if all(values.get(name) is None for name in needed):
            yield Passed(line, "entry")
        elif _FALLEN.search(fold_search(_text(values.get("reversed")))) or (
            _SETTLED.search(fold_search(_text(values.get("state"))))
            and "chua" not in fold_search(_text(values["state"]))
        ):
            yield Passed(line, "settled")
        else:
            try:
                yield from _each_part(line, make(values, defaults, reason), values)
            except BadInput as fault:
                yield Faulty(line, in_column(fault, named, kind))


def in_column(fault: BadInput, named: Mapping[str, str], kind: Kind) -> BadInput:
    """The fault with the column as its header calls it, or as the program does where it has none."""
    where = {"happened_at": "received_at", "backdating_reason": "received_at"}.get(fault.where, fault.where)
    if where not in kind.fields:
        return fault
    return BadInput(fault.what, where=named.get(where) or str(kind.fields[where].title), mend=fault.mend)


def links_in(text: str) -> list[str]:
    """The addresses in a cell: every link in it, or the whole of it where it holds none."""
    text = text.replace("[.]", ".").replace("hxxp", "http")
    links = list(dict.fromkeys(found.rstrip(_AFTER_LINK) for found in _LINK.findall(text)))
    if len(links) > MOST_ADDRESSES_A_ROW:
        raise BadInput(_("too many addresses in one row"), where="address", mend=_("split the row"))
    return links or [text]


def phones_in(text: str) -> list[str]:
    """The telephone numbers in a cell, without what is written before each; the whole cell where it holds none."""
    parts = [_PHONE_LABEL.sub("", part).strip() for part in _BETWEEN_PHONES.split(text)]
    return list(dict.fromkeys(filter(None, parts))) or [text]


def _each_part(line: int, made: tuple[Given, bool], values: Mapping[str, object]) -> Iterator[Entry]:
    """An entry for each address of a row, or for each number of an authority."""
    given, hour_known = made
    number = _text(values.get("original_number"))[:60]
    if isinstance(given, EarlierInput):
        parts = [given]
    elif isinstance(given, AuthorityInput):
        parts = [replace(given, phone=phone) for phone in phones_in(given.phone)]
    else:
        parts = [replace(given, address=address) for address in links_in(given.address)]
    for part, each in enumerate(parts):
        yield Entry(line, part, each, number, hour_known)


def _report(values: Mapping[str, object], defaults: Mapping[str, str], reason: str) -> tuple[ReportInput, bool]:
    received_at, hour_known = _received(values)
    given = ReportInput(
        address=_text(values.get("address")),
        category=_code(values, defaults, "category", "other"),
        text=_text(values.get("text")),
        concerns_child=_yes(values, "concerns_child"),
        reporter_name=_text(values.get("reporter_name")),
        reporter_email=_text(values.get("reporter_email")),
        via=_code(values, defaults, "via", "letter"),
        happened_at=received_at,
        backdating_reason=reason,
    )
    return given, hour_known


def _order(values: Mapping[str, object], defaults: Mapping[str, str], reason: str) -> tuple[OrderInput, bool]:
    received_at, hour_known = _received(values)
    given = OrderInput(
        address=_text(values.get("address")),
        office=_text(values.get("office")),
        number=_text(values.get("number")),
        signed_by=_text(values.get("signed_by")),
        words=_text(values.get("words")),
        clause=_text(values.get("clause")),
        channel=_code(values, defaults, "channel", "document"),
        received_at=received_at,
        emergency=_yes(values, "emergency", _URGENT),
        category=_code(values, defaults, "category", "other"),
        document_id=None,
        backdating_reason=reason,
    )
    return given, hour_known


def _page(values: Mapping[str, object], defaults: Mapping[str, str], reason: str) -> tuple[PageInput, bool]:
    address = _text(values.get("address"))
    kind = _code(values, defaults, "kind", "site")
    holder_name, holder_email = _text(values.get("holder_name")), _text(values.get("holder_email"))
    holder_address = _text(values.get("holder_address"))
    if kind == "site" and (holder_name or holder_email) and not holder_address:
        holder_address = links_in(address)[0]  # whoever holds a site is found at it
    posted = values.get("posted_at")
    given = PageInput(
        address=address,
        title=" ".join(_text(values.get("title")).split()),
        kind=kind,
        posted_at=_moment("posted_at", posted) if posted is not None else None,
        holder_address=holder_address,
        holder_name=" ".join(holder_name.split()),
        holder_email=holder_email,
        language=_code(values, defaults, "language", "") if values.get("language") else "",
    )
    return given, True


def _contact(values: Mapping[str, object], _defaults: Mapping[str, str], _reason: str) -> tuple[AuthorityInput, bool]:
    given = AuthorityInput(
        name=" ".join(_text(values.get("name")).split()),
        phone=_phone(values.get("phone")),
        complaints=_text(values.get("complaints")),
    )
    return given, True


def _strike(values: Mapping[str, object], _defaults: Mapping[str, str], _reason: str) -> tuple[EarlierInput, bool]:
    when = _when(values, "decided_at", "decided_time")
    if when is None:
        raise BadInput(
            _("nobody wrote when it was decided"),
            where="decided_at",
            mend=_("write the day; violations are counted by it"),
        )
    given = EarlierInput(
        account=links_in(_text(values.get("account")))[0],
        original_number=_text(values.get("original_number")),
        decided_at=when.instant(),
        measure=_code(values, {}, "measure", ""),
        about=_text(values.get("about")),
        decided_by=" ".join(_text(values.get("decided_by")).split()),
        ground=" ".join(_text(values.get("ground")).split()),
    )
    return given, when.at is not None


def _phone(value: object) -> str:
    """A number as it is dialled. A spreadsheet that took it for an amount left its first nought out."""
    text = _text(value)
    return f"0{text}" if isinstance(value, int | float) and _WITHOUT_NOUGHT.fullmatch(text) else text


def _received(values: Mapping[str, object]) -> tuple[datetime, bool]:
    """When it was received, and whether the hour is known."""
    when = _when(values, "received_at", "received_time")
    if when is None:
        raise BadInput(
            _("nobody wrote when it was received"), where="received_at", mend=_("write the day; clocks run from it")
        )
    return when.instant(), when.at is not None


def _when(values: Mapping[str, object], day: str, hour: str) -> When | None:
    """A day with the hour that stands in its cell or in one of its own; None where there is no day."""
    if values.get(day) is None:
        return None
    try:
        when = parse_when(values[day])
    except BadInput as fault:
        raise BadInput(fault.what, where=day, mend=fault.mend) from None
    if when.at is None and values.get(hour) is not None:
        try:
            when = replace(when, at=parse_time(values[hour]))
        except BadInput as fault:
            raise BadInput(fault.what, where=hour, mend=fault.mend) from None
    return when


def _moment(where: str, value: object) -> datetime:
    try:
        return parse_when(value).instant()
    except BadInput as fault:
        raise BadInput(fault.what, where=where, mend=fault.mend) from None


def _code(values: Mapping[str, object], defaults: Mapping[str, str], name: str, otherwise: str) -> str:
    """The code that a cell's words stand for; the default where it is empty."""
    text = _text(values.get(name))
    said = fold_search(text)
    if not said:
        return defaults.get(name) or otherwise
    by_words = _by_words(name)
    if said in by_words:
        return by_words[said]
    inside = {code for word, code in by_words.items() if " " in word and f" {word} " in f" {said} "}
    if len(inside) == 1:
        return inside.pop()
    known = ", ".join(row.split(",")[0].strip() for row in _words_of(name).values())
    raise BadInput(
        _("“%(text)s” is not known here") % {"text": text[:60]},
        where=name,
        mend=_("write one of: %(known)s") % {"known": known},
    )


@functools.cache
def _by_words(name: str) -> dict[str, str]:
    """Folded words → code, for a field of codes; the codes themselves are taken too."""
    by_words = {fold_search(word): code for code, row in _words_of(name).items() for word in row.split(",")}
    return by_words | {fold_search(code): code for code in _words_of(name)}


@functools.cache
def _words_of(name: str) -> dict[str, str]:
    """Code → the words for it; for categories their titles in both languages too."""
    if name != "category":
        return {
            "via": VIA_WORDS,
            "channel": CHANNEL_WORDS,
            "kind": PAGE_KIND_WORDS,
            "language": LANGUAGE_WORDS,
            "measure": MEASURE_WORDS,
        }[name]
    words = dict(CATEGORY_WORDS)
    for language in ("vi", "en"):
        with override(language):
            for code, entry in CATEGORIES.items():
                words[code] = f"{words.get(code, code)},{str(entry.title).replace(',', ' ')}"
    return words


def _yes(values: Mapping[str, object], name: str, also: re.Pattern | None = None) -> bool:
    text = _text(values.get(name))
    said = fold_search(text)
    if said in _NO:
        return False
    if said in _YES or (also and also.search(said) and not said.startswith("khong")):
        return True
    raise BadInput(
        _("“%(text)s” is neither yes nor no") % {"text": text[:60]},
        where=name,
        mend=_("write x for yes, or leave it empty"),
    )


def _text(value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return date_vi(value.date())
    return str(value).strip()
