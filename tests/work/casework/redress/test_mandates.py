"""Representatives: a paper, checked by the staff, scoped, dated, revocable; one door for the files of many clients."""

import io
from datetime import timedelta

import pytest

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.acts.models import Act
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers, queries
from anlanh.work.casework.actions import appeals
from anlanh.work.casework.models import Access, Case, Notice
from anlanh.work.casework.redress import mandates
from anlanh.work.casework.redress.mandates import Given, MandateInput
from anlanh.work.casework.redress.queries import office, own_mandates
from anlanh.work.casework.talking import actions as talking
from anlanh.work.registry.actions import PageInput, put_page
from tests.builders import Office
from tests.work.casework.steps_of import carried_out, decided, fresh_address, integration, report

pytestmark = pytest.mark.django_db


def affected(case: Case) -> tuple[str, str]:
    access = Access.objects.get(case=case)
    return access.reference, numbers.secret_for(access.id)


def client(platform: Office) -> tuple[str, str]:
    """The door of somebody whose page was removed."""
    filed = report(platform)
    decided(platform, filed)
    return affected(filed.case)


def given(door: tuple[str, str], known_as: str = "", **fields: object) -> Given:
    values = {"kind": "lawyer", "name": "Luật sư An", "email": "an@luat.example", "scope": "case", **fields}
    values.setdefault("until", civil_date(clock.now()) + timedelta(days=90))
    paper = io.BytesIO(b"%PDF-1.4 giay uy quyen")
    return mandates.give(*door, MandateInput(known_as=known_as, **values), "uy-quyen.pdf", paper)


def test_one_door_for_many_clients_from_the_day_the_paper_is_checked(platform: Office) -> None:
    first, second = client(platform), client(platform)
    made = given(first)
    own = (made.mandate.representative.reference, made.secret)
    assert office(*own).clients == []
    with pytest.raises(NotFound):
        queries.status(first[0], made.secret)
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Gọi đoàn luật sư, đúng số thẻ.")
    again = given(second, known_as=own[0].lower().replace("-", " "))
    assert again.secret == "", "the representative has a door already"
    mandates.confirm(platform.actor("moderator"), again.mandate.id, "Đúng.")
    assert {entry.view.reference for entry in office(*own).clients} == {first[0], second[0]}
    for door in (first, second):
        view = queries.status(door[0], made.secret)
        assert view.represented
        assert view.can_appeal


def test_what_a_representative_does_says_so_and_both_get_the_letters(platform: Office) -> None:
    door = client(platform)
    made = given(door)
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Đúng.")
    appeals.file_appeal(door[0], made.secret, "Thân chủ tôi không lừa ai.")
    act = Act.objects.get(type="appeal.filed")
    assert act.clear["mandate"] == str(made.mandate.id)
    received = Notice.objects.filter(kind="appeal_received")
    assert set(received.values_list("recipient", flat=True)) == {
        made.mandate.client_id,
        made.mandate.representative.party_id,
    }
    copy = received.get(recipient=made.mandate.representative.party)
    assert copy.mailed
    assert door[1] not in queries.letter(copy.id)["body"], "a copy never tells the client's own secret"
    message = talking.write_by_door(door[0], made.secret, "Tôi gửi thêm giấy tờ.")
    assert Act.objects.get(id=message.act_id).clear["mandate"] == str(made.mandate.id)


@pytest.mark.parametrize("way", ["client", "staff", "time"])
def test_a_mandate_ends_at_once(platform: Office, way: str) -> None:
    door = client(platform)
    made = given(door)
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Đúng.")
    queries.status(door[0], made.secret)
    later = clock.now()
    if way == "client":
        mandates.end_by_door(*door, made.mandate.id)
        mandates.end_by_door(*door, made.mandate.id)
        assert Act.objects.filter(type="mandate.ended").count() == 1
    elif way == "staff":
        mandates.end(platform.actor("moderator"), made.mandate.id)
    else:
        later += timedelta(days=91)
    with clock.set_to(later):
        with pytest.raises(NotFound):
            queries.status(door[0], made.secret)
        assert own_mandates(*door)[0].state == "over"
        assert office(made.mandate.representative.reference, made.secret).clients == []


def test_a_mandate_opens_nothing_else(platform: Office) -> None:
    door, other = client(platform), client(platform)
    made = given(door)
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Đúng.")
    reporter = Case.objects.get(accesses__reference=door[0]).reports.get().reference
    for reference in (other[0], reporter):
        with pytest.raises(NotFound):
            queries.status(reference, made.secret)
    with pytest.raises(BadInput):
        given((door[0], made.secret))
    with pytest.raises(BadInput):
        mandates.end_by_door(door[0], made.secret, made.mandate.id)


def test_a_mandate_for_a_page_covers_its_later_cases(platform: Office) -> None:
    filed = report(platform)
    decided(platform, filed)
    door = affected(filed.case)
    made = given(door, scope="page")
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Đúng.")
    second = report(platform, address=filed.case.page.address)
    assert second.case.id != filed.case.id
    decided(platform, second)
    assert queries.status(affected(second.case)[0], made.secret).represented
    assert len(office(made.mandate.representative.reference, made.secret).clients) == 2


def test_a_mandate_for_a_page_ends_where_the_page_passed_to_somebody_else(platform: Office) -> None:
    address, registrar = fresh_address(), platform.actor("registrar")

    def told(holder: str, name: str) -> tuple[str, str]:
        put_page(registrar, PageInput(address, holder_address=holder, holder_name=name))
        filed = report(platform, address=address)
        decided(platform, filed)
        return affected(filed.case)

    door = told("https://mang.example/@ha", "Hà")
    made = given(door, scope="page")
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Đúng.")
    later = told("https://mang.example/@binh", "Bình")
    with pytest.raises(NotFound):
        queries.status(later[0], made.secret)
    shown = office(made.mandate.representative.reference, made.secret).clients
    assert [client.view.reference for client in shown] == [door[0]]
    copies = Notice.objects.filter(recipient=made.mandate.representative.party)
    assert not copies.filter(case=Case.objects.get(accesses__reference=later[0])).exists()


def test_the_platform_passes_on_the_clients_letter_and_not_the_copy(platform: Office) -> None:
    integration(platform)
    filed = report(platform)
    decision = decided(platform, filed)
    carried_out(platform, decision)
    door = affected(filed.case)
    made = given(door)
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Đúng.")
    appeal = appeals.file_appeal(*door, "Tôi không lừa ai.")
    appeals.hear_appeal(platform.actor("appeals"), appeal.id, "reversed", "Bài viết trích dẫn để cảnh báo.")
    notice = queries.measure_order(decision.carried_out.id, "reverse")["notice"]
    assert notice["reference"] == door[0]
    assert notice["secret"] == door[1]


def test_a_refused_paper_opens_nothing_and_says_why(platform: Office) -> None:
    door = client(platform)
    made = given(door)
    mandates.refuse(platform.actor("moderator"), made.mandate.id, "Ảnh mờ, không đọc được chữ ký.")
    with pytest.raises(NotFound):
        queries.status(door[0], made.secret)
    assert "Ảnh mờ" in queries.status(*door).notices[0].body
    assert not Notice.objects.filter(kind="mandate_refused", recipient=made.mandate.representative.party).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "boss"),
        ("scope", "everything"),
        ("until", civil_date(clock.now()) - timedelta(days=1)),
        ("until", civil_date(clock.now()) + timedelta(days=4000)),
        ("name", "  "),
        ("email", "không phải thư"),
        ("known_as", "DD-XXXX"),
    ],
)
def test_what_a_mandate_can_not_be(platform: Office, field: str, value: object) -> None:
    door = client(platform)
    with pytest.raises(BadInput) as refusal:
        given(door, **{field: value})
    assert refusal.value.where == field


def test_a_reporter_can_be_represented_too_and_stays_unknown_to_the_other_side(platform: Office) -> None:
    filed = report(platform, reporter_name="Lê Thị Mận")
    made = given((filed.report.reference, filed.secret), kind="guardian")
    mandates.confirm(platform.actor("moderator"), made.mandate.id, "Giấy khai sinh.")
    decided(platform, filed)
    letters = Notice.objects.filter(role="affected").values_list("body", flat=True)
    assert all("Mận" not in body and "Luật sư An" not in body for body in letters)
    assert queries.status(filed.report.reference, made.secret).represented
