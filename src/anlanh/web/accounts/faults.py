"""Refusals of actions, put beside the field they are about."""

from django.forms import Form

from anlanh.primitives.errors import BadInput


def sentence(fault: BadInput) -> str:
    """What is wrong and what to do, as two sentences."""
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in (fault.what, fault.mend) if part)


def blame(form: Form, fault: BadInput) -> None:
    """Adds the refusal to its field, or to the form as a whole when it has no such field."""
    form.add_error(fault.where if fault.where in form.fields else None, sentence(fault))
