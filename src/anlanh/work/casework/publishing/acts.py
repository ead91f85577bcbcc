"""The acts of publishing."""

from anlanh.base.acts.types import ActType, declare, reference
from anlanh.work.casework.acts import CASE

declare(
    ActType(
        "statement.released",
        CASE,
        {"vi": "Công bố lời về quyết định", "en": "Words on a decision released"},
        {"decision": reference},
        frozenset({"text"}),
    )
)
