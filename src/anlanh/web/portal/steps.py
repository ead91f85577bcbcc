"""The pages of a report in their order."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlanh.web.portal.drafts import Draft
from anlanh.web.portal.forms import AddressForm, CategoryForm, ContactForm, StoryForm


@dataclass(frozen=True)
class Step:
    """One page with one question.

    Args:
        slug: its part of the address.
        title: what the page is called in the browser's title bar.
        template: under `portal/report/`.
        form: None for the page of files, which takes uploads instead.
    """

    slug: str
    title: str | Promise
    template: str
    form: type[forms.Form] | None


FILES = "tep"
CHECK = "kiem-tra"
DONE = "da-gui"

STEPS = [
    Step("dia-chi", _("The page"), "address", AddressForm),
    Step("van-de", _("What is wrong"), "category", CategoryForm),
    Step("noi-dung", _("What happened"), "story", StoryForm),
    Step(FILES, _("Pictures and files"), "files", None),
    Step("lien-he", _("How to reach you"), "contact", ContactForm),
]
BY_SLUG = {step.slug: step for step in STEPS}


def first_open(draft: Draft) -> str:
    """The first step without an answer; the check page when there is none."""
    return next((step.slug for step in STEPS if step.slug not in draft.passed), CHECK)


def reachable(draft: Draft, slug: str) -> bool:
    """Whether all steps before it have their answers."""
    order = [step.slug for step in STEPS] + [CHECK]
    return order.index(slug) <= order.index(first_open(draft))


def before(slug: str) -> str:
    """The step before; empty for the first."""
    order = [step.slug for step in STEPS] + [CHECK]
    place = order.index(slug)
    return order[place - 1] if place else ""
