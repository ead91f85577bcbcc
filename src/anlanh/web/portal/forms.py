"""The portal's questions, one form a page. They check what a person can mend at once; actions check it all again."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anlanh.law.report_types import Question
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import details, numbers
from anlanh.work.casework.categories import CATEGORIES, said
from anlanh.work.casework.redress.models import Mandate
from anlanh.work.registry.addresses import canonical_address

LONGEST_TEXT = 5000


class AddressForm(forms.Form):
    """Which page it is about."""

    address = forms.CharField(
        label=_("What is the address of the page?"),
        help_text=_("The link to the post, video, group or account."),
        max_length=8000,
        error_messages={"required": _("Enter the address of the page")},
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_address(self) -> str:
        """The address as typed, once it can be read as one."""
        try:
            canonical_address(self.cleaned_data["address"])
        except BadInput:
            raise forms.ValidationError(
                _("This is not a complete address. Copy the whole link, starting with https://")
            ) from None
        return self.cleaned_data["address"]


class CategoryForm(forms.Form):
    """What is wrong with it."""

    category = forms.ChoiceField(
        label=_("What is wrong there?"),
        help_text=_("Choose what fits best. A person reads every report, so a wrong choice does no harm."),
        choices=lambda: [(code, category.title) for code, category in CATEGORIES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong"), "invalid_choice": _("Choose one of the answers listed")},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["category"].explanations = {code: category.help for code, category in CATEGORIES.items()}


class QuestionForm(forms.Form):
    """One question of the kind of report, as the law pack puts it."""

    def __init__(self, question: Question, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.question = question
        self.fields[question.id] = _FIELDS[question.kind](question)

    def clean(self) -> dict[str, str]:
        """The answer in the one spelling that reports keep."""
        values = super().clean()
        name = self.question.id
        if name in values:
            try:
                values[name] = details.answer(self.question, details.AGREED if values[name] is True else values[name])
            except BadInput as fault:
                self.add_error(name, f"{fault.what}: {fault.mend}")
        return values


def _choice(question: Question) -> forms.Field:
    return forms.ChoiceField(
        label=said(question.title),
        help_text=_help(question),
        choices=lambda: [(word, said(text)) for word, text in question.options.items()],
        widget=forms.RadioSelect,
        required=not question.optional,
        error_messages={
            "required": _("Choose one of the answers"),
            "invalid_choice": _("Choose one of the answers listed"),
        },
    )


def _written(question: Question, widget: forms.Widget) -> forms.Field:
    return forms.CharField(
        label=said(question.title),
        help_text=_help(question),
        max_length=details.LONGEST_ANSWER,
        widget=widget,
        required=not question.optional,
        error_messages={"required": _("Write your answer"), "max_length": _("Shorten your answer to 1,000 characters")},
    )


def _statement(question: Question) -> forms.Field:
    return forms.BooleanField(
        label=_help(question),
        required=not question.optional,
        error_messages={"required": _("We can take this report only with your statement")},
    )


def _help(question: Question) -> object:
    return said(question.help) if question.help else ""


_FIELDS = {
    "choice": _choice,
    "words": lambda question: _written(question, forms.Textarea(attrs={"rows": 3})),
    "offsets": lambda question: _written(question, forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})),
    "statement": _statement,
}


class StoryForm(forms.Form):
    """What happened, in the person's own words."""

    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("One sentence is enough. Leave out passwords, codes and bank card numbers."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Tell us in one sentence what is wrong"),
            "max_length": _("Shorten your text to 5,000 characters"),
        },
    )
    concerns_child = forms.ChoiceField(
        label=_("Is a child affected?"),
        help_text=_("Reports about a child take a stricter path."),
        choices=[("yes", _("Yes")), ("no", _("No, or I do not know"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether a child is affected")},
    )
    threatens_life = forms.ChoiceField(
        label=_("Is somebody's life in danger right now?"),
        help_text=_("If so, call for help first; then send this. We look at it at once."),
        choices=[("yes", _("Yes")), ("no", _("No, or I do not know"))],
        initial="no",
        required=False,
        widget=forms.RadioSelect,
    )


class ContactForm(forms.Form):
    """How to reach the reporter, who may stay unnamed."""

    reporter_name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    reporter_email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We first send one letter to confirm the address; only then do answers go there."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Enter the e-mail in full, such as lan@example.vn")},
    )
    language = forms.ChoiceField(
        label=_("Language of our letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class FindForm(forms.Form):
    """The key to a file: its number and its secret code."""

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("Such as PA-7K4M-QX9T-2HWC. It is in the page or letter you were given."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter the reference")},
    )
    secret = forms.CharField(
        label=_("Secret code"),
        help_text=_("Sixteen letters and digits, given together with the reference."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter the secret code")},
    )

    def clean_reference(self) -> str:
        """The number as issued, however it was typed."""
        return as_issued(self.cleaned_data["reference"], _("This reference has a wrong or missing character"))

    def clean_secret(self) -> str:
        """The code as issued, however it was typed."""
        return as_issued(self.cleaned_data["secret"], _("This secret code has a wrong or missing character"))


class AppealForm(forms.Form):
    """Why the decision should be looked at again."""

    text = forms.CharField(
        label=_("Why do you disagree with the decision?"),
        help_text=_("Say what the decision overlooked or got wrong. Someone who did not take it will read this."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Give your reason in at least one sentence"),
            "max_length": _("Shorten your text to 5,000 characters"),
        },
    )


class ObjectionForm(AppealForm):
    """An appeal against a warning or limit about one's own reports."""

    against = forms.UUIDField(widget=forms.HiddenInput)


class LateAppealForm(AppealForm):
    """An appeal after its time, with the reason for that."""

    why_late = forms.CharField(
        label=_("Why could you not appeal in time?"),
        help_text=_("For example: you were ill, or nobody told you of the decision."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it comes late")},
    )


class MandateForm(forms.Form):
    """Whom one lets act for oneself. A representative who has a door here already is named by its reference."""

    kind = forms.ChoiceField(
        label=_("Who will act for you?"), choices=Mandate.Kind.choices, widget=forms.RadioSelect, initial="lawyer"
    )
    name = forms.CharField(label=_("Their name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Their e-mail"),
        help_text=_("They get a copy of every letter, once we have checked the paper."),
        required=False,
        error_messages={"invalid": _("Enter the e-mail in full, such as lan@example.vn")},
    )
    known_as = forms.CharField(
        label=_("Or their reference with us"),
        help_text=_("If they represent others here already: it begins with DD."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    scope = forms.ChoiceField(
        label=_("For what?"), choices=Mandate.Scope.choices, widget=forms.RadioSelect, initial="case"
    )
    until = forms.DateField(
        label=_("Until which day?"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say until which day"), "invalid": _("Write the day as 31/12/2027")},
    )
    paper = forms.FileField(
        label=_("Paper that says so"),
        help_text=_("A signed authority, a birth certificate for a parent, or a decision; a clear picture is enough."),
        error_messages={"required": _("Choose the paper"), "empty": _("The file is empty. Choose it again.")},
    )

    def __init__(self, *args: object, role: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if role == "reporter":
            self.fields["scope"].choices = Mandate.Scope.choices[:1]


class MessageForm(forms.Form):
    """What somebody writes in their file; may be empty where files say it."""

    text = forms.CharField(
        label=_("Write to us"),
        help_text=_("Leave out passwords, codes and bank card numbers."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def as_issued(text: str, fault: str) -> str:
    """A number or code in its one spelling.

    Raises:
        ValidationError: saying `fault`; its check character does not fit, so it was mistyped.
    """
    try:
        return numbers.normal(text)
    except BadInput:
        raise forms.ValidationError(fault) from None
