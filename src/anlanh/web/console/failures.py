"""What a failing task is about and how to mend it, in words; which other ways there are beside trying again."""

import uuid

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlanh.base.acts.reactions import CHANNEL_PREFIX
from anlanh.base.outbox.failing import JOB_FAILING, MAILBOX_FAILING
from anlanh.base.outbox.models import Task

FAILED = "delivery_failed"
FOLLOW_UP = "reaction"

# channel → what it carries, and how to mend that it fails
CHANNELS: dict[str, tuple[Promise, Promise]] = {
    "mail": (
        gettext_lazy("letter by e-mail"),
        gettext_lazy(
            "See whether the address is right and the mail server answers, then try again; or hand the letter on by "
            "another way."
        ),
    ),
    "webhook": (
        gettext_lazy("order to the platform"),
        gettext_lazy(
            "See under Integration whether the address and key are right and the platform answers, then try again."
        ),
    ),
    "import": (
        gettext_lazy("register that is brought in"),
        gettext_lazy("The answer says what stopped it. What was brought in stays; trying again goes on from there."),
    ),
    "desk.sort": (
        gettext_lazy("sorting of open cases into their queues"),
        gettext_lazy("Cases stay where they are. Try again; if it fails again, tell who runs this deployment."),
    ),
    "group": (
        gettext_lazy("decision on many cases together"),
        gettext_lazy("Cases that were not reached are undecided. Try again; what is decided is not decided twice."),
    ),
    FOLLOW_UP: (
        gettext_lazy("what follows from a step of a case"),
        gettext_lazy(
            "Nothing is lost. Try again; if it fails again, tell who runs this deployment what the answer says."
        ),
    ),
}
JOBS: dict[str, Promise] = {
    "sealing": gettext_lazy("Sealing the log"),
    "counting": gettext_lazy("Counting the duty board"),
    "calling": gettext_lazy("Calling who is on call"),
    "tidying": gettext_lazy("Tidying up, and the alarms of the law"),
    "mailbox": gettext_lazy("Reading the mailbox"),
}


def channel_of(task: Task) -> str:
    """The channel whose message failed, without its own name for follow-ups; empty where no message did."""
    channel = task.message.channel if task.message else ""
    return FOLLOW_UP if channel.startswith(CHANNEL_PREFIX) else channel


def what(task: Task) -> str | Promise:
    """What was being sent or done."""
    if task.kind == JOB_FAILING:
        return JOBS.get(task.detail["failing"], task.detail["failing"])
    if task.kind == MAILBOX_FAILING:
        return _("Reading the mailbox")
    channel = channel_of(task)
    return CHANNELS[channel][0] if channel in CHANNELS else channel


def how(task: Task) -> str | Promise:
    """How to mend it; empty for what did not fail."""
    if task.kind == JOB_FAILING:
        return _(
            "It is tried again by itself, and this task closes once it works. Tell who runs this deployment: the "
            "worker's log has the whole answer."
        )
    if task.kind == MAILBOX_FAILING and task.detail["failing"] == "unreachable":
        return _(
            "It is tried every half minute, and this task closes once the mailbox answers. See whether the server is "
            "up and the password still right."
        )
    if task.kind == MAILBOX_FAILING:
        return _(
            "The letter lies where it came and is tried again. Open it with a mail program; if it is a report, enter "
            "it as a call."
        )
    channel = channel_of(task)
    return CHANNELS[channel][1] if task.kind == FAILED and channel in CHANNELS else ""


def where(task: Task) -> str:
    """The page on which it can be mended; empty where there is none."""
    channel = channel_of(task)
    if channel == "webhook":
        return reverse("accounts:integration")
    if channel == "import":
        return reverse("console:import_register", args=[task.message.payload["import"]])
    if channel == "group":
        return reverse("console:group", args=[task.message.payload["group"]])
    return ""


def letter_of(task: Task) -> uuid.UUID | None:
    """The letter that a person can hand on: one that has no address, or one that could not be mailed."""
    named = task.detail.get("notice") or (task.message.payload.get("notice") if channel_of(task) == "mail" else None)
    return uuid.UUID(named) if named else None
