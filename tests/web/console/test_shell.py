"""The frame of the console: where one can go from every page."""

from anlanh.web.console.shell import GROUPS, VIEWS


def test_no_key_is_given_twice() -> None:
    places = [key for _title, places in GROUPS for _name, key, _icon, _needs in places.values()]
    keys = [key for _title, key, _needs in VIEWS.values()] + places

    assert len(keys) == len(set(keys))
