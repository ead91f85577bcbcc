"""Past posts kept so that what is new on a list is found among them without reading them all.

Plain Python with files only; see docs/algorithms/sweeping.md.
"""
