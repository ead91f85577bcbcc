"""Films are handed out in stretches, as players ask for them."""

import io

import pytest

from anlanh.base.files import serve, store
from tests.builders import Office

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 2


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=10-", (10, len(FILM) - 1)),
        ("bytes=-4", (len(FILM) - 4, len(FILM) - 1)),
        ("bytes=-99999", (0, len(FILM) - 1)),
        ("bytes=5-99999999", (5, len(FILM) - 1)),
        ("", None),
        ("bytes=-", None),
        ("bytes=-0", None),
        ("bytes=9-3", None),
        ("bytes=99999-", None),
        ("bytes=0-1,3-4", None),
        ("items=0-1", None),
    ],
)
def test_a_stretch_or_the_whole(platform: Office, asked: str, span: tuple[int, int] | None) -> None:
    stored = store.keep(platform.actor("moderator"), "phim.mp4", io.BytesIO(FILM))
    assert stored.is_film
    answer = serve.film_response(stored, asked)
    first, last = span or (0, len(FILM) - 1)
    assert answer.status_code == (206 if span else 200)
    assert answer.getvalue() == FILM[first : last + 1]
    assert int(answer["Content-Length"]) == last - first + 1
    assert answer["Content-Disposition"].startswith("attachment")
    answer.close()
    assert "sandbox" in answer["Content-Security-Policy"]
