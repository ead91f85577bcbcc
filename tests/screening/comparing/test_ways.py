"""Ways in which pages and texts are written, each beside one original."""

import html
import textwrap
import unicodedata

import pytest

from anlanh.screening.comparing.comparison import compare
from anlanh.screening.comparing.lines import Kind, kind_of
from anlanh.screening.comparing.reading import read_article

TITLE = "Kế hoạch phòng chống bão"
SENTENCES = (
    "UBND tỉnh vừa ban hành kế hoạch phòng chống bão số 5.",
    "Theo kế hoạch, các địa phương phải sơ tán dân trước 17 giờ ngày 20/9.",
    'Ông Lê Văn Nam, Giám đốc Sở, cho biết: "Chúng tôi đã chuẩn bị 200 tấn gạo".',
    "Đến nay chưa ghi nhận thiệt hại về người.",
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
PICTURE = "<img src='/img/bao-so-5.jpg'>"
ADDRESS = "https://baosong.example/viewer.aspx?macm=5&mabb=123"


def page(body, head="", title=TITLE):
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


ORIGINAL = page(
    f"<article><header><h1>{TITLE}</h1><time datetime='2023-09-19T08:00:00+07:00'>08:00 19/09/2023</time></header>"
    f"{PARAGRAPHS}<figure><img src='https://baosong.example/img/bao-so-5.jpg' alt='Bão'><figcaption>Ảnh: Hoa</figcaption>"
    "</figure><footer>Lê Thị Hoa</footer></article>",
    "<meta property='og:site_name' content='Báo Sông'><meta name='author' content='Lê Thị Hoa'>"
    f"<link rel='canonical' href='{ADDRESS}'>",
)
ENTITIES = "".join(
    f"<P>{html.escape(sentence).encode('ascii', 'xmlcharrefreplace').decode()}&nbsp;" for sentence in SENTENCES
)
FAITHFUL = {
    "entities, capitals, no quotes": f"<DIV CLASS=content><H1>{TITLE}</H1>{ENTITIES}<IMG SRC=//cdn.example/IMG/BAO-SO-5.JPG>",
    "a table": f"<table><tr><td><h1>{TITLE}</h1>"
    + "".join(f"<tr><td>{one}" for one in SENTENCES)
    + f"</table>{PICTURE}",
    "one block with breaks": f"<h1>{TITLE}</h1><div>{'<br>'.join(SENTENCES)}</div>{PICTURE}",
    "a smaller heading": f"<div><h2>{TITLE}</h2><div>{PARAGRAPHS}</div>{PICTURE}</div>",
    "a marked title": f"<div class='post-title'>{TITLE}</div>{PARAGRAPHS}{PICTURE}",
    "the lead as a heading": f"<h1>{TITLE}</h1><h2>{SENTENCES[0]}</h2>{PARAGRAPHS.split('</p>', 1)[1]}{PICTURE}",
    "advertisements and other articles between": f"<h1>{TITLE}</h1><div class='detail-content'><p>{SENTENCES[0]}</p>"
    "<div class='ads-box'><p>Mua ngay kem đánh răng siêu trắng giá rẻ hôm nay</p></div>"
    f"<p>{SENTENCES[1]}</p><div class='related-news'><a href=/1>Bão số 4 đã tan trên biển Đông</a></div><p>{SENTENCES[2]}</p>"
    f"<p><a href='/tag/bao'>Bão số 5 mạnh lên cấp 12 trong đêm nay</a></p><p>{SENTENCES[3]}</p></div>{PICTURE}",
    "the copy's own by-line and time": f"<h1>{TITLE}</h1><div class=meta><span class=author>Trang Tin Nhanh</span>"
    f" <span class=date>10:00 19/09/2023</span></div>{PARAGRAPHS}{PICTURE}<p>Tổng hợp: Lan Anh</p>",
    "a picture at another size": f"<h1>{TITLE}</h1>{PARAGRAPHS}<img src='/resize/300x200/img/bao-so-5_thumb.webp'>",
    "a lazy picture": f"<h1>{TITLE}</h1>{PARAGRAPHS}<img src='data:image/gif;base64,AAA' data-src='/img/bao-so-5.jpg'>",
    "scripts, comments, hidden text": f"<h1>{TITLE}</h1><!-- <p>không</p> --><script>'<p>không</p>'</script>"
    f"<div style='display: none'><p>Đây là chữ ẩn, không ai thấy.</p></div>{PARAGRAPHS}{PICTURE}",
    "broken markup": f"<h1>{TITLE}</h2></div><p{PARAGRAPHS[2:]}</b></span><img src='/img/bao-so-5.jpg' <p",
    "decomposed": unicodedata.normalize("NFD", f"<h1>{TITLE}</h1>{PARAGRAPHS}{PICTURE}"),
}


def compared(one, other, **options):
    return compare(read_article(one.encode(), "a"), read_article(other.encode(), "b"), **options)


@pytest.mark.parametrize("way", FAITHFUL)
def test_nothing_is_cut_added_or_changed(way):
    comparison = compared(ORIGINAL, page(FAITHFUL[way], title=""))
    assert not comparison.title_changed
    assert (comparison.text.kept, comparison.text.cut, comparison.text.added) == (1.0, [], [])
    assert (comparison.images_missing, comparison.images_added) == ([], [])
    assert [finding.ground for finding in comparison.findings] == ["BD.5.2.b"]


NAMED = {
    "<footer>Nguồn: Báo Sông - Tác giả: Lê Thị Hoa - Thời gian: 08:00 19/09/2023 - <a href='{}'>Link gốc</a></footer>": "nath",
    "<div class='source-box'><span>Báo Sông</span> <span>Lê Thị Hoa</span> <span>19/9/2023</span> <a href='{}'>Gốc</a></div>": "nath",
    "<p><em>Bài viết của Lê Thị Hoa, đăng trên Báo Sông lúc 8h00 ngày 19/9/2023: {}</em></p>": "nath",
    "<p>(Theo Lê Thị Hoa/Báo Sông, ngày 19 tháng 9 năm 2023)</p>": "nat",
    "<p>Theo <a href='{}'>Báo Sông</a>, đăng lúc 08:00 ngày 19/9/2023</p>": "nth",
    "<p>Theo Báo Sông (<a href='http://www.baosong.example/viewer.aspx?mabb=123&amp;macm=5&amp;utm_source=z'>gốc</a>)</p>": "nh",
    "<p>Nguồn: <a href='https://baosong.example/viewer.aspx?macm=5&amp;mabb=999'>Báo Sông</a></p>": "n",
    "<p>Bản quyền: Trang Tin. Ghi rõ nguồn khi phát hành lại.</p>": "",
}


@pytest.mark.parametrize("credit", NAMED)
def test_ways_to_name_the_source(credit):
    shown = credit.replace("{}", html.escape(ADDRESS) if "href" in credit else ADDRESS)
    comparison = compared(ORIGINAL, page(f"<h1>{TITLE}</h1>{PARAGRAPHS}{PICTURE}{shown}"))
    said = dict(zip("nath", comparison.source, strict=True))
    assert "".join(letter for letter, is_said in said.items() if is_said) == NAMED[credit]
    assert comparison.text.kept == 1.0


def text(*sentences):
    return "\n\n".join((TITLE, *sentences))


def test_ways_of_texts():
    joined = f"{TITLE}\n{' '.join(SENTENCES)}"
    assert compared(text(*SENTENCES), joined).text == (1.0, [], [], [])
    assert compared(text(*SENTENCES), f"# {TITLE}\n\n{' '.join(SENTENCES)} Nguồn: Báo Sông").source.named
    shortened = compared(
        text(*SENTENCES), text(SENTENCES[0], SENTENCES[1].partition(" trước")[0] + ".", *SENTENCES[2:])
    )
    assert (shortened.text.cut, shortened.text.added) == ([SENTENCES[1]], [])
    twice = compared(text(*SENTENCES), text(*SENTENCES, SENTENCES[0]))
    assert (twice.text.kept, twice.text.added) == (1.0, [SENTENCES[0]])
    pictured = text(*SENTENCES, "![bão](https://a.example/b1.jpg)")
    assert compared(pictured, text(*SENTENCES)).images_missing == ["https://a.example/b1.jpg"]
    assert compared("A. B. C.", "A. C.").text.cut == ["B."]


def test_a_copy_that_comes_before_its_original():
    from anlanh.primitives.dates import parse_instant
    from anlanh.screening.comparing.comparison import NotBefore

    comparison = compared(
        text(*SENTENCES),
        text(*SENTENCES),
        original_at=parse_instant("2025-09-19T08:05:00+07:00"),
        copy_at=parse_instant("2025-09-19T08:00:00+07:00"),
        not_before=NotBefore("147/2024/NĐ-CP/28.1", 60),
    )
    assert comparison.minutes_after == -5
    assert comparison.findings[-1].why.vi == "Đăng trước bài gốc 5 phút"


@pytest.mark.parametrize(
    "shape",
    [
        lambda title, body: f"{title}\n{body[0]}\n{body[1]}",
        lambda title, body: f"{title}\n" + "\n\n".join(textwrap.fill(part, len(title) + 6) for part in body),
        lambda title, body: "\n\n".join(textwrap.fill(part, 40) for part in (title, *body)),
        lambda title, body: f"Tiêu đề: {title}\r\n\r\n{body[0]}\r\n\r\n{body[1]}",
        lambda title, body: (
            f"<html><body><h1>{title}</h1><p>" + "</p>\n<p>".join(textwrap.fill(part, 50) for part in body)
        ),
        lambda title, body: f"<div><p><b>{title}</b></p><p>{'<br><br>'.join(body)}</p></div>",
        lambda title, body: f"<title>{title} | Trang Tin</title><p>{body[0]}<p>{body[1]}",
    ],
    ids=range(7),
)
def test_titles_of_many_shapes(shape):
    title = "Dân xã Hòa Bình góp tiền xây cầu mới qua sông"
    body = (" ".join(SENTENCES[:2]), " ".join(SENTENCES[2:]))
    for one, other in ((text_of(title, body), shape(title, body)), (shape(title, body), text_of(title, body))):
        comparison = compared(one, other)
        assert not comparison.title_changed
        assert comparison.text == (1.0, [], [], [])


def text_of(title, body):
    return "\n\n".join((title, *body))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Nguồn: Báo Sông", Kind.SOURCE),
        ("Theo báo Tuổi Trẻ.", Kind.SOURCE),
        ("Nguồn VnExpress.", Kind.SOURCE),
        ("Theo Lan Anh - Báo Sông, 8h30 ngày 12/5/2023", Kind.SOURCE),
        ("https://baosong.example/tin-1.html", Kind.SOURCE),
        ("Nguồn nước đã cạn.", Kind.TEXT),
        ("Nguồn tin từ bệnh viện cho biết nạn nhân đã tỉnh…", Kind.TEXT),
        ("Theo Công an tỉnh, hai nghi phạm đã ra đầu thú.", Kind.TEXT),
        ("Theo quy định mới, mức phạt tăng gấp đôi", Kind.TEXT),
        ("Ảnh: Minh Anh", Kind.CAPTION),
        ("Cầu nhìn từ bờ sông. Ảnh: Minh Anh", Kind.CAPTION),
        ("Thứ sáu, 12/5/2023 - 08:30 (GMT+7)", Kind.TIME),
        ("Ngày 12/5/2023, cầu được khánh thành.", Kind.TEXT),
        ("Tác giả: Trần Minh Anh", Kind.BY),
        ("Xem thêm: Bão số 4 tan trên biển", Kind.MORE),
        ("© 2023 Báo Sông", Kind.MORE),
    ],
)
def test_what_a_line_is_for(line, kind):
    assert kind_of(line) is kind
