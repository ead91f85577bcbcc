"""Clause references, civil dates, text folding, canonical bytes, identifiers, errors. Depends on nothing else here."""
