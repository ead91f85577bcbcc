"""The frame of the console: where one can go from every page."""

import re
from pathlib import Path

from anlanh.web import console
from anlanh.web.console.shell import GROUPS, VIEWS


def test_no_key_is_given_twice() -> None:
    places = [key for _title, places in GROUPS for _name, key, _icon, _needs in places.values()]
    keys = [key for _title, key, _needs in VIEWS.values()] + places

    assert len(keys) == len(set(keys))


def test_the_list_of_keys_names_every_key() -> None:
    templates = Path(console.__file__).parent / "templates"
    text = "".join(path.read_text() for path in templates.rglob("*.html"))
    keys = set(re.findall(r'data-key(?:-focus)?="([^"{}]+)"', text))
    listed = set(re.findall(r"<kbd>([^<]+)</kbd>", (templates / "console" / "_keys.html").read_text()))

    assert keys - {"?"} <= listed, "name the key in _keys.html"
    assert {"?", "j", "k", "x"} <= listed, "keys that no element carries"


def test_single_keys_can_be_switched_off(platform, signed_in) -> None:
    moderator = signed_in(platform, "moderator")
    assert 'data-single-keys="on"' in moderator.get("/console/").content.decode()
    account = platform.members["moderator"].account
    account.single_key_shortcuts = False
    account.save()
    page = moderator.get("/console/").content.decode()
    assert 'data-single-keys="off"' in page
    assert "Single keys are switched off in your account." in page


def test_the_decision_stands_between_the_subject_and_the_history(platform, signed_in, report) -> None:
    page = signed_in(platform, "moderator").get(f"/console/cases/{report().id}/").content.decode()
    order = [page.index(mark) for mark in ('id="subject-title"', 'id="clocks-title"', 'id="history-title"', "c-jump")]
    assert order == sorted(order), "the tab key goes where the eye goes"
