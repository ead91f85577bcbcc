"""What a head and foot hold, and the signs by which their lines are known."""

import re
from dataclasses import dataclass, field
from datetime import date

NUMBER = re.compile(
    r"(?:^|(?<=\s))(?:số|s6|so)(?: hiệu| ký hiệu| hiệu văn bản| văn bản)?\s*[:.]?\s*(?P<number>[\dlO]{1,5}[a-z]?)?[ .…]*(?:/(?P<year>(?:19|"
    r""
    r"20)\d\d))?\s*[/-]\s*(?P<notation>[A-ZĐƯ][\wĐƯ&]*(?:\s?[-–.]\s?[A-ZĐƯ][\wĐƯ&().]*)*)",
    re.IGNORECASE,
)
STATE = re.compile(
    r"C[ỘO]NG\s+H(?:OÀ|ÒA|ÓA|OA)\s+X[ÃA]\s+H[ỘO]I.*?(?:VI[ỆE]T\s+NAM|$)|"
    r"Đ[ỘO]C\s+L[ẬA]P\s*[-–]\s*T[ỰU]\s+DO\s*[-–]\s*H[ẠA]NH\s+PH[ÚU]C|ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN TNCS HỒ CHÍ MINH$",
    re.IGNORECASE,
)
ABOUT = re.compile(r"^(?:v\s?/\s?v|về việc|về)\s*:?\s+", re.IGNORECASE)
ISSUER = re.compile(
    r"(?:ỦY|UỶ|Ủy|Uỷ) BAN|^UBND|^SỞ |^BỘ |^CỤC |^TỔNG CỤC|^CHÍNH PHỦ|^THỦ TƯỚNG|^VĂN PHÒNG|^THANH TRA|^CHI CỤC|^TỈNH "
    r"|^THÀNH PHỐ |^HUYỆN |^BAN (?!HÀNH)|^CÔNG AN|^ĐÀI |^VIỆN|^TRUNG TÂM|^HỘI|^LIÊN |^ĐẢNG|^QUỐC HỘI|^TÒA|^NGÂN HÀNG|"
    r"^BẢO HIỂM|^BỆNH VIỆN|^BÁO |^MẶT TRẬN|^KHO BẠC|^TRƯỜNG|^ĐẠI HỌC|^HỌC VIỆN|^TẬP ĐOÀN|^TỔNG CÔNG|^CÔNG TY|^VỤ |^PHÒNG |^XÃ |^PHƯỜNG |^THỊ ",
    re.IGNORECASE,
)


MARK = re.compile(r"(?:DỰ THẢO.*|HỎA TỐC.*|HOẢ TỐC.*|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|TUYỆT MẬT|SAO Y.*|CÔNG VĂN ĐẾN.*)")


@dataclass(slots=True)
class Header:
    """What the head and foot say; None or empty where they do not. `notes` holds what was inferred or is unsure."""

    number: str | None = None
    notation: str | None = None
    kind: str | None = None
    issuer: str | None = None
    parent_body: str | None = None
    issued_on: date | None = None
    issued_in: str | None = None
    place: str | None = None
    subject: str | None = None
    signer: str | None = None
    signed_as: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
