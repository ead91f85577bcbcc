"""The acts of talk in cases. What somebody wrote is committed; the log tells only that, when and whose thread."""

from anlanh.base.acts.types import ActType, code, count, declare, flag, reference
from anlanh.work.casework.acts import CASE

_THREAD = {"message": reference, "role": code}

declare(
    ActType(
        "message.received",
        CASE,
        {"vi": "Nhận thư của người liên quan", "en": "Message received"},
        {**_THREAD, "sender": reference, "files": count, "mandate": reference},
        frozenset({"text", "file_digests"}),
    ),
    ActType(
        "message.sent",
        CASE,
        {"vi": "Viết cho người liên quan", "en": "Message written"},
        {**_THREAD, "recipient": reference, "asks": flag},
        frozenset({"text"}),
    ),
    ActType("messages.read", CASE, {"vi": "Đọc thư", "en": "Messages read"}, {"messages": count}),
)
