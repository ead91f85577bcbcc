"""What every answer has: the headers, the language, the colours, error pages that help."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

import anlanh.web
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.primitives.errors import BadInput
from anlanh.web.components.states import LOOKS
from anlanh.web.errors import PlainErrors, server_error
from anlanh.web.language import safe_return
from anlanh.web.middleware import SecurityHeaders

WEB = Path(anlanh.web.__file__).parent
PUBLIC_PAGES = ["/", "/bao/", "/ho-so/", "/ho-so/PA-2222-2222222/", "/xac-nhan-thu/abc/", "/khong-co/"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_every_answer_forbids_inline_code_framing_and_strangers(platform: object, address: str) -> None:
    headers = Client().get(address, follow=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_view_keeps_the_policy_it_set() -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    answer = SecurityHeaders(view)(RequestFactory().get("/"))
    assert answer.headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(platform: object, address: str) -> None:
    page = Client().get(address, follow=True).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "vi"), ("en-GB,en;q=0.9", "en"), ("fr,vi;q=0.8,en;q=0.5", "vi"), ("fr", "vi"), ("vi-VN", "vi")],
)
def test_the_browsers_language_is_followed_with_vietnamese_as_default(accepted: str, language: str) -> None:
    page = Client().get("/", headers={"accept-language": accepted})
    assert f'<html lang="{language}"' in page.content.decode()
    assert page.headers["Content-Language"] == language


def test_the_switch_changes_the_language_and_comes_back() -> None:
    client = Client()
    back = client.post("/language/", {"language": "en", "next": "/ho-so/?viec=khieu-nai"})
    assert back.url == "/ho-so/?viec=khieu-nai"
    assert "Appeal a decision" in client.get(back.url).content.decode()
    client.post("/language/", {"language": "xx", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode(), "a language that is none changes nothing"


def test_a_person_signed_in_gets_the_language_of_the_account(platform: object) -> None:
    account = platform.members["moderator"].account
    account.language = "en"
    account.save()
    client = Client(headers={"accept-language": "vi"})
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert '<html lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize("next_page", ["https://xau.example/", "//xau.example/", "javascript:alert(1)", ""])
def test_the_switches_never_lead_to_another_site(next_page: str) -> None:
    assert safe_return(RequestFactory().post("/language/", {"next": next_page})) == "/"


def test_colours_follow_the_device_until_chosen() -> None:
    client = Client()
    assert "data-bs-theme" not in client.get("/").content.decode()
    client.post("/theme/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()
    client.post("/theme/", {"theme": ""})
    assert "data-bs-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (BadInput("hỏng mất rồi", mend="sửa lại"), 422, "hỏng mất rồi"),
        (NotAllowed("chỉ dành cho người xác minh"), 403, "chỉ dành cho người xác minh"),
        (NotFound("bí mật"), 404, "Không có gì ở đây"),
    ],
)
def test_errors_of_actions_become_pages_that_say_what_to_do(fault: Exception, status: int, words: str) -> None:
    request = RequestFactory().get("/")
    request.session = {}
    answer = PlainErrors(HttpResponse).process_exception(request, fault)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "Về trang đầu" in answer.content.decode()


def test_a_part_of_a_page_gets_only_the_message(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"HX-Request": "true"})
    request.htmx = True
    answer = PlainErrors(HttpResponse).process_exception(request, NotAllowed("không được"))
    assert answer.headers["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()


def test_our_own_faults_are_answered_without_the_database(
    rf: RequestFactory, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/", headers={"accept-language": "en"}))
    assert answer.status_code == 500
    assert "it was not you" in answer.content.decode()


def test_other_errors_are_left_to_django(rf: RequestFactory) -> None:
    assert PlainErrors(HttpResponse).process_exception(rf.get("/"), ValueError()) is None


def test_the_gallery_is_for_staff(platform: object) -> None:
    assert Client().get("/console/_components/").status_code == 404
    client = Client()
    client.force_login(platform.members["moderator"].account, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/console/_components/").content.decode()
    assert page.count("al-badge") == len(LOOKS)


def test_every_icon_used_is_in_the_sprite() -> None:
    named = set((WEB / "components" / "icons.txt").read_text().split())
    used = {look.icon for look in LOOKS.values()}
    for template in WEB.rglob("*.html"):
        used |= set(re.findall(r"""{%\s*icon ["']([a-z0-9-]+)["']""", template.read_text()))
    assert used <= named, f"add to icons.txt and run script/vendor: {sorted(used - named)}"
