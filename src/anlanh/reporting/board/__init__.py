"""The duty board: every duty that binds an organisation, whether it is met, and the acts that show it.

`facts`, `counting`, `items`, `judging`, `recounting` and `texts` are plain Python over the clear fields of acts, so
that whoever holds an export gets the same board; `queries` reads the same facts from the database.
"""
