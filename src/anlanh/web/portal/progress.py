"""The few public phases of a file as a line of steps: what is behind, where it stands, what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlanh.work.casework.queries import StatusView

PHASES: dict[str, tuple[str | Promise, str]] = {
    "received": (_("Received"), "inbox"),
    "under_review": (_("Being looked at"), "eye"),
    "decided": (_("Decided"), "gavel"),
    "under_appeal": (_("Appeal being heard"), "scale"),
    "closed": (_("Finished"), "circle-check"),
}


@dataclass(frozen=True)
class ProgressLine:
    """One step for `{% timeline %}`."""

    title: str | Promise
    icon: str
    state: str
    at: datetime | None = None
    text: str = ""


def steps_of(view: StatusView) -> list[ProgressLine]:
    """The phases in order; hearing an objection appears only where there is one.

    A person affected comes in when there is a decision, so their line starts there.
    """
    order = [phase for phase in PHASES if phase != "under_appeal" or view.phase == phase]
    if view.role == "affected":
        order = order[order.index("decided") :]
    here = order.index(view.phase)
    return [_line(view, phase, place - here) for place, phase in enumerate(order)]


def _line(view: StatusView, phase: str, distance: int) -> ProgressLine:
    """One phase, so many steps ahead of where the file stands."""
    title, icon = PHASES[phase]
    at = view.received_at if phase == "received" else None
    if distance < 0 or view.phase == phase == "closed":
        return ProgressLine(title, icon, "done", at)
    if distance == 0:
        return ProgressLine(title, icon, "now", at, view.next)
    return ProgressLine(title, icon, "next")
