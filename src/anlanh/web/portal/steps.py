"""The pages of a report in their order; the questions of a kind of report follow the choice of the kind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlanh.law.report_types import Question
from anlanh.web.portal.drafts import Draft
from anlanh.web.portal.forms import AddressForm, CategoryForm, ContactForm, QuestionForm, StoryForm
from anlanh.work.casework.categories import CATEGORIES, said


@dataclass(frozen=True)
class Step:
    """One page with one question.

    Args:
        slug: its part of the address.
        title: what the page is called in the browser's title bar.
        template: under `portal/report/`.
        form: None for the page of files, which takes uploads instead.
        question: the question of the kind of report that the page asks.
    """

    slug: str
    title: str | Promise
    template: str
    form: Callable[..., forms.Form] | None
    question: str = ""


CATEGORY = "van-de"
FILES = "tep"
CHECK = "kiem-tra"
DONE = "da-gui"
ASKS = "hoi-"  # begins the slugs of the questions of a kind of report

STEPS = [
    Step("dia-chi", _("The page"), "address", AddressForm),
    Step(CATEGORY, _("What is wrong"), "category", CategoryForm),
    Step("noi-dung", _("What happened"), "story", StoryForm),
    Step(FILES, _("Pictures and files"), "files", None),
    Step("lien-he", _("How to reach you"), "contact", ContactForm),
]


def steps_of(draft: Draft) -> list[Step]:
    """The pages of this report; what its kind asks stands after the choice of the kind."""
    category = draft.answers.get("category", "")
    asked = CATEGORIES[category].questions.values() if category in CATEGORIES else ()
    place = [step.slug for step in STEPS].index(CATEGORY) + 1
    return [*STEPS[:place], *map(_asking, asked), *STEPS[place:]]


def step_named(draft: Draft, slug: str) -> Step | None:
    """The page of that slug; None where this report has none."""
    return next((step for step in steps_of(draft) if step.slug == slug), None)


def first_open(draft: Draft) -> str:
    """The first step without an answer; the check page when there is none."""
    return next((step.slug for step in steps_of(draft) if step.slug not in draft.passed), CHECK)


def reachable(draft: Draft, slug: str) -> bool:
    """Whether all steps before it have their answers."""
    order = _order(draft)
    return order.index(slug) <= order.index(first_open(draft))


def before(draft: Draft, slug: str) -> str:
    """The step before; empty for the first."""
    order = _order(draft)
    place = order.index(slug)
    return order[place - 1] if place else ""


def slug_of(question: str) -> str:
    """The page that asks a question."""
    return ASKS + question.replace("_", "-")


def _order(draft: Draft) -> list[str]:
    return [step.slug for step in steps_of(draft)] + [CHECK]


def _asking(question: Question) -> Step:
    return Step(slug_of(question.id), said(question.title), "question", partial(QuestionForm, question), question.id)
