"""What is filled in to arrange the work: queues, rules, the rota."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.base.actor import Actor, NotFound
from anlanh.base.identity.words import ROLE_TITLES
from anlanh.primitives.errors import BadInput
from anlanh.web.console.forms import Area
from anlanh.web.console.templatetags.console import said
from anlanh.work.casework import measures
from anlanh.work.casework.categories import CATEGORIES
from anlanh.work.casework.desk.models import Queue
from anlanh.work.casework.desk.plans import CONDITIONS, DANGER, GRAVE, LIFE, ORDINARY, Plan, Rule
from anlanh.work.casework.desk.queries import account, account_at
from anlanh.work.casework.models import Case

TIER_TITLES = {
    ORDINARY: _("Anything else"),
    GRAVE: _("An authority's order"),
    DANGER: _("A child, a live broadcast or an emergency"),
    LIFE: _("Threat to life"),
}
YES_NO = [("", _("any")), ("true", _("yes")), ("false", _("no"))]
PAGE_KINDS = {
    "post": _("post"),
    "comment": _("comment"),
    "picture": _("picture"),
    "video": _("video"),
    "profile": _("profile"),
    "group": _("group"),
    "site": _("site"),
}
SPARE_RULES = 3
_ANY = [("", _("any"))]


class Moment(forms.DateTimeField):
    """A day and a time of day, in Vietnamese time."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class QueueForm(forms.Form):
    """A queue."""

    name = forms.CharField(label=_("Name"), max_length=60)
    position = forms.IntegerField(label=_("Place among the queues"), min_value=0, max_value=99, initial=0)
    seen_by = forms.MultipleChoiceField(
        label=_("Who sees its cases"),
        help_text=_("Leave all unmarked for everybody who works on cases."),
        choices=list(ROLE_TITLES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    taken_by = forms.MultipleChoiceField(
        label=_("Who takes its cases"),
        help_text=_("Leave all unmarked for everybody whose role allows the step."),
        choices=list(ROLE_TITLES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    hidden = forms.MultipleChoiceField(
        label=_("Measures that the decision panel leaves out"),
        help_text=_("So that only what fits here is at hand. It takes nobody a right."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fallback = forms.TypedChoiceField(
        label=_("Who gets what everybody else has passed over"), required=False, coerce=uuid.UUID, empty_value=None
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hidden"].choices = [(kind.code, said(kind.words.act)) for kind in measures.KINDS.values()]
        self.fields["fallback"].choices = [("", _("who is on call")), *people]


class PlanForm(forms.Form):
    """What a plan says beside its rules."""

    danger = forms.IntegerField(label=_("A child, a live broadcast or an emergency"), min_value=0, max_value=80)
    grave = forms.IntegerField(label=_("An authority's order"), min_value=0, max_value=80)
    ordinary = forms.IntegerField(label=_("Anything else"), min_value=1, max_value=80)
    first_mark = forms.IntegerField(label=_("First call"), min_value=1, max_value=100)
    second_mark = forms.IntegerField(label=_("Second call"), min_value=1, max_value=100, required=False)
    patience_hours = forms.IntegerField(label=_("Hours without a clock"), min_value=1, max_value=8760)
    on_call = forms.TypedChoiceField(
        label=_("On call when no shift names anybody"), required=False, coerce=uuid.UUID, empty_value=None
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_call"].choices = [("", _("the administrators")), *people]

    @staticmethod
    def filled_in(plan: Plan) -> dict[str, Any]:
        """The fields of a plan."""
        first, second = (*plan.marks, None, None)[:2]
        danger, grave, ordinary = plan.shares
        shares = {"danger": danger, "grave": grave, "ordinary": ordinary}
        marks = {"first_mark": first, "second_mark": second}
        return shares | marks | {"patience_hours": plan.patience_hours, "on_call": plan.on_call or ""}

    def plan(self, rules: Sequence[Rule]) -> Plan:
        """The plan with those rules."""
        given = self.cleaned_data
        return Plan(
            rules=tuple(rules),
            shares=(given["danger"], given["grave"], given["ordinary"]),
            marks=tuple(mark for mark in (given["first_mark"], given["second_mark"]) if mark),
            patience_hours=given["patience_hours"],
            on_call=given["on_call"],
        )


class RuleForm(forms.Form):
    """One rule. A line whose use is "not used" is left out."""

    use = forms.ChoiceField(label=_("Goes to"), required=False)
    tier = forms.TypedChoiceField(
        label=_("At least as grave as"), choices=TIER_TITLES.items(), coerce=int, required=False, empty_value=ORDINARY
    )
    kind = forms.ChoiceField(
        label=_("Came as"),
        choices=[*_ANY, ("report", _("report")), ("order", _("order")), ("screening", _("screening"))],
        required=False,
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    child = forms.ChoiceField(label=_("Child"), choices=YES_NO, required=False)
    live = forms.ChoiceField(label=_("Live broadcast"), choices=YES_NO, required=False)
    emergency = forms.ChoiceField(label=_("Emergency"), choices=YES_NO, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[*_ANY, ("vi", "Tiếng Việt"), ("en", "English")], required=False
    )
    page_kind = forms.ChoiceField(label=_("Page"), choices=[*_ANY, *PAGE_KINDS.items()], required=False)
    holder = forms.CharField(
        label=_("Account"), max_length=2000, required=False, help_text=_("Its address, as the registry has it.")
    )

    def __init__(self, *args: Any, queues: Sequence[Queue], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if known := self.initial.get("holder"):
            self.initial["holder"] = account(actor, uuid.UUID(str(known))).address
        named = [(str(queue.id), queue.name) for queue in queues]
        self.fields["use"].choices = [("", _("— not used —")), ("none", _("no named queue")), *named]
        self.fields["category"].choices = [*_ANY, *((code, one.title) for code, one in CATEGORIES.items())]

    @staticmethod
    def filled_in(rule: Rule) -> dict[str, Any]:
        """The fields of a rule."""
        said_so = {True: "true", False: "false"}
        fields = {name: said_so.get(value, value) for name, value in rule.kept().items() if name != "queue"}
        return fields | {"use": str(rule.queue) if rule.queue else "none", "tier": rule.tier}

    def clean_holder(self) -> uuid.UUID | None:
        """The account of that address."""
        if not self.cleaned_data["holder"].strip():
            return None
        try:
            return account_at(self.actor, self.cleaned_data["holder"]).id
        except (NotFound, BadInput):
            raise forms.ValidationError(_("The registry knows no account of this address.")) from None

    def rule(self) -> Rule | None:
        """The rule, if the line is used."""
        given = self.cleaned_data
        if not given.get("use"):
            return None
        asked = {name: given.get(name) for name in CONDITIONS if given.get(name)}
        asked |= {name: value == "true" for name, value in asked.items() if value in ("true", "false")}
        return Rule(queue=None if given["use"] == "none" else uuid.UUID(given["use"]), tier=given["tier"], **asked)


class SendOnForm(forms.Form):
    """Where a case goes by hand, how grave it is, and why."""

    queue = forms.TypedChoiceField(label=_("To which queue"), required=False, coerce=uuid.UUID, empty_value=None)
    tier = forms.TypedChoiceField(
        label=_("At least as grave as"),
        choices=[(tier, TIER_TITLES[tier]) for tier in (ORDINARY, GRAVE, DANGER)],
        coerce=int,
    )
    reason = forms.CharField(label=_("Why"), widget=Area(2), error_messages={"required": _("Say why it goes there.")})

    def __init__(self, *args: Any, queues: Iterable[Queue], case: Case, **kwargs: Any) -> None:
        super().__init__(*args, initial={"queue": case.queue_id or "", "tier": case.tier}, prefix="send", **kwargs)
        self.fields["queue"].choices = [("", _("no named queue")), *((str(one.id), one.name) for one in queues)]


class ShiftForm(forms.Form):
    """A shift on the rota."""

    person = forms.TypedChoiceField(label=_("Who"), coerce=uuid.UUID)
    queue = forms.TypedChoiceField(label=_("Queue"), required=False, coerce=uuid.UUID, empty_value=None)
    starts_at = Moment(label=_("Starts at"))
    ends_at = Moment(label=_("Ends at"))
    on_call = forms.BooleanField(label=_("On call: told of what nobody has taken"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], queues: Sequence[Queue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people
        self.fields["queue"].choices = [("", _("all")), *((str(queue.id), queue.name) for queue in queues)]


class AwayForm(forms.Form):
    """When somebody is away, and who stands in for them."""

    person = forms.TypedChoiceField(label=_("Who"), coerce=uuid.UUID)
    starts_at = Moment(label=_("Starts at"))
    ends_at = Moment(label=_("Ends at"))
    stand_in = forms.TypedChoiceField(
        label=_("Who stands in"),
        help_text=_("What is put aside for the person goes there meanwhile."),
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], own: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [one for one in people if one[0] == own] if own else people
        self.fields["stand_in"].choices = [("", _("nobody stands in")), *people]


class ShiftNoteForm(forms.Form):
    """What those who come after have to know."""

    note = forms.CharField(label=_("Note for the next shift"), widget=Area(4), max_length=4000)
