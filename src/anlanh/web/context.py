"""What every template may use without its view handing it over."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from anlanh.base.identity.queries import organisation
from anlanh.web.language import chosen_theme


def page(request: HttpRequest) -> dict[str, object]:
    """The variables of the page's frame.

    Returns:
        `language`, `other_language` as (code, own name), `theme` (`light`, `dark`, or empty to follow the device),
        `here` (path with query, to come back to), `actor` (or None), `organisation` (the actor's).
    """
    language = get_language() or settings.LANGUAGE_CODE
    actor = getattr(request, "actor", None)
    return {
        "language": language,
        "other_language": next(pair for pair in settings.LANGUAGES if pair[0] != language),
        "theme": chosen_theme(request),
        "here": request.get_full_path(),
        "actor": actor,
        "organisation": SimpleLazyObject(lambda: organisation(actor)) if actor else None,
    }
