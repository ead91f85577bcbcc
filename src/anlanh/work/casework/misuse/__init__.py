"""Reporting that is misused: manifestly unfounded reports, again and again, by one sender. Warning first, then a limit.

Only what a person marked on deciding counts, never how many reports somebody sends. A limit slows the reports of its
sender down for a time; it refuses none, and touches none that concern a child, a life or the sender's own person.
"""
