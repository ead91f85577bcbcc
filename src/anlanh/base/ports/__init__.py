"""Needs that a room above fulfils: protocols here, bound in `server`. Asking for an unbound one is a fault."""
