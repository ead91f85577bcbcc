"""The page on which a file is redacted: by numbers alone, without scripts, and nothing typed is lost."""

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from anlanh.base.acts.models import Act
from anlanh.base.files.blackening import BLACK
from anlanh.base.files.store import keep
from anlanh.base.identity.policy import public_actor
from anlanh.work.casework.keeping.models import Copy
from anlanh.work.casework.models import Case
from tests.base.files.test_drawing import pdf_of, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(platform: Any, report: Callable[..., Case]) -> Callable[[str, bytes], str]:
    """A file that a reporter sent; the address of the page that redacts it."""

    def send(name: str, content: bytes) -> str:
        stored = keep(public_actor(platform.organisation.id), name, io.BytesIO(content))
        case = report(file_ids=(stored.id,))
        return f"/console/cases/{case.id}/evidence/{stored.id}/redact/"

    return send


def shown_picture(answer: Any) -> Image.Image:
    data = re.search(r"data:image/jpeg;base64,([^\"]+)", answer.content.decode())[1]
    return Image.open(io.BytesIO(base64.b64decode(data)))


def lines(*places: tuple[str, ...]) -> dict[str, list[str]]:
    """The fields of lines of numbers, with an empty one after them as the page has."""
    rows = [*places, ("1", "", "", "", "")]
    return {name: [row[at] for row in rows] for at, name in enumerate(("page", "left", "top", "width", "height"))}


def test_a_picture_is_looked_at_marked_seen_and_copied(
    platform: Any, signed_in: Callable[..., Client], sent: Callable[[str, bytes], str]
) -> None:
    page, person = sent("anh.jpg", photograph("JPEG")), signed_in(platform, "moderator")
    assert "Make the copy" in person.get(page).content.decode()
    assert Act.objects.filter(type="evidence.viewed").count() == 1
    marked = lines(("1", "12,5", "10", "25", "25"))
    seen = person.post(page, {"way": "show", "at": "1", **marked})
    assert seen.status_code == 200
    assert shown_picture(seen).crop((42, 26, 118, 82)).getextrema() == ((0, 0), (0, 0), (0, 0))
    assert 'value="12,5"' in seen.content.decode()
    assert not Copy.objects.exists()
    done = person.post(page, {"way": "make", "at": "1", **marked}, follow=True)
    assert "with 1 place blackened" in done.content.decode()
    copy = Copy.objects.get()
    shown = done.content.decode()
    assert f"/copies/{copy.id}/" in shown
    download = person.get(re.search(r'/console/cases/[^"]*/copies/[^"]*/', shown)[0])
    assert download["Content-Disposition"].startswith("attachment")
    assert Image.open(io.BytesIO(download.getvalue())).size == (320, 240)
    gone = person.post(f"{page.split('evidence')[0]}copies/{copy.id}/withdraw/", follow=True)
    assert "gets it no more" in gone.content.decode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("1", "a", "10", "25", "25"), "line 1 describes no place"),
        (("0", "1", "10", "25", "25"), "line 1 describes no place"),
        (("1", "nan", "10", "25", "25"), "line 1 describes no place"),
        (("1", "10", "10", "", "25"), "line 1 describes no place"),
        (("7", "10", "10", "5", "25"), "a page that the file does not have"),
        (("1", "", "", "", ""), "Nothing is blackened"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    platform: Any, signed_in: Callable[..., Client], sent: Callable[..., str], row: tuple[str, ...], said: str
) -> None:
    page, person = sent("anh.jpg", photograph("JPEG")), signed_in(platform, "moderator")
    answer = person.post(page, {"way": "make", **lines(row)})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said.lower() in text.lower()
    assert f'value="{row[1]}"' in text
    assert not Copy.objects.exists()


def test_pages_of_a_pdf_are_turned_with_what_was_marked(
    platform: Any, signed_in: Callable[..., Client], sent: Callable[..., str]
) -> None:
    page, person = sent("don.pdf", pdf_of()), signed_in(platform, "moderator")
    marked = lines(("1", "0", "0", "50", "50"), ("2", "0", "0", "100", "100"))
    second = person.post(page, {"go": "2", "at": "1", **marked})
    assert "page 2 of 2" in second.content.decode()
    assert second.content.decode().count('value="50"') == 2
    seen = person.post(page, {"way": "show", "at": "2", **marked})
    assert shown_picture(seen).getextrema() == ((0, 0), (0, 0), (0, 0))
    assert person.post(page, {"way": "make", "at": "2", **marked}).status_code == 302
    assert Copy.objects.get().places == 2


def test_a_text_is_redacted_by_its_words(
    platform: Any, signed_in: Callable[..., Client], sent: Callable[..., str]
) -> None:
    page = sent("loi.txt", "Tôi là <b>Mận</b>\nBị lừa.\n".encode())
    person = signed_in(platform, "moderator")
    assert "&lt;b&gt;Mận" in person.get(page).content.decode()
    typed = {"words": "mận\n", "lines": "2"}
    seen = person.post(page, {"way": "show", **typed}).content.decode()
    assert f"&lt;b&gt;{BLACK}" in seen
    wrong = person.post(page, {"way": "make", "words": "mận", "lines": "hai"})
    assert wrong.status_code == 422
    assert "names no lines" in wrong.content.decode()
    assert person.post(page, {"way": "make", **typed}).status_code == 302
    assert Copy.objects.get().places == 2


def test_what_can_not_be_drawn_says_what_to_do(
    platform: Any, signed_in: Callable[..., Client], sent: Callable[..., str]
) -> None:
    page = sent("anh.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40)
    answer = signed_in(platform, "moderator").get(page)
    assert answer.status_code == 200
    assert "save it as JPEG or PNG" in answer.content.decode()
    assert "Make the copy" not in answer.content.decode()


@pytest.mark.parametrize("asked", ["9" * 5000, "0", "-1", "\u0662", "1e9", ""])
def test_no_number_of_a_page_breaks_it(
    platform: Any, signed_in: Callable[..., Client], sent: Callable[[str, bytes], str], asked: str
) -> None:
    page = sent("loi.txt", "Một dòng.".encode())
    shown = signed_in(platform, "moderator").post(page, {"way": "go", "go": asked})
    assert shown.status_code == 200
    assert "Một dòng." in shown.content.decode()
