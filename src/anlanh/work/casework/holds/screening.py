"""What screening finds on a page that nobody reported: it is held for a bounded time, and a case waits for a person.

Only a domain of fraud or malware, a copy of what a person decided on, and the hash of a picture of child abuse hold a
page; on no ground of safeguard 3, and never again what a person looked at and let stand.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft
from anlanh.base.identity.models import Organisation
from anlanh.law.model import Ground
from anlanh.primitives.errors import BadInput
from anlanh.screening.grounds import GroundFacts
from anlanh.work.casework import numbers, policy, steps, words
from anlanh.work.casework.actions import appeals, decide
from anlanh.work.casework.categories import CHILD
from anlanh.work.casework.desk import placing
from anlanh.work.casework.grounds import law_named
from anlanh.work.casework.holds import actions as holds
from anlanh.work.casework.holds.models import ContentHold
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.steps import Step
from anlanh.work.registry.actions import ensure_pages
from anlanh.work.registry.addresses import canonical_address
from anlanh.work.registry.models import Page

PROCEDURE = "report"
SOURCES = ("domain", "copy", "image")
COPY = "copy"
LONGEST_FOUND = 2000
_CATEGORIES = {"child": CHILD, "fraud": "fraud", "malware": "malware"}


@dataclass(frozen=True)
class Flag:
    """A verdict `hold` of screening.

    Args:
        address: of the page, in any spelling.
        source: which kind of hit it rests on, one of SOURCES.
        ground: the clause.
        rule: which list, entry or rule, as a code word.
        found: what was found, for the person who decides: words, where they stand.
        decision_id: for a copy, the decision whose content it repeats.
    """

    address: str
    source: str
    ground: str
    rule: str
    found: str = ""
    decision_id: uuid.UUID | None = None


def hold(actor: Actor, given: Flag) -> ContentHold:
    """Holds a page on a verdict of screening. Its open case is the one that waits; without one a case is opened.

    Args:
        actor: screening by its key.
        given: the verdict.

    Raises:
        NotAllowed: without the capability, or a ground of national security.
        BadInput: a hit or a ground that holds nothing, a decision that does not stand, a page that a person let stand
            or has decided, or one that was held before.
    """
    actor.require(holds.MAY)
    policy.require_person(actor)
    address, found = canonical_address(given.address), words.cleaned(given.found, "found", LONGEST_FOUND)
    with transaction.atomic():
        organisation = Organisation.objects.get(id=actor.organisation_id)
        page = ensure_pages(organisation.id, [address])[address]
        case = _open_case(page) or _new_case(organisation, page)
        ground = _ground(actor, case, given)
        _require_not_cleared(page, ground)
        if case._state.adding:
            case.category = _CATEGORIES.get(ground.category, "other")
            case.concerns_child = case.category == CHILD
            placing.sort(case, placing.plan_of(organisation.id))
            case.save(force_insert=True)
            subject = steps.subject(case, new=True)
        else:
            subject = steps.subject(case)
        row = steps.check(actor, case, "content.flagged")
        clear = {"page": page.id, "source": given.source, "ground": ground.ref, "rule": given.rule}
        clear |= {"decision": given.decision_id if given.source == COPY else None}  # of no other was it looked at
        steps.take(actor, case, [Step(row, Draft("content.flagged", subject, clear, {"found": found or None}))])
        return holds.place_on(actor, case, ground, given.rule)


def _open_case(page: Page) -> Case | None:
    rows = Case.objects.filter(page=page, procedure=PROCEDURE, takes_reports=True)
    return steps.held(rows).first()


def _new_case(organisation: Organisation, page: Page) -> Case:
    return Case(
        organisation=organisation,
        number=numbers.new_case_number(),
        kind=Case.Kind.SCREENING,
        procedure=PROCEDURE,
        phase=steps.pack().procedures[PROCEDURE].initial,
        page=page,
        takes_reports=True,
        opened_at=clock.now(),
    )


def _ground(actor: Actor, case: Case, given: Flag) -> Ground:
    """The ground, if a hit of that kind may hold a page on it."""
    if given.source not in SOURCES:
        raise BadInput(_("this kind of hit holds nothing"), where="source", mend=", ".join(SOURCES))
    ground = law_named(case, given.ground.strip())
    if ground is None:
        raise BadInput(_("no ground is named"), where="ground", mend=_("choose a clause from the list"))
    policy.require_weighed(actor, ground)
    if not ground.screening_allowed:
        raise BadInput(
            _("screening does not look for this ground"),
            where="ground",
            mend=_("such grounds come from an order or from a person"),
        )
    facts = GroundFacts(str(ground.ref), ground.category, ground.screening_allowed)
    if given.source == COPY:
        _require_decided(actor, given, ground)
    elif not facts.may_hold(given.source):
        raise BadInput(
            _("a hit of this kind holds nothing on this ground"),
            where="ground",
            mend=_("let a person look at it as a report"),
        )
    return ground


def _require_decided(actor: Actor, given: Flag, ground: Ground) -> None:
    """A copy is held only while the decision on what it copies stands, and on its ground."""
    decision = Decision.objects.visible_to(actor).select_related("case").filter(id=given.decision_id).first()
    stands = decision is not None and appeals.standing_decision(decision.case) == decision
    if not stands or decision.measure == decide.NO_ACTION or decision.ground != ground.id:
        raise BadInput(
            _("no decision on this ground stands that it could be a copy of"),
            where="decision",
            mend=_("name the decision whose content it repeats"),
        )


def _require_not_cleared(page: Page, ground: Ground) -> None:
    """Screening never holds what a person looked at, on the same ground, and let stand; nor what is decided."""
    standing = Decision.objects.filter(case__page=page, overturned_at__isnull=True)
    if standing.filter(ground=ground.id).exists():
        raise BadInput(_("a person has decided on this page"), where="address", mend=_("look at the case again"))
