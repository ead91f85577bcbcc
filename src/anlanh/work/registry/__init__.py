"""Who is out there: the pages and accounts an organisation knows, by canonical address. Each tenant keeps its own."""
