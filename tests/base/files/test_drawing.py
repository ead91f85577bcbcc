"""Flat copies: under a black place there is one colour to the last pixel, and nothing of the original but pixels."""

import io
import uuid
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from anlanh.base.files import drawing, store
from anlanh.base.files.drawing import Place
from anlanh.base.files.models import StoredFile
from anlanh.papers.composing.pictures import Sheet, pdf_of_sheets
from anlanh.primitives.errors import BadInput
from tests.base.files.test_previews import encoded, png_that_claims
from tests.effort import examples

MARK = b"BiMatNguoiPhanAnh"
few = settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ANLANH_FILES_DIR = tmp_path
    return tmp_path


def laid_down(content: bytes, media_type: str) -> StoredFile:
    stored = StoredFile(organisation_id=uuid.uuid4(), sha256=uuid.uuid4().hex * 2, media_type=media_type, name="tep")
    store.write_whole(store.path_of(stored.organisation_id, stored.sha256), content)
    return stored


def noise(width: int, height: int) -> Image.Image:
    """A picture in which every block differs, so that nothing is uniform by itself."""
    return Image.merge("RGB", [Image.effect_noise((width, height), 120) for _band in range(3)])


def photograph(form: str, width: int = 320, height: int = 240) -> bytes:
    """A picture that carries the mark wherever its form can carry anything."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = MARK.decode()
    exif.get_ifd(0x8825)[29] = MARK.decode()
    if form == "PNG":
        info = PngInfo()
        info.add_text("Author", MARK.decode())
        info.add_itxt("XML:com.adobe.xmp", f"<x>{MARK.decode()}</x>")
        return encoded(noise(width, height), form, exif=exif, pnginfo=info)
    passengers = {"exif": exif, "xmp": b"<x>" + MARK + b"</x>"} if form in {"JPEG", "WEBP"} else {"comment": MARK}
    return encoded(noise(width, height), form, **passengers) + b"sau cung " + MARK


def pdf_of(pages: int = 2, title: str = MARK.decode()) -> bytes:
    return pdf_of_sheets([Sheet(photograph("JPEG"), (320, 240)) for _ in range(pages)], title)


share = st.floats(0, 0.95)
place = st.builds(Place, st.just(1), share, share, st.floats(0.001, 1), st.floats(0.001, 1))


def assert_uniform(picture: Image.Image, where: Place) -> None:
    """One colour, black, wherever the place covers a pixel even in part."""
    box = (
        int(where.left * picture.width),
        int(where.top * picture.height),
        min(picture.width, int((where.left + where.width) * picture.width) + 1),
        min(picture.height, int((where.top + where.height) * picture.height) + 1),
    )
    assert picture.crop(box).getextrema() == ((0, 0), (0, 0), (0, 0))


@few
@given(st.lists(place, min_size=1, max_size=4), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]))
def test_pixels_under_a_place_are_one_colour_and_metadata_is_gone(places: list[Place], form: str) -> None:
    content = photograph(form) if form not in {"GIF", "BMP"} else encoded(noise(320, 240), form) + MARK
    drawn = drawing.flattened(laid_down(content, f"image/{form.lower()}"), places)
    copy = drawn.sheets[0].jpeg
    assert MARK not in copy
    picture = Image.open(io.BytesIO(copy))
    assert not picture.getexif()
    for each in places:
        assert_uniform(picture, each)


@few
@given(st.lists(place, min_size=1, max_size=3))
def test_the_pages_of_a_pdf_are_pictures_in_which_the_places_are_gone(places: list[Place]) -> None:
    original = laid_down(pdf_of(), "application/pdf")
    drawn = drawing.flattened(original, places)
    ending, copy = drawing.as_file(original, drawn, "")
    assert ending == "pdf"
    assert MARK not in copy
    document = pypdfium2.PdfDocument(copy)
    assert len(document) == 2
    for page in document:
        assert not page.get_textpage().get_text_range().strip()
        (only,) = page.get_objects()
        assert only.get_filters() == ["DCTDecode"], "one picture, and nothing on it or under it"
    for each in places:
        assert_uniform(Image.open(io.BytesIO(drawn.sheets[0].jpeg)), each)
    assert drawing.as_file(original, drawing.flattened(original, places), "") == (ending, copy)


def test_what_is_see_through_hides_nothing_in_the_copy() -> None:
    hidden = Image.new("RGBA", (64, 64), (200, 10, 10, 0))
    drawn = drawing.flattened(laid_down(encoded(hidden, "PNG"), "image/png"))
    assert Image.open(io.BytesIO(drawn.sheets[0].jpeg)).getextrema() == ((255, 255),) * 3


def test_words_of_a_pdf_are_no_words_in_its_copy() -> None:
    from anlanh.papers.composing.pictures import typst

    source = typst.compile(b"#set page(width: 200pt, height: 100pt)\nLe Thi Man", format="pdf")
    assert "Le Thi Man" in pypdfium2.PdfDocument(source)[0].get_textpage().get_text_range()
    original = laid_down(source, "application/pdf")
    _ending, copy = drawing.as_file(original, drawing.flattened(original), "")
    assert not pypdfium2.PdfDocument(copy)[0].get_textpage().get_text_range()
    assert pypdfium2.PdfDocument(copy)[0].get_size() == pytest.approx((200, 100), abs=1)


@pytest.mark.parametrize(
    ("content", "media_type", "said"),
    [
        (png_that_claims(60_000, 60_000), "image/png", "điểm ảnh"),
        (b"\x89PNG\r\n\x1a\n khong phai anh", "image/png", "bị hỏng"),
        (b"%PDF-1.7 khong phai", "application/pdf", "bị hỏng"),
        (b"....ftypheic", "image/heic", "JPEG hoặc PNG"),
        (b"loi", "audio/mpeg", "không dựng được"),
    ],
)
def test_hostile_files_are_refused_in_words(content: bytes, media_type: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refusal:
        drawing.flattened(laid_down(content, media_type))
    assert refusal.value.mend


def test_a_pdf_of_too_many_pages_and_a_page_that_is_not_there() -> None:
    many = laid_down(pdf_of(drawing.MOST_PAGES + 1), "application/pdf")
    with pytest.raises(BadInput, match="hơn 40 trang"):
        drawing.flattened(many)
    two = laid_down(pdf_of(), "application/pdf")
    assert drawing.page(two, 2).count == 2
    with pytest.raises(BadInput, match="không có trang này"):
        drawing.page(two, 3)
    with pytest.raises(BadInput, match="tệp không có"):
        drawing.flattened(two, [Place(3, 0, 0, 0.5, 0.5)])
    with pytest.raises(BadInput, match="hơn 200 chỗ"):
        drawing.flattened(two, [Place(1, 0, 0, 0.5, 0.5)] * 201)


def test_a_huge_page_is_drawn_small() -> None:
    sheet = Sheet(encoded(noise(64, 64), "JPEG"), (64, 64), (190.0, 190.0))
    drawn = drawing.flattened(laid_down(pdf_of_sheets([sheet], ""), "application/pdf"))
    assert max(drawn.sheets[0].pixels) <= drawing.COPY_SIDE
