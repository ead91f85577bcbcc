"""How each state looks: a tone, an icon and a word, never colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    """How a state is shown.

    Args:
        tone: `calm`, `good`, `soon`, `late`, `info` or `plain`; the style sheet gives each its colours, light and dark.
        icon: a name of icons.txt.
        label: the word.
    """

    tone: str
    icon: str
    label: str | Promise


LOOKS: dict[str, Look] = {
    # clocks
    "running": Look("calm", "clock", _("On time")),
    "soon": Look("soon", "clock-exclamation", _("Due soon")),
    "overdue": Look("late", "alert-triangle", _("Overdue")),
    "met": Look("good", "clock-check", _("Met")),
    "missed": Look("late", "clock-exclamation", _("Missed")),
    # duties, beside `overdue` and `met`
    "due": Look("soon", "clock", _("Due")),
    "late": Look("late", "clock-exclamation", _("Done, with some too late")),
    "unproven": Look("info", "help-circle", _("Not yet provable")),
    "fulfilled": Look("good", "circle-check", _("Fulfilled")),
    "idle": Look("plain", "circle-dashed", _("Nothing to answer")),
    # signatures under the law
    "signed": Look("good", "circle-check", _("Signed by a lawyer")),
    "signed_earlier": Look("soon", "history", _("Signed for an earlier version")),
    "unsigned": Look("plain", "circle-dashed", _("Not signed by a lawyer")),
    # phases, public and internal
    "received": Look("info", "inbox", _("Received")),
    "under_review": Look("calm", "eye", _("Under review")),
    "review": Look("calm", "eye", _("Under review")),
    "confirmed": Look("soon", "flag", _("Violation confirmed")),
    "decided": Look("good", "gavel", _("Decided")),
    "measure_ordered": Look("calm", "send", _("Measure ordered")),
    "under_appeal": Look("soon", "scale", _("Under appeal")),
    "closed": Look("plain", "circle-check", _("Closed")),
    "entered": Look("info", "file-text", _("Order entered")),
    "verified": Look("calm", "shield-check", _("Order verified")),
    "returned": Look("plain", "arrow-back-up", _("Returned")),
    # measures
    "ordered": Look("calm", "send", _("Ordered")),
    "applied": Look("good", "check", _("Carried out")),
    "reversal_ordered": Look("calm", "arrow-back-up", _("Reversal ordered")),
    "reversed": Look("plain", "arrow-back-up", _("Reversed")),
    "upheld": Look("good", "check", _("Upheld")),
    "partial": Look("calm", "scale", _("Right in part")),
    # counter-notices
    "restored": Look("good", "arrow-back-up", _("Content brought back")),
    "kept": Look("calm", "gavel", _("Decision stands")),
    # late appeals, mandates
    "admitted": Look("good", "check", _("Let in")),
    "not_admitted": Look("plain", "x", _("Not heard")),
    "to_check": Look("soon", "hourglass", _("To be checked")),
    "counts": Look("good", "user-check", _("May act")),
    "not_accepted": Look("plain", "x", _("Not accepted")),
    "over": Look("plain", "circle-check", _("Ended")),
    # warnings and limits for misuse of reporting
    "warned": Look("soon", "flag", _("Warned")),
    "slowed": Look("soon", "hourglass", _("Slowed down")),
    "lifted": Look("plain", "arrow-back-up", _("Lifted")),
    # pages
    "available": Look("good", "eye", _("Visible")),
    "removed": Look("late", "trash", _("Removed")),
    "interrupted": Look("late", "ban", _("Broadcast interrupted")),
    "restricted": Look("soon", "eye-off", _("Restricted")),
    "blocked": Look("late", "ban", _("Blocked")),
    "limited": Look("soon", "eye-off", _("Not recommended")),
    "comments_closed": Look("soon", "lock", _("Comments closed")),
    "unpaid": Look("soon", "ban", _("Earns no money")),
    "labelled": Look("soon", "flag", _("Labelled")),
    # accounts, keys, invitations
    "suspended": Look("soon", "lock", _("Suspended")),
    "ended": Look("late", "ban", _("Ended")),
    "refused": Look("late", "ban", _("Refused service")),
    "active": Look("good", "circle-check", _("Active")),
    "invited": Look("info", "mail", _("Invited")),
    "expired": Look("plain", "hourglass", _("Expired")),
    "withdrawn": Look("plain", "x", _("Withdrawn")),
    "revoked": Look("late", "ban", _("Revoked")),
    "left": Look("plain", "logout", pgettext_lazy("person", "Left")),
    # the ledger
    "sealed": Look("good", "shield-lock", _("Sealed")),
    "recorded": Look("info", "hourglass", _("Recorded, not yet sealed")),
}


def look_of(state: str) -> Look:
    """The look of a state; one that nobody described is shown plainly under its own name."""
    return LOOKS.get(state) or Look("plain", "circle-dashed", state.replace("_", " "))
