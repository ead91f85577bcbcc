"""What staff fill in to bring in a register: the file, which column holds what, what counts where a row is silent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.work.casework.categories import CATEGORIES
from anlanh.work.casework.importing.fields import CONTACTS, KINDS, LISTS, ORDERS, PAGES, REPORTS, STRIKES
from anlanh.work.casework.importing.queries import Register

WAYS = {
    "phone": _("Telephone"),
    "letter": _("Letter"),
    "mail": _("E-mail"),
    "counter": _("At the counter"),
    "web": _("Web form"),
}
CHANNELS = {"document": _("Paper or official network"), "email": _("E-mail"), "phone": _("Telephone")}
PAGE_KINDS = {
    "site": _("Site"),
    "profile": _("Account"),
    "group": _("Group"),
    "post": _("Post"),
    "video": _("Video"),
    "picture": _("Picture"),
    "comment": _("Comment"),
}
ENTRY_KINDS = {"": _("By its form"), "phrase": _("Phrase"), "domain": _("Site")}
LEVELS = {
    "fold": _("Letters with or without marks"),
    "exact": _("Exactly as written"),
    "evasive": _("Also written to evade: digits and signs for letters"),
}
CATEGORY_TITLES = {code: entry.title for code, entry in CATEGORIES.items()}
# kind of register → field → the choices and the one that is set where nobody chose.
DEFAULTS = {
    REPORTS: {"category": (CATEGORY_TITLES, "other"), "via": (WAYS, "letter")},
    ORDERS: {"category": (CATEGORY_TITLES, "other"), "channel": (CHANNELS, "document")},
    PAGES: {"kind": (PAGE_KINDS, "site")},
    CONTACTS: {},
    STRIKES: {},
    LISTS: {"entry_kind": (ENTRY_KINDS, ""), "level": (LEVELS, "fold")},
}


class FileForm(forms.Form):
    """A register and what it is."""

    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=[(name, kind.title) for name, kind in KINDS.items()],
        widget=forms.RadioSelect,
        initial=REPORTS,
        error_messages={"required": _("Choose what the file holds.")},
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("XLSX or CSV. Title lines, merged cells and old letters (TCVN3, VNI) are no obstacle."),
        widget=forms.FileInput({"accept": ".xlsx,.xlsm,.csv,.txt"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )


class ColumnsForm(forms.Form):
    """Which column holds which field. Fields that every row needs are asked for; the others may be left out."""

    def __init__(self, *args: object, register: Register, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        source, kind = register.source, register.kind
        if len(register.sheets) > 1:
            self.fields["sheet"] = forms.TypedChoiceField(
                label=_("Sheet"), choices=list(enumerate(register.sheets)), coerce=int, initial=source.sheet
            )
        columns = [("", _("(no column)"))] + [(column.index, column.label) for column in register.table.columns]
        for name, each in kind.fields.items():
            self.fields[f"column_{name}"] = forms.TypedChoiceField(
                label=each.title,
                choices=columns,
                coerce=int,
                empty_value=None,
                required=each.needed,
                initial=source.columns.get(name),
                error_messages={"required": _("Choose the column; every row needs it.")},
            )
        for name, (choices, otherwise) in DEFAULTS[kind.name].items():
            self.fields[f"default_{name}"] = forms.ChoiceField(
                label=_("%(field)s where a row says nothing") % {"field": kind.fields[name].title},
                choices=list(choices.items()),
                initial=source.defaults.get(name, otherwise),
                required=bool(otherwise),
            )
        self.fields["save_as"] = forms.CharField(
            label=_("Keep this for the next file, under the name"), max_length=80, required=False
        )

    def of(self, beginning: str) -> list[forms.BoundField]:
        """The fields of one group."""
        return [self[name] for name in self.fields if name.startswith(beginning)]

    def chosen(self, beginning: str) -> dict[str, object]:
        """What was chosen in one group, by field of the register."""
        return {
            name.removeprefix(beginning): value
            for name, value in self.cleaned_data.items()
            if name.startswith(beginning) and value is not None
        }
