"""What a preset, or a decision that was taken back, fills in on the decision panel."""

from collections.abc import Sequence

from anlanh.work.casework.models import Decision, Preset
from anlanh.work.casework.naming import as_word


def filled_in(preset: Preset) -> dict[str, object]:
    """The form's fields by name; only the fact about the very page is left to the decider."""
    return {"preset_id": str(preset.id), **_words_and_terms(preset)}


def written_before(decisions: Sequence[Decision]) -> dict[str, object]:
    """What stood in the decision that was taken back last, to be mended; nothing where none was."""
    last = decisions[-1] if decisions else None
    if last is None or last.withdrawn_at is None:
        return {}
    return {"preset_id": last.preset_id, "subject_fact": last.subject_fact, **_words_and_terms(last)}


def _words_and_terms(row: Preset | Decision) -> dict[str, object]:
    return {
        "measure": row.measure,
        "ground": as_word(row.ground, row.terms_clause),
        "facts": row.facts,
        "scope": row.scope,
        "days": row.days or "",
        "age": row.age or "",
        "label": row.label,
    }
