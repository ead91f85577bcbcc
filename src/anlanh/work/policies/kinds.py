"""The documents that an organisation can publish, one of each kind."""

from dataclasses import dataclass

from anlanh.law.model import Text
from anlanh.primitives.errors import BadInput


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    Args:
        code: as rows and acts name it.
        slug: in addresses of the portal.
        title: what pages and letters call it; never what its authors call it, so that no title can pass for a law's.
        about: what it is for, in one sentence.
        is_ground: whether a decision may rest on its clauses.
        act: the act of publishing a version, which proves other duties for each kind.
    """

    code: str
    slug: str
    title: Text
    about: Text
    is_ground: bool
    act: str


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "terms_of_use",
            "dieu-khoan-su-dung",
            Text("Điều khoản sử dụng", "Terms of use"),
            Text(
                "Quyền và nghĩa vụ của người dùng và của bên cung cấp dịch vụ.",
                "Rights and duties of users and of the provider.",
            ),
            True,
            "terms.published",
        ),
        Kind(
            "community_rules",
            "quy-tac-cong-dong",
            Text("Quy tắc cộng đồng", "Community rules"),
            Text("Nội dung nào được đăng, nội dung nào không.", "What may be posted and what may not."),
            True,
            "terms.published",
        ),
        Kind(
            "handling",
            "xu-ly-vi-pham",
            Text("Quy trình xử lý vi phạm", "How violations are handled"),
            Text(
                "Vi phạm được phát hiện, thông báo, gỡ bỏ và khiếu nại thế nào.",
                "How violations are found, told, removed and appealed.",
            ),
            False,
            "handling.published",
        ),
    )
}


def named(code: str) -> Kind:
    """The kind of that code.

    Raises:
        BadInput: there is none.
    """
    if code not in KINDS:
        raise BadInput(f"no kind of document {code!r}", where="kind", mend=", ".join(KINDS))
    return KINDS[code]
