"""What intake is compared with: the same server and framework doing nothing, and writing one plain row a request.

Started by `intake.py` in place of the program, with the same environment. Two operations:
`POST /echo` reads the body into the same model and answers; `POST /row` also inserts it into a table of its own.
"""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from anlanh.server.environment import data_directory, database

settings.configure(
    SECRET_KEY="benchmark",  # noqa: S106 (signs nothing)
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=["ninja"],
    DATABASES={"default": database(data_directory())},
    USE_TZ=True,
)
django.setup()

from django.db import connection  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import NinjaAPI  # noqa: E402
from pydantic import BaseModel  # noqa: E402


class Report(BaseModel):
    """The fields of a report that the load sends."""

    address: str
    category: str
    text: str


TABLE = "CREATE TABLE plain_row (id INTEGER PRIMARY KEY, address TEXT, category TEXT, text TEXT)"
INSERT = "INSERT INTO plain_row (address, category, text) VALUES (%s, %s, %s)"

api = NinjaAPI(docs_url=None)


def make_table() -> None:
    """Makes the table that `/row` writes to."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE.replace("INTEGER", "SERIAL") if connection.vendor == "postgresql" else TABLE)


@api.post("/echo")
def echo(request: object, given: Report) -> dict[str, str]:
    """Reads and answers."""
    return {"reference": given.address}


@api.post("/row")
def row(request: object, given: Report) -> dict[str, str]:
    """Reads, inserts one row, answers."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [given.address, given.category, given.text])
    return {"reference": given.address}


urlpatterns = [path("", api.urls)]

application = WSGIHandler()
