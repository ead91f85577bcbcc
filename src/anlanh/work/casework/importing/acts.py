"""The acts of bringing in registers. One act stands for a whole import; its root proves each item."""

from anlanh.base.acts.types import ActType, code, count, declare, reference
from anlanh.work.casework.acts import CASE

IMPORT = "import"
MAPPING = "import_mapping"

OUTCOMES = ("opened", "joined", "added", "changed", "unchanged", "repeated", "known", "settled", "refused")
_WHAT = {"kind": code, "file_sha256": code}

declare(
    ActType(
        "import.started",
        IMPORT,
        {"vi": "Bắt đầu nhập sổ", "en": "Import of a register started"},
        {**_WHAT, "items": count},
        frozenset({"file_name"}),
    ),
    ActType(
        "import.done",
        IMPORT,
        {"vi": "Nhập sổ", "en": "Register imported"},
        {**_WHAT, **dict.fromkeys(OUTCOMES, count), "items": count, "root": code},
        frozenset({"file_name", "columns"}),
    ),
    ActType(
        "import.undone",
        IMPORT,
        {"vi": "Hoàn tác việc nhập sổ", "en": "Import of a register undone"},
        {"kind": code, "items": count, "root": code},
    ),
    ActType(
        "import_mapping.saved",
        MAPPING,
        {"vi": "Lưu cách đọc cột của sổ", "en": "Mapping of a register's columns saved"},
        {"kind": code},
        frozenset({"name", "labels"}),
    ),
    ActType(
        "case.import_undone",
        CASE,
        {"vi": "Hoàn tác việc nhập vụ việc từ sổ", "en": "Import of the case undone"},
        {"import": reference, "items": count},
    ),
)
