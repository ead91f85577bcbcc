"""What is too long is refused by its announcement, wherever it is sent."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/language/", "/bao/nen-tang/tep/", "/accounts/login/", "/khong-co/"])
def test_a_body_that_no_form_of_ours_can_have_is_refused_unread(address: str) -> None:
    def sent(length: int, content_type: str) -> int:
        return Client().post(address, b"", content_type=content_type, CONTENT_LENGTH=str(length)).status_code

    assert sent(900 << 20, "multipart/form-data; boundary=x") == 413
    assert sent(3 << 20, "application/x-www-form-urlencoded") == 413


def test_the_refusal_is_a_page_that_says_what_to_do() -> None:
    answer = Client().post(
        "/language/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="999999999"
    )
    assert answer.status_code == 413
    assert "gửi" in answer.content.decode()
