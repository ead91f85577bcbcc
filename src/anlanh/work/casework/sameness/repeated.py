"""Which of the reports that come in were sent before, word for word, by the same user of the same platform.

What one sender says in other words is another report, joined to the first (see `joining`).

Nothing that somebody merely typed counts: an address in a form is anybody's, and whoever typed another's would learn
that they reported. A platform's key vouches for what it calls its users. The public's reports are always new ones.
Intake holds the pages and the open cases meanwhile, so of two calls at once the second finds what the first wrote.
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from anlanh.base.actor import Actor, ActorKind
from anlanh.work.casework.actions.report_input import ReportInput
from anlanh.work.casework.models import Case, Report
from anlanh.work.casework.sameness import joining, senders
from anlanh.work.casework.sameness.models import SentReport
from anlanh.work.registry.models import Page

MAIL = "mail"  # a letter is answered to the address that it comes from, and to nobody else
ANY = ""  # whatever the category


@dataclass
class SentBefore:
    """What of one call was sent before, and what it adds.

    Args:
        organisation_id: to whom.
        key: the platform's; None where nobody vouches for senders.
        known: mark → the report that has it, in a case that still takes reports.
        new: the rows to write.
        firsts: case, sender and category → the report that later ones are joined to.
    """

    organisation_id: uuid.UUID | None = None
    key: uuid.UUID | None = None
    known: dict[str, Report] = field(default_factory=dict)
    new: list[SentReport] = field(default_factory=list)
    firsts: dict[tuple[uuid.UUID, str, str], Report] = field(default_factory=dict)

    def sender_of(self, given: ReportInput) -> str:
        """The mark of who says it; empty where nobody vouches for them. See `senders`."""
        return senders.mark_of_user(self.key, given.reporter_ref) if self.key and given.reporter_ref else ""

    def joined_by(self, given: ReportInput) -> str:
        """By which sender a report is joined to an earlier one as it comes: a platform's user, or who owns the address
        that a letter comes from. An address in a form is anybody's, so that waits until it is confirmed.
        """
        if self.key is None and given.via == MAIL and given.reporter_email:
            return senders.mark_of_address(self.organisation_id, given.reporter_email)
        return self.sender_of(given)

    def first_of(self, case_id: uuid.UUID, given: ReportInput) -> Report | None:
        """The report of the same sender in the same case and category; a letter names no category, so any will do."""
        by, category = self.joined_by(given), ANY if given.via == MAIL else given.category
        first = self.firsts.get((case_id, by, category))
        return first if first and joining.may_join(first, given.reporter_email) else None

    def remember_first(self, report: Report, given: ReportInput) -> None:
        """Keeps a new report of a sender who is vouched for, for what else comes in this call."""
        if sender := self.sender_of(given):
            self.firsts.setdefault((report.case_id, sender, given.category), report)

    def mark_of(self, page_id: uuid.UUID, given: ReportInput) -> str:
        """The digest of who says what of which page; empty where that can't be the same as another."""
        if self.key is None or not given.reporter_ref or given.file_ids:
            return ""
        said = [
            *(str(self.key), given.reporter_ref, str(page_id), given.category, given.text),
            *(given.concerns_child, given.threatens_life, sorted(given.details.items())),
        ]
        message = b"casework sent before " + json.dumps(said).encode()
        return hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256).hex()

    def report(self, mark: str, case: Case) -> Report | None:
        """The report that has the mark, if it lies in the case that is open now."""
        found = self.known.get(mark) if mark else None
        return found if found is not None and found.case_id == case.id else None

    def remember(self, mark: str, report: Report) -> None:
        """Keeps the mark of a new report for this call and those that come."""
        if mark:
            self.known[mark] = report
            self.new.append(SentReport(organisation_id=report.organisation_id, report=report, mark=mark))


def look_up(
    actor: Actor, pages: Mapping[str, Page], cases: Mapping[uuid.UUID, Case], given: Sequence[ReportInput]
) -> SentBefore:
    """What is known of the reports of a call: two statements, and none where nobody is known to send.

    Args:
        actor: who brings them.
        pages: address → page.
        cases: page → its open case, held.
        given: the reports.
    """
    found = SentBefore(actor.organisation_id, actor.ref if actor.kind is ActorKind.MACHINE else None)
    marks = {found.mark_of(pages[entry.address].id, entry) for entry in given if pages[entry.address].id in cases}
    if marks - {""}:
        rows = SentReport.objects.visible_to(actor).filter(mark__in=marks - {""}, report__case__in=cases.values())
        found.known = {row.mark: row.report for row in rows.select_related("report__case")}
    if by := {found.joined_by(entry) for entry in given if pages[entry.address].id in cases} - {""}:
        rows = Report.objects.filter(case__in=cases.values(), reporter__sender__mark__in=by, again__isnull=True)
        for row in rows.select_related("reporter__sender").order_by("id"):
            for category in (row.category, ANY):
                found.firsts.setdefault((row.case_id, row.reporter.sender.mark, category), row)
    return found
