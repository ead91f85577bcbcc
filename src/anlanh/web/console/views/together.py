"""Many cases side by side: what they share, where they differ, and one decision for all that stay chosen."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import Area, DecisionForm, add_fault
from anlanh.web.console.grounds import grouped, own_rules_of_many
from anlanh.web.console.shell import page
from anlanh.web.console.views.decide import decision_input
from anlanh.work.casework.grouping import actions, queries

ITEMS_A_PAGE = 100
SHARED_TITLES = {
    "account": gettext_lazy("Account"),
    "domain": gettext_lazy("Site"),
    "title": gettext_lazy("Title"),
    "category": gettext_lazy("Category"),
    "phase": gettext_lazy("Phase"),
    "child": gettext_lazy("Concerns a child"),
}
OUTCOMES = {
    "decided": gettext_lazy("decided"),
    "proposed": gettext_lazy("waits for a second person"),
    "left": gettext_lazy("left as it was"),
    "": gettext_lazy("in hand"),
}


class TogetherForm(DecisionForm):
    """A decision for many cases. The fact holds for each that has none of its own."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        fact = self.fields["subject_fact"]
        fact.required, fact.widget = False, Area(2)
        fact.label = _("One fact that is true of each page")
        fact.help_text = _("Where it is not, write that page's own fact beside it.")


@staff
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """The cases that are named (`case`), or those like one (`like`, `case`)."""
    return _compared(request, _chosen(request))


@staff
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Decides those that stay chosen."""
    chosen, form = _chosen(request), TogetherForm(request.POST)
    facts = {case_id: request.POST.get(f"fact-{case_id}", "") for case_id in chosen}
    if form.is_valid():
        try:
            group = actions.decide_together(request.actor, chosen, decision_input(form.cleaned_data), facts)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            return redirect("console:group", group.id)
    return _compared(request, chosen, form, {str(case_id): fact for case_id, fact in facts.items()}, status=422)


@staff
@require_GET
def group(request: HttpRequest, group_id: uuid.UUID) -> HttpResponse:
    """What became of each case of a group."""
    shown = queries.group(request.actor, group_id)
    rows = Paginator(queries.items(request.actor, group_id), ITEMS_A_PAGE).get_page(request.GET.get("page"))
    lines = [(item, OUTCOMES[item.outcome]) for item in rows]
    totals = [(OUTCOMES[name], number) for name, number in shown.totals.items() if number]
    return page(request, "console/group.html", {"group": shown, "rows": rows, "lines": lines, "totals": totals})


@staff
@require_GET
def group_proof(request: HttpRequest, group_id: uuid.UUID) -> HttpResponse:
    """The proof that the case at a position (`at`) is among those that the group's act stands for."""
    asked = request.GET.get("at", "0")
    if not asked.isdecimal() or len(asked) > 4:
        raise NotFound(_("There is no such case."))
    proof = queries.proof(request.actor, group_id, int(asked))
    context = {"group": queries.group(request.actor, group_id), "proof": proof}
    return page(request, "console/group_proof.html", context)


def _compared(
    request: HttpRequest,
    chosen: list[uuid.UUID],
    form: TogetherForm | None = None,
    facts: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    comparison = queries.comparison(request.actor, chosen)
    shared = [(SHARED_TITLES[name], name, value) for name, value in comparison.shared.items() if value != ""]
    context = {
        "comparison": comparison,
        "shared": [each for each in shared if each[1] != "phase"],
        "differing": [SHARED_TITLES[name] for name in comparison.differing],
        "decision_form": form or TogetherForm(),
        "lines": [(each, (facts or {}).get(str(each.case.id), "")) for each in comparison.cases],
        "grounds": grouped(vietnam().grounds_on(civil_date(clock.now())), comparison.shared.get("category", "")),
        "own_rules": own_rules_of_many(request.actor, queries.terms_for_cases(request.actor, chosen)),
        "may_decide": request.actor.can("cases.decide"),
    }
    return page(request, "console/together.html", context, status=status)


def _chosen(request: HttpRequest) -> list[uuid.UUID]:
    """The cases that are asked for.

    Raises:
        NotFound: what is asked for is no case.
    """
    asked = request.POST if request.method == "POST" else request.GET
    try:
        ids = [uuid.UUID(text) for text in asked.getlist("case")]
    except ValueError:
        raise NotFound(_("There is no such case.")) from None
    if asked.get("like") in queries.LIKE and ids:
        return [case.id for case in queries.alike(request.actor, ids[0], asked["like"])]
    return ids
