"""An organisation chooses its own numbers within the bounds of the pack, and only there."""

import pytest
from django.test import Client
from django.urls import reverse

from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.preferences.actions import set_preferences
from anlanh.work.casework.preferences.queries import house_number
from tests.builders import Office
from tests.work.casework.steps_of import fresh_address
from tests.work.casework.test_burst import flood

pytestmark = pytest.mark.django_db


def test_the_packs_number_holds_until_the_organisation_sets_its_own(platform: Office, other: Office) -> None:
    assert house_number(platform.organisation.id, "burst.reports") == 50
    set_preferences(platform.actor("admin"), undo_seconds=5, numbers={"burst.reports": 12})
    assert house_number(platform.organisation.id, "burst.reports") == 12
    assert house_number(other.organisation.id, "burst.reports") == 50
    set_preferences(platform.actor("admin"), undo_seconds=9)
    assert house_number(platform.organisation.id, "burst.reports") == 12, "what is not named stays"
    assert Act.objects.filter(type="preferences.set").last().clear["numbers"] == ["burst.reports:12"]
    set_preferences(platform.actor("admin"), undo_seconds=9, numbers={"burst.reports": 50})
    assert "numbers" not in Act.objects.filter(type="preferences.set").last().clear


OUTSIDE = {"burst.reports": 9, "misuse.limit-days": 31, "khong.co": 3, "figures.smallest-shown": 2}


@pytest.mark.parametrize("rule", OUTSIDE)
def test_nothing_outside_the_bounds_is_set(platform: Office, rule: str) -> None:
    with pytest.raises(BadInput) as refusal:
        set_preferences(platform.actor("admin"), undo_seconds=5, numbers={rule: OUTSIDE[rule]})
    assert refusal.value.where == rule
    with pytest.raises(NotAllowed):
        set_preferences(platform.actor("moderator"), undo_seconds=5, numbers={"burst.reports": 12})


def test_a_burst_follows_the_organisations_numbers(platform: Office) -> None:
    filed = flood(platform, fresh_address(), 12)[0]
    actor = platform.actor("moderator")
    assert queries.case_page(actor, filed.case.id).burst is None
    set_preferences(platform.actor("admin"), undo_seconds=0, numbers={"burst.reports": 12, "burst.minutes": 3})
    burst = queries.case_page(actor, filed.case.id).burst
    assert (burst.reports, burst.minutes) == (12, 3)


def test_the_page_sets_them_and_says_what_is_wrong(platform: Office, client: Client) -> None:
    client.force_login(platform.members["admin"].account)
    page = reverse("console:preferences")
    assert "chưa ai xác nhận" in client.get(page).content.decode()
    assert client.post(page, {"undo_seconds": 5, "burst.reports": "12", "burst.minutes": ""}).status_code == 302
    assert house_number(platform.organisation.id, "burst.reports") == 12
    assert house_number(platform.organisation.id, "burst.minutes") == 10
    refused = client.post(page, {"undo_seconds": 5, "burst.reports": "3"})
    assert refused.status_code == 422
    assert house_number(platform.organisation.id, "burst.reports") == 12
