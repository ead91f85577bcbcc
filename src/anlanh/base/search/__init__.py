"""Finding rows by folded words, on both databases."""
