"""The staff's pages: queues, cases with their clocks, decisions, orders, tasks, the registry and the ledger."""
