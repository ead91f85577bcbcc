"""What a person reads when they may not do something; the same sentence on pages and in the API's problems."""

from django.utils.translation import gettext as _

from anlanh.base.actor import NotAllowed
from anlanh.base.identity.words import CAPABILITY_TITLES


def sentence(fault: NotAllowed) -> str:
    """The refusal in the reader's language: the capabilities by their titles, else the text that it came with."""
    titles = [f"“{CAPABILITY_TITLES.get(capability, capability)}”" for capability in fault.capabilities]
    if not titles:
        return str(fault)
    return _("This needs the permission %(titles)s. Ask an administrator of your organisation.") % {
        "titles": _(" or ").join(titles)
    }
