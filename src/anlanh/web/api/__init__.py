"""The API for machines, version 1: the same actions as the pages, one file for each group of operations."""
