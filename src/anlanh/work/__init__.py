"""One package for each kind of work that the directives ask for; none imports another, except that all may import registry."""
