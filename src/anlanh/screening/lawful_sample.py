"""Lawful criticism, satire and news quotation, against which lists are tried before they count.

All sentences are made up for this purpose; no person, place or event in them is real. They speak of what lists tend to
hit by mistake: complaints about public bodies, warnings that name the fraud they warn of, jokes, and quotations.
"""

CRITICISM = (
    "Phường tôi làm căn cước mà hẹn ba lần chưa xong, cán bộ tiếp dân thì trả lời nhát gừng, mong lãnh đạo xem lại.",
    "Đường trước chợ mới sửa hai tháng đã nứt, tiền thuế của dân đi đâu mà chất lượng thế này?",
    "Tôi không đồng ý với quyết định tăng học phí của tỉnh và đã gửi đơn khiếu nại theo đúng luật.",
    "Dự thảo nghị định này còn nhiều điểm chưa rõ, đề nghị ban soạn thảo lấy thêm ý kiến người dân.",
    "Chính quyền xã chậm công khai danh sách hỗ trợ, bà con có quyền hỏi và được trả lời.",
    "Phải nói thẳng là cách chống ngập mấy năm nay thất bại, cần người chịu trách nhiệm.",
    "Bệnh viện công quá tải, chờ từ bốn giờ sáng mới lấy được số khám, bao giờ mới thay đổi?",
    "Thanh tra kết luận có sai phạm khi đấu thầu, dân chờ xử lý nghiêm chứ không chỉ rút kinh nghiệm.",
    "Công an phường nhận tin báo mất xe mà một tuần chưa gọi lại, tôi thấy như vậy là thiếu trách nhiệm.",
    "Tham nhũng vặt làm người ta nản: nộp hồ sơ đủ giấy mà không có phong bì thì cứ nằm đó.",
)
SATIRE = (
    "Tin nóng: hố ga đầu ngõ vừa tròn mười tuổi, bà con tổ chức sinh nhật và mời lãnh đạo tới thổi nến.",
    "Nhà nước khuyến khích tập thể dục, nên thang máy ủy ban hỏng ba tháng là có chủ trương cả đấy.",
    "Lương tăng mười phần trăm, giá tăng hai mươi, đúng là toán học hiện đại.",
    "Họp để bàn việc giảm họp, họp xong thống nhất tuần sau họp tiếp.",
    "Đồ ăn căng tin hôm nay ngon đến mức con ruồi cũng viết đơn xin chuyển công tác.",
    "Chồng tôi bảo đi bắt cá độ này nhiều lắm, về tay không mà áo thì khô.",
    "Bán trà đá vỉa hè mà khai thuế kỹ thế này chắc sắp lên sàn chứng khoán.",
)
NEWS = (
    "Công an cảnh báo thủ đoạn lừa đảo giả danh nhân viên ngân hàng, yêu cầu chuyển khoản để nhận quà tặng.",
    "Tòa tuyên phạt bị cáo bảy năm tù về tội tổ chức đánh bạc qua mạng; luật sư cho biết sẽ kháng cáo.",
    "Bác sĩ khuyên cha mẹ nói chuyện với con về tác hại của ma túy và thuốc lá điện tử.",
    "Theo bài báo, đường dây cá độ bóng đá có số tiền giao dịch rất lớn đã bị triệt phá hôm qua.",
    "Hội thảo bàn về bạo lực gia đình, quấy rối tình dục nơi công sở và cách bảo vệ nạn nhân.",
    "Phóng viên dẫn lời một nạn nhân: họ bảo tôi vay tiền không cần thế chấp, lãi cao gấp mười lần đã hẹn.",
    "Bộ phim về chiến tranh có cảnh súng đạn và cái chết, nhà sản xuất khuyến cáo khán giả dưới mười tám tuổi.",
    "Chuyên gia giải thích vì sao tin giả về dịch bệnh lan nhanh và cách kiểm tra nguồn trước khi chia sẻ.",
    "Nghiên cứu về mại dâm và sức khỏe cộng đồng được công bố, tác giả kêu gọi tiếp cận không kỳ thị.",
    "Báo đăng đính chính: con số trong bài trước chưa chính xác, tòa soạn xin lỗi bạn đọc.",
)
SAMPLE = {"criticism": CRITICISM, "satire": SATIRE, "news": NEWS}
