"""Asking as somebody, and reading answers so that two of them can be compared."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.architecture.world import World
from tests.builders import Office
from tests.work.casework.steps_of import GROUND


def browser(office: Office, nickname: str) -> Client:
    """A browser in which somebody is signed in; its pages are in Vietnamese."""
    client = Client(headers={"accept-language": "vi"})
    client.force_login(office.members[nickname].account)
    return client


def form(world: World) -> dict[str, Any]:
    """What any form may ask for, with people of the own organisation."""
    colleague = str(world.office.members["moderator"].ref)
    words = dict.fromkeys(["how", "reason", "reasons", "question", "note", "facts", "subject_fact", "text"], "Đã xem.")
    choices = {"measure": "remove", "ground": GROUND, "outcome": "upheld", "roles": ["moderator"]}
    return {**words, **choices, "to": colleague, "supervisor": colleague, "hand_over_to": colleague}


def ask(client: Client, method: str, path: str, typed: dict[str, Any], *, follow: bool = False) -> HttpResponse:
    """One request; only what is posted carries a form."""
    return client.get(path, follow=follow) if method == "GET" else client.post(path, typed, follow=follow)


def page(
    client: Client, method: str, path: str, typed: dict[str, Any], ids: dict[str, object]
) -> tuple[int, str, list[object]]:
    """Status, text and way of the page that a request ends at, without what differs by design."""
    answer = ask(client, method, path, typed, follow=True)
    way = [(normal(where, ids), status) for where, status in answer.redirect_chain]
    return answer.status_code, normal(text_of(answer), ids), way


def text_of(answer: HttpResponse) -> str:
    """The whole body."""
    return answer.getvalue().decode(errors="replace")


def normal(text: str, ids: dict[str, object]) -> str:
    """A text without the identifiers that were asked for and without CSRF tokens."""
    for name, value in ids.items():
        text = text if name in {"code", "document", "version"} else text.replace(str(value), "…")
    return re.sub(r"[A-Za-z0-9]{64}", "…", text)


def without_echo(text: str) -> str:
    """A page without CSRF tokens, and without the words searched for as addresses and forms write them."""
    return re.sub(r"[?&;]q=[^\"&]*|[A-Za-z0-9]{64}|(?<=value=\")[^\"]*", "…", text)


def marks_in(text: str, world: World) -> list[str]:
    """What of an organisation shows in a text."""
    return [mark for mark in world.marks if mark in text]
