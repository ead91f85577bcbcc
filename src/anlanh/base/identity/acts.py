"""The acts of identity. Names and addresses of people are committed, so that they can be erased; roles are clear."""

from anlanh.base.acts.types import ActType, code, codes, count, declare, flag, instant, reference

declare(
    ActType(
        "organisation.created",
        "organisation",
        {"vi": "Lập tổ chức", "en": "Organisation created"},
        clear={"code": code, "kind": code, "accepts_reports": flag},
        committed=frozenset({"name"}),
    ),
    ActType(
        "member.invited",
        "invitation",
        {"vi": "Mời người mới", "en": "Person invited"},
        clear={"roles": codes, "expires_at": instant},
        committed=frozenset({"email", "name"}),
    ),
    ActType(
        "invitation.withdrawn",
        "invitation",
        {"vi": "Rút lời mời", "en": "Invitation withdrawn"},
        clear={"why": code},
    ),
    ActType(
        "member.joined",
        "member",
        {"vi": "Vào tổ chức", "en": "Joined the organisation"},
        clear={"roles": codes, "invitation": reference},
        committed=frozenset({"email", "name"}),
    ),
    ActType(
        "member.roles_changed",
        "member",
        {"vi": "Đổi vai trò", "en": "Roles changed"},
        clear={"before": codes, "roles": codes},
    ),
    ActType(
        "member.supervisor_set",
        "member",
        {"vi": "Đổi người phụ trách", "en": "Supervisor changed"},
        clear={"supervisor": reference},
    ),
    ActType(
        "member.left",
        "member",
        {"vi": "Rời tổ chức", "en": "Left the organisation"},
        clear={"handed_over": count, "handed_over_to": reference},
    ),
    ActType(
        "member.erased",
        "member",
        {"vi": "Xoá thông tin cá nhân của người đã rời", "en": "Personal data of a former member erased"},
        clear={"values": count},
    ),
    ActType(
        "credential.issued",
        "credential",
        {"vi": "Cấp khoá API", "en": "API key issued"},
        clear={"capabilities": codes, "responsible": reference},
        committed=frozenset({"name"}),
    ),
    ActType(
        "credential.entrusted",
        "credential",
        {"vi": "Giao người chịu trách nhiệm về khoá API", "en": "API key entrusted to somebody"},
        clear={"responsible": reference},
    ),
    ActType(
        "credential.revoked",
        "credential",
        {"vi": "Thu hồi khoá API", "en": "API key revoked"},
    ),
)
