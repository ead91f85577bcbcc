"""Letters that people send to a mailbox, read into cases; what no program can read waits for a person, and is kept."""
