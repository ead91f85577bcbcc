"""Steps that tests take through the real actions, with words that are good enough where a test does not care."""

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.files.models import StoredFile
from anlanh.base.identity.policy import public_actor
from anlanh.work.casework import queries
from anlanh.work.casework.actions import decide, intake, measures, orders, review
from anlanh.work.casework.actions.decide import DecisionInput
from anlanh.work.casework.actions.intake import Filed, ReportInput
from anlanh.work.casework.actions.orders import OrderInput
from anlanh.work.casework.models import Case, Decision, Integration
from tests.builders import Office

GROUND = "116/2025/QH15/7.2.d"
_numbers = itertools.count(1)


def fresh_address() -> str:
    """An address that no other test uses."""
    return f"https://mang.example/bai/{next(_numbers)}"


def report(office: Office, address: str = "", **fields: Any) -> Filed:
    """A report by a member of the public."""
    given = ReportInput(address or fresh_address(), "fraud", "Trang này lừa lấy mã xác nhận.")
    return intake.file_report(public_actor(office.organisation.id), office.organisation.id, replace(given, **fields))


def decision_input(measure: str = "remove", **fields: Any) -> DecisionInput:
    """A complete decision."""
    given = DecisionInput(
        measure, GROUND, "Bài viết mạo danh ngân hàng để lấy mã xác nhận.", "Câu thứ hai ghi số tài khoản nhận tiền."
    )
    return replace(given, **fields)


def decided(office: Office, filed: Filed, measure: str = "remove", by: str = "moderator") -> Decision:
    """The report's case taken and decided."""
    review.claim(office.actor(by), filed.case.id)
    return decide.decide(office.actor(by), filed.case.id, decision_input(measure))


def carried_out(office: Office, decision: Decision, step: str = "apply") -> None:
    """The platform's answer to the webhook."""
    actor = system(office.organisation.id)
    measures.record_carried_out(actor, decision.carried_out.id, step, {"status": 200})


def integration(office: Office) -> Integration:
    """A place where the platform is told of measures."""
    return Integration.objects.create(
        organisation=office.organisation,
        url="https://mang.example/hook",
        key_id="k1",
        secret="bi-mat",
        created_at=clock.now(),
    )


def door(decision: Decision, step: str = "apply") -> tuple[str, str]:
    """Reference and secret of the person affected, as the platform is told them."""
    passed_on = queries.measure_order(decision.carried_out.id, step)["notice"]
    return passed_on["reference"], passed_on["secret"]


def stored_file(office: Office, name: str = "cong-van.pdf") -> StoredFile:
    """The row of a file; nothing reads its bytes here."""
    return StoredFile.objects.create(
        organisation=office.organisation,
        name=name,
        media_type="application/pdf",
        size=10,
        sha256="ab" * 32,
        added_at=clock.now(),
    )


def order_input(platform: Office, /, **fields: Any) -> OrderInput:
    """A complete order, received an hour ago by telephone and typed in now."""
    given = OrderInput(
        address=fresh_address(),
        office="Sở Văn hoá và Thể thao",
        number="12/SVHTT",
        signed_by="Trần Văn B",
        words="Đề nghị gỡ bài viết.",
        clause="147/2024/NĐ-CP/35.6",
        channel="phone",
        received_at=clock.now() - timedelta(hours=1),
        emergency=False,
        category="false_information",
        document_id=stored_file(platform).id,
        backdating_reason="Nhận qua điện thoại, nhập sau khi có văn bản.",
    )
    return replace(given, **fields)


def entered_order(platform: Office, /, **fields: Any) -> Case:
    """An order typed in by the order officer."""
    return orders.enter_order(platform.actor("officer"), order_input(platform, **fields))


def verified_order(platform: Office, /, **fields: Any) -> Case:
    """An order that a second person verified."""
    case = entered_order(platform, **fields)
    return orders.verify_order(platform.actor("verifier"), case.id, "Gọi lại số của Sở, đối chiếu chữ ký số.")
