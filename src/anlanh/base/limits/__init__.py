"""How much one place may send: counters in the database, by digests that nobody can turn back into addresses."""
