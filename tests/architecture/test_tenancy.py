"""No organisation learns that another's row exists: every route, every operation and every query is asked with its ids.

What is asked with another organisation's identifier has to be answered in the same words as what is asked with one that
nothing has. A route, an operation or a query that these walks do not know how to call fails them.
"""

import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from anlanh.base.actor import NotAllowed, NotFound
from anlanh.base.identity import actions as identity
from anlanh.primitives.errors import BadInput
from anlanh.web.api.api import api
from anlanh.work.casework import numbers
from anlanh.work.casework.actions import intake, orders, review
from tests.architecture.asking import ask, browser, form, marks_in, normal, page, text_of, without_echo
from tests.architecture.routes import Route, page_routes
from tests.architecture.world import World, everyone, kinds_without_a_row, strangers
from tests.builders import PEOPLE
from tests.work.casework.steps_of import order_input

pytestmark = pytest.mark.django_db

# Parts of addresses that name a row of one organisation.
OWNED = {
    "letter_id",
    *("case_id", "appeal_id", "file_id", "task_id", "act_id", "evidence_id", "signature_id"),
    *("ref", "invitation_id", "key_id", "page_id", "import_id", "preset_id", "late_id", "mandate_id", "counter_id"),
    *("authority_id", "look_id"),
    *("consequence_id", "objection_id", "held_id"),
    *("queue_id", "shift_id", "stretch_id", "group_id", "copy_id"),
    "view_id",
    "clause_key",
}
# Parts of addresses that are no identifiers of rows, or are given to the public with a secret.
OTHERWISE = {
    "code": "the public names the organisation to which it writes",
    "organisation": "checkpoints and keys of logs are public",
    "slug": "a step of the form for reports",
    "reference": "opens nothing without its secret; see the test of that name",
    "duty_id": "a duty of the law, which is the same for all",
    "entry_id": "an entry of the law, which is public",
    "kind": "a kind of actor of the law, which is public",
    "document": "a kind of document, the same for all",
    "version": "of a published version, which is public; asked of the own documents only",
    "token": "a secret itself",
    "uidb36": "goes with a secret",
    "key": "a secret itself",
}


def test_the_world_has_a_row_of_every_kind(theirs: World) -> None:
    assert kinds_without_a_row(theirs.office.organisation.id) == []


def test_every_part_of_an_address_is_accounted_for() -> None:
    paths = [route.template for route in page_routes()] + [*api.get_openapi_schema()["paths"]]
    parts = {part for path in paths for part in re.findall(r"{(\w+)}", path)}
    assert parts <= OWNED | OTHERWISE.keys(), "say of the new part whether it names a row"


@pytest.mark.parametrize("nicknames", [["everyone"], pytest.param([*PEOPLE], marks=pytest.mark.slow, id="each")])
def test_no_page_tells_of_anothers_rows(theirs: World, ours: World, nicknames: list[str]) -> None:
    nobodys, typed = strangers(theirs.ids), form(ours)
    people = [browser(ours.office, nickname) for nickname in nicknames]
    for route in owned_routes():
        for chosen in choices(route):
            asked = {part: (theirs if part in chosen else ours).ids[part] for part in route.parts}
            missed = {part: nobodys[part] if part in chosen else ours.ids[part] for part in route.parts}
            for method, person in itertools.product(("GET", "POST"), people):
                answers = [page(person, method, route.path(ids), typed, ids) for ids in (asked, missed)]
                assert answers[0] == answers[1], f"{method} {route.name} tells a row of another from none"
                allowed = {404, 405} if nicknames == ["everyone"] else {403, 404, 405}
                assert answers[0][0] in allowed, f"{method} {route.name}: {answers[0][0]}"


def test_nobody_is_sent_to_sign_in_whatever_the_id(theirs: World) -> None:
    nobodys = strangers(theirs.ids)
    for route in owned_routes():
        for method in ("GET", "POST"):
            for ids in (theirs.ids, nobodys):
                answer = ask(Client(), method, route.path(ids), form(theirs))
                assert answer.status_code == 302, f"{method} {route.name}"
                assert answer.url.startswith("/accounts/login/"), f"{method} {route.name}"


# They ask of the case what the world's first case is not: an order from photographs, a sender to warn. Their own tests,
# test_order_pages and test_misuse in web/console, open them at home and from elsewhere.
OF_A_CASE_BY_ITSELF = {"console:order_pages", "console:take_consequence"}


@pytest.mark.slow
def test_the_same_addresses_lead_somewhere_at_home(theirs: World) -> None:
    """Otherwise the walk above would prove nothing: each route does find the row for its own people."""
    person = browser(theirs.office, "everyone")
    for route in owned_routes():
        if route.name in OF_A_CASE_BY_ITSELF:
            continue
        statuses = set()
        for method in ("GET", "POST"):
            with transaction.atomic():
                statuses.add(page(person, method, route.path(theirs.ids), form(theirs), theirs.ids)[0])
                transaction.set_rollback(True)
        assert statuses - {403, 404, 405}, f"{route.name}: {statuses}"


@pytest.mark.slow
def test_pages_that_take_no_id_show_nothing_of_others(theirs: World, ours: World) -> None:
    searched, unknown = (
        [str(ids[name]) for name in ("number", "reference", "address", "words")]
        for ids in (theirs.ids, strangers(theirs.ids))
    )
    person = browser(ours.office, "everyone")
    for route in page_routes():
        if route.parts:
            continue
        plain = text_of(person.get(route.path({}), follow=True))
        assert not marks_in(plain, theirs), route.name
        for words, others in zip(searched, unknown, strict=True) if route.template.startswith("console/") else ():
            found, nothing = (
                text_of(person.get(route.path({}), {"q": asked}, follow=True)).replace(asked, "…")
                for asked in (words, others)
            )
            assert without_echo(found) == without_echo(nothing), f"{route.name} finds {words}"


def test_a_reference_without_its_secret_is_like_none(theirs: World) -> None:
    nobodys = strangers(theirs.ids)
    wrong = {"secret": numbers.new_secret(), "text": "Tôi muốn khiếu nại.", "send": "yes"}
    for route in page_routes():
        if "reference" not in route.parts:
            continue
        for name in ("reference", "access"):
            for method in ("GET", "POST"):
                answers = [
                    page(Client(), method, route.path({"reference": ids[name]}), {**wrong, "reference": ids[name]}, ids)
                    for ids in (theirs.ids, nobodys)
                ]
                assert answers[0] == answers[1], f"{method} {route.name}"


def test_what_is_sent_can_name_no_row_of_another(theirs: World, ours: World) -> None:
    actor, own = everyone(ours.office), ours.ids
    review.claim(actor, own["order_case_id"])
    attempts: dict[str, Callable[[Any], object]] = {
        "hand over to": lambda ids: review.hand_over(actor, own["order_case_id"], ids["ref"], ""),
        "supervisor": lambda ids: identity.set_supervisor(actor, own["ref"], ids["ref"]),
        "hand over on leaving": lambda ids: identity.leave(actor, own["ref"], ids["ref"]),
        "document of an order": lambda ids: orders.enter_order(
            actor, order_input(ours.office, document_id=ids["file_id"])
        ),
        "files of a report": lambda ids: intake.file_report(
            actor,
            ours.office.organisation.id,
            intake.ReportInput("https://khac.example/b", "fraud", "Lừa.", file_ids=(ids["file_id"],)),
        ),
    }
    nobodys = strangers(theirs.ids)
    for name, attempt in attempts.items():
        refusals = []
        for ids in (theirs.ids, nobodys):
            with pytest.raises((NotFound, BadInput, NotAllowed)) as refusal, transaction.atomic():
                attempt(ids)
            refusals.append((type(refusal.value), normal(str(refusal.value), ids)))
        assert refusals[0] == refusals[1], name


def test_a_file_of_another_is_no_file_of_the_own_case(theirs: World, ours: World) -> None:
    person = browser(ours.office, "everyone")
    for file_id in (theirs.ids["file_id"], uuid.uuid4()):
        answer = person.get(f"/console/cases/{ours.ids['case_id']}/evidence/{file_id}/")
        assert answer.status_code == 404


def owned_routes() -> list[Route]:
    """The routes with a part that names a row."""
    return [route for route in page_routes() if OWNED & set(route.parts)]


def choices(route: Route) -> Iterator[set[str]]:
    """Which parts are another's: each by itself, and all."""
    parts = [part for part in route.parts if part in OWNED]
    for count in range(1, len(parts) + 1):
        yield from map(set, itertools.combinations(parts, count))
