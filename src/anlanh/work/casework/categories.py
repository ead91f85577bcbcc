"""What a report can be about, in the words of someone who is not a lawyer. The clause is found later, by a person."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Category:
    """One answer to "what is wrong with it?".

    Args:
        title: what the choice is called.
        help: one sentence that tells it from its neighbours.
    """

    title: str | Promise
    help: str | Promise


CHILD = "child"

CATEGORIES: dict[str, Category] = {
    CHILD: Category(
        _("Harm to a child"),
        _("Abuse, exploitation or bullying of a child, or a child's image used to hurt the child."),
    ),
    "fraud": Category(_("Fraud or gambling"), _("Somebody is trying to get money, accounts or codes by deceit.")),
    "impersonation": Category(
        _("Impersonation"), _("A page or account that pretends to be a person, an agency or a company.")
    ),
    "privacy": Category(
        _("Private life or personal data"), _("Addresses, papers, pictures or messages published without consent.")
    ),
    "honour": Category(_("Insult or slander"), _("Words that hurt somebody's honour, dignity or good name.")),
    "false_information": Category(_("False information"), _("Something untrue that is told as fact.")),
    "violence_obscenity": Category(
        _("Violence or obscenity"), _("Pictures or words that show or praise violence, or that are pornographic.")
    ),
    "prohibited_ads": Category(
        _("Advertising or selling what is prohibited"),
        _("Drugs, weapons, fireworks, wild animals, forged papers and the like."),
    ),
    "copyright": Category(_("Copyright"), _("Somebody else's work copied without permission.")),
    "malware": Category(_("Harmful software"), _("A link or file that attacks whoever opens it.")),
    "other": Category(_("Something else"), _("Say in your own words what is wrong.")),
}


def title_of(code: str) -> str:
    """The category's name in the current language; the code itself for one that is no longer offered."""
    return str(CATEGORIES[code].title) if code in CATEGORIES else code
