"""What pages call roles and capabilities."""

from django.utils.translation import gettext_lazy as _

ROLE_TITLES = {
    "administrator": _("Administrator"),
    "moderator": _("Moderator"),
    "appeals_officer": _("Appeals officer"),
    "order_officer": _("Order officer"),
    "order_verifier": _("Order verifier"),
    "registrar": _("Registrar"),
    "denunciation_officer": _("Denunciation officer"),
    "child_protection_officer": _("Child protection officer"),
    "inspector": _("Inspector"),
    "compliance_officer": _("Compliance officer"),
    "legal_reviewer": _("Legal reviewer"),
}

ROLE_HELP = {
    "administrator": _("Manages people, roles, API keys and the organisation's details."),
    "moderator": _("Takes cases, decides on reported content."),
    "appeals_officer": _("Hears appeals against other people's decisions."),
    "order_officer": _("Enters orders from authorities and carries them out."),
    "order_verifier": _("Verifies the sender and authority of orders entered by someone else."),
    "registrar": _("Keeps the register of pages and accounts."),
    "denunciation_officer": _("Reads and handles denunciations, which nobody else can open."),
    "child_protection_officer": _("Handles suspected child abuse and may look at its images; nobody else can."),
    "inspector": _("Reads cases, the duty board and the ledger; changes nothing."),
    "compliance_officer": _(
        "Keeps the duty board: gives evidence of what is done outside the program. Publishes terms."
    ),
    "legal_reviewer": _("A lawyer who reads the law as data and signs it."),
}

CAPABILITY_TITLES = {
    "reports.file": _("File reports"),
    "registry.view": _("Read the register of pages"),
    "registry.manage": _("Change the register of pages"),
    "imports.run": _("Bring in registers from files"),
    "cases.view": _("Read cases"),
    "reporters.view": _("See who reported"),
    "cases.review": _("Review cases"),
    "cases.decide": _("Decide cases"),
    "quality.look": _("Look at decisions a second time"),
    "orders.enter": _("Enter orders"),
    "orders.verify": _("Verify orders"),
    "appeals.hear": _("Hear appeals"),
    "denunciations.handle": _("Handle denunciations"),
    "child_material.view": _("Look at images of suspected child abuse"),
    "ledger.view": _("Read the sealed log"),
    "tasks.handle": _("Handle tasks for people"),
    "duties.view": _("Read the duty board"),
    "duties.prove": _("Give evidence of duties"),
    "law.sign": _("Sign the law"),
    "terms.manage": _("Draft and publish terms and rules"),
    "people.manage": _("Manage people"),
    "keys.manage": _("Manage API keys and integrations"),
    "organisation.manage": _("Manage the organisation's details"),
}
