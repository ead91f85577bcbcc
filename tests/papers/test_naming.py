"""Where the names of bodies end, in the forms that papers print them."""

import pytest

from anlanh.papers.reading.bodies import subject_of
from anlanh.papers.reading.directive import read
from anlanh.papers.reading.judging import is_basis, tells_the_past


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Sở Tài chính", "lập thủ tục cấp phát kinh phí."),
        ("Sở Tài chính, Cục Thuế tỉnh", "thu nộp đầy đủ vào ngân sách."),
        ("Giám đốc Sở Y tế và Công an thành phố Hà Nội", "soát lại danh sách."),
        ("Công an tỉnh", "Điều tra các vụ việc phức tạp."),
        ("Tổ công tác", "có nhiệm vụ tiếp nhận, phân loại thông tin."),
        ("Bộ Công an, Bộ Quốc phòng", "trong phạm vi chức năng, nhiệm vụ được giao chỉ đạo lực lượng nghiệp vụ."),
        ("Phòng Kế hoạch tổng hợp", "theo dõi việc thực hiện."),
        ("Hội đồng phối hợp công tác phổ biến, giáo dục pháp luật tỉnh", "hướng dẫn các ngành."),
        ("Các doanh nghiệp viễn thông có chức năng bán hàng", "báo cáo Sở Công Thương."),
        (
            "Chánh Văn phòng UBND tỉnh, Giám đốc các Sở: Tài chính, Nội vụ; Chủ tịch UBND các huyện",
            "chịu trách nhiệm thi hành Quyết định này.",
        ),
        ("Các ông (bà): Chánh Văn phòng UBND tỉnh, Giám đốc Sở Tư pháp", "chịu trách nhiệm thi hành."),
        ("Trưởng Ban quản lý Khu kinh tế Vân Sơn; Giám đốc các sở", "căn cứ Quyết định này thi hành."),
    ],
)
def test_a_name_ends_where_what_the_body_does_begins(name: str, rest: str) -> None:
    subject = subject_of(f"{name} {rest}")
    assert subject is not None
    assert subject.name == name
    assert subject.predicate == len(name) + 1


def test_a_colon_before_what_is_to_be_done_ends_the_name() -> None:
    assert subject_of("Các sở, ban, ngành: Tăng cường kiểm tra.").name == "Các sở, ban, ngành"
    assert subject_of("Thủ trưởng các sở: rà soát danh sách.").name == "Thủ trưởng các sở"


def test_a_short_name_given_in_brackets_is_no_part_of_the_name() -> None:
    subject = subject_of("Giao các trường đại học (sau đây gọi chung là nhà trường) công khai đường dây nóng.")
    assert subject.name == "các trường đại học"


def test_what_a_paper_rests_on_is_told_from_what_it_asks() -> None:
    assert is_basis("Căn cứ Luật An ninh mạng ngày 12 tháng 6 năm 2018;")
    assert is_basis("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV.")
    assert not is_basis("Căn cứ Kế hoạch này, Ủy ban nhân dân các huyện xây dựng kế hoạch cụ thể.")
    assert tells_the_past("Thời gian qua, Bộ Công an đã phối hợp với các cơ quan triển khai nhiều giải pháp.")
    assert not tells_the_past("Thời gian qua còn nhiều vụ việc. Yêu cầu Bộ Công an điều tra, xử lý nghiêm.")


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Cục Nghệ thuật biểu diễn", "lập cơ sở dữ liệu về nghệ sĩ."),
        ("Các tổ chức cung ứng dịch vụ trung gian thanh toán", "rà soát hồ sơ mở ví điện tử."),
        ("Các ngân hàng thương mại, chi nhánh ngân hàng nước ngoài", "rà soát tài khoản."),
        ("Cơ quan Thanh tra, giám sát ngân hàng", "đưa nội dung này vào kế hoạch thanh tra."),
        ("Công ty Cổ phần Thanh toán Quốc gia Việt Nam", "xây dựng hệ thống chia sẻ thông tin."),
    ],
)
def test_words_of_a_name_that_are_verbs_elsewhere_do_not_end_it(name: str, rest: str) -> None:
    assert subject_of(f"{name} {rest}").name == name


def test_a_mark_alone_on_its_line_takes_the_next_paragraph_as_its_words() -> None:
    reading = read(
        "Chỉ thị về việc kiểm tra văn bản\nỦy ban nhân dân thành phố yêu cầu:\nV.\nTổ chức thực hiện\n1.\n"
        "Sở Tư pháp chủ trì tổng kết Chương trình.\nThời gian tổ chức hội nghị trong quý I năm 2011.\n2.\n"
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thành phố giám sát việc thực hiện văn bản.\n3.\n"
        "Giao Sở Nội vụ đôn đốc, kiểm tra việc thực hiện Chỉ thị này.\n"
    )
    assert [(task.path, task.actor) for task in reading.tasks] == [
        ("V.1", "Sở Tư pháp"),
        ("V.2", "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố"),
        ("V.3", "Sở Nội vụ"),
    ]
