"""Organisations, people, roles, access: who may do what, in which organisation."""
