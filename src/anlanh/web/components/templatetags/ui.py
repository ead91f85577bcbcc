"""`{% load ui %}`: the components of pages. All are shown at /console/_components/."""

import functools
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django import template
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from anlanh.base import clock as time
from anlanh.base.clocks.running import ClockView
from anlanh.base.identity.models import Organisation
from anlanh.web.components.states import look_of
from anlanh.web.law_words import certainty_of, clause_title
from anlanh.web.words import (
    HANOI,
    day_words,
    duration_patterns,
    duration_words,
    exact_words,
    remaining_words,
    since_words,
)

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite. Without a label it repeats the words beside it and screen readers skip it."""
    return _drawn(name, str(label))


@functools.lru_cache(maxsize=2048)
def _drawn(name: str, label: str) -> SafeString:
    """The element. A page holds a hundred of them, and a template for each took a tenth of the page's time."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {} width="20" height="20"><use href="{}#{}"></use></svg>',
        spoken,
        static("vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("components/badge.html")
def badge(state: str, label: str = "") -> dict:
    """A state as colour, icon and word together. States are in `components/states.py`; `label` replaces the word."""
    return {"look": look_of(str(state)), "label": label}


@register.inclusion_tag("components/clock.html")
def clock(view: ClockView, detail: bool = True) -> dict:
    """A deadline: what is left, when exactly, and on one click its clause, what started it and the trace."""
    return {
        "view": view,
        "detail": detail,
        "look": look_of(view.state),
        "left": remaining_words(view.remaining),
        "exact": exact_words(view.due_at),
        "started": exact_words(view.clock.started_at),
        "clause": clause_title(view.clock.clause),
        "certainty": certainty_of(view.certainty),
        "live": view.clock.stopped_at is None,
    }


@register.inclusion_tag("components/due.html")
def due(moment: datetime | None, started: datetime | None = None) -> dict:
    """What is left until a moment, for dense lists; its state is worked out when `started` is given too."""
    if moment is None:
        return {"moment": None}
    remaining = moment - time.now()
    if remaining.total_seconds() < 0:
        state = "overdue"
    elif started is not None and remaining * 5 < moment - started:
        state = "soon"
    else:
        state = "running"
    return {"moment": moment, "left": remaining_words(remaining), "exact": exact_words(moment), "look": look_of(state)}


@register.inclusion_tag("components/instant.html")
def instant(moment: datetime | None, exact_first: bool = False) -> dict:
    """A moment as people say it, with the exact time beside it."""
    if moment is None:
        return {"moment": None}
    return {
        "moment": moment,
        "words": since_words(time.now() - moment),
        "exact": exact_words(moment),
        "exact_first": exact_first,
    }


@register.filter
def exact(moment: datetime) -> str:
    """`14:30 ngày 23/11/2026`."""
    return exact_words(moment) if moment else ""


@register.filter
def by_when(moment: datetime) -> str:
    """`14:30, thứ Hai 23/11/2026`: a promise to a person."""
    return day_words(moment) if moment else ""


@register.filter
def named_here(organisation: Organisation) -> str:
    """The organisation's name in the language of the page."""
    return organisation.name_en if get_language() == "en" and organisation.name_en else organisation.name


@register.filter
def minutes_words(minutes: int) -> str:
    """`5 hours 20 minutes`, of whole minutes."""
    return duration_words(timedelta(minutes=minutes))


@register.filter
def left_until(moment: datetime) -> str:
    """`2 days left`, or by how much it is overdue."""
    return remaining_words(moment - time.now()) if moment else ""


@register.filter
def civil_day(moment: datetime) -> str:
    """`23/11/2026`, the day in Vietnam."""
    return f"{moment.astimezone(HANOI):%d/%m/%Y}" if moment else ""


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Form) -> dict:
    """All errors of a form on top, each a link to its field; takes the focus. Empty without errors."""
    errors = []
    for name, messages in form.errors.items():
        target = form[name].id_for_label or form[name].auto_id if name in form.fields else ""
        # A group of radios has no element with the group's own id; its first choice takes the focus.
        if name in form.fields and getattr(form[name].field.widget, "input_type", "") in {"radio", "checkbox"}:
            choices = list(form[name].subwidgets)
            target = choices[0].id_for_label if choices else target
        errors += [{"text": message, "target": target} for message in messages]
    return {"errors": errors}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "", heading: bool = False, optional: bool = False) -> dict:
    """A labelled field with hint and error, joined for screen readers.

    Args:
        bound: the form's field.
        hint: replaces the field's own `help_text`.
        heading: the label is the page's question, as `h1`.
        optional: says so beside the label.
    """
    widget = bound.field.widget
    kind = getattr(widget, "input_type", type(widget).__name__.lower())
    hint = hint or bound.help_text
    hint_id, error_id = f"{bound.auto_id}_hint", f"{bound.auto_id}_error"
    described = " ".join(part for part, shown in ((hint_id, hint), (error_id, bound.errors)) if shown)
    attributes = {"aria-describedby": described} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    grouped = kind == "radio" or (kind == "checkbox" and hasattr(widget, "choices"))
    if not grouped and kind != "checkbox":
        style = "form-select" if kind == "select" else "form-control"
        marks = [style, widget.attrs.get("class", ""), "is-invalid" if bound.errors else ""]
        attributes["class"] = " ".join(mark for mark in marks if mark)
    return {
        "bound": bound,
        "kind": "group" if grouped else "check" if kind == "checkbox" else "plain",
        "control": None if grouped else rendered(bound, attributes, kind),
        "choices": choices_of(bound) if grouped else [],
        "input_type": kind,
        "hint": hint,
        "hint_id": hint_id,
        "error_id": error_id,
        "described": described,
        "heading": heading,
        "optional": optional,
    }


def rendered(bound: BoundField, attributes: dict[str, str], kind: str) -> SafeString:
    """The control itself."""
    if kind == "checkbox":
        attributes = {**attributes, "class": "form-check-input"}
    return bound.as_widget(attrs={**bound.field.widget.attrs, **attributes})


def choices_of(bound: BoundField) -> list[dict]:
    """The choices of a group, each with its explanation when the field has `explanations` (value → text)."""
    explanations = getattr(bound.field, "explanations", {})
    return [
        {
            "value": choice.data["value"],
            "label": choice.data["label"],
            "selected": choice.data["selected"],
            "id": choice.id_for_label,
            "help": explanations.get(choice.data["value"], ""),
        }
        for choice in bound.subwidgets
    ]


@register.inclusion_tag("components/time_words.html")
def time_words() -> dict:
    """The words of durations with `{}` for the number, for the script that keeps times true."""
    return {"words": duration_patterns()}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", icon: str = "inbox", href: str = "", action: str = "") -> dict:
    """What a list says when nothing is in it: why, and what one can do."""
    return {"title": title, "text": text, "icon": icon, "href": href, "action": action}


@register.inclusion_tag("components/timeline.html")
def timeline(lines: Sequence[object]) -> dict:
    """Steps in time. Each line has `title`; and where known `at`, `text`, `who`, `icon`, `state` (done, now, next)."""
    return {"lines": lines}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Page, name: str = "page") -> dict:
    """Links to the neighbouring pages, keeping the other parameters of the address."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return "?" + query.urlencode()

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/person.html", takes_context=True)
def person(context: Context, ref: uuid.UUID | None) -> dict:
    """A colleague by name, with initials; the system itself when there is no ref."""
    from anlanh.base.identity.queries import name_of

    actor = context.get("actor")
    if ref is None or not actor:
        return {"name": "", "initials": "", "me": False}
    name = name_of(actor, ref)
    return {"name": name, "initials": initials(name), "me": ref == actor.ref}


def initials(name: str) -> str:
    """Up to two letters: of the last word, by which Vietnamese are called, and of the first."""
    words = name.split()
    return "".join(word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 else words))
