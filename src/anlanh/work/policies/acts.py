"""The acts of policies. Each belongs to the history of one document; what it says is public once it is published."""

from anlanh.base.acts.types import ActType, code, codes, count, day, declare, instant, reference

DOCUMENT = "policy"

_PUBLISHED = {
    "kind": code,
    "version": count,
    "version_id": reference,
    "starts_on": day,
    "starts_at": instant,
    "digest": code,
    "clauses": count,
    "languages": codes,
}

declare(
    ActType(
        "policy.drafted",
        DOCUMENT,
        {"vi": "Soạn thảo quy định", "en": "Rules drafted"},
        {"kind": code, "revision": count, "clauses": count, "changed": code},
    ),
    ActType(
        "terms.published",
        DOCUMENT,
        {"vi": "Công bố điều khoản, quy tắc", "en": "Terms published"},
        _PUBLISHED,
    ),
    ActType(
        "handling.published",
        DOCUMENT,
        {"vi": "Công bố quy trình xử lý vi phạm", "en": "Handling of violations published"},
        _PUBLISHED,
    ),
    ActType(
        "policy.withdrawn",
        DOCUMENT,
        {"vi": "Thôi áp dụng một phiên bản", "en": "Version withdrawn"},
        {"kind": code, "version": count, "version_id": reference},
        frozenset({"reason"}),
    ),
)
