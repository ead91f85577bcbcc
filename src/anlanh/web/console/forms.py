"""What staff fill in. Forms say what is missing, all at once; what the law asks is for the actions to check."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anlanh.law.model import Clause
from anlanh.primitives.errors import BadInput
from anlanh.web.console.templatetags.console import said
from anlanh.web.law_words import clause_title
from anlanh.work.casework import measures
from anlanh.work.casework.measures.kind import LONGEST_LABEL
from anlanh.work.casework.models import Decision
from anlanh.work.casework.queries import ReportLine

OUTCOMES = [
    ("upheld", _("Uphold the decision")),
    ("partial", _("Right in part: a lighter measure")),
    ("reversed", _("Reverse the decision")),
]
UNDO_WHYS = [
    ("slip", _("A slip of the hand")),
    ("wrong_ground", _("The wrong clause")),
    ("wrong_facts", _("The facts are not right")),
    ("wrong_measure", _("The wrong measure")),
    ("other", _("Something else")),
]


class Area(forms.Textarea):
    """A text box that begins with as many lines as the answer usually has."""

    def __init__(self, rows: int) -> None:
        super().__init__({"rows": rows})


class SuggestedFacts(Area):
    """The facts, with the sentences that `facts.js` begins them with; `{}` is what the chosen ground says."""

    def __init__(self) -> None:
        super().__init__(4)

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        """With the sentences in the language of the page."""
        suggestions = {
            "data-suggest-other": gettext("What the page shows falls under this: {}."),
            "data-suggest-no-action": gettext("What the page shows does not fall under this: {}."),
            "data-suggest-rule": gettext("What the page shows goes against this rule: {}."),
            "data-suggest-rule-kept": gettext("What the page shows does not go against this rule: {}."),
        }
        return super().get_context(name, value, {**(attrs or {}), **suggestions})


class DecisionForm(forms.Form):
    """A decision with its reasons. `seen` is the number of the last act that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    preset_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    measure = forms.ChoiceField(
        label=_("Measure"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to be done.")},
    )
    scope = forms.ChoiceField(label=_("Where it holds"), required=False)
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, required=False, help_text=_("Leave it empty for no end.")
    )
    age = forms.IntegerField(label=_("Hidden from people under the age of"), min_value=1, required=False)
    label = forms.CharField(label=_("Words of the label"), max_length=LONGEST_LABEL, required=False)
    ground = forms.CharField(
        label=_("Ground"), error_messages={"required": _("Choose the clause that the page is held against.")}
    )
    facts = forms.CharField(
        label=_("Facts"),
        widget=SuggestedFacts(),
        help_text=_("What was found, and where. Both sides will read it; mend the sentence that the ground begins."),
        error_messages={"required": _("Say what was found.")},
    )
    subject_fact = forms.CharField(
        label=_("One fact about this very page"),
        widget=Area(2),
        help_text=_("Something that can be true of this page only: a sentence quoted, a name, a time in the video."),
        error_messages={"required": _("Give one fact that can be true of this page only.")},
    )

    unfounded = forms.TypedMultipleChoiceField(
        label=_("Manifestly unfounded reports"), coerce=uuid.UUID, widget=forms.CheckboxSelectMultiple, required=False
    )
    unfounded_reason = forms.CharField(
        label=_("Why they are manifestly unfounded"),
        widget=Area(2),
        required=False,
        help_text=_("Those who sent them read it. Being wrong in good faith is not enough."),
    )

    def __init__(
        self, *args: object, hidden: Collection[str] = (), reports: Iterable[ReportLine] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        if "unfounded" in self.fields:
            self.fields["unfounded"].choices = [(str(one.id), one.reference) for one in reports]
        shown = {code: kind for code, kind in measures.KINDS.items() if code not in hidden}
        self.fields["measure"].choices = [(code, said(kind.words.label)) for code, kind in shown.items()]
        self.fields["scope"].choices = [(code, said(title)) for code, title in measures.places().items()]

    @property
    def lesser_chosen(self) -> bool:
        """Whether a measure is chosen that the page lists under the others, or one that takes terms of those."""
        return self["measure"].value() not in {None, "", *list(measures.KINDS)[:2]}

    def clean(self) -> dict[str, Any]:
        """Leaves out the terms that the chosen measure does not take: the page hides their fields, it does not empty
        them.
        """
        values = super().clean()
        kind = measures.KINDS.get(values.get("measure", ""))
        untouched = vars(measures.Terms())
        taken = kind.terms if kind else frozenset()
        return values | {
            name: values.get(name) or empty if name in taken else empty for name, empty in untouched.items()
        }


class RefusalForm(forms.Form):
    """Why a proposed decision is refused; also says which proposal was read."""

    proposal = forms.UUIDField(widget=forms.HiddenInput)
    reasons = forms.CharField(label=_("Why it is refused"), widget=Area(2), required=False)


class UndoForm(forms.Form):
    """Which decision is taken back, and why."""

    decision = forms.UUIDField(widget=forms.HiddenInput)
    why = forms.ChoiceField(choices=UNDO_WHYS)
    note = forms.CharField(required=False)


class KeepBackForm(forms.Form):
    """That the person affected be not told yet: under which clause, why, and for how long."""

    clause = forms.ChoiceField(
        label=_("Clause that forbids telling"), error_messages={"required": _("Choose the clause.")}
    )
    reason = forms.CharField(label=_("Why it does so here"), widget=Area(3), error_messages={"required": _("Say why.")})
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, error_messages={"required": _("Say for how many days.")}
    )

    def __init__(self, *args: object, clauses: Iterable[Clause], most: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [(str(one.ref), clause_title(str(one.ref))) for one in clauses]
        self.fields["days"].max_value = most
        self.fields["days"].help_text = gettext("At most %(most)s; for longer two people approve anew.") % {
            "most": most
        }


class PresetForm(DecisionForm):
    """A decision prepared for a kind of case: all of one but the fact about the very page."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What deciders look for, such as “Phishing in a bank's name”."),
        error_messages={"required": _("Give it a name.")},
    )
    seen = None
    preset_id = None
    subject_fact = None
    unfounded = None
    unfounded_reason = None
    facts = forms.CharField(
        label=_("Facts"),
        widget=Area(4),
        help_text=_("What is true of every such case. The decider adds one fact about the very page."),
        error_messages={"required": _("Say what is found in such cases.")},
    )


class HearingForm(forms.Form):
    """The answer to an appeal. Reversing "no action", or lightening a measure, is a new decision; then the fields of
    one are filled in, too. What they leave empty stays as it was.
    """

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the decision stands.")},
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        widget=Area(5),
        help_text=_("Answer what the appeal says, point by point. The letter carries your words."),
        error_messages={"required": _("Say why; the letter carries your words.")},
    )
    measure = forms.ChoiceField(label=_("The lighter measure"), required=False)
    scope = forms.ChoiceField(label=_("Where it holds"), required=False)
    days = forms.IntegerField(label=_("For how many days"), min_value=1, required=False)
    age = forms.IntegerField(label=_("Hidden from people under the age of"), min_value=1, required=False)
    label = forms.CharField(label=_("Words of the label"), max_length=LONGEST_LABEL, required=False)
    ground = forms.CharField(required=False)
    facts = forms.CharField(label=_("Facts"), widget=Area(3), required=False)
    subject_fact = forms.CharField(label=_("One fact about this very page"), widget=Area(2), required=False)

    def __init__(self, *args: object, against: Decision | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        lighter = measures.lighter_than(against) if against else []
        self.fields["measure"].choices = [("", "—"), *((kind.code, said(kind.words.label)) for kind in lighter)]
        self.fields["scope"].choices = [(code, said(title)) for code, title in measures.places().items()]
        if not lighter:
            self.fields["outcome"].choices = [choice for choice in OUTCOMES if choice[0] != "partial"]

    def clean(self) -> dict[str, Any]:
        """Leaves out the terms that the chosen measure does not take."""
        values = super().clean()
        kind = measures.KINDS.get(values.get("measure", ""))
        taken = kind.terms if kind else frozenset()
        terms = {
            name: values.get(name) or empty if name in taken else empty
            for name, empty in vars(measures.Terms()).items()
        }
        return values | terms


class HandOverForm(forms.Form):
    """Whom a case goes to, and what that person should know."""

    to = forms.ChoiceField(label=_("To whom"))
    note = forms.CharField(label=_("Note"), widget=Area(2), required=False)

    def __init__(self, *args: object, people: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(people)


class WriteForm(forms.Form):
    """A message to somebody whom the case concerns."""

    to = forms.ChoiceField(label=_("To"))
    text = forms.CharField(
        label=_("Message"),
        widget=Area(3),
        help_text=_("They read exactly this. Say nothing of who else is concerned."),
        error_messages={"required": _("Write what you want to say.")},
    )
    asks = forms.BooleanField(label=_("It is a question; I wait for an answer"), required=False)

    def __init__(self, *args: object, partners: Iterable[Any], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        titles = {"affected": gettext("Person affected"), "reporter": gettext("Reporter")}
        self.fields["to"].choices = [(str(one.id), f"{titles[one.role]} · {one.reference}") for one in partners]


def add_fault(form: forms.Form, fault: BadInput) -> None:
    """Shows what an action refused beside the field it names, or on top when it names none of this form."""
    text = f"{fault.what}. {fault.mend}." if fault.mend else f"{fault.what}."
    form.add_error(fault.where if fault.where in form.fields else None, text[0].upper() + text[1:])
