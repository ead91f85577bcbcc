"""The first organisation of a deployment: by one link, once, while there is none."""

import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity import actions, checks, first_link, queries
from anlanh.base.identity.models import Account, Membership, Organisation
from anlanh.primitives.errors import BadInput
from tests.builders import PASSWORD, Office

GIVEN = {
    "code": "",
    "kind": "licensed-social-network",
    "name": "Mạng Bạn Đọc",
    "name_en": "",
    "email": "Lan@BanDoc.example",
    "person_name": "Lê Lan",
    "password": PASSWORD,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    """A data directory of the test's own."""
    settings.ANLANH_DATA = tmp_path
    return tmp_path


def test_the_link_makes_an_organisation_with_its_administrator(db: None, folder: Path) -> None:
    token = actions.open_first_sign_up()
    membership = actions.found_organisation(token, **GIVEN)
    organisation = Organisation.objects.get()
    assert (organisation.code, organisation.contact_email) == ("mang-ban-doc", "")
    assert (membership.roles, membership.account.email) == (["administrator"], "lan@bandoc.example")
    assert membership.account.check_password(PASSWORD)
    assert [act.type for act in Act.objects.order_by("recorded_at", "id")] == ["organisation.created", "member.joined"]
    assert list(folder.iterdir()) == []


def test_only_a_digest_is_kept_and_only_for_the_owner(db: None, folder: Path) -> None:
    token = actions.open_first_sign_up()
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token not in file.read_text()


def test_the_link_works_once(db: None) -> None:
    token = actions.open_first_sign_up()
    actions.found_organisation(token, **GIVEN)
    with pytest.raises(NotFound):
        actions.found_organisation(token, **GIVEN | {"name": "Khác"})
    with pytest.raises(BadInput):
        actions.open_first_sign_up()


def test_a_newer_link_replaces_the_one_before(db: None, folder: Path) -> None:
    earlier, later = actions.open_first_sign_up(), actions.open_first_sign_up()
    with pytest.raises(NotFound):
        queries.require_first_sign_up(earlier)
    queries.require_first_sign_up(later)
    assert len(list(folder.iterdir())) == 1


def test_the_link_lasts_a_day(db: None) -> None:
    token, opened = actions.open_first_sign_up(), clock.now()
    with clock.set_to(opened + timedelta(hours=23, minutes=59)):
        queries.require_first_sign_up(token)
    with clock.set_to(opened + timedelta(hours=24, minutes=1)), pytest.raises(NotFound):
        actions.found_organisation(token, **GIVEN)


def test_no_link_opens_where_an_organisation_is(platform: Office) -> None:
    first_link.keep("abc", clock.now() + timedelta(hours=1))
    with pytest.raises(NotFound):
        actions.found_organisation("abc", **GIVEN)


@pytest.mark.parametrize("token", ["", "khong-co", "a" * 5000])
def test_what_is_no_token_opens_nothing(db: None, token: str) -> None:
    with pytest.raises(NotFound):
        queries.require_first_sign_up(token)
    actions.open_first_sign_up()
    with pytest.raises(NotFound):
        queries.require_first_sign_up(token)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "có dấu"),
        ("kind", "user"),
        ("name", " "),
        ("name_en", "x" * 201),
        ("email", "lan"),
        ("person_name", ""),
        ("password", "ngan"),
    ],
)
def test_a_refusal_names_its_field_and_leaves_nothing(db: None, field: str, value: str) -> None:
    token = actions.open_first_sign_up()
    with pytest.raises(BadInput) as fault:
        actions.found_organisation(token, **GIVEN | {"code": "mang"} | {field: value})
    assert fault.value.where == field
    assert not Organisation.objects.exists()
    assert not Account.objects.exists()
    queries.require_first_sign_up(token)


def test_the_link_does_not_reach_into_an_account_there_was(db: None) -> None:
    Account.objects.create_user("lan@bandoc.example", PASSWORD, name="Lan")
    token = actions.open_first_sign_up()
    with pytest.raises(BadInput) as fault:
        actions.found_organisation(token, **GIVEN)
    assert fault.value.where == "email"
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_organisation() -> None:
    token = actions.open_first_sign_up()
    together, refused = threading.Barrier(2), []

    def found(number: int) -> None:
        try:
            together.wait(timeout=10)
            mine = {"name": f"Mạng {number}", "email": f"ai{number}@mang.example"}
            actions.found_organisation(token, **GIVEN | mine)
        except NotFound as fault:
            refused.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=found, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 1
    assert (Organisation.objects.count(), Membership.objects.count(), Account.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sở Văn hóa và Thể thao Đà Nẵng", "so-van-hoa-va-the-thao-da-nang"),
        ("Công ty Cổ phần Truyền thông Số Việt Nam", "cong-ty-co-phan-truyen-thong-so-viet-nam"),
        ("Trung tâm Xử lý tin giả, thông tin xấu độc Việt Nam", "trung-tam-xu-ly-tin-gia-thong-tin-xau"),
        ("日本", ""),
    ],
)
def test_a_code_is_made_from_the_name(name: str, code: str) -> None:
    assert checks.code_for(name) == code


@given(st.text(max_size=200))
def test_a_code_made_from_a_name_is_usable_or_empty(name: str) -> None:
    made = checks.code_for(name)
    assert made == "" or checks.code(made) == made
