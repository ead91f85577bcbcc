"""The acts of shared views. What people arrange for themselves alone is nobody's business but theirs, so it is none."""

from anlanh.base.acts.types import ActType, declare

VIEW = "saved_view"

declare(
    ActType(
        "saved_view.shared",
        VIEW,
        {"vi": "Chia sẻ cách xem danh sách", "en": "View of a list shared"},
        {},
        frozenset({"name", "address"}),
    ),
    ActType("saved_view.unshared", VIEW, {"vi": "Thôi chia sẻ cách xem", "en": "View of a list no longer shared"}),
)
