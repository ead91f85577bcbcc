"""How hard property tests try: every day with a quarter of their examples, in full where `ANLANH_THOROUGH` is set."""

import os

from hypothesis import settings

THOROUGH = bool(os.environ.get("ANLANH_THOROUGH"))
_USUAL = 100


def examples(full: int) -> int:
    """The number of examples of a property in this run.

    Args:
        full: how many `.ci/run` tries.
    """
    return full if THOROUGH else max(4, full // 4)


def register() -> None:
    """Makes properties that name no number of their own follow."""
    settings.register_profile("effort", max_examples=examples(_USUAL))
    settings.load_profile("effort")
