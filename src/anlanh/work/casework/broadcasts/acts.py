"""The acts of broadcasts."""

from anlanh.base.acts.types import ActType, count, declare, flag, reference
from anlanh.work.casework.acts import CASE

declare(
    ActType("broadcast.running", CASE, {"vi": "Buổi phát đang chạy", "en": "Broadcast noted as running"}),
    ActType(
        "broadcast.over", CASE, {"vi": "Buổi phát đã xong", "en": "Broadcast noted as over"}, {"length_seconds": count}
    ),
    ActType(
        "clip.kept",
        CASE,
        {"vi": "Giữ đoạn ghi buổi phát", "en": "Clip of the broadcast kept"},
        {"exhibit": reference, "starts": count, "ends": count, "relied_on": flag},
    ),
)
