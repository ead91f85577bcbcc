"""An organisation's own rules for everybody: the version in force, earlier ones, and what changed between them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlanh.base.actor import NotFound
from anlanh.base.files.serve import disposition
from anlanh.base.identity.models import Organisation
from anlanh.base.identity.queries import organisation_by_code
from anlanh.web.portal.views.report import shown_name
from anlanh.work.policies import queries
from anlanh.work.policies.differences import SAME, said
from anlanh.work.policies.kinds import KINDS, Kind
from anlanh.work.policies.queries import IN_FORCE, WAITING, Edition

# By the name in letters' addresses, or as acts and the API name it.
_BY_SLUG = {kind.slug: kind for kind in KINDS.values()} | KINDS


@require_safe
def index(request: HttpRequest, code: str) -> HttpResponse:
    """The documents of an organisation."""
    office = organisation_by_code(code)
    editions = queries.editions_of(office)
    found = [(kind, _shown_first(own)) for kind in KINDS.values() if (own := _of(editions, kind))]
    context = {"office": office, "name": shown_name(office), "documents": found}
    return render(request, "portal/terms/index.html", context)


@require_safe
def current(request: HttpRequest, code: str, document: str) -> HttpResponse:
    """The version in force, or where none is the newest."""
    office, kind = organisation_by_code(code), _kind(document)
    own = queries.editions_of(office, kind.code)
    if not own:
        raise NotFound(_("There is no such version."))
    return _version(request, office, kind, own, _shown_first(own))


@require_safe
def numbered(request: HttpRequest, code: str, document: str, version: int) -> HttpResponse:
    """One version, whether it is in force or not."""
    office, kind = organisation_by_code(code), _kind(document)
    own = queries.editions_of(office, kind.code)
    return _version(request, office, kind, own, queries.edition(office, kind.code, version))


@require_safe
def compared(request: HttpRequest, code: str, document: str, version: int) -> HttpResponse:
    """What changed between a version and the one before it, or another one (`so-voi`)."""
    office, kind = organisation_by_code(code), _kind(document)
    after = queries.edition(office, kind.code, version)
    asked = request.GET.get("so-voi", "")
    other = int(asked) if asked.isdecimal() and len(asked) < 6 else version - 1
    before = queries.edition(office, kind.code, other)
    if before.number > after.number:
        before, after = after, before
    changes = queries.changes_between(before, after, get_language() or "vi")
    context = {
        "office": office,
        "name": shown_name(office),
        "kind": kind,
        "before": before,
        "after": after,
        "changes": changes,
        "changed": sum(change.state != SAME for change in changes),
        "editions": queries.editions_of(office, kind.code),
    }
    return render(request, "portal/terms/compared.html", context)


@require_safe
def exact(request: HttpRequest, code: str, document: str, version: int) -> HttpResponse:
    """The exact bytes that the digest in the log is made of."""
    office, kind = organisation_by_code(code), _kind(document)
    edition = queries.edition(office, kind.code, version)
    response = HttpResponse(queries.exact_text_of(office, edition), content_type="application/json")
    response.headers["Content-Disposition"] = disposition(f"{code}-{kind.slug}-{version}.json")
    return response


def _version(
    request: HttpRequest, office: Organisation, kind: Kind, own: list[Edition], shown: Edition
) -> HttpResponse:
    language = get_language() or "vi"
    clauses = [(clause, *said(clause, language)) for clause in queries.clauses_of(shown)]
    context = {
        "office": office,
        "name": shown_name(office),
        "kind": kind,
        "shown": shown,
        "clauses": clauses,
        "editions": own,
        "in_force": next((one for one in own if one.state == IN_FORCE), None),
        "waiting": next((one for one in own if one.state == WAITING), None),
        "earliest": shown.number == 1,
        "untranslated": language == "en" and any(not clause.text_en for clause, _title, _text in clauses),
    }
    return render(request, "portal/terms/version.html", context)


def _kind(slug: str) -> Kind:
    if slug not in _BY_SLUG:
        raise NotFound(_("There is no such document."))
    return _BY_SLUG[slug]


def _of(editions: list[Edition], kind: Kind) -> list[Edition]:
    return [one for one in editions if one.kind is kind]


def _shown_first(own: list[Edition]) -> Edition:
    return next((one for one in own if one.state == IN_FORCE), own[0])
