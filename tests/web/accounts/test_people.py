"""The administrators' pages: people and keys; and everyone's own settings."""

import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from anlanh.base.identity import actions, queries
from anlanh.base.ports import open_work
from tests.builders import Office


@pytest.fixture
def admin(client: Client, platform: Office) -> Client:
    """The administrator's browser."""
    client.force_login(platform.members["admin"].account)
    return client


@pytest.fixture(autouse=True)
def _work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds anything."""

    class Nothing:
        def hand_over_all(self, *args: object) -> int:
            return 0

    monkeypatch.setattr(open_work, "_bound", Nothing())


def test_inviting_shows_the_link_once(admin: Client, platform: Office) -> None:
    body = {"name": "Mới", "email": "moi@mang.example", "roles": ["moderator", "registrar"], "language": "vi"}
    page = admin.post(reverse("accounts:invite"), body)
    link = page.context["link"]
    assert link in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    listed = admin.get(reverse("accounts:people")).content.decode()
    assert "moi@mang.example" in listed
    assert link.rsplit("/", 2)[1] not in listed
    (offer,) = queries.invitations(platform.actor("admin"))
    admin.post(reverse("accounts:withdraw", args=[offer.id]))
    assert "moi@mang.example" not in admin.get(reverse("accounts:people")).content.decode()


def test_a_refused_invitation_keeps_what_was_typed(admin: Client, platform: Office) -> None:
    body = {"name": "Ai Đó", "email": platform.email("second"), "roles": ["moderator"], "language": "vi"}
    page = admin.post(reverse("accounts:invite"), body)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"email"}
    assert "Ai Đó" in page.content.decode()


def test_roles_and_supervisor(admin: Client, platform: Office) -> None:
    second, boss = platform.members["second"], platform.members["appeals"]
    admin.post(reverse("accounts:roles", args=[second.ref]), {"roles": ["inspector"]})
    admin.post(reverse("accounts:supervisor", args=[second.ref]), {"supervisor": boss.ref})
    second.refresh_from_db()
    assert (second.roles, second.reports_to) == (["inspector"], boss)
    page = admin.get(reverse("accounts:person", args=[second.ref])).content.decode()
    assert f'<option value="{boss.ref}" selected' in page
    admin.post(reverse("accounts:supervisor", args=[second.ref]), {"supervisor": ""})
    second.refresh_from_db()
    assert second.reports_to is None


def test_refusals_stand_beside_their_fields(admin: Client, platform: Office) -> None:
    me = platform.members["admin"].ref
    none = admin.post(reverse("accounts:roles", args=[me]), {})
    assert (none.status_code, none.context["roles"].errors.keys()) == (422, {"roles"})
    last = admin.post(reverse("accounts:roles", args=[me]), {"roles": ["moderator"]})
    assert "quản trị viên cuối cùng" in last.content.decode()
    leaving = admin.post(reverse("accounts:leave", args=[me]), {"hand_over_to": platform.members["second"].ref})
    assert leaving.status_code == 422
    assert "quản trị viên cuối cùng" in leaving.content.decode()
    nobody = admin.post(reverse("accounts:leave", args=[platform.members["second"].ref]), {})
    assert nobody.context["form"].errors.keys() == {"hand_over_to"}


def test_likely_successors_are_offered_first(admin: Client, platform: Office) -> None:
    form = admin.get(reverse("accounts:leave", args=[platform.members["second"].ref])).context["form"]
    refs = [ref for ref, _ in form.fields["hand_over_to"].choices]
    assert refs[:2] == ["", str(platform.members["moderator"].ref)]
    assert str(platform.members["second"].ref) not in refs


def test_leaving_and_erasing(admin: Client, platform: Office) -> None:
    leaver = platform.members["second"]
    sign_in = Client()
    sign_in.force_login(leaver.account)
    assert sign_in.get(reverse("accounts:settings")).status_code == 200
    heir = platform.members["moderator"].ref
    admin.post(reverse("accounts:leave", args=[leaver.ref]), {"hand_over_to": heir})
    assert sign_in.get(reverse("accounts:settings")).status_code == 302
    assert "Second" in admin.get(reverse("accounts:people")).content.decode()
    assert admin.get(reverse("accounts:leave", args=[leaver.ref])).status_code == 302
    admin.post(reverse("accounts:erase", args=[leaver.ref]))
    page = admin.get(reverse("accounts:people")).content.decode()
    assert "Second" not in page
    assert "đã xoá tên" in page
    assert admin.get(reverse("accounts:person", args=[leaver.ref])).status_code == 200


def test_a_key_s_secret_is_shown_once(admin: Client, platform: Office) -> None:
    page = admin.post(reverse("accounts:keys"), {"name": "Diễn đàn", "capabilities": ["cases.view"]})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in admin.get(reverse("accounts:keys")).content.decode()
    actor = queries.actor_for_bearer(secret)
    admin.post(reverse("accounts:revoke", args=[actor.ref]))
    assert queries.actor_for_bearer(secret) is None


def addresses(office: Office) -> list[tuple[str, str]]:
    """Every page about an organisation's people and keys, with the method that reaches it."""
    offer, _ = actions.invite(office.actor("admin"), f"moi@{office.organisation.code}.example", "M", ["moderator"])
    key, _ = actions.issue_credential(office.actor("admin"), "K", ["cases.view"])
    ref = office.members["moderator"].ref
    about = [(name, [ref]) for name in ("roles", "supervisor", "leave", "erase")]
    about += [("withdraw", [offer.id]), ("revoke", [key.id])]
    return [("post", reverse(f"accounts:{name}", args=args)) for name, args in about] + [
        ("get", reverse("accounts:person", args=[ref])),
        ("get", reverse("accounts:leave", args=[ref])),
    ]


def test_another_organisation_s_people_are_not_found(admin: Client, platform: Office, other: Office) -> None:
    mine = platform.members["second"].ref
    body = {"roles": ["inspector"], "supervisor": "", "hand_over_to": mine}
    for method, address in addresses(other):
        assert getattr(admin, method)(address, body).status_code == 404, address
    theirs = other.members["second"].ref
    answer = admin.post(reverse("accounts:leave", args=[mine]), {"hand_over_to": theirs})
    assert answer.status_code == 422  # not among those offered, exactly like an id that never was
    unknown = admin.post(reverse("accounts:leave", args=[mine]), {"hand_over_to": uuid.uuid4()})
    assert answer.context["form"].errors.keys() == unknown.context["form"].errors.keys()


def test_only_administrators_come_near(client: Client, platform: Office) -> None:
    pages = [
        *addresses(platform),
        *(("get", reverse(f"accounts:{name}")) for name in ("people", "invite", "keys")),
        *(("post", reverse(f"accounts:{name}")) for name in ("invite", "keys")),
    ]
    for method, address in pages:
        assert getattr(Client(), method)(address).url.startswith(reverse("account_login")), address
    client.force_login(platform.members["moderator"].account)
    for method, address in pages:
        assert getattr(client, method)(address, {"roles": ["moderator"]}).status_code == 403, address
    assert queries.member(platform.actor("admin"), platform.members["moderator"].ref).roles == ["moderator"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_settings_are_kept_and_speak_at_once(client: Client, platform: Office, language: str) -> None:
    account = platform.members["moderator"].account
    client.force_login(account)
    client.post(reverse("accounts:settings"), {"language": language})
    account.refresh_from_db()
    assert (account.language, account.single_key_shortcuts) == (language, False)
    page = client.get(reverse("accounts:settings")).content.decode()
    assert {"vi": "Cài đặt", "en": "Settings"}[language] in page
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == language
