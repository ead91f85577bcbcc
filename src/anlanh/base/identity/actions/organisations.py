"""Making organisations and their first administrators."""

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity import checks, queries
from anlanh.base.identity.actions.parts import ADMINISTRATOR, administrators, hashed_password, hold, join, new_account
from anlanh.base.identity.models import Membership, Organisation
from anlanh.primitives.errors import BadInput


@transaction.atomic
def create_organisation(
    code: str, kind: str, name: str, *, name_en: str = "", contact_email: str = "", accepts_reports: bool = True
) -> Organisation:
    """A new organisation, with the first act of its history.

    Args:
        code: its short name in addresses; unique in the deployment.
        kind: an actor kind of the law pack.
        name: its name in Vietnamese.
        name_en: its name in English, if it has one.
        contact_email: where the public may write.
        accepts_reports: whether the public finds it among those to report to.

    Raises:
        BadInput: a code that is taken or unusable, an unknown kind, an empty name, an address that is none.
    """
    cleaned = checks.code(code)
    if Organisation.objects.filter(code=cleaned).exists():
        raise BadInput(_("the code is taken"), where="code", mend=_("choose another code"))
    organisation = Organisation.objects.create(
        code=cleaned,
        kind=checks.kind(kind),
        name=checks.name(name, longest=200),
        name_en=checks.name(name_en, where="name_en", longest=200) if name_en else "",
        contact_email=checks.email(contact_email, where="contact_email") if contact_email else "",
        accepts_reports=accepts_reports,
        created_at=clock.now(),
    )
    clear = {"code": organisation.code, "kind": organisation.kind, "accepts_reports": accepts_reports}
    subject = Subject("organisation", organisation.id, new=True)
    record(system(organisation.id), Draft("organisation.created", subject, clear, {"name": organisation.name}))
    return organisation


def found_administrator(organisation: Organisation, email: str, name: str, password: str) -> Membership:
    """The first administrator of a new organisation, who then invites the others.

    An address that already has an account keeps its password.

    Raises:
        BadInput: the organisation has an administrator already; an unusable address, name or password.
    """
    address, called = checks.email(email), checks.name(name)
    hashed = hashed_password(password, address, called)
    with transaction.atomic():
        hold(organisation.id)
        if administrators(organisation.id):
            raise BadInput(_("the organisation has an administrator"), mend=_("ask them for an invitation"))
        account = queries.account_for_email(address) or new_account(address, called, hashed, "vi")
        return join(organisation.id, account, called, [ADMINISTRATOR])
