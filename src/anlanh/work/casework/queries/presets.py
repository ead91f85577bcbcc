"""Decisions prepared for kinds of cases, as deciders are offered them and as their page lists them."""

import uuid

from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.ports import terms
from anlanh.base.ports.terms import TermsClause
from anlanh.work.casework import policy, steps
from anlanh.work.casework.grounds import day_of_conduct, own_clause, terms_offered
from anlanh.work.casework.models import Preset
from anlanh.work.casework.queries.cases import case


def presets(actor: Actor) -> list[Preset]:
    """The current versions, by name.

    Raises:
        NotAllowed: for those who neither decide cases nor manage the organisation.
    """
    actor.require(*policy.PRESETS)
    return list(Preset.objects.visible_to(actor).filter(ended_at__isnull=True).order_by("name", "id"))


def terms_now(actor: Actor) -> list[TermsClause]:
    """The clauses of own rules that a preset may rest on: those in force now that no person has to weigh each time.

    Raises:
        NotAllowed: as for `presets`.
    """
    actor.require(*policy.PRESETS)
    return [one for one in terms.bound().in_force(actor.organisation_id, clock.now()) if not one.about_state]


def preset(actor: Actor, preset_id: uuid.UUID) -> Preset:
    """One version, current or not.

    Raises:
        NotAllowed: as for `presets`.
        NotFound: the organisation has no such version.
    """
    actor.require(*policy.PRESETS)
    found = Preset.objects.visible_to(actor).filter(id=preset_id).first()
    if found is None:
        raise NotFound(_("There is no such preset."))
    return found


def presets_for(actor: Actor, case_id: uuid.UUID) -> list[Preset]:
    """The presets whose clause was in force at the conduct, those of the case's own category first.

    One that rests on the organisation's own rules is offered with the same clause as the version of that time had it;
    that is set on the row that is handed out, which nobody saves.

    Raises:
        NotAllowed, NotFound: as for `case`.
    """
    about = case(actor, case_id)
    grounds = {ground.id: ground for ground in steps.pack().grounds_on(day_of_conduct(about))}
    current = Preset.objects.visible_to(actor).filter(ended_at__isnull=True).order_by("name", "id")
    of_law = [one for one in current if one.ground in grounds]
    by_key = {clause.key: clause for clause in terms_offered(about)}
    own = []
    for one in (one for one in current if one.terms_clause):
        clause = by_key.get(own_clause(about.organisation_id, one.terms_clause).key)
        if clause is not None and not clause.about_state:
            one.terms_clause = clause.id
            own.append((one, about.category in clause.categories))
    likely = [(one, grounds[one.ground].category == about.category) for one in of_law] + own
    return [one for one, fits in sorted(likely, key=lambda pair: (not pair[1], pair[0].name))]
