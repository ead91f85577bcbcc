"""What was done: acts are appended in the transaction that changes the rows, then sealed into a log a tenant."""
