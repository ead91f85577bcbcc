"""Lawyers' signatures under the law pack: the whole, one value, one answer to an open question, a calendar year."""
