"""Who may do what with an organisation's own rules."""

MANAGE = "terms.manage"
