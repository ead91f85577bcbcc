"""The leave page where the person who leaves holds real cases."""

from django.test import Client
from django.urls import reverse

from anlanh.base.identity import queries
from anlanh.work.casework.actions import review
from tests.builders import Office
from tests.work.casework.steps_of import report


def test_an_heir_who_cannot_work_on_the_cases_is_refused_beside_the_field(client: Client, platform: Office) -> None:
    leaver = platform.actor("moderator")
    review.claim(leaver, report(platform).case.id)
    client.force_login(platform.members["admin"].account)
    page = reverse("accounts:leave", args=[leaver.ref])
    refused = client.post(page, {"hand_over_to": platform.members["registrar"].ref})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"hand_over_to"})
    assert "không xử lý được các vụ việc đang dở" in refused.content.decode()
    assert queries.member(platform.actor("admin"), leaver.ref).left_at is None
    assert client.post(page, {"hand_over_to": platform.members["second"].ref}).status_code == 302
