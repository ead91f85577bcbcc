"""The words by which official Vietnamese tells an order from a description, and a body from what it does."""

import re

_BAR = "|"

# What bodies are told to do. An item that starts with one of these (after adverbs) asks for something.
_VERBS = """
áp dụng|ban hành|bảo đảm|đảm bảo|bảo mật|bảo vệ|bảo quản|báo cáo|báo cho|bãi bỏ|biên soạn|biên tập|biểu dương|
bố trí|bổ sung|bồi dưỡng|cảnh báo|cân đối|cập nhật|cấp|chấm dứt|chấn chỉnh|chấp hành|chỉ đạo|chia sẻ|cho phép|chịu|
chú trọng|chú ý|chủ trì|chủ động|chuẩn bị|chuyển|có biện pháp|có giải pháp|có hình thức|có kế hoạch|có trách nhiệm|
có văn bản|công bố|công khai|củng cố|cung cấp|cử|dừng|duy trì|dự trù|đăng|đăng ký|đăng tải|đào tạo|đánh giá|
đẩy mạnh|đẩy nhanh|đề cao|đề nghị|đề xuất|điều chỉnh|điều tra|điều phối|định hướng|định kỳ|đóng góp|đôn đốc|đổi mới|
động viên|đưa|giám sát|giải đáp|giải quyết|gia tăng|gìn giữ|gỡ|gỡ bỏ|gửi|giao|giáo dục|giữ|giữ gìn|hoàn chỉnh|
hoàn thành|hoàn thiện|hỗ trợ|hợp tác|huy động|hướng dẫn|kê khai|kết hợp|kết nối|khai thác|khắc phục|khẩn trương|
khen thưởng|khuyến cáo|khuyến khích|kiểm duyệt|kiểm soát|kiểm tra|kiện toàn|kiến nghị|kịp thời|ký cam kết|lan tỏa|
lắp đặt|lập|lên án|liên hệ|loại bỏ|lồng ghép|lợi dụng|lưu giữ|lưu trữ|lưu ý|làm|làm việc|làm rõ|làm tốt|lấy ý kiến|
lựa chọn|minh bạch|mở|mở rộng|nâng cao|nâng cấp|nắm|nắm bắt|nắm chắc|nêu cao|nêu gương|nên|ngăn chặn|ngừng|
nghiên cứu|nghiêm cấm|nghiêm túc|nhắc nhở|nhanh chóng|nhân rộng|nộp|không|niêm yết|ổn định|phản ánh|phản bác|
phản hồi|phân công|phân loại|phân tích|phát động|phát hiện|phát hành|phát huy|phát sóng|phát triển|phát thanh|
phê duyệt|phòng chống|phòng, chống|phòng ngừa|phòng, ngừa|phối hợp|phổ biến|phục vụ|quản lý|quan tâm|quán triệt|
quảng bá|quy định|quyết liệt|rà soát|ra soát|rút kinh nghiệm|sắp xếp|siết chặt|sơ kết|sử dụng|sửa đổi|soạn thảo|
tạm dừng|tạo|tạo điều kiện|tạo lập|tăng|tăng cường|tập huấn|tập trung|tham gia|tham mưu|thanh tra|thận trọng|
thẩm định|theo dõi|thay đổi|thi hành|thiết lập|thông báo|thông tin|thống kê|thống nhất|thu hồi|thu thập|thúc đẩy|
thực hiện|thường xuyên|tích cực|tích hợp|tiếp nhận|tiếp tục|tiến hành|tiếp thu|tìm hiểu|tổ chức|tổng hợp|tổng kết|
tố giác|tôn trọng|trả lời|tránh|tranh thủ|trao đổi|triển khai|trích lập|trình|trình bày|truyền|truyền bá|
truyền thông|tuyên truyền|tuyển chọn|tuyệt đối|tuân thủ|tự|ưu tiên|ứng dụng|ứng phó|vận động|vận hành|vi phạm|viết|
xác định|xác minh|xác nhận|xây dựng|xem xét|xóa|xóa bỏ|xóa bỏ|xử lý|xử phạt|yêu cầu|lập danh sách|thực thi|
đính chính|đình chỉ|tịch thu|truy xuất|truy vết|cài đặt|gắn|chốt|khảo sát|đối thoại|giới thiệu|tư vấn|thành lập|
kích hoạt|thay thế|thanh toán|bàn giao|tiêu hủy|quyết định|chỉ định|đấu tranh|tận dụng|chủ tâm|cam kết|hạn chế|giảm|
giảm thiểu|nhận diện|phấn đấu|đạt|thu hút|xúc tiến|khôi phục|sao lưu|mã hóa|chứng thực|ký|niêm phong|chỉ|tuyển dụng|
nhập|xuất|tra cứu|in|treo|ghi|ghi nhận|ghi rõ
"""
VERBS = tuple(
    sorted({verb.strip() for verb in _VERBS.replace("\n", "").split("|") if verb.strip()}, key=len, reverse=True)
)

# Said between a body and what it does, or before what it does.
_ADVERBS = """
khẩn trương|chủ động|kịp thời|thường xuyên|nghiêm túc|tiếp tục|tích cực|đồng thời|tăng cường|định kỳ|đột xuất|
nhanh chóng|quyết liệt|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|trước mắt|tập trung|cùng với|
căn cứ|trên cơ sở|theo|khi|trường hợp|trong|nếu|nhằm|để|ngoài ra|bên cạnh đó|đặc biệt|ngay|trước|sau|chậm nhất|từ|
tùy|đối với|qua|hằng|hàng|nghiêm chỉnh|tổ chức thực hiện|thực hiện tốt|trực tiếp
"""
ADVERBS = tuple(
    sorted({word.strip() for word in _ADVERBS.replace("\n", "").split("|") if word.strip()}, key=len, reverse=True)
)


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)


STARTS_WITH_VERB = re.compile(rf"(?:{_alternatives(VERBS)})(?![^\W_])", re.IGNORECASE)
STARTS_WITH_ADVERB = re.compile(rf"(?:{_alternatives(ADVERBS)})(?![^\W_])", re.IGNORECASE)

# Verbs that are just as often parts of names and of what tells a group ("doanh nghiệp cung cấp dịch vụ", "Ban quản lý").
_IN_NAMES = frozenset(
    "thông tin|truyền thông|phát thanh|tổ chức|quản lý|kiểm tra|thanh tra|giáo dục|đào tạo|phát triển|thông báo|in|"
    "mở|giữ|bảo vệ|xây dựng|quyết định|đăng|đăng ký|cấp|"
    "chuyển|tạo|truyền|chỉ|làm|ký|ghi|đạt|quy định|cung cấp|sử dụng|phát hành|xuất|nhập|tăng|giao|kiểm duyệt|hỗ trợ|"
    "phục vụ|tự|phòng chống|phòng, chống|bảo quản|vận hành|"
    "khai thác|lưu trữ|tham gia|hợp tác|điều tra|giám sát|vi phạm|bảo mật|thống kê|nghiên cứu|bảo đảm|giải quyết|"
    "tuyên truyền|điều phối|thiết lập|định hướng|chứng thực|"
    "ứng phó|tư vấn|thẩm định|thi hành|viết|khuyến khích|cảnh báo|tổng hợp|xúc tiến|ứng dụng|chỉ đạo|phản ánh|trình|"
    "phân công|đóng góp|hướng dẫn|phân tích|đánh giá|chia sẻ|"
    "kết nối|theo dõi|quảng bá|phổ biến|quan tâm|lựa chọn|thực thi|khen thưởng|vận động|cử|nộp|phòng ngừa|lập|làm "
    "việc|quảng cáo|kinh doanh".split(_BAR)
)
# Of these, what tells a group apart when it comes right after its first word: "doanh nghiệp cung cấp dịch vụ".
MODIFIERS = frozenset(
    "quản lý|cung cấp|sử dụng|thiết lập|tham gia|phục vụ|khai thác|vận hành|phát hành|hợp tác|nghiên cứu|đăng ký|thi "
    "hành|giám sát|điều tra|kiểm tra|thanh tra|thẩm định|kinh doanh|"
    "quảng cáo|đào tạo|tư vấn|hỗ trợ|bảo vệ|phát triển|ứng dụng|tổ chức|cấp|đăng|làm|giao|chỉ đạo|thực thi|ứng phó|"
    "điều phối".split(_BAR)
)
_NOUNS = frozenset(
    "thông tin|truyền thông|phát thanh|in|giáo dục|đào tạo|quyết định|quy định|vi phạm|phòng chống|phòng, chống|tự|"
    "chỉ|xuất|nhập|bảo mật|đạt|kinh doanh|quảng cáo".split(_BAR)
)
_MODALS = (
    "có trách nhiệm|chịu trách nhiệm|trực tiếp|phải|cần|không được|không(?! gian)|được giao|theo chức năng|trên cơ "
    "sở|làm đầu mối|là cơ quan|là đơn vị|là đầu mối|hằng năm|hàng năm|"
    "hằng tháng|hàng tháng|hằng quý|hàng quý|định kỳ|căn cứ|tổ chức (?:triển khai|thực hiện|quán triệt|tuyên truyền|"
    "kiểm tra|phổ biến|rà soát|tập huấn|các|việc|sơ kết)|tổ chức, chỉ đạo|"
    "chỉ đạo(?:,| (?:các|cơ quan|triển khai|việc|thực hiện|Phòng|Đài|Ủy ban|UBND|đơn vị|lực lượng|hệ thống|Công an))|"
    "hướng dẫn(?:,| (?:các|cơ quan|việc))|theo dõi(?:,| (?:việc|và))|"
    "giám sát(?:,| việc)|kiểm tra(?:,| việc)|tuyên truyền,|tổng hợp(?:,| (?:kết quả|báo cáo))|đánh giá tình hình|"
    "quản lý chặt|xây dựng(?:,| (?:kế hoạch|và|phương án))|thông tin kịp thời|"
    "thông báo (?:cho|về|kịp)|cung cấp (?:danh|đầy|thông tin kịp)|trình (?:UBND|Ủy ban|Chủ tịch|Thủ|cấp)|giao cho|"
    "phát hiện|ngăn chặn|vận động (?:nhân|các)|tham gia (?:ý|góp)|đã|sẽ"
)
_SURE = tuple(
    sorted(
        {verb for verb in VERBS if verb not in _IN_NAMES and (" " in verb or verb in ("gửi", "nên"))},
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
    r"thời gian và địa điểm|thành phần|kinh phí|nội dung báo cáo|yêu cầu)(?![^\W_]))",
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
