"""The panel of a decision that takes two people: proposed by one, approved or refused by another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anlanh.work.casework.actions.review import claim
from anlanh.work.casework.models import Case, Decision, Proposal
from anlanh.work.registry.actions import PageInput, put_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(
    platform: Any, signed_in: Callable[..., Client], report: Callable[..., Case], typed: dict[str, str]
) -> Case:
    """A case whose account the moderator proposes to end."""
    put_page(
        platform.actor("registrar"), PageInput("https://mang.example/p/9", holder_address="https://mang.example/@x")
    )
    case = report("https://mang.example/p/9")
    claim(platform.actor("moderator"), case.id)
    answer = signed_in(platform, "moderator").post(
        f"/console/cases/{case.id}/decide/", {**typed, "measure": "end_account"}
    )
    assert answer.status_code == 302
    assert not Decision.objects.exists()
    return case


def test_who_proposed_reads_why_they_can_not_approve(
    platform: Any, signed_in: Callable[..., Client], proposed: Case
) -> None:
    shown = signed_in(platform, "moderator").get(f"/console/cases/{proposed.id}/").content.decode()
    assert "You proposed this decision. Somebody else has to approve it." in shown
    assert 'id="decide"' not in shown


def test_another_approves(
    platform: Any, signed_in: Callable[..., Client], proposed: Case, typed: dict[str, str]
) -> None:
    person, proposal = signed_in(platform, "second"), Proposal.objects.get()
    page = f"/console/cases/{proposed.id}/"
    assert typed["subject_fact"] in person.get(page).content.decode()
    assert person.post(f"{page}approve/", {}).status_code == 422
    assert person.post(f"{page}approve/", {"proposal": str(proposal.id)}).status_code == 302
    assert Decision.objects.get().measure == "end_account"
    assert "Proposed by" in person.get(page).content.decode()


def test_a_refusal_needs_reasons(platform: Any, signed_in: Callable[..., Client], proposed: Case) -> None:
    person, proposal = signed_in(platform, "second"), Proposal.objects.get()
    sent = {"proposal": str(proposal.id), "reasons": ""}
    refused = person.post(f"/console/cases/{proposed.id}/refuse/", sent)
    assert refused.status_code == 422
    assert "say why" in refused.content.decode()
    sent["reasons"] = "Bảy ngày là đủ."
    assert person.post(f"/console/cases/{proposed.id}/refuse/", sent).status_code == 302
    assert Proposal.objects.get().outcome == "refused"
