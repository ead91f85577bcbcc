"""Senders whose reports are held to be unfounded, through the real actions."""

from dataclasses import replace
from typing import Any

from anlanh.base.actor import Actor, ActorKind
from anlanh.base.acts.models import Act
from anlanh.primitives.ids import new_id
from anlanh.work.casework.actions import decide, intake, review
from anlanh.work.casework.actions.intake import Filed, ReportInput
from anlanh.work.casework.misuse import actions, reactions
from anlanh.work.casework.misuse.models import Consequence
from anlanh.work.casework.models import Decision
from tests.builders import Office
from tests.work.casework.steps_of import decision_input, fresh_address

WHY = "Ảnh là thời khoá biểu, không có gì để xử lý."
KEY = new_id()


def machine(office: Office) -> Actor:
    """The key of a platform that vouches for its users."""
    return Actor(ActorKind.MACHINE, office.organisation.id, KEY, frozenset({"reports.file"}))


def sent(office: Office, user: str = "nguoi-dung-7", **fields: Any) -> Filed:
    """A report by a user of the platform."""
    given = ReportInput(fresh_address(), "fraud", "Lừa lấy mã.", via="api", reporter_ref=user)
    return intake.file_report(machine(office), office.organisation.id, replace(given, **fields))


def held_unfounded(office: Office, filed: Filed, by: str = "moderator", **fields: Any) -> Decision:
    """The report's case decided with no action, and the report marked; with the job that follows."""
    given = {"unfounded": (filed.report.id,), "unfounded_reason": WHY, **fields}
    review.claim(office.actor(by), filed.case.id)
    decision = decide.decide(office.actor(by), filed.case.id, decision_input("no_action", **given))
    for act in Act.objects.filter(type="report.marked_unfounded", subject_id=filed.case.id):
        reactions.consider(act)
    return decision


def again(office: Office, times: int = 3, user: str = "nguoi-dung-7") -> list[Filed]:
    """So many reports of a user that are held to be unfounded."""
    filed = [sent(office, user) for _ in range(times)]
    for each in filed:
        held_unfounded(office, each)
    return filed


def warned(office: Office, user: str = "nguoi-dung-7") -> tuple[Consequence, Filed]:
    """A sender who was warned."""
    filed = again(office, user=user)[-1]
    return actions.take(office.actor("second"), filed.report.id, "warning", "Ba lần liền báo ảnh vô hại."), filed


def limited(office: Office, days: int = 10) -> tuple[Consequence, Filed]:
    """A sender who was warned, went on, and was limited."""
    warned(office)
    filed = again(office)[-1]
    return actions.take(office.actor("second"), filed.report.id, "limit", "Vẫn tiếp tục.", days), filed
