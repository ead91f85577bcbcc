"""Cases made by real actions, and browsers signed in as real people."""

import io
from collections.abc import Callable

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.base.identity.policy import public_actor
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.actions.decide import DecisionInput, decide
from anlanh.work.casework.actions.intake import ReportInput, file_report
from anlanh.work.casework.actions.review import claim
from anlanh.work.casework.models import Case


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """Makes a browser in which a person is signed in; pages come in English, which the tests read."""

    def sign_in(office: object, nickname: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        member = office.members[nickname]
        member.account.language = "en"
        member.account.save()
        client.force_login(member.account)
        return client

    return sign_in


@pytest.fixture
def report(platform) -> Callable[..., Case]:
    """Files a report about an address and gives its case."""

    def file(address: str = "https://mang.example/p/1", **given: object) -> Case:
        words = {"category": "fraud", "text": "Trang này lừa đảo.", **given}
        organisation_id = platform.organisation.id
        return file_report(public_actor(organisation_id), organisation_id, ReportInput(address, **words)).case

    return file


@pytest.fixture
def ground() -> str:
    """A ground in force today that any report may be held against."""
    today = civil_date(clock.now())
    return next(one.id for one in vietnam().grounds_on(today) if one.category == "fraud")


@pytest.fixture
def typed(ground) -> dict[str, str]:
    """A decision as it is typed into the form."""
    return {
        "measure": "remove",
        "ground": ground,
        "facts": "Trang nhận tiền cọc rồi khoá tin nhắn.",
        "subject_fact": "Số tài khoản ghi ở dòng đầu của bài.",
    }


@pytest.fixture
def decided(platform, report, ground) -> Case:
    """A case that the moderator decided to remove."""
    case, moderator = report(), platform.actor("moderator")
    claim(moderator, case.id)
    decide(moderator, case.id, DecisionInput("remove", ground, "Nhận tiền cọc.", "Số tài khoản ở dòng đầu."))
    case.refresh_from_db()
    return case


@pytest.fixture
def scan() -> io.BytesIO:
    """A small file to upload as an order's document."""
    file = io.BytesIO(b"%PDF-1.4\n%scan\n%%EOF\n")
    file.name = "cong-van.pdf"
    return file
