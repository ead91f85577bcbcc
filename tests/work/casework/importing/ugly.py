"""Registers as offices keep them, made here: merged headers, old letters, mixed dates, rows that occur twice."""

import io
import unicodedata
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font

from anlanh.work.casework.importing import old_letters

TONES = "\u0300\u0301\u0303\u0309\u0323"


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def orders_register() -> bytes:
    """A department's register of orders in a TCVN3 font.

    Title lines, a header of two rows with merged cells, numbers of columns, a section line, an order over two rows of
    links, a settled one, a day that does not exist, a total, a signature.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = old_letters.to_tcvn3("Sổ theo dõi")
    rows: list[list[object]] = [
        ["SỞ THÔNG TIN", None, None, None, None, None, None, None, None, None],
        ["SỔ THEO DÕI VĂN BẢN YÊU CẦU GỠ BỎ NỘI DUNG VI PHẠM"],
        [],
        ["TT", "Ngày, giờ nhận", None, "Văn bản", None, None, "Trích yếu", "Căn cứ", "Đường dẫn", "Tình trạng"],
        [None, "Ngày nhận", "Giờ nhận", "Cơ quan ban hành", "Số, ký hiệu", "Người ký", None, None, None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
        ["I. Văn bản của Sở"],
        [
            *(1, "19/11/2026", "9h30", "Sở Văn hoá và Thể thao", "112/SVHTT-TTr", "Trần Thị Bưởi"),
            *("Đề nghị gỡ bỏ bài viết sai sự thật", "khoản 4 Điều 35 Nghị định 147", "https://mang.example/bai/1"),
            "Đang xử lý",
        ],
        [None, None, None, None, None, None, None, None, "https://mang.example/bai/2", None],
        [
            *(2, "ngày 20 tháng 11 năm 2026", None, "Công an thành phố", "87/CATP", "Lê Văn Hưởng"),
            *("Yêu cầu ngăn chặn trang lừa đảo", "khoản 4 Điều 35", "https://mang.example/bai/3", "Chưa xử lý"),
        ],
        [
            *(3, "02/11/2026", "14h", "Sở Y tế", "9/SYT", "Phạm Quý Mão"),
            *("Đề nghị gỡ quảng cáo thuốc", "khoản 4 Điều 35", "https://mang.example/bai/4", "Đã xử lý"),
        ],
        [
            *(4, "32/11/2026", None, "Sở Y tế", "10/SYT", "Phạm Quý Mão"),
            *("Đề nghị gỡ quảng cáo thuốc giả", "khoản 4 Điều 35", "https://mang.example/bai/5", None),
        ],
        ["Tổng cộng: 4 văn bản", None, None, None, 4],
        [None, None, None, None, None, None, "Người lập sổ"],
    ]
    for row in rows:
        sheet.append([old_letters.to_tcvn3(cell) if isinstance(cell, str) else cell for cell in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.font = Font(name=".VnTime")
    for merged in ("A2:J2", "A4:A5", "B4:C4", "D4:F4", "G4:G5", "H4:H5", "I4:I5", "J4:J5", "A7:J7"):
        sheet.merge_cells(merged)
    for column in "ABCDEFGHJ":  # one order, two links
        sheet.merge_cells(f"{column}8:{column}9")
    return saved(book)


def complaints() -> bytes:
    """Open complaints in a spreadsheet that many people typed into: every kind of date, rows that occur twice."""
    book = Workbook()
    book.active.title = "Ghi chú"
    book.active.append(["Sổ của tổ trực, không gửi ra ngoài"])
    sheet = book.create_sheet("Đơn tháng 11")
    header = ["Mã đơn", "Ngày nhận", "Họ và tên", "Email", "Link", "Lĩnh vực", "Nội dung", "Kênh tiếp nhận", "Trẻ em"]
    twice = ["D-01", datetime(2026, 11, 20, 8, 15), "Nguyễn Văn Ổi", "oi@thu.example", "mang.example/a"]  # noqa: DTZ001
    twice += ["Lừa đảo", "Lừa tiền cọc.", "Email", None]
    rows: list[list[object]] = [
        ["DANH SÁCH ĐƠN CHƯA GIẢI QUYẾT"],
        header,
        twice,
        ["D-02", "21-11-26 9h30", "Lê Thị Na", None, "mang.example/b", "tin giả", "Bịa dịch bệnh.", "zalo", ""],
        ["D-03", 46347, None, None, "hxxps://mang[.]example/c", None, "Ảnh riêng của tôi.", "Trực tiếp", "có"],
        twice,
        [
            "D-04",
            "9 giờ ngày 1/6/2026",
            "Vũ Mít",
            None,
            "https://mang.example/a",
            "Lừa đảo",
            "Tôi cũng bị.",
            None,
            None,
        ],
        [],
        ["D-05", "tuần trước", "Bùi Chanh", None, "https://mang.example/d", "Lừa đảo", "Mất tiền.", None, None],
        ["D-06", "11/25/2026", "Bùi Chanh", None, "https://mang.example/d", "Lừa đảo", "Mất tiền.", None, None],
        ["D-07", "20/11/2026", "Bùi Chanh", None, "https://mang.example/d", "phong thủy", "Mất tiền.", None, None],
        ["D-08", "20/11/2026", "Bùi Chanh", None, None, "Lừa đảo", "Mất tiền.", None, None],
        ["Tổng cộng", 8],
    ]
    for row in rows:
        sheet.append(row)
    sheet["B5"].number_format = "General"
    sheet.merge_cells("A1:I1")
    return saved(book)


def hotline() -> bytes:
    """A hot line's book: a header over two rows, a hidden column of old dates named alike, blank rows, a sum."""
    book = Workbook()
    sheet = book.active
    rows: list[list[object]] = [
        ["TRUNG TÂM TIẾP NHẬN PHẢN ÁNH"],
        ["SỔ TIẾP NHẬN THÁNG 2 VÀ THÁNG 3 NĂM 2026"],
        ["TT", "Số hồ sơ", "Tiếp nhận", None, "Đường dẫn", "Lĩnh vực", "Nội dung", "Người gửi", "Ngày nhận"],
        [None, None, "Ngày nhận", "Kênh", None, None, None, None, None],
        [
            "1",
            "0012",
            "15/3/26 lúc 9h30",
            "Điện thoại",
            "mang.example/x1",
            "Lừa đảo",
            "Lừa tiền cọc.",
            "Lê Na",
            "1/1/2020",
        ],
        [None] * 9,
        [
            "2",
            "0013",
            "ngày 5 tháng 2 năm 2026",
            "Zalo",
            "mang.example/x2",
            "Tin giả",
            "Bịa dịch.",
            "Vũ Mít",
            "1/1/2020",
        ],
        ["3", "0014", "46096.5", "Trực tiếp", "mang.example/x3", None, "Ảnh của tôi.", None, "1/1/2020"],
        [],
        ["Tổng số: 3", None, None, None, 3, None, None, None, None],
    ]
    for row in rows:
        sheet.append(row)
    for merged in ("A1:I1", "A2:I2", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "G3:G4", "H3:H4", "I3:I4"):
        sheet.merge_cells(merged)
    sheet.column_dimensions["I"].hidden = True
    return saved(book)


def department_orders() -> bytes:
    """A department's orders in a TCVN3 font, amounts and days stored as text, a sum of a column, a hidden remark."""
    book = Workbook()
    sheet = book.active
    rows: list[list[object]] = [
        ["UỶ BAN NHÂN DÂN TỈNH"],
        [],
        ["STT", "Văn bản đến", None, None, "Cơ quan ban hành", "Trích yếu", "Căn cứ", "Đường dẫn", "Ghi chú nội bộ"],
        [None, "Số đến", "Ngày nhận", "Số, ký hiệu", None, None, None, None, None],
        *(
            [
                str(n),
                f"00{n}",
                day,
                f"{n}/SVH",
                "Sở Văn hoá",
                "Đề nghị gỡ bài sai sự thật",
                "khoản 4 Điều 35",
                link,
                "mật khẩu cũ",
            ]
            for n, day, link in (
                (7, "15/3/26 lúc 9h30", "https://mang.example/y7"),
                (8, "ngày 5 tháng 2 năm 2026", "https://mang.example/y8\nhttps://mang.example/y9"),
            )
        ),
        [None, None, None, None, None, None, None, None, None],
        ["Cộng", None, None, "2", None, None, None, "3", None],
    ]
    for row in rows:
        sheet.append([old_letters.to_tcvn3(cell) if isinstance(cell, str) else cell for cell in row])
    for merged in ("A1:I1", "A3:A4", "B3:D3", "E3:E4", "F3:F4", "G3:G4", "H3:H4", "I3:I4"):
        sheet.merge_cells(merged)
    sheet.column_dimensions["I"].hidden = True
    return saved(book)


def inherited() -> bytes:
    """Complaints taken over from another office: a cover sheet, titles, groups, days as days and as text."""
    book = Workbook()
    book.active.title = "Bìa"
    book.active.append(["Sổ bàn giao", "2026"])
    sheet = book.create_sheet("Đơn tồn")
    rows: list[list[object]] = [
        ["SỔ ĐƠN TỒN", None, None, None, None],
        ["(Kèm theo biên bản bàn giao)"],
        ["Mã đơn", "Thời gian", None, "Thông tin vi phạm", None],
        ["Mã đơn", "Ngày tiếp nhận", "Giờ tiếp nhận", "Link vi phạm", "Nội dung đơn"],
        ["A. Đơn của công dân"],
        ["00451", "15/3/26", "9h30", "hxxps://mang[.]example/z1", "Vu khống tôi."],
        [],
        ["B. Đơn của tổ chức"],
        [452, datetime(2026, 2, 5, 14, 0), None, "https://mang.example/z2", "Giả mạo công ty."],  # noqa: DTZ001
        ["Tổng cộng", None, None, 2, None],
    ]
    for row in rows:
        sheet.append(row)
    for merged in ("A1:E1", "A3:A4", "B3:C3", "D3:E3", "A5:E5", "A8:E8"):
        sheet.merge_cells(merged)
    return saved(book)


SITES = [
    ["STT", "Tên trang", "Tên miền", "Loại hình", "Đơn vị chủ quản", "Email liên hệ"],
    [
        "1",
        "Báo điện tử; ấn bản trưa",
        "tin-tinh.example",
        "Trang thông tin điện tử",
        "Sở Thông tin",
        "so@tinh.example",
    ],
    ["2", "Diễn đàn người yêu cây cảnh", "caycanh.example", "Mạng xã hội", "Công ty Vườn Ươm", "ban@caycanh.example"],
    ["3", "Chợ quê trực tuyến", "choque.example", "website", "Hộ kinh doanh Nguyễn Thị Đậu", ""],
    ["4", "Trang hỏng", "khong phai dia chi", "website", "", ""],
]


def sites(letters: str) -> bytes:
    """A CSV of sites with semicolons, in windows-1258, VNI or TCVN3."""
    lines = [";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in SITES]
    text = "\r\n".join(["DANH SÁCH TRANG THÔNG TIN ĐIỆN TỬ", *lines, ""])
    if letters == "windows-1258":
        return in_windows_1258(text)
    written = old_letters.to_vni(text) if letters == old_letters.VNI else old_letters.to_tcvn3(text)
    return written.encode("latin-1")


def in_windows_1258(text: str) -> bytes:
    """Letters whole, tones after them, as that code page has it."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in apart if mark in TONES)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES))
        out.append(letter + tones)
    return "".join(out).encode("cp1258")
