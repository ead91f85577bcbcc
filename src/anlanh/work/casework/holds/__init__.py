"""Holding a page for a bounded time until a person decides: what screening may do, and no more."""
