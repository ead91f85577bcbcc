"""The frame of every console page: where one can go, and how much waits there."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.one_reading import one_reading
from anlanh.base.outbox.queries import open_count
from anlanh.primitives.dates import civil_date
from anlanh.web.console.forms import UNDO_WHYS
from anlanh.web.console.links import VIEWS, Link
from anlanh.web.console.saved import saved_links
from anlanh.work.casework import policy, queries
from anlanh.work.casework.desk import queries as desk
from anlanh.work.casework.exposure.queries import own_today
from anlanh.work.casework.exposure.sparing import pause_after
from anlanh.work.casework.quality.queries import unread_feedback, waiting_count
from anlanh.work.casework.talking.queries import cases_with_unread

RESTED = "rested"  # in the session: the day and the number of the last suggestion of a pause that was answered

# heading → place → title, key, icon, capabilities of which one is needed. No key is given twice, to a queue or a place.
GROUPS: list[tuple[Promise, dict[str, tuple[Promise, str, str, str]]]] = [
    (
        _("Coming in"),
        {
            "console:call": (_("A call"), "g h", "phone", "cases.review"),
            "console:new_order": (_("Enter an order"), "g n", "plus", "orders.enter"),
            "console:messages": (_("Unread messages"), "g e", "message-circle", "cases.view"),
            "console:tasks": (_("Needs a person"), "g t", "list-check", "tasks.handle"),
            "console:second_looks": (_("Second looks"), "g 2", "users", "quality.look"),
            "console:sealed": (_("Denunciations"), "g f", "lock", "denunciations.handle"),
            "console:sealed_papers": (_("Secret papers"), "g x", "shield-lock", "orders.enter"),
        },
    ),
    (
        _("At hand"),
        {
            "console:feedback": (_("Second looks at my decisions"), "g 4", "message-report", "cases.decide"),
            "console:exposure": (_("What I looked at"), "g 0", "eye", "cases.view"),
            "console:presets": (_("Presets"), "g s", "file-text", "cases.decide"),
            "console:registry": (_("Registry of pages"), "g r", "world", "registry.view"),
            "console:directory": (_("Directory of authorities"), "g y", "building", "orders.verify"),
            "console:kept_back": (_("Notices kept back"), "g b", "lock", "cases.decide"),
            "console:misuse": (_("Unfounded reports"), "g g", "flag", "reporters.view appeals.hear"),
        },
    ),
    (
        _("Law and proof"),
        {
            "console:duties": (_("Duty board"), "g d", "clipboard-check", "duties.view"),
            "console:law": (_("The law at work"), "g w", "scale", "duties.view"),
            "console:quality": (_("Quality of decisions"), "g 3", "circle-check", "organisation.manage ledger.view"),
            "console:ledger": (_("Ledger"), "g l", "shield-check", "ledger.view"),
        },
    ),
    (
        _("Organisation"),
        {
            "console:desk": (_("Queues and rota"), "g v", "calendar", "cases.view organisation.manage"),
            "accounts:people": (_("People"), "g p", "users", "people.manage"),
            "console:terms": (_("Terms and rules"), "g 1", "clipboard-list", "terms.manage"),
            "console:preferences": (_("How we work"), "g z", "settings", "organisation.manage"),
            "console:imports": (_("Bring in registers"), "g i", "upload", "imports.run"),
            "accounts:keys": (_("API keys"), "g k", "key", "keys.manage"),
            "accounts:integration": (_("Integration"), "g j", "world", "keys.manage"),
        },
    ),
]


# place → how much waits there.
PLACE_COUNTS: dict[str, Callable[[Actor], int]] = {
    "console:messages": lambda actor: cases_with_unread(actor).count(),
    "console:tasks": open_count,
    "console:second_looks": waiting_count,
    "console:feedback": unread_feedback,
}


@one_reading()
def page(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """A console page with its navigation.

    Args:
        request: for whom.
        template: of the page's own part.
        context: its variables; `view` marks the queue that the page belongs to.
        status: of the answer.
    """
    actor, context = request.actor, dict(context or {})
    here = request.resolver_match.view_name if request.resolver_match else ""
    counts = queries.counts(actor) if actor.can("cases.view") else {}
    saved = saved_links(actor, counts, context["listing"].address() if "listing" in context else "")
    view = "" if any(link.current for link in saved) else str(context.get("view", ""))
    frame = {
        "queues": queue_links(actor, view, counts),
        "saved_views": saved,
        "place_groups": place_groups(actor, here),
        "single_keys": request.user.single_key_shortcuts,
        "may_take": actor.can("cases.review") or actor.can("cases.decide"),
        "manages_people": actor.can("people.manage"),
        "may_manage": actor.can("registry.manage"),
        "sees_cases": actor.can("cases.view"),
        "may_audit": policy.may_audit(actor),
        "just_decided": queries.undoable(actor),
        **_exposure(request),
        "undo_whys": UNDO_WHYS,
    }
    return render(request, template, {**frame, **context}, status=status)


def _exposure(request: HttpRequest) -> dict[str, object]:
    """How much that is hard to look at the person opened today, and whether it is time to suggest a pause."""
    if not request.actor.can("cases.view"):
        return {"looked_at": 0}
    number = own_today(request.actor)
    return {"looked_at": number, "suggests_rest": _suggestions(request.actor, number) > _rests(request)}


def _suggestions(actor: Actor, number: int) -> int:
    """How often a pause was due by now, on a day with so many distressing items."""
    after = pause_after(actor.organisation_id) if number else None
    return number // after if after else 0


def _rests(request: HttpRequest) -> int:
    """Up to which suggestion of today the person has answered."""
    kept = request.session.get(RESTED)
    return kept[1] if kept and kept[0] == str(civil_date(clock.now())) else 0


def rest_now(request: HttpRequest) -> None:
    """Puts the suggestion of a pause aside, for this session and day, until as many more were opened."""
    due = _suggestions(request.actor, own_today(request.actor))
    request.session[RESTED] = [str(civil_date(clock.now())), due]


def queue_links(actor: Actor, current: str = "", counts: Mapping[str, queries.Waiting] | None = None) -> list[Link]:
    """The queues that the actor may see, with what waits in each where that was counted."""
    if not actor.can("cases.view"):
        return []
    counts, queue = counts or {}, reverse("console:queue")
    lists = [
        _list(title, f"{queue}?view={view}", key, counts.get(view), view == current)
        for view, (title, key, needs) in VIEWS.items()
        if any(map(actor.can, needs))
    ]
    named = [
        _list(each.name, f"{queue}?queue={each.id}", "", counts.get(str(each.id)), str(each.id) == current)
        for each in desk.queues(actor)
    ]
    return lists + named


def _list(title: str | Promise, address: str, key: str, waiting: queries.Waiting | None, current: bool) -> Link:
    return Link(title, address, key, waiting, waiting.total if waiting else None, current)


def place_groups(actor: Actor, here: str = "") -> list[tuple[Promise, list[Link]]]:
    """The other pages that the actor may see, under their headings; no heading without a page."""
    groups = [(title, [_place(actor, name, here, *line) for name, line in places.items()]) for title, places in GROUPS]
    shown = [(title, [link for link in links if link]) for title, links in groups]
    return [(title, links) for title, links in shown if links]


def _place(actor: Actor, name: str, here: str, title: Promise, key: str, icon: str, needs: str) -> Link | None:
    if not any(map(actor.can, needs.split())):
        return None
    waiting = PLACE_COUNTS[name](actor) if name in PLACE_COUNTS else None
    return Link(title, reverse(name), key, None, waiting, name == here, icon)


def place_links(actor: Actor) -> list[Link]:
    """The same pages one after the other."""
    return [link for _title, links in place_groups(actor) for link in links]
