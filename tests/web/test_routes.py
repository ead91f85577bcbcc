"""The addresses of all pages."""

from collections import Counter

from tests.architecture.routes import page_routes


def test_no_two_routes_share_a_name() -> None:
    names = Counter(route.name for route in page_routes() if not route.name.endswith("None"))

    assert [name for name, times in names.items() if times > 1] == []
