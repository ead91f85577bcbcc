"""The forms of the account pages. Those that stand for allauth's keep its checks and say things in our words."""

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlanh.base.identity.checks import CODE_LENGTH, NAME_LENGTH, kinds
from anlanh.base.identity.models import Membership
from anlanh.base.identity.policy import MACHINE_CAPABILITIES
from anlanh.base.identity.words import CAPABILITY_TITLES, ROLE_HELP, ROLE_TITLES

PASSWORD_HELP = _("At least 10 characters. A few unrelated words are easy to remember and hard to guess.")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class Worded:
    """Gives the fields of a form our labels and help texts; placeholders that repeat the label are dropped.

    Args:
        labels: field → label.
        helps: field → help text; fields not named get none.
    """

    labels: dict[str, object] = {}
    helps: dict[str, object] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignIn(Worded, account_forms.LoginForm):
    """E-mail and password."""

    labels = {
        "login": _("E-mail address"),
        "password": _("Password"),
        "remember": _("Keep me signed in on this device"),
    }


class ResetPassword(Worded, account_forms.ResetPasswordForm):
    """Where to send the link for a new password."""

    labels = {"email": _("E-mail address")}
    helps = {"email": _("The address you sign in with.")}


class Twice:
    """Says in our words when the two passwords differ."""

    def clean(self) -> dict:
        """Checks that both are the same."""
        cleaned = forms.Form.clean(self)
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned


class NewPassword(Worded, Twice, account_forms.ResetPasswordKeyForm):
    """A new password, by the link of a letter."""

    labels = {"password1": _("New password"), "password2": _("New password, again")}
    helps = {"password1": PASSWORD_HELP}


class ChangePassword(Worded, Twice, account_forms.ChangePasswordForm):
    """A new password, by who knows the current one."""

    labels = NewPassword.labels | {"oldpassword": _("Current password")}
    helps = NewPassword.helps


class ConfirmPassword(Worded, account_forms.ReauthenticateForm):
    """The password again, before something sensitive."""

    labels = {"password": _("Password")}


class Code(Worded):
    """A code from the authenticator app, typed on whatever keyboard shows digits."""

    labels = {"code": _("Code")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "autofocus": True, "spellcheck": "false"})


class EnterCode(Code, mfa_forms.AuthenticateForm):
    """The second step of signing in: a code of the app, or a recovery code."""


class ConfirmCode(Code, mfa_forms.ReauthenticateForm):
    """A code again, before something sensitive."""


class ActivateSecondStep(Code, totp_forms.ActivateTOTPForm):
    """The first code of a newly set up app, which proves that it works."""


class Named(forms.Form):
    """Says which field was left empty, so that the summary on top tells them apart."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("“%(label)s” is missing.") % {"label": field.label}


class AcceptInvitation(Named):
    """Name and, for a new account, a password."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Colleagues see it beside what you do."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, signed_in: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["password"]


class FoundOrganisation(Named):
    """The first organisation of a deployment and its administrator."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("What it is before the law"),
        help_text=_("This decides which duties and deadlines apply."),
    )
    code = forms.CharField(
        label=_("Short name in addresses"),
        help_text=_("Letters without marks, digits and hyphens. Left empty, it is made from the name."),
        max_length=CODE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en"}),
    )
    person_name = forms.CharField(
        label=AcceptInvitation.base_fields["name"].label,
        help_text=AcceptInvitation.base_fields["name"].help_text,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        titles = [(kind.id, kind.title.in_language(language)) for kind in kinds().values()]
        self.fields["kind"].choices = [("", _("Choose")), *titles]


class SetUpIntegration(Named):
    """Where measures are to be sent."""

    url = forms.CharField(
        label=_("Address that takes the calls"),
        help_text=_("It begins with https://, for example https://example.vn/hook."),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class Preferences(Named):
    """How a person likes the pages."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    single_key_shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts"),
        help_text=_(
            "Press one key, such as J or K, to move and act in the console. Switch off if you dictate by voice."
        ),
        required=False,
    )
    blur_media = forms.BooleanField(
        label=_("Open pictures and films of evidence blurred"),
        help_text=_("One more click, or the space bar, shows them sharp. Sound is always off at first."),
        required=False,
    )
    grey_media = forms.BooleanField(
        label=_("Open them without colour"),
        help_text=_("Blood and skin are less hard to look at in grey."),
        required=False,
    )


class Roles(Named):
    """The roles that a person holds."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = list(ROLE_TITLES.items())
        self.fields["roles"].explanations = ROLE_HELP


class Invite(Roles):
    """Whom to invite, and for which roles."""

    field_order = ["name", "email", "roles", "language"]

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation goes there. The person will sign in with this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, initial="vi")


class PersonChoice(forms.ChoiceField):
    """One of the people who work here, by ref."""

    def offer(self, people: list[Membership], *, nobody: object) -> None:
        """Fills the list with names and roles; `nobody` is the wording of no choice."""
        self.choices = [("", nobody), *((str(person.ref), _called(person)) for person in people)]


def _called(person: Membership) -> str:
    """Name and roles, so that namesakes are told apart and the right successor is found."""
    return f"{person.name} ({', '.join(str(ROLE_TITLES.get(role, role)) for role in person.roles)})"


class Supervisor(Named):
    """To whom a person reports."""

    supervisor = PersonChoice(label=_("Reports to"), required=False)

    def __init__(self, *args: object, people: list[Membership], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].offer(people, nobody=_("nobody"))


class Leave(Named):
    """Who takes over when a person leaves; first those who share the most roles with them."""

    hand_over_to = PersonChoice(label=_("Who takes over the open work?"))

    def __init__(self, *args: object, leaver: Membership, people: list[Membership], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        likely = sorted(people, key=lambda person: -len({*person.roles} & {*leaver.roles}))
        self.fields["hand_over_to"].offer(likely, nobody=_("Choose a person"))


class IssueKey(Named):
    """A new API key."""

    name = forms.CharField(
        label=_("Name of the key"),
        help_text=_("Which program uses it, for example: moderation tool of the forum."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    capabilities = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    responsible = PersonChoice(
        label=_("Who answers for it?"),
        help_text=_("What is done with the key counts as done by this person, and by you who see its secret now."),
        required=False,
    )

    def __init__(self, *args: object, people: list[Membership], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].offer(people, nobody=_("I do"))
        self.fields["capabilities"].choices = [
            (capability, title) for capability, title in CAPABILITY_TITLES.items() if capability in MACHINE_CAPABILITIES
        ]
