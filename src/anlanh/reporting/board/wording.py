"""What pages and exports call the states of the board, and why a line stands as it does."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from anlanh.base.acts.types import all_types
from anlanh.law.pack import Pack, vietnam
from anlanh.primitives.dates import date_vi
from anlanh.reporting.board.judging import DUE, IDLE, LATE, MET, OVERDUE, UNPROVEN, Line

STATE_TITLES: dict[str, Promise] = {
    OVERDUE: gettext_lazy("Overdue"),
    DUE: gettext_lazy("Due"),
    LATE: gettext_lazy("Done, with some too late"),
    UNPROVEN: gettext_lazy("Not yet provable"),
    MET: gettext_lazy("Fulfilled"),
    IDLE: gettext_lazy("Nothing to answer"),
}
STATE_MEANINGS: dict[str, Promise] = {
    OVERDUE: gettext_lazy("a time has passed and nothing recorded fulfils it"),
    DUE: gettext_lazy("a time is running, or a date lies ahead"),
    LATE: gettext_lazy("everything is done, but at least once after its time"),
    UNPROVEN: gettext_lazy("nothing recorded shows it yet; evidence can be given"),
    MET: gettext_lazy("acts, times kept or evidence show it"),
    IDLE: gettext_lazy("nothing happened in the period that it answers to"),
}
STRENGTH_TITLES: dict[str, Promise] = {
    "must": gettext_lazy("must"),
    "should": gettext_lazy("should"),
    "may": gettext_lazy("welcome"),
}
_WHY: dict[str, Promise] = {
    "nothing": gettext_lazy("nothing of the kind was recorded in the period"),
    "no_acts": gettext_lazy("none of the acts that would show it was recorded"),
    "withdrawn": gettext_lazy("the text that showed it was withdrawn, and nothing has taken its place"),
    "unrecorded": gettext_lazy("the program does not record what would show it; a person gives evidence"),
}


def why(line: Line, pack: Pack) -> str:
    """What the state rests on, in one short phrase."""
    if line.why == "clocks":
        return clock_words(line)
    if line.why == "dates":
        return date_words_of(line)
    if line.why == "evidence":
        first = line.evidence[0]
        if line.state == IDLE:
            return _("a person stated that nothing of the kind happened")
        kind = pack.vocabulary["evidence"][first.kind].in_language(language())
        return _("evidence: %(kind)s") % {"kind": kind}
    if line.why == "acts":
        return act_words(line)
    if line.why == "triggered":
        happened = ngettext("it came up %(count)s time", "it came up %(count)s times", line.triggered)
        return happened % {"count": line.triggered} + "; " + str(_WHY["no_acts"])
    return str(_WHY[line.why])


def clock_words(line: Line) -> str:
    """`5 in time · 1 too late · 2 overdue · 3 running`."""
    clocks = line.clocks
    parts = (
        (clocks.overdue, _("%(count)s overdue")),
        (clocks.running, _("%(count)s running")),
        (clocks.late, _("%(count)s too late")),
        (clocks.met, _("%(count)s in time")),
    )
    return " · ".join(words % {"count": count} for count, words in parts if count)


def date_words_of(line: Line) -> str:
    """Each date with how it stands; without dates in the period, that."""
    if not line.dates:
        return _("no date falls into the period")
    stands = [(date_vi(entry.due_at.date()), str(STATE_TITLES[entry.state]).lower()) for entry in line.dates]
    return " · ".join(f"{day}: {state}" for day, state in stands)


def act_words(line: Line) -> str:
    """Each type of act with its number, the most frequent first."""
    named = sorted(line.acts.items(), key=lambda entry: (-entry[1], entry[0]))
    return " · ".join(f"{act_name(name).lower()} {number}" for name, number in named)


def beside(line: Line) -> str:
    """What stands beside timeliness, so that fast removing alone can't look good; empty where no time shows."""
    if line.reversals is None:
        return ""
    return _("in the period: %(reversals)s reversed on appeal, %(no_action)s decided without action") % {
        "reversals": line.reversals,
        "no_action": line.no_action,
    }


def act_name(act_type: str) -> str:
    """What people call a type of act; as the pack calls it where this version does not record it."""
    declared = all_types().get(act_type)
    if declared:
        return declared.title.get(language(), act_type)
    known = vietnam().vocabulary["acts"].get(act_type)
    return known.in_language(language()) if known else act_type


def language() -> str:
    """The language of the reader."""
    return get_language() or "vi"
