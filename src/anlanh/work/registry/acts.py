"""The acts of the registry. Addresses, titles and names can name a person, so none of them is ever clear."""

from anlanh.base.acts.types import ActType, code, count, declare, flag

_WHAT_IS_KNOWN = frozenset({"address", "title", "holder_address", "holder_name", "holder_email"})

declare(
    ActType(
        name="page.added",
        subject="page",
        title={"vi": "Đã thêm trang vào danh bạ", "en": "Page added to the register"},
        clear={"kind": code, "holder_known": flag},
        committed=_WHAT_IS_KNOWN,
    ),
    ActType(
        name="page.changed",
        subject="page",
        title={"vi": "Đã sửa thông tin của trang", "en": "Page details changed"},
        clear={"kind": code, "holder_known": flag},
        committed=_WHAT_IS_KNOWN,
    ),
    ActType(
        name="page.taken_off",
        subject="page",
        title={"vi": "Đã bỏ trang khỏi danh bạ", "en": "Page taken off the register"},
    ),
    ActType(
        name="pages.imported",
        subject="organisation",
        title={"vi": "Đã nhập danh sách trang", "en": "List of pages imported"},
        clear={"added": count, "changed": count, "unchanged": count, "refused": count},
    ),
)
