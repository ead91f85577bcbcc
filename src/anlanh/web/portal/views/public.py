"""What everybody may see of an organisation: the figures of each month, and its decisions without anyone's data."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlanh.base.actor import NotFound
from anlanh.base.files.serve import disposition
from anlanh.base.identity.queries import organisation_by_code, organisations_taking_reports
from anlanh.web.portal.views.report import shown_name
from anlanh.work.casework import measures
from anlanh.work.casework.publishing.figures import HIDDEN
from anlanh.work.casework.publishing.queries import Month, last_months, month_shown, published, statement

DECISIONS_A_PAGE = 20
TITLES: dict[str, str | Promise] = {
    "reports": gettext_lazy("Reports received"),
    "orders": gettext_lazy("Orders of authorities received"),
    "decisions": gettext_lazy("Decisions"),
    "no_action": gettext_lazy("of which: nothing done"),
    "restored": gettext_lazy("Measures undone"),
    "appeals": gettext_lazy("Appeals"),
    "late_appeals": gettext_lazy("Appeals after their time"),
    "appeals_upheld": gettext_lazy("Appeals answered: the decision stands"),
    "appeals_partial": gettext_lazy("Appeals answered: right in part"),
    "appeals_reversed": gettext_lazy("Appeals answered: the decision was reversed"),
    "appeals_overdue": gettext_lazy("Appeals not answered in time"),
    "withheld": gettext_lazy("Decisions of which the person affected was not told yet"),
    "unpublished": gettext_lazy("Decisions about which nothing is published"),
}
GROUND_TITLES: dict[str, str | Promise] = {
    "law": gettext_lazy("of which on a ground of law"),
    "terms": gettext_lazy("of which on the organisation's own rules"),
}
_BAR_WIDTH, _ROW_HEIGHT = 270, 40


@dataclass(frozen=True)
class Bar:
    """One bar of the chart, in the units of its drawing."""

    title: str
    value: str
    y: int
    width: int


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The organisations whose figures and decisions everybody may see."""
    offices = [(office, shown_name(office)) for office in organisations_taking_reports()]
    return render(request, "portal/public.html", {"offices": offices})


@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of one month, with the months before it to choose from; or that no month is over yet."""
    office = organisation_by_code(code)
    month = _month(request.GET.get("thang", ""))
    try:
        shown = month_shown(office, month)
    except NotFound:
        if request.GET.get("thang"):
            raise
        return render(request, "portal/figures_none.html", {"office": office, "name": shown_name(office)})
    rows = list(_rows(shown))
    bars = _bars(shown)
    context = {
        "office": office,
        "name": shown_name(office),
        "month": month,
        "months": last_months(),
        "rows": [(title, _written(value, shown.smallest)) for _name, title, value in rows],
        "spread": shown.figures["decided_minutes"],
        "bars": bars,
        "height": len(bars) * _ROW_HEIGHT,
        "smallest": shown.smallest,
    }
    return render(request, "portal/figures.html", context)


@require_safe
def figures_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a table that a spreadsheet opens."""
    month = _month(request.GET.get("thang", ""))
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["month", "figure", "title", "value"])
    shown = month_shown(organisation_by_code(code), month)
    for name, title, value in _rows(shown):
        table.writerow([f"{month:%Y-%m}", name, title, _written(value, shown.smallest)])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(f"{code}-{month:%Y-%m}.csv")
    return response


@require_safe
def figures_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for programs; a number too small to be shown is null."""
    month = _month(request.GET.get("thang", ""))
    shown = month_shown(organisation_by_code(code), month)
    document = {"organisation": code, "month": f"{month:%Y-%m}", "smallest_shown": shown.smallest}
    return JsonResponse({**document, "figures": _nulled(shown.figures)}, json_dumps_params={"ensure_ascii": False})


@require_safe
def decisions(request: HttpRequest, code: str) -> HttpResponse:
    """The published decisions, the newest first."""
    office = organisation_by_code(code)
    rows = Paginator(published(office), DECISIONS_A_PAGE).get_page(request.GET.get("trang"))
    language = get_language() or "vi"
    context = {
        "office": office,
        "name": shown_name(office),
        "rows": rows,
        "statements": [statement(decision, language) for decision in rows],
    }
    return render(request, "portal/decisions.html", context)


def _month(asked: str) -> date:
    """The month of the address, or the last one that is over."""
    if not asked:
        return last_months()[0]
    try:
        year, month = (int(part) for part in asked.split("-"))
        return date(year, month, 1)
    except ValueError:
        raise NotFound(_("There is no such month.")) from None


def _rows(shown: Month) -> Iterator[tuple[str, str, int]]:
    """Every figure by name with its title, the kinds of measures after the decisions."""
    for name, title in TITLES.items():
        if name not in shown.figures:
            continue
        yield name, str(title), shown.figures[name]
        if name == "no_action":
            for code, value in shown.figures["measures"].items():
                yield f"measure_{code}", _kind(code), value
            for kind, value in shown.figures["grounds"].items():
                yield f"ground_{kind}", str(GROUND_TITLES[kind]), value


def _bars(shown: Month) -> list[Bar]:
    """What was decided, kind by kind, nothing done among them, so that removing is not all that is seen."""
    parts = {"no_action": shown.figures["no_action"], **shown.figures["measures"]}
    longest = max([value for value in parts.values() if value > 0], default=1)
    widths = [max(2, round(_BAR_WIDTH * max(value, 0) / longest)) for value in parts.values()]
    return [
        Bar(_kind(code), _written(value, shown.smallest), place * _ROW_HEIGHT, width)
        for place, ((code, value), width) in enumerate(zip(parts.items(), widths, strict=True))
    ]


def _kind(code: str) -> str:
    return measures.named(code).words.label.in_language(get_language() or "vi")


def _written(value: int, smallest: int) -> str:
    return f"< {smallest}" if value == HIDDEN else f"{value:,}".replace(",", ".")


def _nulled(value: object) -> object:
    if isinstance(value, dict):
        return {name: _nulled(part) for name, part in value.items()}
    return None if value == HIDDEN else value
