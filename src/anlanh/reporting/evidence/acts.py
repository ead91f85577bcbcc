"""The acts of evidence. Which duty, what is stated and for which days is clear, since boards are counted from it; what
somebody wrote and the file's name are committed.
"""

from anlanh.base.acts.types import ActType, code, day, declare, reference

SUBJECT = "duty_evidence"

declare(
    ActType(
        "duty.evidence_given",
        SUBJECT,
        {"vi": "Nộp minh chứng cho nghĩa vụ", "en": "Evidence of a duty given"},
        {
            "evidence": reference,
            "duty": code,
            "statement": code,
            "kind": code,
            "covers_from": day,
            "covers_to": day,
            "for_due": day,
            "file_sha256": code,
        },
        frozenset({"note", "file_name"}),
    ),
    ActType(
        "duty.evidence_withdrawn",
        SUBJECT,
        {"vi": "Rút minh chứng của nghĩa vụ", "en": "Evidence of a duty withdrawn"},
        {"evidence": reference, "duty": code},
        frozenset({"reason"}),
    ),
)
