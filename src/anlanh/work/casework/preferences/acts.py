"""The act of setting preferences."""

from anlanh.base.acts.types import ActType, codes, count, declare

declare(
    ActType(
        "preferences.set",
        "preferences",
        {"vi": "Đặt cách làm việc", "en": "Preferences set"},
        {"undo_seconds": count, "numbers": codes},
        version=2,
    ),
)
