"""Coming back with number and secret: status, letters, objecting, confirming an address."""

import pytest
from django.test import Client

from anlanh.base.outbox.models import Message
from anlanh.work.casework import numbers, queries
from anlanh.work.casework.actions import review
from anlanh.work.casework.actions.decide import DecisionInput, decide
from anlanh.work.casework.models import Appeal, Party
from tests.builders import Office
from tests.web.portal.conftest import Visitor


def open_file(reference: str, secret: str) -> tuple[Client, object]:
    """Another browser opens the file with the two codes."""
    client = Client()
    return client, client.post("/ho-so/", {"reference": reference, "secret": secret})


def decide_no_action(platform: Office) -> None:
    """The platform's moderator finds nothing wrong."""
    moderator = platform.actor("moderator")
    case = review.claim_next(moderator)
    ground = queries.grounds_for(moderator, case.id)[0]
    decide(moderator, case.id, DecisionInput("no_action", ground.id, "Không thấy vi phạm.", "Bài không còn ở đó."))


def test_number_and_secret_open_the_file_however_they_are_typed(visitor: Visitor) -> None:
    reference, secret = visitor.report()
    client, opened = open_file(reference.lower().replace("-", " "), secret.lower())
    assert opened.url == f"/ho-so/{reference}/"
    page = client.get(opened.url)
    assert page.context["view"].phase == "received"
    assert "no-store" in page.headers["Cache-Control"]


def test_the_secret_is_in_no_address_and_in_no_page_of_the_file(visitor: Visitor) -> None:
    reference, secret = visitor.report()
    client, opened = open_file(reference, secret)
    assert secret not in opened.url
    assert secret not in client.get(opened.url).content.decode()


def test_closed_unknown_and_someone_elses_files_look_the_same(visitor: Visitor) -> None:
    reference, _ = visitor.report()
    stranger = Client()

    def seen(number: str) -> tuple[int, list[str]]:
        page = stranger.get(f"/ho-so/{number}/")
        text = page.content.decode().replace(number, "NUMBER")
        return page.status_code, [line for line in text.splitlines() if "csrf" not in line]

    assert seen(reference) == seen("PA-2222-2222222")


def test_a_wrong_secret_and_an_unknown_number_get_the_same_answer(visitor: Visitor) -> None:
    reference, secret = visitor.report()
    _, other_secret = Visitor(visitor.office).report()
    _, wrong_secret = open_file(reference, other_secret)
    assert wrong_secret.status_code == 404
    _, unknown = open_file(numbers.new_reference(numbers.REPORT_PREFIX), secret)
    assert unknown.status_code == 404
    assert wrong_secret.context["form"].errors == unknown.context["form"].errors


def test_a_mistyped_number_is_noticed_before_anything_is_looked_up(visitor: Visitor) -> None:
    reference, secret = visitor.report()
    wrong = numbers.ALPHABET[numbers.ALPHABET.index(reference[-1]) - 1]
    _, page = open_file(reference[:-1] + wrong, secret)
    assert page.status_code == 422
    assert "reference" in page.context["form"].errors


def test_closing_the_file_on_this_device_asks_for_the_secret_again(visitor: Visitor) -> None:
    reference, secret = visitor.report()
    client, opened = open_file(reference, secret)
    client.post(opened.url, {"close": "yes"})
    assert "form" in client.get(opened.url).context


def test_a_decision_can_be_read_and_objected_to_once(visitor: Visitor, platform: Office) -> None:
    reference, secret = visitor.report()
    decide_no_action(platform)
    client, opened = open_file(reference, secret)
    page = client.get(opened.url)
    assert page.context["view"].notices[0].subject in page.content.decode()
    appeal_at = f"{opened.url}khieu-nai/"
    assert appeal_at in page.content.decode()
    empty = client.post(appeal_at, {"text": ""})
    assert empty.status_code == 422
    text = "Bài vẫn còn,\nở địa chỉ khác."
    check = client.post(appeal_at, {"text": text})
    assert "Bài vẫn còn" in check.content.decode()
    changed = client.post(appeal_at, {"text": text, "change": "yes"})
    assert "Bài vẫn còn" in changed.content.decode()
    assert not Appeal.objects.exists(), "nothing is sent before the last button"
    for _ in range(2):
        assert client.post(appeal_at, {"text": text, "send": "yes"}).url == opened.url
    assert Appeal.objects.get().text == text
    assert client.get(opened.url).context["view"].phase == "under_appeal"
    assert client.get(appeal_at).status_code == 302, "there is nothing to object to twice"


def test_objecting_needs_the_open_file(visitor: Visitor, platform: Office) -> None:
    reference, _ = visitor.report()
    decide_no_action(platform)
    page = Client().post(f"/ho-so/{reference}/khieu-nai/", {"text": "Tôi không đồng ý", "send": "yes"})
    assert page.status_code == 302
    assert not Appeal.objects.exists()


@pytest.fixture
def confirmation_link(visitor: Visitor) -> str:
    """The path in the letter that asks to confirm the address."""
    visitor.report()
    letter = Message.objects.get(channel="mail", payload__to="hien@example.vn")
    return "/xac-nhan-thu/" + letter.payload["body"].partition("/xac-nhan-thu/")[2].split()[0]


def test_opening_the_link_confirms_nothing_but_the_button_does(confirmation_link: str) -> None:
    scanner = Client()
    assert scanner.get(confirmation_link).status_code == 200
    assert Party.objects.get().email_confirmed_at is None
    assert scanner.post(confirmation_link).status_code == 200
    assert Party.objects.get().email_confirmed_at is not None


@pytest.mark.django_db
def test_an_unknown_link_says_so() -> None:
    assert Client().post("/xac-nhan-thu/khong-co/").status_code == 404


def test_the_file_says_what_it_is_about_and_how_long_is_left(visitor: Visitor) -> None:
    reference, secret = visitor.report()
    client, opened = open_file(reference, secret)
    page = client.get(opened.url).content.decode()
    assert "https://mang.example/nhom/ban-be" in page
    assert "al-left" in page


def test_closing_a_file_says_so(visitor: Visitor) -> None:
    reference, _ = visitor.report()
    page = visitor.client.post(f"/ho-so/{reference}/", {"close": "yes"}, follow=True)
    assert "al-message" in page.content.decode()


def test_the_example_of_a_reference_looks_like_a_real_one(visitor: Visitor) -> None:
    example = "PA-7K4M-QX9T-2HWC"
    assert example in visitor.client.get("/ho-so/").content.decode()
    assert [len(part) for part in example.split("-")] == [len(p) for p in visitor.report()[0].split("-")]
