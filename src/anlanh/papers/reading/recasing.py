"""Names printed in capital letters, written as running text writes them."""

import re

_LOWER = frozenset(
    [
        "ban",
        "nhân",
        "dân",
        "tỉnh",
        "thành",
        "phố",
        "huyện",
        "xã",
        "phường",
        "thị",
        "trấn",
        "quận",
        "tin",
        "truyền",
        "thông",
        "và",
        "của",
        "về",
        "phòng",
        "đầu",
        "tư",
        "hoạch",
        "chính",
        "hóa",
        "hoá",
        "thao",
        "du",
        "lịch",
        "thể",
        "vụ",
        "pháp",
        "nghệ",
        "học",
        "thương",
        "giáo",
        "dục",
        "đào",
        "tạo",
        "nghiệp",
        "nông",
        "thôn",
        "môi",
        "trường",
        "tài",
        "nguyên",
        "xây",
        "dựng",
        "giao",
        "vận",
        "tải",
        "ngoại",
        "lao",
        "động",
        "binh",
        "xã",
        "hội",
        "tế",
        "an",
        "ninh",
        "mạng",
        "đạo",
        "văn",
        "trung",
        "ương",
        "kiểm",
        "tra",
        "hiểm",
        "tổng",
        "cục",
        "đoàn",
        "công",
        "nghệ",
        "chỉ",
        "huy",
        "lệnh",
        "quản",
        "lý",
        "bạc",
        "nước",
        "viện",
        "sát",
        "dân",
        "toàn",
        "chức",
        "tín",
        "chủ",
        "tịch",
        "thư",
        "uỷ",
        "ủy",
    ]
)
_PROVINCE_WORDS = ("tỉnh", "phố", "huyện", "xã", "phường", "quận", "trấn", "thị")


def recased(name: str, body: str) -> str:
    """A name as the body of the document writes it, else by the custom of official papers.

    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG" -> "Sở Thông tin và Truyền thông". A name not all in capitals stays.
    """
    name = " ".join(name.split())
    if not name.isupper():
        return name
    for match in re.finditer(re.escape(name), body, re.IGNORECASE):
        if not match[0].isupper():
            return match[0][0].upper() + match[0][1:]
    words = name.split()
    written: list[str] = []
    proper = False
    for position, word in enumerate(words):
        lower = word.lower()
        if lower == "ubnd" or lower == "hđnd":
            written.append(word)
        elif position == 0 or proper:
            written.append(word.capitalize())
        elif (
            lower in _LOWER
            and not (position == 1 and words[0] in ("SỞ", "BỘ", "CỤC", "VỤ", "ĐÀI"))
            and words[position - 1] != "VÀ"
        ):
            written.append(lower)
        else:
            written.append(word.capitalize())
        proper = proper or (lower in _PROVINCE_WORDS and position > 0)
    return " ".join(written)
