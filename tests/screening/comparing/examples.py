"""A made-up article as a paper's page, and the same as an aggregating site repeats it faithfully."""

TITLE = "Xã Hòa Bình khánh thành cầu mới"
LEAD = "Sáng 12/5, người dân xã Hòa Bình vui mừng đi trên cây cầu mới dài 120 m."
SENTENCES = (
    LEAD,
    "Cầu được xây từ tháng 3 năm ngoái.",
    "Kinh phí hơn 12 tỷ đồng do ngân sách và người dân góp.",
    "Theo ông Nguyễn Văn Bình, 67 tuổi, trước đây cả xã phải đi đò qua sông.",
    "TP. Sông Xanh hỗ trợ 2 tỷ đồng cho đường dẫn hai đầu cầu.",
    "Chủ tịch xã cho biết công trình không phát sinh thêm chi phí.",
)
ADDRESS = "https://songxanh.vn/xa-hoi/khanh-thanh-cau-moi-20230512.html"
CREDIT = (
    f'<p class="source">Theo Trần Minh Anh (Báo Sông Xanh), 08:30 ngày 12/5/2023. <a href="{ADDRESS}">{ADDRESS}</a></p>'
)


def original(*, title=TITLE, sentences=SENTENCES, pictures=True):
    """A paper's page, with all that stands around an article."""
    first, *rest = sentences
    figure = (
        '<figure class="tplCaption"><img data-src="https://cdn.songxanh.vn/2023/05/12/cau-moi_680x0.jpg"'
        ' src="data:image/gif;base64,R0lGODlh" alt="Cầu mới nhìn từ bờ sông">'
        "<figcaption>Cầu mới nhìn từ bờ sông. Ảnh: Minh Anh</figcaption></figure>"
    )
    second = '<p><img src="/photo/2023/le-khanh-thanh.jpg?w=600"></p>'
    middle = "".join(f"<p>{sentence}</p>" for sentence in rest)
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} - Báo Sông Xanh</title>
<meta property="og:site_name" content="Báo Sông Xanh"><meta property="og:title" content="{title}">
<link rel="canonical" href="{ADDRESS}"><meta name="author" content="Trần Minh Anh">
<meta property="article:published_time" content="2023-05-12T08:30:00+07:00">
<script>var x = "<p>không phải chữ của bài</p>";</script><style>p {{ color: red }}</style></head>
<body class="has-sidebar"><header class="site-header"><a href="/"><img src="/logo.png" class="logo"></a>
<nav><ul><li><a href="/a">Thời sự</a></li><li><a href="/b">Kinh tế</a></li></ul></nav></header>
<div class="container"><h1 class="title-detail">{title}</h1><span class="date">Thứ sáu, 12/5/2023, 08:30 (GMT+7)</span>
<p class="description">{first}</p><article class="fck_detail">{figure if pictures else ""}{middle}
{second if pictures else ""}<p style="text-align:right"><strong>Trần Minh Anh</strong></p></article>
<div class="box-tinlienquan"><h3>Tin liên quan</h3><a href="/x"><img src="/thumb/khac.jpg">Một tin khác về cầu</a></div>
<div class="comments"><p>Bạn đọc A: hay quá, chúc mừng bà con xã nhà nhé mọi người ơi.</p></div></div>
<footer>© 2023 Báo Sông Xanh. Giấy phép số 123/GP-BTTTT.</footer></body></html>"""


def copy(*, title=TITLE, sentences=SENTENCES, pictures=True, credit=CREDIT):
    """The page of a site that repeats it, made in another way."""
    shown = (
        '<img src="//img.tonghop.example/upload/cau-moi.webp"><br><img src="photo/2023/le-khanh-thanh.jpg">'
        if pictures
        else ""
    )
    return f"""<html><head><title>{title} | Trang Tổng Hợp</title><meta charset=utf-8></head><body>
<div id="menu"><a href="/">Trang chủ</a> <a href="/hot">Tin hot</a></div><h1>{title}</h1>
<div class="time">12/05/2023 10:12</div><div id="noidung"><p><b>{sentences[0] if sentences else ""}</b>{shown}
<p>{" ".join(sentences[1:])}{credit}</div>
<ul class="related"><li><a href="/1">Giá vàng hôm nay tăng mạnh</a>
<li><a href="/2">Thời tiết ngày mai</a></ul></body></html>"""


def text(*, title=TITLE, sentences=SENTENCES, end="Trần Minh Anh"):
    """The article as plain text, each sentence a paragraph."""
    return "\n\n".join(filter(None, (title, *sentences, end)))
