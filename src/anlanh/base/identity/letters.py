"""The letter that invites a person. Other letters about accounts belong to the pages that ask for them."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from anlanh.base.identity.models import Invitation, Organisation
from anlanh.base.outbox.queue import Draft
from anlanh.primitives.dates import VIETNAM

# The page lives in `web`, which this floor does not know; a test there holds the two together.
INVITATION_PATH = "/accounts/invitation/{token}/"


def invitation_link(token: str) -> str:
    """The address at which an invitation is accepted."""
    return settings.SITE_URL + INVITATION_PATH.format(token=token)


def invitation_letter(invitation: Invitation, organisation: Organisation, inviter: str, token: str) -> Draft:
    """The letter with the link, in the language chosen for the person.

    Args:
        invitation: the row just written.
        organisation: who invites.
        inviter: the administrator's name; empty when the system invites.
        token: the secret that opens the page; it leaves the database once the letter is delivered.
    """
    with translation.override(invitation.language):
        name = (organisation.name_en or organisation.name) if invitation.language == "en" else organisation.name
        who = _("%(person)s of %(organisation)s") % {"person": inviter, "organisation": name} if inviter else name
        body = _(
            "Hello %(name)s,\n\n"
            "%(who)s invites you to work on An Lành.\n\n"
            "To accept, open this link before %(until)s:\n%(link)s\n\n"
            "The link is for you alone and works once. If you did not expect this letter, you can ignore it."
        ) % {
            "name": invitation.name,
            "who": who,
            "until": invitation.expires_at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y"),
            "link": invitation_link(token),
        }
        subject = _("Invitation to join %(organisation)s on An Lành") % {"organisation": name}
    payload = {"to": invitation.email, "subject": subject, "body": body, "language": invitation.language}
    return Draft("mail", f"invitation:{invitation.id}", payload)
