"""The organisation's log: where it stands, its export for inspectors, and the proof that one act is in it."""

import json
import tempfile
import uuid

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from anlanh.base.acts import queries
from anlanh.base.acts.correcting import MAY_CORRECT, correct, corrections_of
from anlanh.base.acts.ledger import export_organisation, prove
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.act_words import act_title, clear_lines, doer_title, field_title
from anlanh.web.console.shell import page
from anlanh.work.casework.policy import require_open

ACTS_A_PAGE = 50
EXPORT_IN_MEMORY = 8 * 1024 * 1024  # bytes; a longer export goes through a temporary file


@staff
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The size of the log, its latest checkpoint, and the acts, newest first."""
    state = queries.log_state(request.actor)
    rows = Paginator(queries.acts(request.actor), ACTS_A_PAGE).get_page(request.GET.get("page"))
    lines = [(act, act_title(act.type)) for act in rows]
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
def key(request: HttpRequest) -> HttpResponse:
    """The key that the log's checkpoints are signed for, as the file that the check asks for."""
    state = queries.log_state(request.actor)
    response = HttpResponse(f"{state.public_key}\n", content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{state.code}.key.txt"'
    return response


@staff
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, act_id: uuid.UUID) -> HttpResponse:
    """One act: what the log holds of it, the path from it to a signed checkpoint, and its correction by POST."""
    act = queries.act(request.actor, act_id)
    require_open(request.actor, act)
    fault = None
    if request.method == "POST":
        try:
            written = {name: request.POST.get(name, "") for name in ("right", "reason")}
            return redirect("console:act", correct(request.actor, act_id, **written).id)
        except BadInput as refusal:
            fault = refusal
    evidence = prove(act)
    context = {
        "act": act,
        "title": act_title(act.type),
        "doer": doer_title(act.actor_kind),
        "clear": clear_lines(act),
        "erasable": [(field_title(name), held) for name, held in queries.erasable_fields(act).items()],
        "readable": json.dumps(act.body, ensure_ascii=False, indent=2, sort_keys=True),
        "proof": evidence,
        "path": [step.hex() for step in evidence.path] if evidence else [],
        "corrections": corrections_of(request.actor, act),
        "may_correct": any(request.actor.can(name) for name in MAY_CORRECT),
        "fault": fault,
        "typed": request.POST,
    }
    return page(request, "console/act.html", context, status=422 if fault else 200)
