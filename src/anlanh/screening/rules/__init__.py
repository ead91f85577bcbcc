"""Rules over what was found in a post and what is known about it: a small, typed expression language without loops."""
