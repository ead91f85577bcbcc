"""What reviewers open: counted for them alone, spared after a limit, and never a thumbnail of child abuse."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act
from anlanh.base.files.models import StoredFile
from anlanh.work.casework.actions import review
from anlanh.work.casework.exposure import queries
from anlanh.work.casework.exposure.actions import add_time, open_evidence
from anlanh.work.casework.exposure.models import Look
from anlanh.work.casework.exposure.tasks import forget_looks
from anlanh.work.casework.models import Case
from anlanh.work.casework.preferences import actions as preferences
from tests.builders import Office
from tests.work.casework.steps_of import report, stored_file
from tests.work.casework.test_protection import child_case, named

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # a Wednesday


def picture(platform: Office, category: str = "violence_obscenity") -> tuple[Case, StoredFile]:
    """A report with a picture."""
    stored = stored_file(platform, "anh.png")
    StoredFile.objects.filter(id=stored.id).update(media_type="image/png")
    return report(platform, category=category, file_ids=(stored.id,)).case, stored


def set_numbers(platform: Office, **numbers: int) -> None:
    """The organisation sets its own house rules."""
    preferences.set_preferences(platform.actor("admin"), undo_seconds=0, numbers=numbers)


def test_each_item_counts_once_a_day_for_who_opened_it(platform: Office) -> None:
    moderator = platform.actor("moderator")
    case, stored = picture(platform)
    other, scam = picture(platform, "fraud")
    paper = stored_file(platform)
    of_paper = report(platform, category="violence_obscenity", file_ids=(paper.id,)).case
    with clock.set_to(NOON):
        for _again in range(3):
            open_evidence(moderator, case.id, stored.id)
        open_evidence(moderator, other.id, scam.id)
        open_evidence(moderator, of_paper.id, paper.id)
        count = queries.own_exposure(moderator)
        assert (count.today.distressing, count.today.others, count.today.cases) == (1, 1, 2)
        assert queries.own_today(platform.actor("second")) == 0
    with clock.set_to(NOON + timedelta(days=1)):
        open_evidence(moderator, case.id, stored.id)
        count = queries.own_exposure(moderator)
        assert (count.today.distressing, count.week.distressing) == (1, 2)
        assert [number for _day, number in count.days][-2:] == [1, 1]
    assert Act.objects.filter(type="evidence.viewed", subject_id=case.id).count() == 2, "one a person, case and hour"
    with clock.set_to(NOON + timedelta(days=16)):
        assert forget_looks() == 3
        assert not Look.objects.exclude(day__gt=NOON.date()).exists()


def test_time_is_bounded_by_the_clock_of_the_house(platform: Office) -> None:
    moderator = platform.actor("moderator")
    case, stored = picture(platform)
    with clock.set_to(NOON):
        open_evidence(moderator, case.id, stored.id)
    with clock.set_to(NOON + timedelta(seconds=90)):
        add_time(moderator, case.id, stored.id, 60)
        add_time(moderator, case.id, stored.id, 99999)
        add_time(moderator, case.id, stored.id, 99999)
        add_time(platform.actor("second"), case.id, stored.id, 60)
        assert queries.own_exposure(moderator).today.minutes == 2
    assert Look.objects.get().seconds == 90


def test_who_reached_the_limit_gets_other_cases_first_but_never_waits_for_what_is_urgent(platform: Office) -> None:
    moderator = platform.actor("moderator")
    case, stored = picture(platform)
    gentle = report(platform, category="fraud").case
    assert review.claim_next(moderator).id == case.id, "it came first"
    review.release(moderator, case.id)
    set_numbers(platform, **{"exposure.others-first": 1})
    open_evidence(moderator, case.id, stored.id)
    assert queries.own_exposure(moderator).is_spared
    assert review.claim_next(moderator).id == gentle.id
    assert review.claim_next(platform.actor("second")).id == case.id, "others are not spared"
    review.release(platform.actor("second"), case.id)
    assert review.claim_next(moderator).id == case.id, "nothing else is left"
    review.release(moderator, case.id)
    report(platform, category="fraud")
    Case.objects.filter(id=case.id).update(soon_at=clock.now() - timedelta(minutes=1))
    assert review.claim_next(moderator).id == case.id, "due soon"


def test_who_leads_sees_names_without_numbers(platform: Office) -> None:
    moderator, admin = platform.actor("moderator"), platform.actor("admin")
    case, stored = picture(platform)
    open_evidence(moderator, case.id, stored.id)
    assert queries.over_limit(admin) == []
    set_numbers(platform, **{"exposure.others-first": 1})
    assert queries.over_limit(admin) == [moderator.ref]
    assert queries.over_limit(platform.actor("second")) is None


def test_suspected_abuse_is_shown_on_no_page_even_to_those_named(platform: Office) -> None:
    case, stored = child_case(platform)
    with pytest.raises(NotAllowed):
        open_evidence(named(platform), case.id, stored.id, shown=True)
    assert open_evidence(named(platform), case.id, stored.id).id == stored.id


def test_a_pause_is_suggested_and_put_aside(platform: Office, client: Client) -> None:
    moderator = platform.actor("moderator")
    case, stored = picture(platform)
    set_numbers(platform, **{"exposure.pause-after": 1})
    client.force_login(platform.members["moderator"].account)
    assert "c-looked" not in client.get("/console/").content.decode()
    open_evidence(moderator, case.id, stored.id)
    page = client.get(f"/console/cases/{case.id}/").content.decode()
    assert "c-rest" in page
    assert "c-blurred" in page
    assert client.post("/console/looked-at/rest/").status_code == 302
    assert "c-rest" not in client.get("/console/").content.decode()
    assert client.get("/console/looked-at/").status_code == 200


def test_the_page_tells_how_long_something_stood_open(platform: Office, client: Client) -> None:
    case, stored = picture(platform)
    client.force_login(platform.members["moderator"].account)
    address = f"/console/cases/{case.id}/evidence/{stored.id}/seen/"
    for seconds in ("12", "-5", "x", "9" * 5000, "١٢", ""):
        assert client.post(address, {"seconds": seconds}).status_code == 204
    assert client.get(address).status_code == 405
