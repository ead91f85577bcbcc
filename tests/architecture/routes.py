"""All routes of the program, read from the resolver, so that no walk can forget a new one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

API = "api/v1/"


@dataclass(frozen=True)
class Route:
    """One address of the program.

    Args:
        name: with its namespace, such as `console:case`.
        template: the address with the names of its parts in braces.
        parts: those names, in order.
    """

    name: str
    template: str
    parts: tuple[str, ...]

    def path(self, values: dict[str, object]) -> str:
        """The address with the parts filled in."""
        return "/" + self.template.format(**{part: values[part] for part in self.parts})


def page_routes() -> list[Route]:
    """Every route that people open; those of the API are in its own description."""
    return [route for route in _under(get_resolver(), "", "") if not route.template.startswith(API)]


def _under(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        template = prefix + _template(entry)
        if isinstance(entry, URLPattern):
            named = f"{namespace}{entry.name}"
            yield Route(named, template, tuple(re.findall(r"{(\w+)}", template)))
        else:
            yield from _under(entry, template, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def _template(entry: URLPattern | URLResolver) -> str:
    pattern = entry.pattern
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern))
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", str(pattern)).strip("^$")
