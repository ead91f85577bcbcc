"""Linear text models that an operator trains from decisions of its own. They flag for a person and never do more.

None is shipped. Plain Python; see docs/algorithms/models.md.
"""
