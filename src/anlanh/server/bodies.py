"""What stands between the network and the program: a request's body is taken in whole before a thread works on it.

The program answers with few threads, as many as its database has use for. Were they to read bodies themselves, as many
telephones on a slow line would stop everybody else. So many threads, which do nothing else, wait for bodies; a request
reaches one of the few when all of it is there.
"""

import io
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

from anlanh.web.bodies import declared_length, most_bytes

IN_MEMORY = 256 * 1024  # bytes of one body; a longer one waits in a temporary file
_CHUNK = 64 * 1024

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WholeBodies:
    """A WSGI application that hands requests on to another, with their bodies at hand.

    What is longer than any page of ours takes is not read: the program refuses it by its declared length.

    Args:
        application: the program.
        threads: how many requests it works on at a time.
    """

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._working = ThreadPoolExecutor(threads, thread_name_prefix="request")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with _body(environ) as body:
            environ["wsgi.input"] = body
            return self._working.submit(self._application, environ, start_response).result()


def _body(environ: dict[str, Any]) -> BinaryIO:
    """As much of the body as was announced, from its beginning."""
    length = declared_length(environ)
    if not 0 < length <= most_bytes(environ.get("CONTENT_TYPE", "")):
        return io.BytesIO()
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the caller closes it)
    while length > 0 and (chunk := environ["wsgi.input"].read(min(length, _CHUNK))):
        body.write(chunk)
        length -= len(chunk)
    body.seek(0)
    return body
