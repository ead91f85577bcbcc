"""People and clients: the portal, the console, accounts, the API for machines, and what the pages share."""
