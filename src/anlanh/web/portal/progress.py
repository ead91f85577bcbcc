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
    "under_appeal": (_("Objection being heard"), "scale"),
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
    """All phases in order; hearing an objection appears only where there is one."""
    order = [phase for phase in PHASES if phase != "under_appeal" or view.phase == "under_appeal"]
    here = order.index(view.phase) if view.phase in order else 0
    lines = []
    for place, phase in enumerate(order):
        title, icon = PHASES[phase]
        state = "done" if place < here or phase == "closed" == view.phase else "now" if place == here else "next"
        lines.append(ProgressLine(title, icon, state))
    return lines
