"""What stands in a cell: text as a person reads it, words that stand for codes, yes and no."""

import functools
import re
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from anlanh.primitives.dates import date_vi
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search
from anlanh.work.casework.categories import CATEGORIES

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
ENTRY_KIND_WORDS = {
    "phrase": "từ khoá, cụm từ, từ ngữ, từ, câu, phrase, keyword",
    "domain": "tên miền, trang, website, trang web, máy chủ, domain, host",
}
LEVEL_WORDS = {
    "exact": "đúng chữ, nguyên văn, có dấu, exact",
    "fold": "không phân biệt dấu, bỏ dấu, không dấu, fold",
    "evasive": "viết lách, viết biến dạng, lách luật, biến thể, evasive",
}
_YES = frozenset(["x", "v", "co", "yes", "y", "true", "1", "dung"])
_NO = frozenset(["", "khong", "no", "n", "false", "0", "thuong", "binh thuong", "khong khan", "sai"])


def code_of(values: Mapping[str, object], defaults: Mapping[str, str], name: str, otherwise: str) -> str:
    """The code that a cell's words stand for; the default where it is empty."""
    text = text_of(values.get(name))
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
            "entry_kind": ENTRY_KIND_WORDS,
            "level": LEVEL_WORDS,
        }[name]
    words = dict(CATEGORY_WORDS)
    for language in ("vi", "en"):
        with override(language):
            for code, entry in CATEGORIES.items():
                words[code] = f"{words.get(code, code)},{str(entry.title).replace(',', ' ')}"
    return words


def says_yes(values: Mapping[str, object], name: str, also: re.Pattern | None = None) -> bool:
    text = text_of(values.get(name))
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


def text_of(value: object) -> str:
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
