"""What one sender says twice of one page is one matter: the later report stays as it was written, beside the first.

Its words, its files, its time and the clock that it started are kept; its number and secret open the page of the
first, so that the sender sees one state and gets one letter. They are joined in the same open case and category alone,
and only where it is known who sends: see `senders`. A letter names no category, and goes with whatever its sender said
of the page. It counts as its address's as soon as it comes, if that address was confirmed for the first: what opens
the page is mailed there and told to nobody else.
"""

from django.db.models import Exists, OuterRef, QuerySet

from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, record
from anlanh.work.casework import steps
from anlanh.work.casework.models import Case, Notice, Report
from anlanh.work.casework.redress.models import Mandate
from anlanh.work.casework.sameness.models import Again
from anlanh.work.casework.talking.models import Message

MAIL = "mail"


def after_confirming(person: Actor, case: Case, report: Report, sender: str) -> Report | None:
    """Joins a report to the first one of its sender in a held case, when it becomes known whose it is.

    What was spoken about already, by message, letter or mandate, stays by itself: nothing of it may go astray.

    Returns:
        The first report, or None where nothing was joined.
    """
    if not case.takes_reports or Again.objects.filter(report=report).exists() or _spoken_about(report):
        return None
    rows = firsts(case, sender).exclude(id=report.id)
    same = rows if report.via == MAIL else rows.filter(category=report.category)
    first = same.order_by("id").first()
    if first is None or first.id > report.id or not may_join(first, report.reporter.email):
        return None
    Again.objects.create(organisation_id=case.organisation_id, report=report, first=first)
    record(person, Draft("report.said_again", steps.subject(case), {"report": report.id, "first": first.id}))
    return first


def firsts(case: Case, sender: str) -> QuerySet[Report]:
    """The reports of a sender in a case that others can be joined to."""
    return case.reports.filter(reporter__sender__mark=sender, again__isnull=True).select_related("reporter")


def may_join(first: Report, email: str) -> bool:
    """Whether letters to the first reach an address given later, so that nobody waits for one that goes elsewhere."""
    return email.casefold() in {"", first.reporter.email.casefold()}


def part(report: Report) -> None:
    """Undoes what joined a report, or was joined to it, before it goes into a case of its own."""
    Again.objects.filter(report=report).delete()
    Again.objects.filter(first=report).delete()


def _spoken_about(report: Report) -> bool:
    about = Report.objects.filter(id=report.id)
    return about.filter(
        Exists(Message.objects.filter(report=OuterRef("id")))
        | Exists(Notice.objects.filter(report=OuterRef("id")))
        | Exists(Mandate.objects.filter(report=OuterRef("id")))
        | Exists(Again.objects.filter(first=OuterRef("id")))
    ).exists()
