"""How long a request's body may be: as long as the longest form of ours, or as the files of one report together."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput
from anlanh.web.errors import page

MEGABYTE = 1024 * 1024


def most_bytes(content_type: str) -> int:
    """The longest body of a type that is read at all, in bytes."""
    if content_type.startswith("multipart/form-data"):
        return settings.ANLANH_UPLOADS_A_REPORT * settings.ANLANH_UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def declared_length(environ: Mapping[str, Any]) -> int:
    """The length that a request says its body has, in bytes; 0 where it says none."""
    try:
        return int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class BoundedBodies:
    """Middleware that refuses a body that is too long before anything of it is read or written down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = most_bytes(request.META.get("CONTENT_TYPE", ""))
        if declared_length(request.META) <= most:
            return self.get_response(request)
        fault = BadInput(
            _("the file is larger than %(size)s") % {"size": f"{most // MEGABYTE} MB"},
            mend=_("send a smaller one, or only the part that matters"),
        )
        response = page(request, 422, fault=fault)
        response.status_code = 413
        return response
