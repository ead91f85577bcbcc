"""Decisions prepared for kinds of cases: written, written anew as the next version, retired; an act each."""

import uuid
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework import measures as kinds
from anlanh.work.casework import policy, steps
from anlanh.work.casework.actions import decide
from anlanh.work.casework.grounds import Cited, LawGround, TermsGround, own_clause
from anlanh.work.casework.models import Preset

PRESET = "preset"
LONGEST_NAME = 80
LONGEST_FACTS = 4000


@dataclass(frozen=True)
class PresetInput:
    """What a preset fills in.

    Args:
        name: what deciders call it.
        ground: the clause of law; empty where it rests on the organisation's own rules.
        facts: the sentence of facts that fits every such case.
        terms_clause: a clause of those rules as they are in force now.
        measure, scope, days, age, label: the measure and how far it goes; see `measures.Terms`.
    """

    name: str
    ground: str
    facts: str
    measure: str
    scope: str = kinds.Terms.scope
    days: int = 0
    age: int = 0
    label: str = ""
    terms_clause: uuid.UUID | None = None

    @property
    def terms(self) -> kinds.Terms:
        """How far the measure goes."""
        return kinds.Terms(self.scope, self.days, self.age, self.label)


@transaction.atomic
def write(actor: Actor, given: PresetInput, preset_id: uuid.UUID | None = None) -> Preset:
    """Writes a preset, or the next version of one.

    Args:
        actor: somebody who decides cases or manages the organisation.
        given: the contents.
        preset_id: the current version that is replaced; None for a new preset.

    Raises:
        NotFound: no such preset for this actor.
        NotAllowed: without a capability for it.
        BadInput: naming the field; or somebody replaced or retired that version meanwhile.
    """
    actor.require(*policy.PRESETS)
    given, ground = _checked(actor, given)
    replaced = _hold(actor, preset_id) if preset_id else None
    if replaced:
        _end(replaced)
    preset = Preset(
        id=new_id(),
        organisation_id=actor.organisation_id,
        family=replaced.family if replaced else new_id(),
        version=replaced.version + 1 if replaced else 1,
        written_by=actor.ref,
        written_at=clock.now(),
        **vars(given),
    )
    preset.save(force_insert=True)
    clear = {
        "preset": preset.id,
        "version": preset.version,
        **ground.clear,
        "measure": preset.measure,
        "scope": preset.scope,
        "days": preset.days or None,
        "age": preset.age or None,
    }
    committed = {"name": preset.name, "facts": preset.facts, "label": preset.label or None}
    subject = Subject(PRESET, preset.family, new=replaced is None)
    record(actor, Draft("preset.written", subject, clear, committed, clauses=ground.clauses))
    return preset


@transaction.atomic
def retire(actor: Actor, preset_id: uuid.UUID) -> Preset:
    """Stops a preset from being offered. Decisions that began with it keep their version.

    Raises:
        NotFound, NotAllowed, BadInput: as for `write`.
    """
    actor.require(*policy.PRESETS)
    preset = _hold(actor, preset_id)
    _end(preset)
    clear = {"preset": preset.id, "version": preset.version}
    record(actor, Draft("preset.retired", Subject(PRESET, preset.family), clear))
    return preset


def _hold(actor: Actor, preset_id: uuid.UUID) -> Preset:
    preset = Preset.objects.visible_to(actor).select_for_update().filter(id=preset_id).first()
    if preset is None:
        raise NotFound(_("There is no such preset."))
    if preset.ended_at:
        raise BadInput(_("this version was replaced or retired meanwhile"), mend=_("look at the list again"))
    return preset


def _end(preset: Preset) -> None:
    preset.ended_at = clock.now()
    preset.save(update_fields=["ended_at"])


def _checked(actor: Actor, given: PresetInput) -> tuple[PresetInput, Cited]:
    trimmed = {name: getattr(given, name).replace("\x00", "").strip() for name in ("name", "ground", "facts", "label")}
    given = replace(given, **trimmed)
    for name, most in (("name", LONGEST_NAME), ("facts", LONGEST_FACTS)):
        text = getattr(given, name)
        if not text:
            raise BadInput(_("nothing is written"), where=name, mend=_("say it in a few words"))
        if len(text) > most:
            raise BadInput(_("longer than %(most)s characters") % {"most": most}, where=name, mend=_("shorten it"))
    ground = _ground(actor, given)
    if ground.national_security:
        raise BadInput(
            _("a ground of national security is never prepared beforehand"),
            where="ground",
            mend=_("each such case is weighed on its own"),
        )
    if given.measure not in kinds.KINDS:
        raise BadInput(_("no such measure"), where="measure", mend=_("choose one from the list"))
    kinds.named(given.measure).check_terms(given.terms)
    decide.require_law_where_reserved(given.measure, ground)
    return given, ground


def _ground(actor: Actor, given: PresetInput) -> Cited:
    """The ground of law, or the clause of the organisation's own rules as they are in force now."""
    if given.terms_clause is None:
        law = steps.pack().grounds.get(given.ground)
        if law is None:
            raise BadInput(_("no such ground"), where="ground", mend=_("choose a clause from the list"))
        return LawGround(law)
    if given.ground:
        raise BadInput(
            _("a decision rests on one ground"), where="ground", mend=_("name a clause of law or one of your rules")
        )
    clause = own_clause(actor.organisation_id, given.terms_clause)
    if not clause.covers(clock.now()):
        raise BadInput(_("this clause is not in force now"), where="ground", mend=_("choose a clause from the list"))
    return TermsGround(clause)
