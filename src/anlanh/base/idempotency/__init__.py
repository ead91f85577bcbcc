"""Requests sent again: the answer of the first is kept for a day and given again."""
