"""The owner of an address says that it is theirs: then it may be written to, and it is known who sent the report."""

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.acts.record import Draft, record_all
from anlanh.base.identity.policy import public_actor
from anlanh.base.identity.tokens import digest as token_digest
from anlanh.work.casework import steps
from anlanh.work.casework.misuse import slowing
from anlanh.work.casework.models import Party, Report
from anlanh.work.casework.sameness import joining, senders


def confirm_email(token: str) -> Report:
    """The owner of an address says that a report is theirs; from now on letters about it are mailed there.

    What they said before of the same page is one matter with it from now on. Opening the link again does nothing more.

    Raises:
        NotFound: nobody was sent such a token.
    """
    with transaction.atomic():
        party = (
            Party.objects.select_for_update().filter(confirm_hash=token_digest(token), erased_at__isnull=True).first()
        )
        if party is None:
            raise NotFound(_("This link is not valid."))
        report = Report.objects.select_related("case", "organisation", "reporter").get(reporter=party)
        if party.email_confirmed_at is None:
            person = public_actor(party.organisation_id, party.id)
            case = steps.hold(person, report.case_id)
            party.email_confirmed_at = clock.now()
            party.save(update_fields=["email_confirmed_at"])
            record_all(person, [Draft("report.contact_confirmed", steps.subject(case), {"report": report.id})])
            sender = senders.learn(party)
            joining.after_confirming(person, case, report, sender)
            slowing.after_confirming(case, report, sender)
            steps.save(case)
    return report
