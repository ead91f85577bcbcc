"""What the law asks, as of a day: packs of dated rules with their sources, clocks with a readable trace, procedures.

Plain Python; it knows nothing of databases or pages. Legal numbers, dates and clauses are in the packs only.

    from anlanh.law import clocks_for, vietnam
    answer = clocks_for(vietnam(), event="order.received", actor="licensed-social-network", at=instant)

Any day can be asked: `pack.duties_on(day, actor)`, `alarms(pack, day)`, `changes(pack, day, other_day)`,
`look_up(pack, "147/2024/NĐ-CP/35.7", day)`; and of `as_known(pack, day)`, the law as one could know it then.
"""

from anlanh.law.alarms import Alarm, alarms
from anlanh.law.clocks import Clock, ClockAnswer, clocks_for
from anlanh.law.counting import Calendar, Extension, MissingYear, due
from anlanh.law.differences import Change, changes
from anlanh.law.duties import Document, Duty
from anlanh.law.lookup import look_up
from anlanh.law.model import ActorKind, Clause, ClockRule, Ground, InForce, Instrument, Text
from anlanh.law.pack import Pack, load_pack, vietnam
from anlanh.law.procedures import AppealWindow, NotAllowed, Phase, Procedure, Transition
from anlanh.law.time_travel import as_known

__all__ = [
    "ActorKind",
    "Alarm",
    "AppealWindow",
    "Calendar",
    "Change",
    "Clause",
    "Clock",
    "ClockAnswer",
    "ClockRule",
    "Document",
    "Duty",
    "Extension",
    "Ground",
    "InForce",
    "Instrument",
    "MissingYear",
    "NotAllowed",
    "Pack",
    "Phase",
    "Procedure",
    "Text",
    "Transition",
    "alarms",
    "as_known",
    "changes",
    "clocks_for",
    "due",
    "load_pack",
    "look_up",
    "vietnam",
]
