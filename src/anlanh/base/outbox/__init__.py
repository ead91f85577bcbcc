"""Work that leaves the transaction: written with the act, sent by a worker, seen at least once under one key."""
