"""The acts of keeping."""

from anlanh.base.acts.types import ActType, clause, code, codes, count, day, declare, flag, reference
from anlanh.work.casework.acts import CASE

declare(
    ActType(
        "evidence.added",
        CASE,
        {"vi": "Thêm chứng cứ", "en": "Evidence added"},
        {"exhibit": reference, "kind": code, "sha256": code, "relied_on": flag},
        frozenset({"name"}),
    ),
    ActType(
        "evidence.redacted",
        CASE,
        {"vi": "Che thông tin trong bản sao chứng cứ", "en": "Redacted copy of evidence made"},
        {"copy": reference, "sha256": code, "places": count},
        frozenset({"original"}),
    ),
    ActType(
        "evidence.cleaned",
        CASE,
        {"vi": "Làm sạch thông tin ẩn trong bản sao chứng cứ", "en": "Copy of evidence cleaned of metadata"},
        {"copy": reference, "sha256": code, "places": count},
        frozenset({"original"}),
    ),
    ActType(
        "evidence.copy_withdrawn",
        CASE,
        {"vi": "Rút bản sao chứng cứ", "en": "Copy of evidence withdrawn"},
        {"copy": reference, "sha256": code},
    ),
    ActType(
        "order.pages_joined",
        CASE,
        {"vi": "Ghép ảnh chụp thành văn bản", "en": "Photographs joined to the document"},
        {"sha256": code, "pages": count, "originals": codes},
    ),
    ActType(
        "hold.placed",
        CASE,
        {"vi": "Giữ hồ sơ, không được xoá", "en": "Held against deletion"},
        {"hold": reference, "clause_ref": clause, "until_day": day},
        frozenset({"reason"}),
    ),
    ActType("hold.lifted", CASE, {"vi": "Thôi giữ hồ sơ", "en": "Hold lifted"}, {"hold": reference}),
    ActType(
        "case_file.taken",
        CASE,
        {"vi": "Người liên quan tải hồ sơ", "en": "Case file taken by who it concerns"},
        {"role": code, "by": reference, "mandate": reference, "sha256": code, "acts": count},
    ),
)
