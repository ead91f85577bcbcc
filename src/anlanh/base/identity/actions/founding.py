"""The first organisation of a deployment and its administrator, through a link that works once."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.identity import checks, first_link, queries
from anlanh.base.identity.actions.organisations import create_organisation
from anlanh.base.identity.actions.parts import ADMINISTRATOR, hashed_password, join, new_account
from anlanh.base.identity.models import Membership, Organisation
from anlanh.base.identity.tokens import new_token
from anlanh.primitives.errors import BadInput

FIRST_SIGN_UP_LIFE = timedelta(hours=24)


def open_first_sign_up() -> str:
    """Opens the way for the first administrator; an earlier link that was not used stops working.

    Returns:
        The token of the link, which exists nowhere else.

    Raises:
        BadInput: there is an organisation already.
    """
    if Organisation.objects.exists():
        raise BadInput(_("there is an organisation already"), mend=_("ask one of its administrators for an invitation"))
    token = new_token()
    first_link.keep(token, clock.now() + FIRST_SIGN_UP_LIFE)
    return token


def found_organisation(
    token: str,
    *,
    code: str,
    kind: str,
    name: str,
    name_en: str,
    email: str,
    person_name: str,
    password: str,
    language: str = "vi",
) -> Membership:
    """Makes the first organisation and its administrator. Works once, also for two who ask at the same moment.

    Args:
        token: from the link that the start printed.
        code: the organisation's short name in addresses; made from its name when empty.
        kind: an actor kind of the law pack.
        name: its name in Vietnamese.
        name_en: its name in English, or empty.
        email: what the administrator signs in with.
        person_name: the administrator's name.
        password: the administrator's.
        language: in which the administrator likes the pages.

    Raises:
        NotFound: the link is unknown, used, replaced or expired, or an organisation came into being otherwise.
        BadInput: something given is unusable, or the address has an account, which a link alone must not reach into.
    """
    queries.require_first_sign_up(token)
    address, called = checks.email(email), checks.name(person_name, where="person_name")
    hashed = hashed_password(password, address, called)
    with transaction.atomic():
        _hold_all_organisations()
        queries.require_first_sign_up(token)
        organisation = create_organisation(code.strip() or checks.code_for(name), kind, name, name_en=name_en)
        if queries.account_for_email(address):
            raise BadInput(_("this address already has an account"), where="email", mend=_("use another address"))
        account = new_account(address, called, hashed, checks.language(language))
        membership = join(organisation.id, account, called, [ADMINISTRATOR])
    first_link.drop()
    return membership


def _hold_all_organisations() -> None:
    """Lets nobody else write an organisation until the transaction ends: there is no row yet that could be held.

    SQLite's transactions keep other writers out from their first statement on, so only PostgreSQL is told.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Organisation._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
