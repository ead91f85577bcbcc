"""Leaving with hand-over, erasing, and that neither leaves a way in."""

import uuid
from collections.abc import Iterator

import pytest

from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.identity import actions, queries
from anlanh.base.identity.models import Account, Invitation
from anlanh.base.ports import open_work
from anlanh.primitives.errors import BadInput
from tests.builders import Office


class Work:
    """Stands in for casework: remembers what was handed over."""

    def __init__(self) -> None:
        self.moves: list[tuple[uuid.UUID, uuid.UUID]] = []

    def hand_over_all(self, actor: Actor, from_ref: uuid.UUID, to_ref: uuid.UUID) -> int:
        self.moves.append((from_ref, to_ref))
        return 3


@pytest.fixture
def work() -> Iterator[Work]:
    """The port bound to a stand-in."""
    before, stand_in = open_work._bound, Work()
    open_work.bind(stand_in)
    yield stand_in
    open_work.bind(before)


def test_leaving_hands_over_and_ends_access(platform: Office, work: Work) -> None:
    leaver, heir = platform.members["moderator"], platform.members["second"]
    actions.leave(platform.actor("admin"), leaver.ref, heir.ref)
    assert work.moves == [(leaver.ref, heir.ref)]
    act = Act.objects.get(subject_id=leaver.ref, type="member.left")
    assert act.clear == {"handed_over": 3, "handed_over_to": str(heir.ref)}
    assert queries.memberships(leaver.account) == []
    with pytest.raises(NotFound):
        queries.membership_of(leaver.account, platform.organisation.id)
    assert leaver.ref not in {person.ref for person in queries.members(platform.actor("admin"))}
    assert queries.name_of(platform.actor("admin"), leaver.ref) == "Moderator"


def test_subordinates_of_who_leaves_move_one_step_up(platform: Office, work: Work) -> None:
    admin = platform.actor("admin")
    top, middle, low = (platform.members[name].ref for name in ("appeals", "moderator", "second"))
    actions.set_supervisor(admin, low, middle)
    actions.set_supervisor(admin, middle, top)
    actions.leave(admin, middle, low)
    assert queries.subordinates_of(top) == {low}


@pytest.mark.parametrize("heir", [None, "self"])
def test_somebody_else_takes_over(platform: Office, work: Work, heir: str | None) -> None:
    ref = platform.members["moderator"].ref
    with pytest.raises(BadInput) as fault:
        actions.leave(platform.actor("admin"), ref, ref if heir else None)
    assert fault.value.where == "hand_over_to"
    assert work.moves == []


def test_who_left_takes_over_nothing_and_leaves_only_once(platform: Office, work: Work) -> None:
    admin, gone, stays = platform.actor("admin"), platform.members["moderator"].ref, platform.members["second"].ref
    actions.leave(admin, gone, stays)
    for attempt in (
        lambda: actions.leave(admin, gone, stays),
        lambda: actions.leave(admin, stays, gone),
        lambda: actions.change_roles(admin, gone, ["administrator"]),
        lambda: actions.set_supervisor(admin, stays, gone),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_the_last_administrator_does_not_leave(platform: Office, work: Work) -> None:
    admin = platform.actor("admin")
    with pytest.raises(BadInput):
        actions.leave(admin, admin.ref, platform.members["second"].ref)
    assert platform.actor("admin").can("people.manage")


def test_an_unbound_port_is_a_fault_and_changes_nothing(platform: Office) -> None:
    before = open_work._bound
    open_work.bind(None)
    try:
        with pytest.raises(LookupError):
            actions.leave(platform.actor("admin"), platform.members["moderator"].ref, platform.members["second"].ref)
    finally:
        open_work.bind(before)
    platform.members["moderator"].refresh_from_db()
    assert platform.members["moderator"].left_at is None


def test_who_left_can_be_invited_again(platform: Office, work: Work) -> None:
    admin, leaver = platform.actor("admin"), platform.members["moderator"]
    actions.leave(admin, leaver.ref, platform.members["second"].ref)
    _, token = actions.invite(admin, leaver.account.email, "Trở lại", ["inspector"])
    again = actions.accept_invitation(token, "Trở lại", account=leaver.account)
    assert again.ref != leaver.ref
    assert queries.membership_of(leaver.account, platform.organisation.id) == again


def test_erasing_leaves_acts_that_name_nobody(platform: Office, work: Work) -> None:
    admin, person = platform.actor("admin"), platform.members["moderator"]
    account_id, email = person.account_id, person.account.email
    invitation = Invitation.objects.get(membership=person)
    leaves = list(Act.objects.filter(subject_id__in=[person.ref, invitation.id]).values_list("leaf", flat=True))
    actions.leave(admin, person.ref, platform.members["second"].ref)
    assert actions.erase_person(admin, person.ref) == 4  # e-mail and name, of the invitation and of joining
    person.refresh_from_db()
    invitation.refresh_from_db()
    assert (person.name, person.account_id, invitation.email, invitation.name) == ("", None, "", "")
    assert not Account.objects.filter(id=account_id).exists()
    values = CommittedValue.objects.filter(act__subject_id__in=[person.ref, invitation.id])
    assert {(row.value, row.salt) for row in values} == {(None, None)}
    kept = Act.objects.filter(subject_id__in=[person.ref, invitation.id]).exclude(
        type__in=["member.left", "member.erased"]
    )
    assert sorted(kept.values_list("leaf", flat=True)) == sorted(leaves)
    assert email not in "".join(Act.objects.values_list("leaf", flat=True))


def test_only_who_left_is_erased_and_only_once(platform: Office, work: Work) -> None:
    admin, ref = platform.actor("admin"), platform.members["moderator"].ref
    with pytest.raises(BadInput):
        actions.erase_person(admin, ref)
    actions.leave(admin, ref, platform.members["second"].ref)
    actions.erase_person(admin, ref)
    with pytest.raises(BadInput):
        actions.erase_person(admin, ref)


def test_an_account_that_works_elsewhere_survives_erasing(platform: Office, other: Office, work: Work) -> None:
    account = other.members["moderator"].account
    _, token = actions.invite(platform.actor("admin"), account.email, "Hai nơi", ["moderator"])
    joined = actions.accept_invitation(token, "Hai nơi", account=account)
    actions.leave(platform.actor("admin"), joined.ref, platform.members["second"].ref)
    actions.erase_person(platform.actor("admin"), joined.ref)
    assert [place.organisation_id for place in queries.memberships(account)] == [other.organisation.id]


def test_an_account_switched_off_gives_nothing(platform: Office) -> None:
    account = platform.members["moderator"].account
    account.is_active = False
    assert queries.memberships(account) == []
