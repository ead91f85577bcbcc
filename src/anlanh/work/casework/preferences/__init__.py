"""How an organisation wants its casework done, where the law leaves it free: one row each, changed by an act."""
