"""People in organisations: inviting, joining, roles, supervisors; what is refused, and what other organisations see."""

import uuid
from datetime import timedelta

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.identity import actions, queries
from anlanh.base.identity.models import Account, Invitation, Membership
from anlanh.base.identity.tokens import digest
from anlanh.base.outbox.models import Message
from anlanh.primitives.errors import BadInput
from tests.builders import PASSWORD, Office, build_platform

NEW_PASSWORD = "bon-chu-khong-lien-quan-9"


def acts_of(subject_id: uuid.UUID) -> list[str]:
    """The types of acts in a subject's history, in order."""
    return list(Act.objects.filter(subject_id=subject_id).order_by("seq").values_list("type", flat=True))


def invite_new(office: Office, email: str = "moi@mang.example", roles: tuple[str, ...] = ("moderator",)) -> tuple:
    """An invitation of somebody new by the administrator."""
    return actions.invite(office.actor("admin"), email, "Người Mới", roles)


# ── organisations ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_organisation_begins_its_history_with_an_act(db: None) -> None:
    organisation = actions.create_organisation("So-TT", "department", "Sở Thông tin", name_en="Department")
    act = Act.objects.get(subject_id=organisation.id)
    assert (act.type, act.seq, act.actor_kind, organisation.code) == ("organisation.created", 1, "system", "so-tt")
    assert act.clear == {"code": "so-tt", "kind": "department", "accepts_reports": True}
    assert "Sở Thông tin" not in act.leaf


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"kind": "circus"}, "kind"),
        ({"code": "có dấu"}, "code"),
        ({"code": ""}, "code"),
        ({"name": "  "}, "name"),
        ({"contact_email": "khong-phai"}, "contact_email"),
    ],
)
def test_an_organisation_needs_usable_details(db: None, changed: dict, where: str) -> None:
    with pytest.raises(BadInput) as fault:
        actions.create_organisation(**({"code": "a", "kind": "telecom", "name": "A"} | changed))
    assert fault.value.where == where


def test_a_code_is_given_once(platform: Office) -> None:
    with pytest.raises(BadInput):
        actions.create_organisation(platform.organisation.code.upper(), "telecom", "Khác")


def test_every_kind_of_actor_but_people_can_be_an_organisation(db: None) -> None:
    from anlanh.law.pack import vietnam

    for number, kind in enumerate(vietnam().actors.values()):
        if kind.person:
            with pytest.raises(BadInput):
                actions.create_organisation(f"to-chuc-{number}", kind.id, kind.id)
        else:
            assert actions.create_organisation(f"to-chuc-{number}", kind.id, kind.id).kind == kind.id


def test_only_the_first_administrator_is_founded(platform: Office) -> None:
    with pytest.raises(BadInput):
        actions.found_administrator(platform.organisation, "hai@mang.example", "Hai", PASSWORD)


# ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_keeps_only_the_digest_and_queues_a_letter(platform: Office) -> None:
    invitation, token = invite_new(platform)
    assert invitation.token_hash == digest(token)
    assert len(token) >= 43  # 256 bits in base 64
    letter = Message.objects.get(key=f"invitation:{invitation.id}")
    assert letter.channel == "mail"
    assert letter.payload["to"] == "moi@mang.example"
    assert token in letter.payload["body"]
    assert letter.act_id == Act.objects.get(subject_id=invitation.id).id


def test_the_act_of_inviting_names_nobody(platform: Office) -> None:
    invitation, token = invite_new(platform)
    act = Act.objects.get(subject_id=invitation.id)
    assert act.clear["roles"] == ["moderator"]
    assert not any(word in act.leaf for word in ("moi@", "Người Mới", token))
    assert set(act.body["committed"]) == {"email", "name"}


def test_the_letter_is_written_in_the_language_chosen(platform: Office) -> None:
    english, _ = actions.invite(platform.actor("admin"), "en@mang.example", "Ann", ["moderator"], language="en")
    vietnamese, _ = actions.invite(platform.actor("admin"), "vi@mang.example", "An", ["moderator"])
    bodies = {row.key: row.payload["body"] for row in Message.objects.filter(channel="mail")}
    assert "invites you" in bodies[f"invitation:{english.id}"]
    assert "mời bạn" in bodies[f"invitation:{vietnamese.id}"]


def test_accepting_makes_an_account_and_a_membership(platform: Office) -> None:
    invitation, token = invite_new(platform, "MOI@Mang.Example")
    membership = actions.accept_invitation(token, "  Người   Mới ", NEW_PASSWORD)
    assert (membership.name, membership.roles) == ("Người Mới", ["moderator"])
    assert membership.account.check_password(NEW_PASSWORD)
    assert membership.account.email == "moi@mang.example"
    act = Act.objects.get(subject_id=membership.ref)
    assert (act.type, act.actor_ref, act.clear["invitation"]) == ("member.joined", membership.ref, str(invitation.id))


def test_a_token_works_once(platform: Office) -> None:
    _, token = invite_new(platform)
    actions.accept_invitation(token, "Mới", NEW_PASSWORD)
    with pytest.raises(NotFound):
        actions.accept_invitation(token, "Mới", NEW_PASSWORD)


def test_a_token_lasts_seven_days(platform: Office) -> None:
    _, token = invite_new(platform)
    with clock.set_to(clock.now() + timedelta(days=7, seconds=1)), pytest.raises(NotFound):
        actions.accept_invitation(token, "Mới", NEW_PASSWORD)
    with clock.set_to(clock.now() + timedelta(days=6, hours=23)):
        actions.accept_invitation(token, "Mới", NEW_PASSWORD)


def test_a_withdrawn_token_opens_nothing(platform: Office) -> None:
    invitation, token = invite_new(platform)
    actions.withdraw_invitation(platform.actor("admin"), invitation.id)
    with pytest.raises(NotFound):
        queries.open_invitation(token)
    assert acts_of(invitation.id) == ["member.invited", "invitation.withdrawn"]
    with pytest.raises(NotFound):
        actions.withdraw_invitation(platform.actor("admin"), invitation.id)


def test_inviting_again_replaces_the_earlier_invitation(platform: Office) -> None:
    first, old_token = invite_new(platform)
    second, _ = invite_new(platform, roles=("registrar",))
    assert [row.id for row in queries.invitations(platform.actor("admin"))] == [second.id]
    assert Act.objects.get(subject_id=first.id, type="invitation.withdrawn").clear == {"why": "replaced"}
    with pytest.raises(NotFound):
        queries.open_invitation(old_token)


def test_an_unknown_token_and_a_used_one_are_answered_alike(platform: Office) -> None:
    _, token = invite_new(platform)
    actions.accept_invitation(token, "Mới", NEW_PASSWORD)
    answers = []
    for tried in (token, "never-issued"):
        with pytest.raises(NotFound) as fault:
            queries.open_invitation(tried)
        answers.append(str(fault.value))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("name", "password", "where"), [("", NEW_PASSWORD, "name"), ("Mới", "ngan", "password")])
def test_accepting_needs_a_name_and_a_good_password(platform: Office, name: str, password: str, where: str) -> None:
    _, token = invite_new(platform)
    with pytest.raises(BadInput) as fault:
        actions.accept_invitation(token, name, password)
    assert fault.value.where == where
    assert not Account.objects.filter(email="moi@mang.example").exists()
    assert queries.open_invitation(token)


def test_a_link_alone_does_not_reach_into_an_existing_account(platform: Office, other: Office) -> None:
    account = other.members["moderator"].account
    _, token = invite_new(platform, account.email)
    before = account.password
    with pytest.raises(BadInput):
        actions.accept_invitation(token, "Kẻ lạ", NEW_PASSWORD)
    with pytest.raises(BadInput):
        actions.accept_invitation(token, "Kẻ lạ", account=other.members["second"].account)
    account.refresh_from_db()
    assert account.password == before
    joined = actions.accept_invitation(token, "Chính chủ", account=account)
    assert {place.organisation_id for place in queries.memberships(account)} == {
        platform.organisation.id,
        other.organisation.id,
    }
    assert joined.account == account


@pytest.mark.parametrize(
    ("email", "name", "roles", "where"),
    [
        ("khong-phai", "A", ["moderator"], "email"),
        ("a@b.example", "", ["moderator"], "name"),
        ("a@b.example", "A" * 121, ["moderator"], "name"),
        ("a@b.example", "A", [], "roles"),
        ("a@b.example", "A", ["king"], "roles"),
        ("moderator@mang.example", "A", ["moderator"], "email"),
    ],
)
def test_an_invitation_needs_usable_details(platform: Office, email: str, name: str, roles: list, where: str) -> None:
    with pytest.raises(BadInput) as fault:
        actions.invite(platform.actor("admin"), email, name, roles)
    assert fault.value.where == where


# ── roles and supervisors ───────────────────────────────────────────────────────────────────────────────────────────


def test_roles_change_capabilities_at_once_and_are_recorded(platform: Office) -> None:
    ref = platform.members["moderator"].ref
    actions.change_roles(platform.actor("admin"), ref, ["registrar", "inspector"])
    assert platform.actor("moderator").can("ledger.view")
    assert not platform.actor("moderator").can("cases.decide")
    act = Act.objects.get(subject_id=ref, type="member.roles_changed")
    assert act.clear == {"before": ["moderator"], "roles": ["inspector", "registrar"]}


def test_the_same_roles_again_record_nothing(platform: Office) -> None:
    ref = platform.members["moderator"].ref
    actions.change_roles(platform.actor("admin"), ref, ["moderator", "moderator"])
    assert acts_of(ref) == ["member.joined"]


def test_the_last_administrator_keeps_the_role(platform: Office) -> None:
    admin = platform.actor("admin")
    with pytest.raises(BadInput):
        actions.change_roles(admin, admin.ref, ["moderator"])
    actions.change_roles(admin, platform.members["second"].ref, ["administrator"])
    actions.change_roles(admin, admin.ref, ["moderator"])
    assert not platform.actor("admin").can("people.manage")


def test_an_administrator_whose_account_is_switched_off_does_not_count(platform: Office) -> None:
    admin = platform.actor("admin")
    actions.change_roles(admin, platform.members["second"].ref, ["administrator"])
    Account.objects.filter(id=platform.members["second"].account_id).update(is_active=False)
    with pytest.raises(BadInput):
        actions.change_roles(admin, admin.ref, ["moderator"])


def test_supervision_reaches_down_and_never_round(platform: Office) -> None:
    admin = platform.actor("admin")
    top, middle, low = (platform.members[name].ref for name in ("appeals", "moderator", "second"))
    actions.set_supervisor(admin, low, middle)
    actions.set_supervisor(admin, middle, top)
    assert queries.subordinates_of(top) == {middle, low}
    assert queries.is_subordinate(low, top)
    assert not queries.is_subordinate(top, low)
    for below in (top, middle, low):
        with pytest.raises(BadInput):
            actions.set_supervisor(admin, top, below)
    actions.set_supervisor(admin, middle, None)
    assert queries.subordinates_of(top) == set()
    assert acts_of(middle) == ["member.joined", "member.supervisor_set", "member.supervisor_set"]


# ── who may, and who is seen ────────────────────────────────────────────────────────────────────────────────────────


def test_only_those_who_manage_people_manage_people(platform: Office) -> None:
    invitation, _ = invite_new(platform)
    ref = platform.members["second"].ref
    for nickname in sorted(platform.members.keys() - {"admin"}):
        actor = platform.actor(nickname)
        attempts = [
            lambda a=actor: actions.invite(a, "x@y.example", "X", ["moderator"]),
            lambda a=actor: actions.withdraw_invitation(a, invitation.id),
            lambda a=actor: actions.change_roles(a, ref, ["administrator"]),
            lambda a=actor: actions.set_supervisor(a, ref, None),
            lambda a=actor: actions.leave(a, ref, a.ref),
            lambda a=actor: actions.erase_person(a, ref),
            lambda a=actor: actions.issue_credential(a, "K", ["cases.view"]),
            lambda a=actor: actions.revoke_credential(a, uuid.uuid4()),
            lambda a=actor: queries.invitations(a),
            lambda a=actor: queries.credentials(a),
            lambda a=actor: queries.former_members(a),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt()
    assert acts_of(ref) == ["member.joined"]


def test_people_of_another_organisation_do_not_exist(platform: Office, other: Office) -> None:
    admin = platform.actor("admin")
    mine, theirs = platform.members["moderator"].ref, other.members["moderator"].ref
    offer, _ = actions.invite(other.actor("admin"), "moi@khac.example", "M", ["moderator"])
    key, _ = actions.issue_credential(other.actor("admin"), "K", ["cases.view"])
    said = set()
    for attempt in (
        lambda: queries.member(admin, theirs),
        lambda: queries.member(admin, uuid.uuid4()),
        lambda: actions.change_roles(admin, theirs, ["inspector"]),
        lambda: actions.set_supervisor(admin, theirs, None),
        lambda: actions.set_supervisor(admin, mine, theirs),
        lambda: actions.leave(admin, theirs, mine),
        lambda: actions.leave(admin, mine, theirs),
        lambda: actions.erase_person(admin, theirs),
    ):
        with pytest.raises(NotFound) as fault:
            attempt()
        said.add(str(fault.value))
    assert len(said) == 1
    for attempt in (
        lambda: actions.withdraw_invitation(admin, offer.id),
        lambda: actions.revoke_credential(admin, key.id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert theirs not in {person.ref for person in queries.members(admin)}
    assert not queries.credentials(admin).exists()
    assert queries.name_of(admin, theirs) == queries.name_of(admin, uuid.uuid4())


def test_the_public_sees_no_people(platform: Office) -> None:
    from anlanh.base.identity.policy import public_actor

    visitor = public_actor(platform.organisation.id)
    assert not queries.members(visitor).exists()
    with pytest.raises(NotFound):
        queries.member(visitor, platform.members["admin"].ref)


def test_names_of_doers(platform: Office) -> None:
    admin = platform.actor("admin")
    key, _ = actions.issue_credential(admin, "Diễn đàn", ["cases.view"])
    assert queries.name_of(admin, admin.ref) == "Quản trị"
    assert "Diễn đàn" in queries.name_of(admin, key.id)
    assert queries.name_of(admin, None)


def test_public_directory(db: None) -> None:
    build_platform(code="mo", name="Mở")
    closed = actions.create_organisation("kin", "department", "Kín", accepts_reports=False)
    assert [row.code for row in queries.organisations_taking_reports()] == ["mo"]
    assert queries.organisation_by_code("kin") == closed
    with pytest.raises(NotFound):
        queries.organisation_by_code("khong-co")


def test_nothing_is_left_of_an_action_that_fails_midway(platform: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from anlanh.base.identity.actions import people

    def broken(*args: object) -> None:
        raise RuntimeError

    before = (
        Act.objects.count(),
        Invitation.objects.count(),
        Membership.objects.count(),
        CommittedValue.objects.count(),
    )
    monkeypatch.setattr(people, "invitation_letter", broken)
    with pytest.raises(RuntimeError):
        invite_new(platform)
    after = (
        Act.objects.count(),
        Invitation.objects.count(),
        Membership.objects.count(),
        CommittedValue.objects.count(),
    )
    assert after == before
