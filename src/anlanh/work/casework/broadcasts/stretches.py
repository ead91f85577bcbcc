"""Stretches of a broadcast in words, for letters; apart from `queries`, which stands above the letters."""

from anlanh.work.casework import details
from anlanh.work.casework.models import Case


def stretches_relied_on(case: Case) -> list[str]:
    """For letters: the stretches that the decision relies on, as `0:12:30–0:13:00`."""
    rows = case.clips.filter(relied_on=True).order_by("starts", "id").values_list("starts", "ends")
    return [f"{details.clock_words(first)}–{details.clock_words(last)}" for first, last in rows]
