"""Looking up the law: what the system believes, clause by clause, as of a day, how sure it is, and who signed it."""

import functools
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlanh.base.actor import NotFound
from anlanh.law import sheets
from anlanh.law.choices import CHOICE_KINDS
from anlanh.law.clocks import Clock, ClockAnswer, clocks_for, describe
from anlanh.law.contents import Pack
from anlanh.law.pack import vietnam
from anlanh.law.places import Body, Place, standing_on
from anlanh.law.wording import citation, named_days, state_on
from anlanh.primitives.dates import parse_instant
from anlanh.primitives.errors import BadInput
from anlanh.reporting.signing.queries import Signatures, public_signatures
from anlanh.web.law_words import certainty_of, language
from anlanh.web.portal import law_reading
from anlanh.web.portal.law_reading import Days

View = Callable[..., HttpResponse]


def dated(view: View) -> View:
    """Hands the view the days of its address; days that are none are told on the page, which then shows today."""

    @functools.wraps(view)
    def reading(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        fault = None
        try:
            days = law_reading.days_of(request.GET)
        except BadInput as found:
            fault, days = found, law_reading.days_of({})
        response = view(request, days, *args, fault=fault, **kwargs)
        if fault:
            response.status_code = 422
        return response

    return require_safe(reading)


@dated
def home(request: HttpRequest, days: Days, *, fault: BadInput | None) -> HttpResponse:
    """The start of the law book: search, texts, kinds of actors; `?q=` finds entries."""
    pack, words = law_reading.law_of(days), request.GET.get("q", "").strip()
    context = {
        "words": words,
        "found": law_reading.search(pack, words, days) if words else [],
        "most_found": law_reading.MOST_FOUND,
        "instruments": law_reading.instruments_of(pack, days),
        "papers": [(one.id, one.short.in_language(language())) for one in pack.documents.values()],
        "actors": [(one.id, one.title.in_language(language())) for one in pack.actors.values()],
        "conflicts": [
            law_reading.entry(sheets.choice(pack, one.id), days, public_signatures(vietnam()))
            for one in pack.choices_on(days.day)
            if one.kind == "conflict"
        ],
        "whole": public_signatures(vietnam()).on("pack", ""),
        "version": pack.version,
    }
    return _page(request, "portal/law/home.html", days, fault, context)


@dated
def entry(request: HttpRequest, days: Days, entry_id: str, *, fault: BadInput | None) -> HttpResponse:
    """One entry by its id, number or reference; an instrument article by article."""
    pack = law_reading.law_of(days)
    try:
        entries = law_reading.entries_of(pack, entry_id, days)
    except BadInput:
        if days.known and _known_now(entry_id, days):
            context = {"key": entry_id, "unknown_then": True}
            return _page(request, "portal/law/entry.html", days, fault, context)
        raise NotFound(_("The law book has nothing of that name.")) from None
    whole = entry_id in pack.instruments
    context = {
        "key": entry_id,
        "entries": entries[:1] if whole else entries,
        "articles": law_reading.articles_of(pack, entry_id, days) if whole else [],
        "choices": [one for one in entries if one.kind == "choice"] if whole else [],
        "duties": [
            law_reading.entry(sheets.duty(pack, duty), days, public_signatures(vietnam()))
            for duty in pack.duties.values()
            if duty.document == entry_id
        ],
        "instrument": pack.instruments.get(_instrument_of(pack, entry_id)),
    }
    return _page(request, "portal/law/entry.html", days, fault, context)


@dated
def actor(request: HttpRequest, days: Days, kind: str, *, fault: BadInput | None) -> HttpResponse:
    """A kind of actor: the duties and the times that bind it on the day."""
    pack = law_reading.law_of(days)
    if kind not in pack.actors:
        raise NotFound(_("The law book has nothing of that name."))
    signed, kinds = public_signatures(vietnam()), {kind, *pack.actors[kind].counts_as}
    rules = [
        rule for rule in pack.clock_rules.values() if kinds.intersection(rule.actors) and rule.in_force.covers(days.day)
    ]
    context = {
        "kind": pack.actors[kind],
        "title": pack.actors[kind].title.in_language(language()),
        "also": [pack.actors[one].title.in_language(language()) for one in pack.actors[kind].counts_as],
        "duties": [law_reading.entry(sheets.duty(pack, one), days, signed) for one in pack.duties_on(days.day, kind)],
        "clocks": [law_reading.entry(sheets.clock(pack, rule), days, signed) for rule in rules],
    }
    return _page(request, "portal/law/actor.html", days, fault, context)


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """Which times run when something happens: asked by a form in the address, answered with the whole trace."""
    pack, asked, signed = vietnam(), request.GET, public_signatures(vietnam())
    answer, fault = None, None
    if asked.get("event"):
        try:
            answer = _answer(asked)
        except BadInput as found:
            fault = found
    context = {
        "asked": asked,
        "fault": fault,
        "answer": answer,
        "lines": [_clock(one, one is answer.governing, signed) for one in answer.clocks] if answer else [],
        "without_time": [
            line.in_language(language()) for line in describe(answer.without_time if answer else (), pack)
        ],
        "words": {
            name: [(word, text.in_language(language())) for word, text in pack.vocabulary[name].items()]
            for name in ("events", "requests", "requesters", "forms")
        },
        "actors": [(one.id, one.title.in_language(language())) for one in pack.actors.values()],
        "at": asked.get("at", ""),
    }
    return render(request, "portal/law/clocks.html", context, status=422 if fault else 200)


@dated
def questions(request: HttpRequest, days: Days, *, fault: BadInput | None) -> HttpResponse:
    """What the texts leave open: conflicts, ambiguities, wrong citations, with what is done meanwhile."""
    pack, signed = law_reading.law_of(days), public_signatures(vietnam())
    on_day = sorted(pack.choices_on(days.day), key=lambda one: CHOICE_KINDS.index(one.kind))
    parted = [
        (kind, [law_reading.entry(sheets.choice(pack, one.id), days, signed) for one in on_day if one.kind == kind])
        for kind in CHOICE_KINDS
    ]
    return _page(request, "portal/law/questions.html", days, fault, {"parted": parted})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The days off and the days worked in exchange, year by year, with their source and who signed them."""
    pack, signed = vietnam(), public_signatures(vietnam())
    words = pack.vocabulary["holidays"]
    years = [
        {
            "year": year.year,
            "source": year.source.in_language(language()),
            "basis": citation(pack, year.basis).in_language(language()),
            "standing": signed.on("calendar", str(year.year)),
            "off": [
                (one.day, words[one.why].in_language(language()), certainty_of(one.certainty))
                for one in sorted(year.off.values(), key=lambda one: one.day)
            ],
            "worked": [(one.day, one.instead_of) for _day, one in sorted(year.worked.items())],
            "open": [(one.day, one.question.in_language(language())) for one in year.open],
        }
        for year in sorted(pack.calendar.years.values(), key=lambda one: -one.year)
    ]
    return render(request, "portal/law/calendar.html", {"years": years})


@dated
def places(request: HttpRequest, days: Days, *, fault: BadInput | None) -> HttpResponse:
    """Places and bodies: what stands on the day in the place of each, so that an old name finds today's."""
    pack = law_reading.law_of(days)
    context = {
        "groups": [
            (title, [_followed(entries, one, days) for one in entries.values()])
            for title, entries in ((_("Places"), pack.places), (_("Public bodies"), pack.bodies))
        ]
    }
    return _page(request, "portal/law/places.html", days, fault, context)


def _page(
    request: HttpRequest, template: str, days: Days, fault: BadInput | None, context: dict[str, object]
) -> HttpResponse:
    known_days = f"?{days.query}" if days.query else ""
    return render(request, template, {"days": days, "day_query": known_days, "day_fault": fault, **context})


def _known_now(key: str, days: Days) -> bool:
    try:
        return bool(law_reading.entries_of(vietnam(), key, Days(days.day, None)))
    except BadInput:
        return False


def _instrument_of(pack: Pack, key: str) -> str:
    """The number of the instrument that a reference lies in; the key itself where it is no reference."""
    return next((number for number in pack.instruments if key.startswith(f"{number}/")), key)


def _answer(asked: Mapping[str, str]) -> ClockAnswer:
    written = asked.get("at", "").strip()
    moment = parse_instant(written if "+" in written or written.endswith("Z") else f"{written}+07:00")
    year = asked.get("year", "").strip()
    if year and not (year.isascii() and year.isdigit() and len(year) <= 4):
        raise BadInput(_("“%(year)s” is not a year") % {"year": year[:20]}, where="year", mend=_("write it as 2026"))
    periodic, data_request = asked["event"] == "report.period", asked["event"] == "data_request.received"
    return clocks_for(
        vietnam(),
        event=asked["event"],
        actor=asked.get("actor", ""),
        at=moment,
        grounds=[ground] if (ground := asked.get("ground", "").strip()) else [],
        request=asked.get("request") or None if data_request else None,
        requester=asked.get("requester") or None,
        emergency="emergency" in asked,
        third_party="third_party" in asked,
        form=asked.get("form") or None if periodic else None,
        year=int(year or moment.year) if periodic else None,
    )


def _clock(found: Clock, governing: bool, signed: Signatures) -> dict[str, object]:
    """One clock with its trace."""
    return {
        "id": found.id,
        "clause": citation(vietnam(), found.clause).in_language(language()),
        "obligation": vietnam().vocabulary["obligations"][found.obligation].in_language(language()),
        "due_at": found.due_at,
        "certainty": certainty_of(found.rule.certainty),
        "trace": [step.in_language(language()) for step in found.trace],
        "governing": governing,
        "standing": signed.on("clock", found.id),
    }


def _followed(entries: Mapping[str, Place | Body], one: Place | Body, days: Days) -> dict[str, object]:
    """A place or body with what stands there on the day."""
    standing = standing_on(entries, one.id, days.day)
    return {
        "id": one.id,
        "title": one.title.in_language(language()),
        "days": named_days(one.in_force).in_language(language()),
        "now": [found.title.in_language(language()) for found in standing if found.id != one.id],
        "state": state_on(one.in_force, days.day),
    }
