"""A case's clocks as its page shows them: by duty, the one that governs first and the others folded away."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from anlanh.base.clocks.running import ClockView
from anlanh.work.casework.queries import CasePage


@dataclass(frozen=True)
class ClockLine:
    """One clock.

    Args:
        view: the clock.
        started_by: the name of the act that started it; empty when the history shown does not reach that far.
    """

    view: ClockView
    started_by: str


@dataclass
class DutyClocks:
    """The clocks of one obligation that run, or that have all stopped.

    Args:
        obligation: its code in the law pack's vocabulary.
        governing: the one that is due first.
        others: the rest, in order of their deadlines.
    """

    obligation: str
    governing: ClockLine
    others: list[ClockLine] = field(default_factory=list)


def by_duty(shown: CasePage) -> list[DutyClocks]:
    """The clocks in the page's own order, gathered by duty; those that run stay apart from those that stopped."""
    titles = {line.act_id: line.title for line in shown.history}
    groups: dict[tuple[str, bool], DutyClocks] = {}
    for line in _lines(shown.clocks, titles):
        key = (line.view.clock.obligation, line.view.clock.stopped_at is None)
        if key in groups:
            groups[key].others.append(line)
        else:
            groups[key] = DutyClocks(line.view.clock.obligation, line)
    return list(groups.values())


def _lines(clocks: Iterable[ClockView], titles: dict) -> Iterable[ClockLine]:
    return (ClockLine(view, titles.get(view.clock.started_by, "")) for view in clocks)
