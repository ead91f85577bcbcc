"""Reporting through the pages: nothing typed is lost, and a report is filed once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from anlanh.base import clock
from anlanh.base.identity.models import Organisation
from anlanh.web.portal import limits
from anlanh.work.casework.models import Case, Party, Report
from tests.web.portal.conftest import ADDRESS, STORY, Visitor


def test_a_report_goes_from_the_start_page_to_a_number_and_a_secret(visitor: Visitor) -> None:
    start = visitor.client.get("/bao/")
    assert start.status_code == 302, "with one organisation there is nothing to choose"
    assert start.url == visitor.at("dia-chi")
    visitor.fill_in()
    check = visitor.client.get(visitor.at("kiem-tra"))
    for typed in (ADDRESS, STORY, "Nguyễn Thị Hiền", "hien@example.vn"):
        assert typed in check.content.decode().replace("&amp;", "&")
    sent = visitor.send()
    assert (sent.status_code, sent.url) == (302, visitor.at("da-gui"))
    done = visitor.client.get(visitor.at("da-gui"))
    report = Report.objects.get()
    assert report.reference in done.content.decode()
    assert done.context["secret"] in done.content.decode()
    assert done.context["secret"] not in report.secret_hash
    assert (report.text, report.category, report.concerns_child) == (STORY, "child", True)
    assert Case.objects.get().concerns_child


def test_several_organisations_are_offered_and_those_without_reports_are_not(visitor: Visitor, other: object) -> None:
    assert "Mạng Khác" in visitor.client.get("/bao/").content.decode()
    Organisation.objects.filter(id=other.organisation.id).update(accepts_reports=False)
    assert visitor.client.get("/bao/").status_code == 302
    assert visitor.client.get("/bao/khac/dia-chi/").status_code == 404


@pytest.mark.parametrize(
    ("slug", "answer", "kept"),
    [
        ("dia-chi", {"address": "trang của tôi"}, "trang của tôi"),
        ("noi-dung", {"text": "Một câu chuyện dài", "concerns_child": ""}, "Một câu chuyện dài"),
        ("lien-he", {"reporter_name": "Hiền", "reporter_email": "hien@", "language": "vi"}, "hien@"),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed_and_links_to_the_field(
    visitor: Visitor, slug: str, answer: dict, kept: str
) -> None:
    for earlier in list(visitor.answers)[: list(visitor.answers).index(slug)]:
        visitor.answer(earlier)
    page = visitor.client.post(visitor.at(slug), answer)
    text = page.content.decode()
    assert page.status_code == 422
    assert kept in text
    assert 'id="error-summary"' in text
    assert text.index('id="error-summary"') < text.index("<h1")
    wrong = next(iter(page.context["form"].errors))
    assert f'href="#id_{wrong}' in text
    assert "aria-describedby" in text


def test_pages_ahead_of_the_answers_lead_back_to_the_first_open_question(visitor: Visitor) -> None:
    visitor.answer("dia-chi")
    for ahead in ("noi-dung", "lien-he", "kiem-tra", "tep"):
        assert visitor.client.get(visitor.at(ahead)).url == visitor.at("van-de")


def test_a_changed_answer_leads_straight_back_to_the_check(visitor: Visitor) -> None:
    visitor.fill_in()
    page = visitor.client.post(visitor.at("van-de"), {"category": "malware"})
    assert page.url == visitor.at("kiem-tra")
    visitor.send()
    assert Report.objects.get().category == "malware"


def test_files_are_kept_as_soon_as_they_are_uploaded(visitor: Visitor) -> None:
    visitor.answer_until("tep")
    upload = [SimpleUploadedFile("anh.txt", b"chup man hinh"), SimpleUploadedFile("rong.txt", b"")]
    page = visitor.client.post(visitor.at("tep"), {"files": upload, "continue": "yes"})
    assert page.status_code == 422, "the empty one is told"
    assert [file.name for file in page.context["kept"]] == ["anh.txt"]
    visitor.client.post(visitor.at("tep"), {"files": SimpleUploadedFile("hai.txt", b"hai"), "add": "yes"})
    kept = visitor.client.get(visitor.at("tep")).context["kept"]
    visitor.client.post(visitor.at("tep"), {"remove": kept[0].id})
    visitor.answer("tep")
    visitor.answer("lien-he")
    visitor.send()
    assert [entry.file.name for entry in Report.objects.get().evidence.all()] == ["hai.txt"]


def test_a_report_takes_five_files_and_says_so(visitor: Visitor) -> None:
    visitor.answer_until("tep")
    upload = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    page = visitor.client.post(visitor.at("tep"), {"files": upload, "add": "yes"})
    assert page.status_code == 422
    assert len(page.context["kept"]) == 5


def test_one_network_can_not_fill_the_disk(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.MOST_AN_HOUR, "megabyte", 3)
    visitor.answer_until("tep")

    def sent(size: int) -> int:
        upload = SimpleUploadedFile("anh.txt", b"x" * size)
        return visitor.client.post(visitor.at("tep"), {"files": upload, "add": "yes"}).status_code

    assert [sent(1_500_000), sent(900_000), sent(100)] == [302, 302, 429]


def test_pressing_twice_files_once_and_both_see_the_number(visitor: Visitor) -> None:
    visitor.fill_in()
    token = visitor.token()
    first, second = visitor.send(token), visitor.send(token)
    assert first.url == second.url == visitor.at("da-gui")
    assert Report.objects.count() == 1
    assert visitor.client.get(visitor.at("da-gui")).context["reference"] == Report.objects.get().reference


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_file_once(visitor: Visitor) -> None:
    visitor.fill_in()
    token = visitor.token()

    def press(_: int) -> int:
        browser = Client()
        browser.cookies = visitor.client.cookies
        try:
            return browser.post(visitor.at("kiem-tra"), {"token": token}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(press, range(3))) == [302, 302, 302]
    assert Report.objects.count() == 1
    assert "reference" in visitor.client.get(visitor.at("da-gui")).context


def test_what_the_action_refuses_is_shown_and_can_be_sent_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.fill_in()
    monkeypatch.setattr("anlanh.work.casework.actions.report_input.LONGEST_TEXT", 3)
    refused = visitor.send()
    assert refused.status_code == 422
    assert visitor.at("noi-dung") in refused.content.decode()
    assert STORY in refused.content.decode()
    monkeypatch.undo()
    visitor.send()
    assert Report.objects.count() == 1


def test_over_the_limit_the_answers_are_kept_and_can_be_sent_later(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.MOST_AN_HOUR, "report", 1)
    visitor.report()
    visitor.fill_in()
    refused = visitor.send()
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert STORY in refused.content.decode()
    with clock.set_to(clock.now() + timedelta(hours=2)):
        visitor.send()
    assert Report.objects.count() == 2


def test_a_second_report_of_the_same_page_gets_the_same_words(visitor: Visitor) -> None:
    reference, secret = visitor.report()
    second = Visitor(visitor.office)
    other_reference, other_secret = second.report()

    def words(client: Client, reference: str, secret: str) -> str:
        text = client.get(visitor.at("da-gui")).context
        assert text["reference"] == reference
        page = client.get(visitor.at("da-gui")).content.decode()
        return page.replace(reference, "REF").replace(secret, "SECRET")

    def without_tokens_and_times(page: str) -> list[str]:
        return [line for line in page.splitlines() if "csrf" not in line and "al-bywhen" not in line]

    assert Case.objects.count() == 1
    assert without_tokens_and_times(words(visitor.client, reference, secret)) == without_tokens_and_times(
        words(second.client, other_reference, other_secret)
    )


def test_nothing_typed_lies_readable_in_the_session(visitor: Visitor) -> None:
    visitor.fill_in()
    kept = str(dict(visitor.client.session))
    assert "hien@example.vn" not in kept
    assert STORY not in kept
    _, secret = visitor.report()
    assert secret not in str(dict(visitor.client.session))


def test_the_secret_is_shown_for_an_hour_and_then_no_more(visitor: Visitor) -> None:
    visitor.report()
    with clock.set_to(clock.now() + timedelta(minutes=61)):
        assert visitor.client.get(visitor.at("da-gui")).status_code == 302


def test_the_reporter_may_stay_unnamed(visitor: Visitor) -> None:
    visitor.answers["lien-he"] = {"reporter_name": "", "reporter_email": "", "language": "en"}
    visitor.report()
    party = Party.objects.get()
    assert (party.name, party.email, party.language) == ("", "", "en")


def test_coming_for_impersonation_has_that_answer_chosen(visitor: Visitor) -> None:
    start = visitor.client.get("/bao/?muc=impersonation")
    assert start.url.endswith("?muc=impersonation")
    visitor.client.post(start.url, visitor.answers["dia-chi"])
    page = visitor.client.get(visitor.at("van-de")).content.decode()
    chosen = next(line for line in page.split("<input") if 'value="impersonation"' in line)
    assert " checked" in chosen
    assert visitor.client.get(visitor.at("noi-dung")).url == visitor.at("van-de"), "chosen is not yet answered"


def test_who_reports_harm_to_a_child_need_not_say_twice_that_a_child_is_affected(visitor: Visitor) -> None:
    visitor.answer_until("noi-dung")
    form = visitor.client.get(visitor.at("noi-dung")).context["form"]
    assert form["concerns_child"].value() == "yes"


CLAIM = {
    "hoi-work": {"work": "Bài hát “Mùa nhãn”"},
    "hoi-right-holder": {"right_holder": "Nhạc sĩ C"},
    "hoi-standing": {"standing": "holder"},
    "hoi-good-faith": {"good_faith": "on"},
}


def test_each_kind_asks_its_own_questions_one_a_page(visitor: Visitor) -> None:
    answers = visitor.answers
    visitor.answers = {"dia-chi": answers["dia-chi"], "van-de": {"category": "copyright"}} | CLAIM
    visitor.answers |= {slug: answers[slug] for slug in ("noi-dung", "tep", "lien-he")}
    visitor.fill_in()
    check = visitor.client.get(visitor.at("kiem-tra")).content.decode()
    assert "Bài hát “Mùa nhãn”" in check
    assert "Tôi là người giữ quyền" in check
    visitor.send()
    assert Report.objects.get().details == {
        "work": "Bài hát “Mùa nhãn”",
        "right_holder": "Nhạc sĩ C",
        "standing": "holder",
        "good_faith": "agreed",
    }


def test_without_the_statement_a_claim_goes_no_further(visitor: Visitor) -> None:
    visitor.answer("dia-chi")
    visitor.client.post(visitor.at("van-de"), {"category": "copyright"})
    for slug in list(CLAIM)[:-1]:
        assert visitor.client.post(visitor.at(slug), CLAIM[slug]).status_code == 302
    refused = visitor.client.post(visitor.at("hoi-good-faith"), {})
    assert refused.status_code == 422
    assert visitor.client.get(visitor.at("kiem-tra")).status_code == 302


def test_another_kind_forgets_the_answers_of_the_first(visitor: Visitor) -> None:
    visitor.fill_in()
    visitor.client.post(visitor.at("van-de"), {"category": "malware"})
    assert visitor.client.get(visitor.at("hoi-relation")).status_code == 302
    visitor.send()
    assert Report.objects.get().details == {}


def test_danger_to_life_is_asked_and_kept(visitor: Visitor) -> None:
    visitor.answers["noi-dung"]["threatens_life"] = "yes"
    visitor.fill_in()
    visitor.send()
    assert Case.objects.get().threatens_life
