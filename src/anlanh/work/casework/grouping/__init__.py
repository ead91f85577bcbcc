"""Many cases decided in one go: what they share and where they differ, one act with a proof for each."""
