"""What stands against the account of a case, as its page shows it, and what it fills in where a lock is considered."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor
from anlanh.law.choices import Choice
from anlanh.law.figures import Value
from anlanh.law.repeat_rules import Count, Standing
from anlanh.web.law_words import clause_title
from anlanh.work.casework.measures import named
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.queries import CasePage
from anlanh.work.casework.repeats.counting import TEMPORARY_LOCK, AccountRecord
from anlanh.work.casework.repeats.models import EarlierViolation
from anlanh.work.casework.repeats.queries import account_record

MOST_SHOWN = 12


@dataclass(frozen=True)
class NumberLine:
    """One number of the law beside what stands against the account.

    Args:
        counted: how many violations count.
        needed: how many lead to a lock, with clause and certainty.
        days: within how many days.
        length: how long the lock is; empty where the law does not say.
        reached: there are enough.
    """

    counted: int
    needed: Value
    days: int
    length: str
    reached: bool


@dataclass(frozen=True)
class RuleLine:
    """What one clause comes to.

    Args:
        title: of the rule.
        numbers: its numbers, one line each.
        locks: how many temporary locks stand.
        permanent_at: how many lead to one without end.
        permanent: they are enough.
        note: what a reader of the rule must know.
    """

    title: str
    numbers: list[NumberLine]
    locks: int
    permanent_at: Value | None
    permanent: bool
    note: str


@dataclass(frozen=True)
class AccountLines:
    """What stands against an account, in words.

    Args:
        violations: decisions that stand, latest first; of very many the latest.
        earlier: what was decided elsewhere and brought in, likewise, each with its measure in words.
        count: how many there are.
        rules: what the clauses in force come to.
        reached: a number is reached.
        questions: question and meanwhile answer, where the texts leave something open or disagree.
        open_case: where a lock is considered now.
    """

    violations: list[Decision]
    earlier: list[tuple[EarlierViolation, str]]
    count: int
    rules: list[RuleLine]
    reached: bool
    questions: list[tuple[str, str, Choice]]
    open_case: Case | None


def account_lines(actor: Actor, shown: CasePage) -> AccountLines | None:
    """What stands against the account of a case; None where the account is not known or nothing stands."""
    if shown.holder is None:
        return None
    record = account_record(actor, shown.holder.id)
    if not record.violations and not record.earlier and shown.case.kind != Case.Kind.REPEAT:
        return None
    language = get_language() or "vi"
    return AccountLines(
        violations=record.violations[:MOST_SHOWN],
        earlier=[(one, named(one.measure).words.label.in_language(language)) for one in record.earlier[:MOST_SHOWN]],
        count=record.count,
        rules=[_rule(standing, language) for standing in record.standings],
        reached=bool(record.reached),
        questions=[
            (choice.question.in_language(language), choice.answer.in_language(language), choice)
            for choice in record.questions
        ],
        open_case=record.open_case if record.open_case and record.open_case.id != shown.case.id else None,
    )


def considered(actor: Actor, shown: CasePage) -> dict[str, Any]:
    """What a case on repeated violations fills in: the ground, the facts as counted, the shortest lock."""
    if shown.case.kind != Case.Kind.REPEAT or shown.holder is None or shown.decisions:
        return {}
    record = account_record(actor, shown.holder.id)
    reached = next((count for one in record.reached for count in one.counts if count.reached), None)
    if reached is None:
        return {}
    return {
        "measure": TEMPORARY_LOCK,
        "ground": record.violations[0].ground if record.violations else "",
        "facts": _facts(record, reached),
        "days": (reached.length.low or "") if reached.length else "",
    }


def _facts(record: AccountRecord, count: Count) -> str:
    """The sentence that both sides read: how many, within how long, by which decisions, and the clause that counts."""
    number = len(count.counted)
    numbers = ", ".join(map(_number_of, record.in_order[:number]))
    return ngettext(
        "Within %(days)s days %(number)s decision against this account's content was made that stands: %(cases)s "
        "(%(clause)s).",
        "Within %(days)s days %(number)s decisions against this account's content were made that stand: %(cases)s "
        "(%(clause)s).",
        number,
    ) % {
        "days": count.threshold.within_days,
        "number": number,
        "cases": numbers,
        "clause": clause_title(str(count.needed.clause)),
    }


def _number_of(violation: Decision | EarlierViolation) -> str:
    if isinstance(violation, EarlierViolation):
        return _("no. %(number)s, decided elsewhere") % {"number": violation.original_number}
    return violation.case.number


def _rule(standing: Standing, language: str) -> RuleLine:
    notes = {count.threshold.count.note for count in standing.counts if count.threshold.count.note}
    return RuleLine(
        title=standing.rule.title.in_language(language),
        numbers=[_number(count, language) for count in standing.counts],
        locks=standing.locks,
        permanent_at=standing.permanent_at,
        permanent=standing.permanent,
        note=" ".join(note.in_language(language) for note in notes),
    )


def _number(count: Count, language: str) -> NumberLine:
    length = ""
    if count.length:
        length = _("locked for %(length)s days") % {"length": count.length.words().in_language(language)}
    return NumberLine(len(count.counted), count.needed, count.threshold.within_days, length, count.reached)
