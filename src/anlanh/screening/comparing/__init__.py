"""An article beside the source it repeats: title, text, pictures, and whether the source is named.

Usable alone: `compare(read_article(a, "a.html"), read_article(b, "b.html"))`. See docs/algorithms/compare.md.
"""
