"""What a preset fills in on the decision panel."""

from anlanh.work.casework.models import Preset


def filled_in(preset: Preset) -> dict[str, object]:
    """The form's fields by name; only the fact about the very page is left to the decider."""
    return {
        "preset_id": str(preset.id),
        "measure": preset.measure,
        "ground": preset.ground,
        "facts": preset.facts,
        "scope": preset.scope,
        "days": preset.days or "",
        "age": preset.age or "",
        "label": preset.label,
    }
