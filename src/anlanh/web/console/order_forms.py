"""What staff fill in about orders: entering, verifying, asking back; the directory of bodies; papers marked secret."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.law.pack import vietnam
from anlanh.web.console.forms import Area
from anlanh.web.console.templatetags.console import in_words
from anlanh.web.console.upload_fields import FilesField
from anlanh.work.casework.categories import CATEGORIES

SECRET_LEVELS = [("mat", _("Secret")), ("toi_mat", _("Top secret")), ("tuyet_mat", _("Most secret"))]
CHANNELS = [
    ("document", _("Paper or official network")),
    ("email", _("E-mail")),
    ("phone", _("Telephone")),
]


class SealedForm(forms.Form):
    """All that is noted of a paper marked secret."""

    level = forms.ChoiceField(label=_("Level"), choices=SECRET_LEVELS, widget=forms.RadioSelect)
    book_number = forms.CharField(label=_("Number in the book of secret papers"), max_length=60)
    sender = forms.CharField(label=_("Sender"), max_length=200)
    came_on = forms.DateField(label=_("Day it came"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    lies_at = forms.CharField(label=_("Where the paper lies"), max_length=200)


class AuthorityForm(forms.Form):
    """A body of the directory."""

    name = forms.CharField(label=_("Authority"), max_length=200)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        help_text=_("From its website or an official list; never from the paper that is to be checked."),
    )
    complaints = forms.CharField(
        label=_("Where to complain about its orders"),
        max_length=300,
        required=False,
        help_text=_("Letters to those affected name it."),
    )
    requester = forms.ChoiceField(label=_("Which authority that is"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        requesters = [(code, in_words(code, "requesters")) for code in vietnam().vocabulary["requesters"]]
        self.fields["requester"].choices = [("", _("Not sure, or another")), *requesters]


class VerifyForm(forms.Form):
    """How the sender, the authority and the scope of an order were checked."""

    how = forms.CharField(
        label=_("How it was verified"),
        widget=Area(2),
        help_text=_("The sender, the authority to ask for this, and which pages are meant: how did you check them?"),
        error_messages={"required": _("Say how the order was checked.")},
    )


class ReturnForm(forms.Form):
    """Why an order goes back to its sender."""

    reason = forms.CharField(
        label=_("Why it is sent back"),
        widget=Area(2),
        error_messages={"required": _("Say why it is sent back.")},
    )


class QueryForm(forms.Form):
    """What the office has to make clear."""

    question = forms.CharField(
        label=_("What has to be made clear"),
        widget=Area(2),
        error_messages={"required": _("Say what has to be made clear.")},
    )


class NotifiedForm(forms.Form):
    """That the competent authority was told."""

    how = forms.CharField(
        label=_("How it was told, and where the proof is"),
        widget=Area(2),
        error_messages={"required": _("Say how the authority was told.")},
    )


class OrderForm(forms.Form):
    """An order as it came in."""

    office = forms.CharField(
        label=_("Office that asks"), max_length=200, error_messages={"required": _("Say which office asks.")}
    )
    requester = forms.ChoiceField(
        label=_("Which authority that is"),
        required=False,
        help_text=_("Some deadlines depend on who asks. Leave it open when you are not sure."),
    )
    number = forms.CharField(label=_("Number and notation"), max_length=60, required=False)
    signed_by = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    received_at = forms.DateTimeField(
        label=_("Received at"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("The clocks start at this time, not when you type it in."),
        error_messages={
            "required": _("Give the day and the time at which it was received."),
            "invalid": _("Give the day and the time at which it was received."),
        },
    )
    backdating_reason = forms.CharField(
        label=_("Why it is entered only now"),
        required=False,
        help_text=_("Needed when it was received earlier than now."),
    )
    emergency = forms.BooleanField(label=_("The office says that it is an emergency"), required=False)
    address = forms.CharField(
        label=_("Address of the page"),
        max_length=2000,
        error_messages={"required": _("Give the address of the page.")},
    )
    category = forms.ChoiceField(
        label=_("What it is about"), error_messages={"required": _("Choose what it is about.")}
    )
    clause = forms.CharField(
        label=_("Clause that the order names"),
        max_length=120,
        help_text=_("As the order writes it, such as “khoản 4 Điều 35 Nghị định 147/2024/NĐ-CP”."),
        error_messages={"required": _("Give the clause that the order names.")},
    )
    words = forms.CharField(
        label=_("The exact words of the order"),
        widget=Area(5),
        help_text=_("Copy what is asked, word for word. Nothing is read into it."),
        error_messages={"required": _("Copy the words of the order.")},
    )
    document = FilesField(
        label=_("The document"),
        help_text=_(
            "A scan, the signed file, or a note of the telephone call. Photographs of its pages can be chosen together "
            "and become one document."
        ),
        error_messages={"required": _("Attach the document; for a call, a note of it.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        categories = [(code, entry.title) for code, entry in CATEGORIES.items()]
        self.fields["category"].choices = [("", _("Choose…")), *categories]
        requesters = [(code, in_words(code, "requesters")) for code in vietnam().vocabulary["requesters"]]
        self.fields["requester"].choices = [("", _("Not sure, or another")), *requesters]
