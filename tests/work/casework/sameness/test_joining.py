"""What one sender says twice of one page is one matter: one state, one letter, and nothing of it is lost."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.clocks.models import Clock
from anlanh.base.files import store
from anlanh.base.identity.policy import public_actor
from anlanh.base.identity.tokens import digest as token_digest
from anlanh.base.outbox.models import Message
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, confirming, sorting
from anlanh.work.casework.actions.intake import Filed
from anlanh.work.casework.keeping.case_files import take
from anlanh.work.casework.mailbox.actions import take_letter
from anlanh.work.casework.misuse.models import Unfounded
from anlanh.work.casework.models import Notice, Party, Report
from anlanh.work.casework.sameness.models import Again
from anlanh.work.casework.talking import actions as talking
from tests.builders import Office
from tests.work.casework.misuse.senders_of import held_unfounded, sent
from tests.work.casework.steps_of import decided, fresh_address, report

pytestmark = pytest.mark.django_db


def confirm(filed: Filed) -> None:
    Party.objects.filter(id=filed.report.reporter_id).update(confirm_hash=token_digest(filed.report.reference))
    confirming.confirm_email(filed.report.reference)


def door(filed: Filed) -> tuple[str, str]:
    return filed.report.reference, filed.secret


def _inside(archive: bytes) -> list[bytes]:
    opened = zipfile.ZipFile(io.BytesIO(archive))
    return [opened.read(name) for name in opened.namelist()]


def twice(office: Office, **fields: Any) -> tuple[Filed, Filed]:
    """Two reports of one page from one address, both confirmed."""
    address = fresh_address()
    first = report(office, address, reporter_email="lan@example.vn", text="Trang này lừa.")
    second = report(office, address, **{"reporter_email": "Lan@example.vn", "text": "Tôi còn ảnh chụp.", **fields})
    confirm(first)
    confirm(second)
    return first, second


def test_both_numbers_open_one_state_and_one_letter_goes(platform: Office) -> None:
    first, second = twice(platform)
    assert Again.objects.get().first == first.report
    assert Act.objects.get(type="report.said_again").clear["first"] == str(first.report.id)
    views = [queries.status(*door(each)) for each in (first, second)]
    assert [view.reference for view in views] == [first.report.reference, second.report.reference]
    assert views[0].reports == views[1].reports
    assert len(views[0].reports) == 2
    decided(platform, first, "no_action")
    views = [queries.status(*door(each)) for each in (first, second)]
    assert views[0].phase == views[1].phase == "decided"
    assert [len(view.notices) for view in views] == [1, 1]
    assert Notice.objects.filter(role="reporter").count() == 1
    letters = Message.objects.filter(channel="mail", key__startswith="notice:")
    assert letters.count() == 1


def test_one_appeal_through_either_door(platform: Office) -> None:
    first, second = twice(platform)
    decided(platform, first, "no_action")
    appeals.file_appeal(*door(second), "Tôi thấy rõ là lừa.")
    assert queries.status(*door(first)).phase == "under_appeal"
    with pytest.raises(BadInput):
        appeals.file_appeal(*door(first), "Lần nữa.")


def test_words_files_time_and_clock_of_each_are_kept(platform: Office) -> None:
    address, nine = fresh_address(), clock.now()
    with clock.set_to(nine):
        first = report(platform, address, reporter_email="lan@example.vn", text="Trang này lừa.")
        confirm(first)
    with clock.set_to(nine + timedelta(hours=3)):
        public = public_actor(platform.organisation.id)
        stored = store.keep(public.organisation_id, "anh.txt", io.BytesIO(b"anh chup"))
        given = {"text": "Tôi còn ảnh chụp.", "file_ids": (stored.id,)}
        second = report(platform, address, reporter_email="lan@example.vn", **given)
        confirm(second)
        assert Again.objects.exists()
        assert Report.objects.get(id=second.report.id).text == "Tôi còn ảnh chụp."
        assert Report.objects.get(id=second.report.id).received_at == nine + timedelta(hours=3)
        assert Clock.objects.filter(started_by=second.report.act_id).exists()
        assert queries.status(*door(second)).by_when == queries.status(*door(first)).by_when
        inside = b"".join(_inside(take(*door(first)))).decode(errors="replace")
    assert "Tôi còn ảnh chụp." in inside
    assert "anh chup" in inside


@pytest.mark.parametrize(
    "other",
    [
        {"reporter_email": "minh@example.vn"},
        {"category": "privacy"},
        {"reporter_email": ""},
    ],
)
def test_another_sender_or_another_matter_stays_by_itself(platform: Office, other: dict[str, Any]) -> None:
    address = fresh_address()
    first = report(platform, address, reporter_email="lan@example.vn")
    confirm(first)
    second = report(platform, address, **{"reporter_email": "lan@example.vn", **other})
    if second.report.reporter.email:
        confirm(second)
    assert not Again.objects.exists()


def test_an_address_that_was_only_typed_learns_nothing(platform: Office) -> None:
    address = fresh_address()
    first = report(platform, address, reporter_email="lan@example.vn")
    confirm(first)
    typed = report(platform, address, reporter_email="lan@example.vn")
    assert not Again.objects.exists()
    assert queries.status(*door(typed)).reports == []


def test_what_was_spoken_about_or_is_decided_stays_by_itself(platform: Office) -> None:
    address = fresh_address()
    first = report(platform, address, reporter_email="lan@example.vn")
    second = report(platform, address, reporter_email="lan@example.vn")
    confirm(first)
    talking.write_by_door(*door(second), "Tôi hỏi thêm.")
    confirm(second)
    assert not Again.objects.exists()
    third = report(platform, address, reporter_email="lan@example.vn")
    decided(platform, first, "no_action")
    confirm(third)
    assert not Again.objects.exists()


def test_a_platforms_user_is_joined_as_it_comes(platform: Office) -> None:
    address = fresh_address()
    first = sent(platform, address=address, text="Lừa.")
    second = sent(platform, address=address, text="Vẫn lừa, có ảnh.")
    other = sent(platform, "nguoi-dung-8", address=address, text="Vẫn lừa, có ảnh.")
    assert not second.repeated
    assert second.secret
    assert Again.objects.get().report == second.report
    assert Act.objects.filter(type="report.joined").first().clear["first"] == str(first.report.id)
    assert len(queries.status(*door(second)).reports) == 2
    assert queries.status(*door(other)).reports == []


@pytest.mark.parametrize("category", ["other", "fraud"])
def test_a_letter_from_a_confirmed_address_is_joined_as_it_comes(platform: Office, category: str) -> None:
    address = fresh_address()
    first = report(platform, address, reporter_email="lan@example.vn", category=category)
    confirm(first)
    raw = f"From: Lan <LAN@example.vn>\nMessage-ID: <hai@x>\nSubject: Them\n\nXem {address} nua nhe.\n"
    letter = take_letter(platform.organisation.id, raw.encode())
    assert Again.objects.get().report == letter.report
    answer = Message.objects.get(key=f"confirm:{letter.report.reporter_id}").payload
    assert answer["to"].lower() == "lan@example.vn", "what opens the page goes to the address alone"
    line = queries.case_page(platform.actor("moderator"), first.case.id).reports[0]
    assert line.claims, "the staff are told that nobody confirmed it"
    assert b"nua nhe" not in b"".join(_inside(take(*door(first)))), "and it is not given out as the sender's own"
    stranger = f"From: ba@example.vn\nMessage-ID: <ba@x>\n\n{address}\n"
    take_letter(platform.organisation.id, stranger.encode())
    assert Again.objects.count() == 1


def test_staff_see_whose_it_is_and_write_to_one_door(platform: Office, client: Client) -> None:
    first, second = twice(platform)
    lines = {
        line.reference: line.again for line in queries.case_page(platform.actor("moderator"), first.case.id).reports
    }
    assert lines == {first.report.reference: "", second.report.reference: first.report.reference}
    talking.write_to(platform.actor("moderator"), first.case.id, second.report.id, "Bạn gửi ảnh nào?", asks=True)
    client.post(reverse("portal:find"), {"reference": first.report.reference, "secret": first.secret})
    shown = client.get(reverse("portal:status", args=[first.report.reference])).content.decode()
    assert "Bạn gửi ảnh nào?" in shown
    assert second.report.reference in shown


def test_sorting_one_parts_them_again(platform: Office) -> None:
    first, second = twice(platform)
    sorting.sort_report(platform.actor("moderator"), first.report.id, "recommendation", "Đây là kiến nghị.")
    assert not Again.objects.exists()
    assert queries.status(*door(second)).reports == []


def test_what_is_said_twice_counts_once_as_unfounded(platform: Office) -> None:
    address = fresh_address()
    first = sent(platform, address=address, text="Lừa.")
    second = sent(platform, address=address, text="Vẫn lừa.")
    held_unfounded(platform, first, unfounded=(first.report.id, second.report.id))
    assert Unfounded.objects.get().report == first.report


def test_a_report_about_a_child_said_again_keeps_both_from_being_marked(platform: Office) -> None:
    address = fresh_address()
    first = sent(platform, address=address, text="Lừa.")
    second = sent(platform, address=address, text="Có trẻ em.", concerns_child=True)
    with pytest.raises(BadInput):
        held_unfounded(platform, first, unfounded=(second.report.id,))
