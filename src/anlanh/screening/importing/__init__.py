"""Entries from elsewhere made entries of lists: CSV, hosts files, STIX indicators, ThreatExchange."""
