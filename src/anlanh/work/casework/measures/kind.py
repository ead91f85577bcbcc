"""What every measure has in common: its terms, its words, what it makes of a page or an account."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.law.model import Text
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.models import Case, Decision, Preset
from anlanh.work.registry.models import Holder, Page

EVERYWHERE, IN_VIETNAM = "everywhere", "vietnam"
LONGEST_DAYS = 3650
OLDEST_AGE = 99
LONGEST_LABEL = 200

_PLACES: dict[str, Text] = {
    EVERYWHERE: Text("ở mọi nơi", "everywhere"),
    IN_VIETNAM: Text("với người xem ở Việt Nam", "for viewers in Vietnam"),
}


@dataclass(frozen=True)
class Terms:
    """How far a measure goes.

    Args:
        scope: where it holds: `everywhere`, `vietnam`, or a province by its id in the law pack.
        days: how long, in days from when it is applied; 0 for no end.
        age: viewers under this age do not see the content; 0 for no limit.
        label: the words that are put beside the content.
    """

    scope: str = EVERYWHERE
    days: int = 0
    age: int = 0
    label: str = ""

    @classmethod
    def of(cls, decision: Decision | Preset) -> "Terms":
        """The terms that a decision or a preset sets."""
        return cls(decision.scope, decision.days, decision.age, decision.label)


@dataclass(frozen=True)
class Words:
    """What letters and pages call a measure.

    Args:
        label: on a button.
        act: after "decided to".
        headline: to the person affected, what happened.
        outcome: to others, what happened.
        undo: after "we", when it is taken back.
        undone: to the person affected, once it was taken back.
    """

    label: Text
    act: Text
    headline: Text
    outcome: Text
    undo: Text
    undone: Text


class MeasureKind:
    """One measure. Subclasses say what it is called, which terms it takes and what it does.

    `terms` names the fields of `Terms` that it takes; `page_state` and `holder_state` are what it makes of the page or
    the account while it is in force; `statement` is its element of a statement of reasons, as name and value; `lowers`
    says that it takes something away, so that the person affected is told and can appeal; `law_alone` that no rule of
    the organisation's own can found it.
    """

    code: ClassVar[str]
    words: ClassVar[Words]
    terms: ClassVar[frozenset[str]] = frozenset()
    page_state: ClassVar[Page.State | None] = None
    holder_state: ClassVar[Holder.State | None] = None
    statement: ClassVar[tuple[str, str] | None] = None
    lowers: ClassVar[bool] = True
    law_alone: ClassVar[bool] = False

    def check(self, case: Case, terms: Terms) -> None:
        """Refuses terms that this measure does not take, or that it can't do without.

        Raises:
            BadInput: naming the field.
        """
        self.check_terms(terms)
        self.check_case(case)

    def check_terms(self, terms: Terms) -> None:
        """The part of `check` that no case is needed for.

        Raises:
            BadInput: naming the field.
        """
        self._check_taken(terms)
        check_ranges(terms)

    def check_case(self, case: Case) -> None:
        """Refuses a case that this measure can't be taken in; see `check`."""

    def described(self, terms: Terms, language: str) -> str:
        """The measure with its terms, after "decided to"."""
        said = [self.words.act.in_language(language)]
        if "scope" in self.terms:
            said.append(place_words(terms.scope).in_language(language))
        if terms.age:
            said.append(Text(f"với người dưới {terms.age} tuổi", f"for people under {terms.age}").in_language(language))
        first = " ".join(said)
        more = [f"“{terms.label}”"] if terms.label else []
        if "days" in self.terms:
            more.append(length_words(terms.days).in_language(language))
        return ", ".join([first, *more])

    def instructions(self, terms: Terms) -> dict[str, object]:
        """What a platform has to know to carry it out: the terms that this measure takes, by name."""
        values = {"scope": terms.scope, "days": terms.days or None, "age": terms.age or None, "label": terms.label}
        return {name: value for name, value in values.items() if name in self.terms}

    def _check_taken(self, terms: Terms) -> None:
        untouched = Terms()
        for name in ("scope", "days", "age", "label"):
            if name not in self.terms and getattr(terms, name) != getattr(untouched, name):
                raise BadInput(
                    _("this measure does not take that"),
                    where=name,
                    mend=_("leave it empty, or choose another measure"),
                )


class ContentMeasure(MeasureKind):
    """A measure against one page."""


class AccountMeasure(MeasureKind):
    """A measure against the account that a page belongs to."""

    def check_case(self, case: Case) -> None:
        """Refuses where the account is not known.

        Raises:
            BadInput: as said.
        """
        if case.page.holder_id is None:
            raise BadInput(
                _("the account of this page is not known"),
                where="measure",
                mend=_("enter it in the registry first, or choose a measure against the page"),
            )


def check_ranges(terms: Terms) -> None:
    """Refuses terms that no measure could take.

    Raises:
        BadInput: naming the field.
    """
    if terms.scope not in _PLACES and terms.scope not in vietnam().places:
        raise BadInput(_("no such place"), where="scope", mend=_("choose one from the list"))
    if not 0 <= terms.days <= LONGEST_DAYS:
        raise BadInput(
            _("not a number of days between 1 and %(most)s") % {"most": LONGEST_DAYS},
            where="days",
            mend=_("correct it"),
        )
    if not 0 <= terms.age <= OLDEST_AGE:
        raise BadInput(_("not an age between 1 and %(most)s") % {"most": OLDEST_AGE}, where="age", mend=_("correct it"))
    if len(terms.label) > LONGEST_LABEL:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_LABEL}, where="label", mend=_("shorten it")
        )


def place_words(scope: str) -> Text:
    """Where a measure holds, after what it does."""
    if scope in _PLACES:
        return _PLACES[scope]
    place = vietnam().places[scope].title
    return Text(f"với người xem ở {place.vi}", f"for viewers in {place.en}")


def places() -> dict[str, Text]:
    """Every place that a measure can be limited to: the whole world, the country, its provinces of today."""
    day = civil_date(clock.now())
    provinces = {id_: entry.title for id_, entry in vietnam().places.items() if entry.in_force.covers(day)}
    country = Text("Việt Nam", "Vietnam")
    return {EVERYWHERE: Text("Mọi nơi", "Everywhere"), IN_VIETNAM: country} | provinces


def length_words(days: int) -> Text:
    """How long a measure holds, after a comma."""
    if not days:
        return Text("không định thời hạn", "without a time limit")
    return Text(f"trong {days} ngày kể từ khi thực hiện", f"for {days} days from when it is carried out")
