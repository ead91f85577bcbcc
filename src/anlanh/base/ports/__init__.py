"""Needs that a room above fulfils: protocols here, bound in `server`. A port asked for before it is bound is a fault."""
