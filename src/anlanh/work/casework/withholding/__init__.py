"""Keeping a notice back for a time, where a clause forbids telling: asked by one person, approved by another."""
