"""Names printed in capital letters, written as running text writes them."""

import re

_SECTORED = ("SỞ", "BỘ")  # each of whose sectors begins with a capital letter: "Sở Văn hóa, Thể thao và Du lịch"
_BODIES = ("ỦY", "UỶ", "HỘI", "SỞ", "BỘ", "CỤC")
_KEPT = ("UBND", "HĐND", "MTTQ", "VNPT")
_PROVINCE_WORDS = ("tỉnh", "phố", "huyện", "xã", "phường", "quận", "trấn", "thị", "ủy", "đoàn")


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
        before = words[position - 1] if position else ""
        first_of_sector = words[0] in _SECTORED and (before == "VÀ" or before.endswith(","))
        second = (
            position == 1
            and words[0] in (*_SECTORED, "CỤC", "VỤ", "ĐÀI", "BAN", "CÔNG", "TRUNG", "PHÒNG", "HỘI")
            and word != "AN"
        )
        new_body = word in _BODIES and position > 0 and words[position + 1 : position + 2] not in ([], ["VÀ"])
        if word in _KEPT:
            written.append(word)
        elif position == 0 or proper or first_of_sector or second or new_body:
            written.append(word.capitalize())
        else:
            written.append(word.lower())
        proper = proper or (word.lower() in _PROVINCE_WORDS and position > 0)
    return " ".join(written)
