"""The acts of lists of screening. One act stands for all entries that came or went together."""

from anlanh.base.acts.types import ActType, code, count, declare

LOT = "list_lot"

declare(
    ActType(
        "list.entries_added",
        LOT,
        {"vi": "Thêm mục vào danh sách rà soát", "en": "Entries added to lists of screening"},
        {"phrases": count, "domains": count, "entries_sha256": code},
        frozenset({"entries"}),
    ),
    ActType(
        "list.entries_withdrawn",
        LOT,
        {"vi": "Rút mục khỏi danh sách rà soát", "en": "Entries withdrawn from lists of screening"},
        {"phrases": count, "domains": count},
    ),
)
