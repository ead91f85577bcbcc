"""Takes the demonstration's stories through the program's own actions, each at its time, so that all of it is real."""

import functools
import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from anlanh.base import clock
from anlanh.base.acts.sealing import seal_everything
from anlanh.base.files import store
from anlanh.base.identity import actions as identity
from anlanh.base.identity.models import Membership, Organisation
from anlanh.base.identity.policy import ROLES, actor_for_member, public_actor
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.reporting.board.actions import catch_up_everything
from anlanh.reporting.evidence import actions as evidence
from anlanh.reporting.signing import actions as signing
from anlanh.reporting.signing.targets import target
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, decide, intake, measures, orders, review
from anlanh.work.casework.models import Case, Decision
from anlanh.work.policies import actions as policies
from anlanh.work.policies import queries as rules
from anlanh.work.policies.drafting import Clause
from anlanh.work.registry import actions as registry
from anlanh.work.registry.inputs import PageInput

STORIES = Path(__file__).with_name("stories.yaml")
DOMAIN = "anlanh.example"


@dataclass
class _Stage:
    """Who and what there is so far, by the short names of the stories."""

    now: datetime
    organisation: Organisation
    people: dict[str, Membership]
    addresses: dict[str, str] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    filed: dict[str, intake.Filed] = field(default_factory=dict)

    def at(self, story: dict) -> datetime:
        """The moment of a story."""
        return self.now - timedelta(hours=story["hours"])


def build() -> None:
    """Makes the demonstration organisations, their people, pages and cases, and seals what was recorded."""
    stories = _stories()
    now = clock.now()
    stages = []
    for entry in stories["organisations"]:
        with clock.set_to(now - timedelta(hours=200)):
            stages.append(_open(entry, stories["password"], now))
    _play(stages[0], stories)
    for story in stories["evidence"]:
        _prove(_stage_of(stages, story), story)
    for story in stories["signatures"]:
        _sign(_stage_of(stages, story), story)
    seal_everything()
    catch_up_everything()


def sign_ins() -> list[tuple[str, str, str]]:
    """The demonstration's people as (address, roles, password)."""
    stories = _stories()
    return [
        (_address(organisation["code"], person["who"]), ", ".join(person["roles"]), stories["password"])
        for organisation in stories["organisations"]
        for person in organisation["people"]
    ]


@functools.cache
def _stories() -> dict:
    stories = yaml.safe_load(STORIES.read_text(encoding="utf-8"))
    unknown = {role for entry in stories["organisations"] for p in entry["people"] for role in p["roles"]} - set(ROLES)
    if unknown:
        raise ValueError(f"{STORIES.name} names roles that do not exist: {', '.join(sorted(unknown))}")
    return stories


def _address(code: str, who: str) -> str:
    return f"{who}@{code}.{DOMAIN}"


def _open(entry: dict, password: str, now: datetime) -> _Stage:
    """An organisation and its people, invited and accepted like anyone else."""
    organisation = identity.create_organisation(
        code=entry["code"], kind=entry["kind"], name=entry["name"], name_en=entry["name_en"]
    )
    first, *others = entry["people"]
    people = {
        first["who"]: identity.found_administrator(
            organisation, _address(entry["code"], first["who"]), first["name"], password
        )
    }
    administrator = actor_for_member(people[first["who"]])
    for person in others:
        _, token = identity.invite(
            administrator, _address(entry["code"], person["who"]), person["name"], person["roles"]
        )
        people[person["who"]] = identity.accept_invitation(token, person["name"], password)
    return _Stage(now, organisation, people)


def _play(stage: _Stage, stories: dict) -> None:
    """Plays the stories of an organisation in the order in which they happened."""
    for page in stories["pages"]:
        _put_page(stage, page)
    events: list[tuple[datetime, Callable[[], None]]] = []
    own = [story for story in stories["rules"] if story["organisation"] == stage.organisation.code]
    events += [(stage.at(story), functools.partial(_rule, stage, story)) for story in own]
    for kind, act in (("reports", _report), ("orders", _order), ("decisions", _decide), ("appeals", _appeal)):
        events += [(stage.at(story), functools.partial(act, stage, story)) for story in stories[kind]]
    for story in stories["decisions"]:
        if "carried_out" in story:
            moment = stage.now - timedelta(hours=story["carried_out"])
            events.append((moment, functools.partial(_carry_out, stage, story)))
    for moment, play in sorted(events, key=lambda event: event[0]):
        with clock.set_to(moment):
            play()


def _stage_of(stages: list[_Stage], story: dict) -> _Stage:
    return next(stage for stage in stages if stage.organisation.code == story["organisation"])


def _prove(stage: _Stage, story: dict) -> None:
    """What somebody states of a duty that is met outside the program."""
    today = civil_date(stage.now)
    given = evidence.EvidenceInput(
        duty=story["duty"],
        statement=story.get("statement", "done"),
        kind=story.get("kind", ""),
        covers_from=today - timedelta(days=story["from"]),
        covers_to=today - timedelta(days=story["to"]),
        note=story["note"],
    )
    with clock.set_to(stage.now - timedelta(hours=4)):
        evidence.give(actor_for_member(stage.people[story["by"]]), given)


def _sign(stage: _Stage, story: dict) -> None:
    """A lawyer signs what is in the pack now."""
    digest = target(vietnam(), story["kind"], story["target"]).digest
    with clock.set_to(stage.now - timedelta(hours=3)):
        signing.sign(
            actor_for_member(stage.people[story["by"]]), story["kind"], story["target"], digest, story.get("note", "")
        )


def _put_page(stage: _Stage, page: dict) -> None:
    posted = stage.now - timedelta(hours=page["posted"])
    registrar = next(person for person in stage.people.values() if "registrar" in person.roles)
    given = PageInput(
        address=page["address"],
        title=page["title"],
        posted_at=posted,
        holder_address=page["holder"],
        holder_name=page["holder_name"],
        holder_email=page["holder_email"],
    )
    with clock.set_to(posted):
        stage.addresses[page["key"]] = registry.put_page(actor_for_member(registrar), given).address


def _report(stage: _Stage, story: dict) -> None:
    given = intake.ReportInput(
        address=stage.addresses[story["page"]],
        category=story["category"],
        text=story["text"],
        concerns_child=story.get("child", False),
        reporter_name=story.get("name", ""),
    )
    filed = intake.file_report(public_actor(stage.organisation.id), stage.organisation.id, given)
    stage.cases[story["page"]] = filed.case
    stage.filed.setdefault(story["page"], filed)


def _rule(stage: _Stage, story: dict) -> None:
    """A version of the organisation's own rules: the clauses of the story beside those of the draft, published."""
    actor, kind = actor_for_member(stage.people[story["by"]]), story["kind"]
    if "title" in story:
        policies.set_title(actor, kind, story["title"]["vi"], story["title"]["en"], 0)
    for entry in story["clauses"]:
        drafted = rules.drafted(actor, kind)
        known = {clause.number: clause.key for clause in drafted.clauses}
        given = Clause(
            number=entry["number"],
            title_vi=entry["title"]["vi"],
            title_en=entry["title"]["en"],
            text_vi=entry["text"]["vi"],
            text_en=entry["text"]["en"],
            categories=tuple(entry.get("categories", ())),
            key=known.get(entry["number"]),
        )
        policies.set_clause(actor, kind, given, drafted.revision)
    policies.publish(actor, kind, civil_date(clock.now()), rules.drafted(actor, kind).revision)


def _decide(stage: _Stage, story: dict) -> None:
    actor = actor_for_member(stage.people[story["by"]])
    case = review.claim(actor, stage.cases[story["page"]].id)
    rule = next((one.id for one in queries.terms_for(actor, case.id)[1] if one.number == story.get("rule")), None)
    ground = "" if rule else story["ground"]
    given = decide.DecisionInput(story["measure"], ground, story["facts"], story["subject_fact"], terms_clause=rule)
    decide.decide(actor, case.id, given)


def _carry_out(stage: _Stage, story: dict) -> None:
    actor = actor_for_member(stage.people[story["by"]])
    decision = Decision.objects.get(case_id=stage.cases[story["page"]].id)
    measures.carried_out_by_hand(actor, decision.carried_out.id, "apply", "Đã gỡ trong trang quản trị của Làng Ta.")


def _appeal(stage: _Stage, story: dict) -> None:
    filed = stage.filed[story["page"]]
    appeals.file_appeal(filed.report.reference, filed.secret, story["text"])


def _document(stage: _Stage, story: dict) -> uuid.UUID | None:
    """The paper of an order that came as one."""
    if story["channel"] != "document":
        return None
    text = f"{story['office']}\nSố: {story['number']}\n\n{story['words']}\n\n{story['signed_by']}\n"
    return store.keep(stage.organisation.id, f"cong-van-{story['page']}.txt", io.BytesIO(text.encode())).id


def _order(stage: _Stage, story: dict) -> None:
    typed_at = clock.now() + timedelta(minutes=25)
    given = orders.OrderInput(
        address=stage.addresses[story["page"]],
        office=story["office"],
        number=story["number"],
        signed_by=story["signed_by"],
        words=story["words"],
        clause=story["clause"],
        channel=story["channel"],
        received_at=clock.now(),
        emergency=False,
        category=story["category"],
        document_id=_document(stage, story),
        backdating_reason=story["reason"],
    )
    with clock.set_to(typed_at):
        orders.enter_order(actor_for_member(stage.people[story["by"]]), given)
