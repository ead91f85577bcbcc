"""Marking a report on deciding, and what follows, from the case page and the list."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from anlanh.work.casework.actions import review
from anlanh.work.casework.misuse import actions
from anlanh.work.casework.misuse.models import Consequence, Objection, Unfounded
from anlanh.work.casework.misuse.policy import SEES
from anlanh.work.casework.queries import case_page
from tests.builders import Office
from tests.work.casework.misuse.senders_of import WHY, again, sent, warned
from tests.work.casework.steps_of import decision_input

pytestmark = pytest.mark.django_db


def signed_in(client: Client, office: Office, nickname: str) -> Client:
    client.force_login(office.members[nickname].account)
    return client


def form(**fields: object) -> dict[str, object]:
    given = decision_input("no_action")
    named = {name: getattr(given, name) for name in ("measure", "ground", "facts", "subject_fact", "scope")}
    return {**named, **fields}


def test_a_report_is_marked_with_the_decision(platform: Office, client: Client) -> None:
    filed = sent(platform)
    review.claim(platform.actor("moderator"), filed.case.id)
    browser = signed_in(client, platform, "moderator")
    page = reverse("console:decide", args=[filed.case.id])
    marked = form(unfounded=[str(filed.report.id)], unfounded_reason=WHY)
    letter = browser.post(reverse("console:letter", args=[filed.case.id]), marked).content.decode()
    assert WHY in letter, "the preview says it"
    refused = browser.post(page, {**marked, "unfounded_reason": ""})
    assert refused.status_code == 422
    assert re.search(rf'value="{filed.report.id}"[^>]*checked', refused.content.decode()), "nothing typed is lost"
    assert browser.post(page, marked).status_code == 302
    assert Unfounded.objects.get().reason == WHY
    assert WHY in browser.get(reverse("console:case", args=[filed.case.id])).content.decode()


def test_a_case_about_a_child_offers_no_mark(platform: Office, client: Client) -> None:
    filed = sent(platform, concerns_child=True)
    review.claim(platform.actor("moderator"), filed.case.id)
    browser = signed_in(client, platform, "moderator")
    assert 'name="unfounded"' not in browser.get(reverse("console:case", args=[filed.case.id])).content.decode()
    marked = form(unfounded=[str(filed.report.id)], unfounded_reason=WHY)
    assert browser.post(reverse("console:decide", args=[filed.case.id]), marked).status_code == 422
    assert not Unfounded.objects.exists()


def test_letters_to_a_sender_are_read_by_who_may_see_what_stands_against_them(platform: Office) -> None:
    (consequence, _filed), reader = warned(platform), platform.actor("moderator")
    blind = replace(reader, capabilities=reader.capabilities - set(SEES))
    for who, shown in ((reader, True), (blind, False)):
        kinds = {notice.kind for notice in case_page(who, consequence.case_id).notices}
        assert any(kind.startswith("misuse_") for kind in kinds) is shown
        assert kinds, "other letters stay"


def test_nobody_warns_the_sender_of_another_organisation(platform: Office, other: Office, client: Client) -> None:
    filed = again(platform)[-1]
    browser = signed_in(client, other, "second")
    page = reverse("console:take_consequence", args=[filed.case.id])
    asked = {"report": filed.report.id, "kind": "warning", "reasons": WHY}
    assert browser.post(page, asked).status_code == 404
    assert not Consequence.objects.exists()


def test_from_the_list_to_a_warning_and_back(platform: Office, client: Client) -> None:
    filed = again(platform)[-1]
    browser = signed_in(client, platform, "second")
    listed = browser.get(reverse("console:misuse")).content.decode()
    assert filed.case.number in listed
    case = reverse("console:case", args=[filed.case.id])
    assert "Cảnh báo người gửi" in browser.get(case).content.decode()
    take = reverse("console:take_consequence", args=[filed.case.id])
    given = {"report": str(filed.report.id), "kind": "warning", "reasons": "Ba lần liền."}
    kept = browser.post(take, {**given, "kind": "limit", "days": "chín"})
    assert kept.status_code == 422
    assert "Ba lần liền." in kept.content.decode(), "nothing typed is lost"
    assert browser.post(take, {**given, "report": "khong-phai"}).status_code == 404
    assert browser.post(take, given).status_code == 302
    assert browser.post(take, given).status_code == 422, "a second click warns nobody twice"
    warning = Consequence.objects.get()
    assert "Ba lần liền." in browser.get(case).content.decode()
    assert browser.post(reverse("console:lift_consequence", args=[warning.id]), {"reasons": ""}).status_code == 422
    assert browser.post(reverse("console:lift_consequence", args=[warning.id]), {"reasons": "Nhầm."}).status_code == 302
    warning.refresh_from_db()
    assert warning.lifted_at


def test_the_appeal_is_heard_on_the_case_page_by_who_took_no_part(platform: Office, client: Client) -> None:
    warning, filed = warned(platform)
    objection = actions.object_to(filed.report.reference, filed.secret, warning.id, "Tôi báo vì sợ thật.")
    hear = reverse("console:hear_objection", args=[objection.id])
    case = reverse("console:case", args=[filed.case.id])
    browser = signed_in(client, platform, "second")
    assert hear not in browser.get(case).content.decode()
    assert browser.post(hear, {"outcome": "upheld", "reasons": "Đúng."}).status_code == 403
    browser = signed_in(client, platform, "appeals")
    shown = browser.get(case).content.decode()
    assert "Tôi báo vì sợ thật." in shown
    assert hear in shown
    assert browser.post(hear, {"outcome": "upheld", "reasons": ""}).status_code == 422
    assert browser.post(hear, {"outcome": "reversed", "reasons": "Có lý."}).status_code == 302
    assert Objection.objects.get().outcome == "reversed"


@pytest.mark.parametrize("nickname", ["verifier", "registrar", "admin", "officer"])
def test_those_who_see_no_reporters_see_no_senders(platform: Office, client: Client, nickname: str) -> None:
    filed = again(platform)[-1]
    browser = signed_in(client, platform, nickname)
    assert browser.get(reverse("console:misuse")).status_code == 403
    answer = browser.get(reverse("console:case", args=[filed.case.id]))
    assert "những gì được tính" not in answer.content.decode()
