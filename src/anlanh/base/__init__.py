"""What every kind of work stands on: organisations and people, acts and their ledger, clocks, outbox, files, search.

Inside, imports go one way: identity, clocks, files → acts → outbox → (clock, actor, search). Models point at
`identity.Organisation` by name, so no lower room imports a higher one.
"""
