"""Authorities and their papers: verified numbers, secret papers kept out, recall, objection, review."""
