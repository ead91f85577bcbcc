"""What the law asks, as of a day: packs of dated rules with their sources, clocks with a readable trace, procedures.

Plain Python; it knows nothing of databases or pages. Legal numbers, dates and clauses are in the packs only.

    from anlanh.law import clocks_for, vietnam
    answer = clocks_for(vietnam(), event="order.received", actor="licensed-social-network", at=instant)
"""

from anlanh.law.clocks import Clock, ClockAnswer, clocks_for
from anlanh.law.counting import Calendar, Extension, MissingYear, due
from anlanh.law.model import ActorKind, Clause, ClockRule, Ground, InForce, Instrument, Text
from anlanh.law.pack import Pack, load_pack, vietnam
from anlanh.law.procedures import AppealWindow, NotAllowed, Phase, Procedure, Transition

__all__ = [
    "ActorKind",
    "AppealWindow",
    "Calendar",
    "Clause",
    "Clock",
    "ClockAnswer",
    "ClockRule",
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
    "clocks_for",
    "due",
    "load_pack",
    "vietnam",
]
