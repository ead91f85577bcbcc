"""Every reader is asked with another organisation's ids; see `test_tenancy` for the pages."""

import importlib
import inspect
import pkgutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

import pytest
from django.db.models import Model, QuerySet

import anlanh.base
import anlanh.reporting
import anlanh.work
from anlanh.base.actor import Actor, NotFound
from anlanh.reporting.board import queries as board
from anlanh.reporting.board.facts import ClockCounts
from anlanh.reporting.board.items import Item, items_for
from anlanh.reporting.board.judging import Line
from anlanh.work.casework import previews
from anlanh.work.casework.screening_lists.checking import key_hash
from tests.architecture.asking import marks_in, normal
from tests.architecture.world import World, everyone, listed_entry, strangers
from tests.builders import Office
from tests.work.casework.steps_of import decision_input

pytestmark = pytest.mark.django_db

# Readers that do not take an actor first, and why that is right.
DOORS = {
    "organisation_by_code": "public data alone",
    "organisations_taking_reports": "public data alone",
    "open_invitation": "takes the secret of the letter",
    "require_first_sign_up": "takes the secret that the start printed",
    "account_for_email": "for doors that hold a secret sent to the address",
    "memberships": "of the account that is signed in",
    "membership_of": "of the account that is signed in",
    "membership_for_request": "of the account that is signed in",
    "actor_for_request": "makes the actor",
    "actor_for_bearer": "makes the actor, by its secret",
    "subordinates_of": "by a ref that the caller read for its actor; refs are random and named in one organisation",
    "is_subordinate": "likewise",
    "people_behind": "likewise",
    "erasable_fields": "takes an act that was read for an actor",
    "statement_of_reasons": "takes a decision that was read for an actor, or for its own case's order",
    "burst_of": "takes a case that was read for an actor",
    "evidence_lines": "takes a case that was read for an actor, and the actor",
    "clocks_of": "likewise",
    "phases": "a condition, no rows",
    "waiting": "counts lists that were read for an actor",
    "letter": "for the outbox, by the id that its own message holds",
    "measure_order": "likewise",
    "measure_waits": "likewise",
    "letter_has_address": "likewise",
    "status": "takes reference and secret",
    "own_thread": "likewise",
    "withheld_counts": "public figures, from clear fields",
    "undo_seconds": "of the organisation whose case is held",
    "house_number": "a number of the organisation whose rows are read or held; it names nobody",
    "own_mandates": "likewise",
    "kept_words": "likewise",
    "own_consequences": "likewise",
    "own_counter": "takes reference and secret",
    "published": "public data alone",
    "statement": "takes a decision that is published",
    "last_months": "no rows",
    "month_shown": "public figures, from clear fields",
    "office": "likewise",
    "status_of": "takes a door that was opened",
    "is_told": "likewise",
    "letters_told": "likewise",
    "pack": "the law, no rows",
    **dict.fromkeys(("editions_of", "edition", "clauses_of", "exact_text_of", "changes_between"), "published rules"),
    "with_withdrawal": "versions that were read for a document",
    "this_year": "a period, no rows",
    "signatures_of": "for jobs, of one organisation",
    "public_signatures": "whose lawyer signed which version is public by signing; not who it was",
}
# Arguments after the actor, by name: what to give for rows of `ids`.
ARGUMENTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "ref": lambda ids: ids["ref"],
    "refs": lambda ids: [ids["ref"], ids["key_id"]],
    "file_ids": lambda ids: [ids["file_id"]],
    "words": lambda ids: ids["words"],
    "plan_version": lambda ids: 1,
    "address": lambda ids: ids["address"],
    "holder_address": lambda ids: f"{ids['address']}/chu",
    "like": lambda ids: "account",
    "hashes": lambda ids: [key_hash(listed_entry(ids["words"]))],
    "kind": lambda ids: "reports",
    "document_kind": lambda ids: "terms_of_use",
    "case_ids": lambda ids: [ids["case_id"]],
    "import_id": lambda ids: ids["import_id"],
    "period": lambda ids: board.this_year(),
    "as_of": lambda ids: board.this_year().as_of,
    "duty": lambda ids: "BD.5.4.a",
    "item_id": lambda ids: "BD.5.4.a",
    "actor_kind": lambda ids: "licensed-social-network",
    "pack": lambda ids: board.pack(),
    "line": lambda ids: Line(item_of("BD.5.3.b"), "met", "acts", {}, 0, ClockCounts(), (), (), None, None, None),
    **{
        name: lambda ids, name=name: ids[name]
        for name in (
            *("case_id", "appeal_id", "file_id", "task_id", "act_id", "page_id", "notice_id", "holder_id"),
            *("preset_id", "order_case_id", "queue_id", "group_id", "sealed_case_id", "letter_id"),
            *("late_id", "mandate_id", "copy_id", "consequence_id", "objection_id", "held_id", "counter_id"),
            "look_id",
            "view_id",
            *("evidence_id", "signature_id"),
        )
    },
}


def item_of(identifier: str) -> Item:
    """A line of the board of a network, before it is judged."""
    days = board.this_year()
    items = items_for(board.pack(), "licensed-social-network", days.first, days.last, days.as_of)
    return next(item for item in items if item.id == identifier)


def query_modules() -> Iterator[ModuleType]:
    """Every module of readers on the floors that hold rows."""
    for floor in (anlanh.base, anlanh.work, anlanh.reporting):
        for found in pkgutil.walk_packages(floor.__path__, floor.__name__ + "."):
            if "queries" in found.name.split("."):
                yield importlib.import_module(found.name)


def readers() -> Iterator[Callable[..., Any]]:
    """Every public function of those modules."""
    for module in query_modules():
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
                yield function


def owned_readers() -> list[tuple[Callable[..., Any], list[str]]]:
    """The readers that take an actor, each with its other arguments that have no default."""
    found = []
    for function in [*readers(), decision_letters]:
        first, *others = [*inspect.signature(function).parameters.values()] or [None]
        if first and first.name == "actor":
            found.append((function, [each.name for each in others if each.default is inspect.Parameter.empty]))
    return found


def decision_letters(actor: Actor, case_id: uuid.UUID) -> list[previews.Preview]:
    """The one reader that lies beside the queries."""
    return previews.decision_letters(actor, case_id, decision_input())


def test_every_reader_takes_an_actor_or_is_a_known_door() -> None:
    doors = {
        function.__name__ for function in readers() if next(iter(inspect.signature(function).parameters), "") != "actor"
    }
    assert doors <= DOORS.keys(), "a reader takes the actor first, or DOORS says why not"
    asked = {name for _, names in owned_readers() for name in names}
    assert asked <= ARGUMENTS.keys(), "say in ARGUMENTS what the new argument is to be given"


def test_no_query_tells_of_anothers_rows(theirs: World, ours: World) -> None:
    actor, nobodys = everyone(ours.office), strangers(theirs.ids)
    for function, names in owned_readers():
        for words in ("words", "number"):
            asked, missed = ({**ids, "words": ids[words]} for ids in (theirs.ids, nobodys))
            found, nothing = (outcome(function, actor, names, ids) for ids in (asked, missed))
            assert normal(found, asked) == normal(nothing, missed), (
                f"{function.__name__} tells a row of another from none"
            )
            given = {
                str(asked[name]) for name in ("words", "ref", "key_id")
            }  # names are answered by the refs asked for
            assert not set(marks_in(found, theirs)) - given, f"{function.__name__} reads what is another's"


def test_the_same_queries_find_something_at_home(theirs: World, other: Office) -> None:
    for function, names in owned_readers():
        at_home = outcome(function, everyone(theirs.office), names, theirs.ids)
        assert at_home != outcome(function, everyone(other), names, theirs.ids), function.__name__


def outcome(function: Callable[..., Any], actor: Any, names: list[str], ids: dict[str, Any]) -> str:
    """What a reader answers, spelt out to the last field."""
    try:
        return repr(spelt_out(function(actor, **{name: ARGUMENTS[name](ids) for name in names})))
    except NotFound as refusal:
        return f"NotFound: {refusal}"


def spelt_out(value: Any) -> Any:
    """A value with every field of every row in it."""
    if isinstance(value, Model):
        return {entry.attname: spelt_out(getattr(value, entry.attname)) for entry in value._meta.concrete_fields}
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: spelt_out(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, dict):
        return {str(key): spelt_out(entry) for key, entry in value.items()}
    if isinstance(value, QuerySet | list | tuple | set | frozenset):
        return [spelt_out(entry) for entry in value]
    return str(value)
