"""The acts of claims. Names, addresses and words are committed; kinds, days and outcomes are clear."""

from anlanh.base.acts.types import ActType, code, count, day, declare, instant, reference
from anlanh.work.casework.acts import CASE

declare(
    ActType(
        "counter_notice.filed",
        CASE,
        {"vi": "Văn bản phản đối yêu cầu về bản quyền", "en": "Counter-notice to a claim"},
        {"counter_notice": reference, "decision": reference, "party": reference, "mandate": reference, "files": count},
        frozenset({"name", "address", "contact", "text", "file_digests"}),
    ),
    ActType(
        "counter_notice.answered",
        CASE,
        {"vi": "Bên yêu cầu trả lời văn bản phản đối", "en": "Claimant answered the counter-notice"},
        {"counter_notice": reference, "report": reference, "party": reference, "mandate": reference}
        | {"kind": code, "lodged_on": day, "files": count},
        frozenset({"body", "number", "file_digests"}),
    ),
    ActType(
        "counter_notice.settled",
        CASE,
        {"vi": "Giải quyết văn bản phản đối", "en": "Counter-notice settled"},
        {"counter_notice": reference, "decision": reference, "outcome": code, "appeal_until": instant},
        frozenset({"reasons"}),
    ),
)
