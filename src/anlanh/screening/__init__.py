"""What a post contains: fold, match, compare, rules, verdicts with explanations.

Plain Python with an optional native core; depends only on `anlanh.primitives`. Screening never removes anything: its
strongest verdict holds a post until a person has decided.
"""
