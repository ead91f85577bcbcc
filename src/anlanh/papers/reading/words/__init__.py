"""The words by which official Vietnamese tells an order from a description, and a body from what it does."""

import re
from importlib.resources import files


def entries(name: str) -> tuple[str, ...]:
    """The entries of a list beside this file, longest first, so that none hides one that it begins."""
    text = files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    found = {entry.strip() for line in lines for entry in line.split(" | ")}
    return tuple(sorted(found - {""}, key=lambda entry: (-len(entry), entry)))


def _with_both_spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    """Tone marks are set in two ways: "xóa" and "xoá", "ủy" and "uỷ"."""
    both = set(words)
    for newer, older in _SPELLINGS:
        both |= {re.sub(rf"{newer}(?![^\W\d_])", older, word) for word in words}
    return tuple(sorted(both, key=lambda word: (-len(word), word)))


_SPELLINGS = tuple(
    zip(
        ["óa", "òa", "ỏa", "õa", "ọa", "óe", "òe", "ỏe", "úy", "ùy", "ủy", "ũy", "ụy"],
        ["oá", "oà", "oả", "oã", "oạ", "oé", "oè", "oẻ", "uý", "uỳ", "uỷ", "uỹ", "uỵ"],
        strict=True,
    )
)
VERBS = _with_both_spellings(entries("verbs"))
ADVERBS = entries("adverbs")
MODIFIERS = frozenset(entries("modifiers"))
_IN_NAMES = frozenset(entries("verbs_in_names"))
_NOUNS = frozenset(entries("nouns"))


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)


STARTS_WITH_VERB = re.compile(rf"(?:{_alternatives(VERBS)})(?![^\W_])", re.IGNORECASE)
STARTS_WITH_ADVERB = re.compile(rf"(?:{_alternatives(ADVERBS)})(?![^\W_])", re.IGNORECASE)

_MODALS = (
    "có trách nhiệm|chịu trách nhiệm|trực tiếp|phải|cần|không được|không(?! gian)|được giao|theo chức năng|trên cơ "
    "sở|làm đầu mối|là cơ quan|là đơn vị|là đầu mối|hằng năm|hàng năm|"
    "hằng tháng|hàng tháng|hằng quý|hàng quý|định kỳ|căn cứ|tổ chức (?:triển khai|thực hiện|quán triệt|tuyên truyền|"
    "kiểm tra|phổ biến|rà soát|tập huấn|các|việc|sơ kết)|tổ chức, chỉ đạo|"
    "chỉ đạo(?:,| (?:các|cơ quan|triển khai|việc|thực hiện|Phòng|Đài|Ủy ban|UBND|đơn vị|lực lượng|hệ thống|Công an))|"
    "hướng dẫn(?:,| (?:các|cơ quan|việc))|theo dõi(?:,| (?:việc|và))|"
    "giám sát(?:,| việc)|kiểm tra(?:,| việc)|tuyên truyền,|tổng hợp(?:,| (?:kết quả|báo cáo))|đánh giá tình hình|"
    "quản lý chặt|xây dựng(?:,| (?:kế hoạch|và|phương án))|thông tin kịp thời|"
    "thông báo (?:cho|về|kịp)|cung cấp (?:danh|đầy|thông tin kịp)|trình (?:UBND|Ủy ban|Chủ tịch|Thủ|cấp|Chính phủ|Quốc hội|Hội đồng|HĐND|Bộ|Ban|lãnh đạo)|giao cho|"
    "phát hiện|ngăn chặn|vận động (?:nhân|các)|tham gia (?:ý|góp)|đã|sẽ|sớm|không ngừng|(?<!công )(?<!độc )(?<!thành )(?<!thiết )(?<!xác )lập (?:hồ sơ|danh sách|kế hoạch|dự toán|biên bản|đề án|cơ sở dữ|dự án|quy hoạch|thủ tục|báo cáo|tổ|đoàn)|tự (?:rà soát|kiểm tra|đánh giá|chịu|giác|xây dựng|tổ "
    "chức|bố trí|khắc phục)|[^\\W\\d_]+ ngay(?! (?:cả|tại|trên|từ))|theo (?:lĩnh vực|chức năng|thẩm quyền|nhiệm vụ|phân công|"
    "phân cấp|sự chỉ đạo)|nắm|chặn|gỡ|nộp|treo|nhắn|mở (?:chuyên|lớp|rộng|đợt)|lãnh đạo(?:,| (?:đấu|thực|các|việc|công|tổ|cơ|"
    "triển))|trực (?:24|giám|tiếp nhận|hỗ)|cung cấp (?:số|hồ sơ|tài liệu|cho |đầu mối|thông tin(?! (?:trên|mạng|điện|truyền|báo)))|hướng dẫn cụ thể|quyết định (?:việc|các|phê)"
)
_SURE = tuple(
    sorted(
        {
            verb
            for verb in VERBS
            if verb not in _IN_NAMES and (" " in verb or verb in ("gửi", "nên", "dán", "cử", "đưa", "rút", "mời"))
        },
        key=len,
        reverse=True,
    )
)
_DOUBTFUL = tuple(sorted(_IN_NAMES - _NOUNS, key=len, reverse=True))

SURE_PREDICATE = re.compile(rf"(?<![^\W_])(?:{_MODALS}|{_alternatives(_SURE)})(?![^\W_])")
DOUBTFUL_PREDICATE = re.compile(rf"(?<![^\W_])(?:{_alternatives(_DOUBTFUL)})(?![^\W_])")

# An item or paragraph that lists what something consists of asks for nothing by its parts.
LISTING_LEAD = re.compile(
    r"(?:bao gồm|gồm|gồm có|gồm các (?:nội dung|phần|mục)|như(?=\s*:)|cụ thể gồm|các nội dung(?: chính)?|nội dung "
    r"báo cáo|hồ sơ|thành phần|địa chỉ[^:]{0,60}|nơi nhận|"
    r"các trường hợp|các loại|tiêu chí|thành viên|các thông tin|các chỉ tiêu|những nội dung)(?: sau| sau đây| như "
    r"sau| chính| chủ yếu)*\s*:?$",
    re.IGNORECASE,
)

# Sections that describe, define or wish; nothing in them is laid on anyone.
DESCRIPTIVE_HEADING = re.compile(
    r"(?:(?:đánh giá )?(?:chung|tình hình|thực trạng|bối cảnh|kết quả|tồn tại|hạn chế|nguyên nhân|ưu điểm|khuyết "
    r"điểm|mục đích|mục tiêu|quan điểm|sự cần thiết|căn cứ|cơ sở pháp lý|"
    r"phạm vi điều chỉnh|phạm vi|đối tượng|giải thích từ ngữ|nguyên tắc|khái niệm|định nghĩa|dự báo|số liệu|thuận "
    r"lợi|khó khăn|ý nghĩa|chỉ tiêu|thời gian, địa điểm|"
    r"thời gian và địa điểm|thời gian(?: (?:thực hiện|triển khai|tiến hành))?\s*[:.]?\s*$|thành phần|kinh phí|nội dung báo cáo|yêu cầu)(?![^\W_]))",
    re.IGNORECASE,
)
EFFECT = re.compile(
    r"(?:có hiệu lực (?:thi hành )?(?:kể )?(?:từ|sau|thi hành)|hết hiệu lực|được hiểu (?:như sau|là)|trong (?:Thông "
    r"tư|Nghị định|Quy chế|Quy định|Luật) này,? các từ ngữ)",
    re.IGNORECASE,
)
APPROVES = re.compile(
    r"(?:ban hành kèm theo (?:Quyết định|Thông tư|Nghị định|Nghị quyết)|phê duyệt (?:kèm theo|kế hoạch|đề án|chương "
    r"trình|danh|dự|điều)|thành lập (?:Ban|Tổ|Hội|Đoàn)|"
    r"quyết định này (?:có hiệu|thay thế)|sửa đổi, bổ sung (?:một số|khoản|điều|điểm))",
    re.IGNORECASE,
)


def asks_for_something(text: str) -> bool:
    """Whether a piece of an item starts, perhaps after adverbs, with what somebody is to do."""
    return bool(STARTS_WITH_VERB.match(text) or STARTS_WITH_ADVERB.match(text))


DEFINES = re.compile(r"(?:giải thích từ ngữ|phạm vi điều chỉnh|đối tượng áp dụng)", re.IGNORECASE)
