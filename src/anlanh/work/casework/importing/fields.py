"""What can be brought in, and which columns each register has, by the words that people put over them."""

import functools
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from anlanh.primitives.folding import fold_search

PAGES = "pages"
REPORTS = "reports"
ORDERS = "orders"
CONTACTS = "contacts"
STRIKES = "strikes"
LISTS = "lists"


@dataclass(frozen=True)
class Field:
    """One column of a register.

    Args:
        name: in mappings.
        title: over the column in exports and beside its choice on pages.
        words: what people write over it, folded; the more exact first.
        needed: a row that has it in no column is refused.
        personal: who a reporter is; exported to those alone who may see reporters.
    """

    name: str
    title: str | Promise
    words: tuple[str, ...]
    needed: bool = False
    personal: bool = False

    @functools.cached_property
    def spellings(self) -> tuple[str, ...]:
        """The words, and the field's own title in both languages, as exports have it."""
        titles = []
        for language in ("vi", "en"):
            with override(language):
                titles.append(fold_search(str(self.title)))
        return tuple(dict.fromkeys([*titles, *self.words]))


@dataclass(frozen=True)
class Kind:
    """One kind of register.

    Args:
        name: one of the constants above.
        title: what people call it.
        fields: its columns, by name, in the order of exports.
    """

    name: str
    title: str | Promise
    fields: dict[str, Field]

    @property
    def of_cases(self) -> bool:
        """Whether its rows become cases, with clocks from the time of receipt."""
        return self.name in (REPORTS, ORDERS)

    @property
    def of_lone_cells(self) -> bool:
        """Whether a row with one cell is an entry, that lacks something, and no title of a section."""
        return self.name == LISTS


def _field(name: str, title: str | Promise, *words: str, needed: bool = False, personal: bool = False) -> Field:
    return Field(name, title, tuple(dict.fromkeys(fold_search(word) for word in words)), needed, personal)


def _kind(name: str, title: str | Promise, *fields: Field) -> Kind:
    return Kind(name, title, {field.name: field for field in fields})


_ADDRESS = ("đường dẫn", "link", "url", "địa chỉ trang", "đường link", "link vi phạm", "địa chỉ", "address", "liên kết")
_CATEGORY = ("loại vi phạm", "loại", "lĩnh vực", "nhóm vi phạm", "hành vi", "category", "phân loại", "lĩnh vực vi phạm")
_STATE = ("tình trạng", "trạng thái", "kết quả xử lý", "kết quả", "tình trạng xử lý", "state", "status")
_RECEIVED = (
    *("ngày tiếp nhận", "ngày nhận", "thời điểm nhận", "thời gian nhận", "ngày đến", "received at", "received"),
    *("thời gian tiếp nhận", "nhận lúc", "ngày giờ nhận", "ngày", "thời gian"),
)
_HOUR = ("giờ nhận", "giờ tiếp nhận", "giờ đến", "giờ", "lúc", "time")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind(
            REPORTS,
            _("Open reports"),
            _field(
                "original_number",
                _("Original number"),
                *("số thụ lý", "số đơn", "số hồ sơ", "mã hồ sơ", "mã phản ánh", "mã đơn", "số vào sổ", "số phản ánh"),
                *("original number", "số đến", "mã", "số"),
            ),
            _field("received_at", _("Received at"), *_RECEIVED, needed=True),
            _field("received_time", _("Hour received"), *_HOUR),
            _field("address", _("Address of the page"), *_ADDRESS, needed=True),
            _field("category", _("Category"), *_CATEGORY),
            _field(
                "text",
                _("What is wrong"),
                *("nội dung phản ánh", "nội dung đơn", "nội dung", "mô tả", "nội dung khiếu nại", "text", "tóm tắt"),
                needed=True,
            ),
            _field("via", _("Came by"), "hình thức tiếp nhận", "kênh tiếp nhận", "kênh", "hình thức", "via", "nguồn"),
            _field("concerns_child", _("Concerns a child"), "liên quan trẻ em", "trẻ em", "concerns child"),
            _field(
                "reporter_name",
                _("Reporter"),
                *("người phản ánh", "người gửi", "họ và tên", "họ tên", "người khiếu nại", "reporter", "người nộp đơn"),
                personal=True,
            ),
            _field(
                "reporter_email", _("Reporter's e-mail"), "email", "thư điện tử", "e-mail", "hộp thư", personal=True
            ),
            _field("state", _("State"), *_STATE),
        ),
        _kind(
            ORDERS,
            _("Orders of authorities"),
            _field("original_number", _("Original number"), "số đến", "số vào sổ", "original number", "số thứ tự sổ"),
            _field("received_at", _("Received at"), *_RECEIVED, needed=True),
            _field("received_time", _("Hour received"), *_HOUR),
            _field(
                "office",
                _("Authority"),
                *("cơ quan ban hành", "cơ quan yêu cầu", "cơ quan", "đơn vị yêu cầu", "đơn vị", "nơi gửi", "office"),
                *("cơ quan gửi", "authority"),
                needed=True,
            ),
            _field(
                "number",
                _("Number and notation"),
                *("số ký hiệu", "số, ký hiệu", "số văn bản", "văn bản số", "số công văn", "số kí hiệu", "number"),
                *("số hiệu", "văn bản số ký hiệu", "số"),
            ),
            _field("signed_by", _("Signed by"), "người ký", "người kí", "văn bản người ký", "signed by"),
            _field(
                "words",
                _("Exact words of the order"),
                *("nội dung yêu cầu", "yêu cầu", "trích yếu", "trích yếu nội dung", "nội dung", "words"),
                needed=True,
            ),
            _field(
                "clause",
                _("Clause that the order names"),
                *("căn cứ", "căn cứ pháp lý", "điều khoản", "căn cứ pháp luật", "clause"),
                needed=True,
            ),
            _field("address", _("Address of the page"), *_ADDRESS, needed=True),
            _field("category", _("Category"), *_CATEGORY),
            _field("channel", _("Came by"), "hình thức gửi", "hình thức", "phương thức", "kênh", "channel"),
            _field("emergency", _("Emergency"), "độ khẩn", "khẩn", "mức độ khẩn", "khẩn cấp", "emergency"),
            _field("state", _("State"), *_STATE),
        ),
        _kind(
            PAGES,
            _("Register of pages"),
            _field(
                "address",
                _("Address of the page"),
                *("tên miền", "địa chỉ website", "website", "trang web", "tên miền chính"),
                *_ADDRESS,
                needed=True,
            ),
            _field("title", _("Title"), "tên trang", "tên website", "tiêu đề", "tên trang thông tin", "title", "tên"),
            _field("kind", _("Kind of page"), "loại trang", "loại", "loại hình", "kind"),
            _field(
                "posted_at", _("Posted at"), "thời điểm đăng", "ngày đăng", "đăng lúc", "posted at", "ngày hoạt động"
            ),
            _field(
                "holder_name",
                _("Holder"),
                *("chủ sở hữu", "chủ quản", "cơ quan chủ quản", "tổ chức", "đơn vị chủ quản", "tên tài khoản"),
                *("chủ tài khoản", "chủ thể", "đơn vị", "tổ chức cá nhân", "holder name", "holder"),
            ),
            _field("holder_address", _("Holder's address"), "địa chỉ tài khoản", "trang cá nhân", "holder address"),
            _field("holder_email", _("Holder's e-mail"), "email", "thư điện tử", "email liên hệ", "holder email"),
            _field("language", _("Language of letters"), "ngôn ngữ", "language"),
        ),
        _kind(
            CONTACTS,
            _("Directory of authorities"),
            _field(
                "name",
                _("Authority"),
                *("tên cơ quan", "cơ quan", "tên đơn vị", "đơn vị", "tên cơ quan đơn vị", "cơ quan đơn vị", "nơi gửi"),
                *("authority", "office"),
                needed=True,
            ),
            _field(
                "phone",
                _("Number to call back"),
                *("số điện thoại", "điện thoại", "điện thoại trực", "đường dây nóng", "số máy", "sđt", "đt", "số trực"),
                *("telephone", "phone"),
                needed=True,
            ),
            _field(
                "complaints",
                _("Where to complain"),
                *("nơi khiếu nại", "nơi nhận khiếu nại", "tiếp công dân", "địa chỉ khiếu nại", "complaints"),
                *("địa chỉ", "email", "thư điện tử"),
            ),
        ),
        _kind(
            STRIKES,
            _("Earlier violations decided elsewhere"),
            _field(
                "account",
                _("Account"),
                *("địa chỉ tài khoản", "tài khoản vi phạm", "link tài khoản", "trang cá nhân", "tài khoản", "kênh"),
                *("account", "profile"),
                needed=True,
            ),
            _field(
                "original_number",
                _("Original number"),
                *("số quyết định", "số, ký hiệu", "số ký hiệu", "số hồ sơ", "mã vi phạm", "số biên bản", "mã", "số"),
                needed=True,
            ),
            _field(
                "decided_at",
                _("Decided at"),
                *("ngày quyết định", "thời điểm quyết định", "ngày xử lý", "ngày ra quyết định", "ngày vi phạm"),
                *("ngày ban hành", "ngày", "thời gian", "decided at"),
                needed=True,
            ),
            _field("decided_time", _("Hour decided"), "giờ quyết định", "giờ xử lý", "giờ"),
            _field(
                "measure",
                _("Measure"),
                *("biện pháp", "hình thức xử lý", "biện pháp xử lý", "xử lý", "hình thức", "measure"),
                needed=True,
            ),
            _field("about", _("Address of the page"), "bài vi phạm", "link bài", "nội dung vi phạm", *_ADDRESS),
            _field(
                "decided_by",
                _("Decided by"),
                *("cơ quan quyết định", "nơi quyết định", "người quyết định", "hệ thống cũ", "cơ quan", "đơn vị"),
            ),
            _field("ground", _("Ground"), "căn cứ", "lý do", "điều khoản", "hành vi", "ground"),
            _field("reversed", _("Reversed"), "hiệu lực", "tình trạng", "trạng thái", "ghi chú", "reversed", "state"),
        ),
        _kind(
            LISTS,
            _("Lists of screening"),
            _field("original_number", _("Original number"), "mã mục", "mã", "số thứ tự sổ", "id"),
            _field(
                "value",
                _("Phrase or site"),
                *("từ khoá hoặc tên miền", "cụm từ", "từ khoá", "từ khóa", "từ ngữ", "tên miền", "website"),
                *("mục", "giá trị", "nội dung", "trang web", "phrase", "keyword", "domain", "value", "entry"),
                needed=True,
            ),
            _field("entry_kind", _("Kind of entry"), "loại mục", "loại", "kind", "type"),
            _field("level", _("How exactly"), "mức so khớp", "cách so", "mức", "level"),
            _field("ground", _("Ground"), "căn cứ", "căn cứ pháp lý", "điều khoản", "ground", "clause", needed=True),
        ),
    )
}
