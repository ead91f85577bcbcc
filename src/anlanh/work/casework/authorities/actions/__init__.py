"""The writers about authorities and their papers."""

from anlanh.work.casework.authorities.actions.directory import AuthorityInput, add, end, verify
from anlanh.work.casework.authorities.actions.orders import (
    add_address,
    call_back,
    confirm,
    object_to,
    recall,
    review,
)
from anlanh.work.casework.authorities.actions.sealing import SealedInput, note_sealed

__all__ = [
    "AuthorityInput",
    "SealedInput",
    "add",
    "add_address",
    "call_back",
    "confirm",
    "end",
    "note_sealed",
    "object_to",
    "recall",
    "review",
    "verify",
]
