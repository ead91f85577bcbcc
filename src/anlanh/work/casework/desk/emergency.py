"""Who is called at any hour: what the desk answers to the port `base.ports.on_call`."""

import uuid

from anlanh.base import clock
from anlanh.work.casework.desk import placing, rota
from anlanh.work.casework.desk.models import Delegation, Shift


def on_call(organisation_id: uuid.UUID) -> set[uuid.UUID]:
    """Everybody whose shift on call holds at this moment, for whichever queue; else the person whom the plan names.

    Who is away is replaced by their delegate. Nobody where no shift and no plan names anybody who is there: who asks
    then calls all who may, and not the administrators, who may not see cases at all.
    """
    moment = clock.now()
    shifts = rota.in_force(Shift, organisation_id, moment).filter(on_call=True)
    named = placing.plan_of(organisation_id).on_call
    return _there(organisation_id, set(shifts.values_list("ref", flat=True))) or _there(
        organisation_id, {named} if named else set()
    )


def _there(organisation_id: uuid.UUID, refs: set[uuid.UUID]) -> set[uuid.UUID]:
    """These people, each who is away replaced by their delegate, if that one is there."""
    moment = clock.now()
    absent = rota.away(organisation_id, moment)
    delegates = dict(rota.in_force(Delegation, organisation_id, moment).order_by("set_at").values_list("ref", "to_ref"))
    return {delegates.get(ref) if ref in absent else ref for ref in refs} - absent - {None}
