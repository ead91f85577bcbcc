"""What follows from acts by itself, as jobs after commit. None of it is against anybody."""

import uuid

from django.db.models import QuerySet

from anlanh.base import clock
from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.base.outbox.channels import TryLater
from anlanh.work.casework.misuse.models import Consequence, Unfounded


@react("misuse.consider", "report.marked_unfounded")
def consider(act: Act) -> None:
    """Tells a person that the marks against a sender are enough for a warning or a limit.

    Raises:
        TryLater: the decision can still be taken back.
    """
    from anlanh.work.casework.misuse import actions

    rows = Unfounded.objects.select_related("decision", "report__reporter")
    mark = rows.filter(
        decision=uuid.UUID(act.clear["decision"]),
        report=uuid.UUID(act.clear["report"]),
        decision__overturned_at__isnull=True,
    ).first()
    if mark is None:
        return
    if mark.decision.leaves_at and mark.decision.leaves_at > clock.now():
        raise TryLater("the decision can be taken back", after=mark.decision.leaves_at - clock.now())
    actions.consider(mark)


@react("misuse.consider_whom_it_is_of", "report.contact_confirmed")
def consider_whom_it_is_of(act: Act) -> None:
    """The same, where it becomes known only later who sent a marked report."""
    from anlanh.work.casework.misuse import actions

    rows = Unfounded.objects.select_related("report__reporter")
    mark = rows.filter(report=uuid.UUID(act.clear["report"]), decision__overturned_at__isnull=True).first()
    if mark is not None:
        actions.consider(mark)


@react("misuse.end_without_basis", "appeal.decided")
def end_without_basis(act: Act) -> None:
    """Ends what rested on a decision that an appeal overturned, where too little is left."""
    _end_what_rests_on(Unfounded.objects.filter(decision=uuid.UUID(act.clear["decision"])))


@react("misuse.end_where_a_child_is_concerned", "evidence.restricted")
def end_where_a_child_is_concerned(act: Act) -> None:
    """The same, where a case turns out to concern a child: then nothing in it is counted against anybody."""
    _end_what_rests_on(Unfounded.objects.filter(case=act.subject_id))


def _end_what_rests_on(marks: QuerySet[Unfounded]) -> None:
    from anlanh.work.casework.misuse import actions

    rows = Consequence.objects.filter(counted__in=marks, lifted_at__isnull=True)
    for consequence in rows.distinct():
        actions.end_without_basis(consequence)


@react("misuse.let_go", "misuse.lifted")
def let_go(act: Act) -> None:
    """Gives the cases that a limit slowed down their ordinary place again."""
    _let_go(uuid.UUID(act.clear["consequence"]))


@react("misuse.let_go_on_appeal", "misuse.heard")
def let_go_on_appeal(act: Act) -> None:
    """The same, after an appeal that succeeded."""
    _let_go(uuid.UUID(act.clear["consequence"]))


def _let_go(consequence_id: uuid.UUID) -> None:
    from anlanh.work.casework.misuse import slowing

    ended = Consequence.objects.filter(id=consequence_id, kind=Consequence.Kind.LIMIT, lifted_at__isnull=False).first()
    if ended is not None:
        slowing.let_go(ended)
