"""How much that is hard to look at a person has looked at: counted for them alone, so that they can rest in time."""
