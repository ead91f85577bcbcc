"""What becomes of a form with a paper marked secret: nothing of it is given back, and the way to note it is shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from anlanh.web.console.views.case import DRAFTS_DONE
from anlanh.work.casework.authorities.secrecy import Secret


def turned_away(request: HttpRequest, refusal: Secret, back: str, draft: str = "") -> HttpResponse:
    """The page on which the paper is noted, for those who note such; the page they came from for others.

    Args:
        request: whose form it was.
        refusal: what was said.
        back: the address for those who do not note secret papers.
        draft: the name of the draft that the browser forgets.
    """
    if draft:
        request.session[DRAFTS_DONE] = draft
    messages.error(request, f"{_sentence(refusal.what)} {_sentence(refusal.mend)}")
    if not request.actor.can("orders.enter"):
        return redirect(back)
    return redirect(f"{reverse('console:sealed_papers')}?level={refusal.level}")


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
