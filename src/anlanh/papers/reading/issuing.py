"""Who issued a paper and of what kind it is: printed in its head, or told by other parts where the head is torn off."""

import re

from anlanh.papers.reading.head_fields import ABOUT, ISSUER, MARK, NUMBER, STATE, Header
from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.recasing import recased
from anlanh.papers.reading.zones import KINDS, title_of

_PROPER = r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:(?: [–-] | )[A-ZĐÀ-Ỹ][^\W\d_]*){0,4}"
_STATE_PARTS = re.compile(r"[-–_=*. ]*")
_NOTATION_KINDS = {"CT": "chỉ thị", "QĐ": "quyết định", "KH": "kế hoạch", "TB": "thông báo", "BC": "báo cáo", "TTr": "tờ trình", "CĐ": "công điện", "HD": "hướng dẫn", "NĐ": "nghị định", "NQ": "nghị quyết", "TT": "thông tư", "TTLT": "thông tư liên tịch", "CTr": "chương trình", "BB": "biên bản", "KL": "kết luận"}  # fmt: skip


def read_issuer(header: Header, head: list[Mapped], paragraphs: list[Paragraph]) -> None:
    """The capital letters in the top left: the office above first, the issuing office last."""
    state = next((position for position, line in enumerate(head) if STATE.search(line.text)), None)
    number = next((position for position, line in enumerate(head) if NUMBER.search(line.text)), None)
    if state is None and number is None:
        return
    limit = max(position for position in (state, number) if position is not None)
    offices: list[str] = []
    for line in head[max(0, (state if state is not None else limit) - 4) : limit + 1]:
        text = line.text.strip(" *_-—|")
        if STATE.search(text) or NUMBER.search(text) or not text or not text.isupper() or _STATE_PARTS.fullmatch(text):
            continue
        if MARK.fullmatch(text):
            continue
        if ISSUER.match(text) or not offices:
            if not ISSUER.match(text):
                continue
            if (
                offices
                and re.match(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|THỊ|QUẬN|XÃ|PHƯỜNG)\s", text)
                and not re.search(r"TỈNH|THÀNH PHỐ", offices[-1])
            ):
                offices[-1] += " " + text
            else:
                offices.append(text)
        elif len(offices[-1]) < 60 and not title_of(text):
            offices[-1] += " " + text
    if not offices:
        return
    body = "\n".join(paragraph.text for paragraph in paragraphs)
    if len(offices) > 1 and offices[-1] in ("VĂN PHÒNG", "THANH TRA", "CƠ QUAN THƯỜNG TRỰC"):
        offices[-1] += " " + offices[-2]
    header.issuer = recased(offices[-1], body)
    header.parent_body = recased(offices[-2], body) if len(offices) > 1 else None
    if re.fullmatch(r"(?:[ỦU][yỷ] ban nhân dân|UBND)", header.issuer):
        named = re.search(rf"(?:[ỦU][yỷ] ban nhân dân|UBND|Ủy ban|địa bàn) ((?:tỉnh|thành phố) {_PROPER})", body)
        if named:
            header.issuer = f"{header.issuer} {named[1]}"
            header.notes.append("province of the issuer told by the text")


def infer(header: Header, paragraphs: list[Paragraph]) -> None:
    """What a torn-off head leaves to be told by other parts; each inference is noted."""
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    if header.kind is None and header.notation:
        letters = re.split(r"[-.]", header.notation)[0]
        header.kind = _NOTATION_KINDS.get(letters, "công văn" if header.addressees or "-" in header.notation else None)
    if header.kind is None and header.addressees:
        header.kind = "công văn"
    if header.kind is None:
        own = re.search(rf"\b({'|'.join(kind.capitalize() for kind in KINDS)}) này\b", whole)
        if own:
            header.kind = own[1].lower()
            header.notes.append("kind told by what the text calls itself")
    if header.issuer is None:
        _infer_issuer(header, whole)
    if header.subject is None:
        _infer_subject(header, paragraphs)


def _infer_issuer(header: Header, whole: str) -> None:
    attached = re.search(r"[Kk]èm theo (?:Quyết định|Thông tư|Nghị quyết)[^()]{5,80}? của ([^()]{3,90})\)", whole)
    if attached:
        header.issuer = attached[1].split("\n")[0].strip(" .")
        header.notes.append("issuer told by the paper that this one is attached to")
        return
    asks = re.search(
        r"((?:Bộ trưởng |Chủ tịch |Thủ tướng |Giám đốc )?(?:UBND|[ỦU][yỷ] ban nhân dân|Ủy ban|Bộ|Sở|Chính phủ|"
        r"Cục)(?: (?:[A-ZĐÀ-Ỹ][\w]*|tỉnh|thành phố|và|nhân|dân|thông|tin|nhân dân|hóa|thể|thao|lịch|nghệ|vụ|tư|dục|"
        r"tạo|pháp|chính|thương|thôn|trường|vận|tải|dựng|an|phòng|ninh|mạng|huyện|xã|phường)){0,10}) "
        r"(?:trân trọng )?(?:yêu cầu|đề nghị|chỉ thị|giao)\b",
        whole,
    )
    if asks:
        # A head prints the body, not the office of who speaks for it; of the Prime Minister the office is the body.
        header.issuer = re.sub(r"^(?:Bộ trưởng|Chủ tịch|Giám đốc) (?=\S)", "", asks[1])
        province = re.search(
            r"(?:trên địa bàn |UBND |Ủy ban nhân dân |NHÂN DÂN )tỉnh ([A-ZĐÀ-Ỹ][\w]*(?: [A-ZĐÀ-Ỹ][\w]*){0,3})",
            whole,
            re.IGNORECASE,
        )
        if header.issuer.endswith(("tỉnh", "thành phố")) and province:
            name = re.match(r"(?:[A-ZĐÀ-Ỹ]\w*\s?){1,3}", province[1])
            header.issuer += " " + (name[0].strip().title() if name else "")
        header.notes.append("issuer told by who asks in the text")
        return
    basis = re.search(
        r"chức năng,? nhiệm vụ[^.;]{0,60}? của (Bộ [^.;,]{3,60}?|[ỦU][yỷ] ban [^.;,]{3,40}?|Sở "
        r"[^.;,]{3,40}?)\s*(?:[.;,]|$)",
        whole,
    )
    if basis:
        header.issuer = basis[1].strip()
        header.notes.append("issuer told by the office whose powers the text rests on")


def _infer_subject(header: Header, paragraphs: list[Paragraph]) -> None:
    """A paper flattened onto one line: the words between its kind and its first basis."""
    first = paragraphs[0].text if paragraphs else ""
    match = re.match(
        rf"({'|'.join(KINDS)})\s+(.{{10,500}}?)(?=\s*(?:Căn cứ|Thực hiện|Trong (?:những )?(?:thời gian|năm)|Thời gian|Những năm|Qua |Ngày \d|Để |Nhằm |Hiện nay|Theo |Vừa qua|Kính gửi|\d\. |$))",
        first,
        re.IGNORECASE,
    )
    if match:
        header.kind = header.kind or match[1].lower()
        header.subject = ABOUT.sub("", match[2], count=1).strip(" .;")
