"""The organisation's log: where it stands, its export for inspectors, and the proof that one act is in it."""

import json
import tempfile
import uuid

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anlanh.base.acts import queries
from anlanh.base.acts.ledger import export_organisation, prove
from anlanh.base.acts.types import all_types
from anlanh.web.console.access import staff
from anlanh.web.console.shell import page

ACTS_A_PAGE = 50
DOERS = {
    "member": _("staff"),
    "machine": _("machine"),
    "system": _("the system"),
    "public": _("the public"),
}
EXPORT_IN_MEMORY = 8 * 1024 * 1024  # bytes; a longer export goes through a temporary file


@staff
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The size of the log, its latest checkpoint, and the acts, newest first."""
    state = queries.log_state(request.actor)
    rows = Paginator(queries.acts(request.actor), ACTS_A_PAGE).get_page(request.GET.get("page"))
    lines = [(act, act_title(act.type, request.LANGUAGE_CODE)) for act in rows]
    return page(request, "console/ledger.html", {"log": state, "rows": rows, "lines": lines})


@staff
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The whole log as a file that `anlanh ledger verify` reads."""
    code = queries.log_state(request.actor).code
    out = tempfile.SpooledTemporaryFile(max_size=EXPORT_IN_MEMORY)  # noqa: SIM115  (the response closes it)
    size = export_organisation(code, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{code}-{size}.ledger", content_type="text/plain")


@staff
@require_GET
def proof(request: HttpRequest, act_id: uuid.UUID) -> HttpResponse:
    """One act: what the log holds of it, and the path from it to a signed checkpoint."""
    act = queries.act(request.actor, act_id)
    evidence = prove(act)
    context = {
        "act": act,
        "title": act_title(act.type, request.LANGUAGE_CODE),
        "doer": DOERS.get(act.actor_kind, act.actor_kind),
        "clear": sorted(act.clear.items()),
        "erasable": queries.erasable_fields(act),
        "readable": json.dumps(act.body, ensure_ascii=False, indent=2, sort_keys=True),
        "proof": evidence,
        "path": [step.hex() for step in evidence.path] if evidence else [],
    }
    return page(request, "console/act.html", context)


def act_title(name: str, language: str) -> str:
    """What people call an act of that type; its name in code when this version no longer declares it."""
    declared = all_types().get(name)
    return declared.title.get(language, name) if declared else name
