"""A package for each kind of work that directives ask for; none imports another, but all may import registry."""
