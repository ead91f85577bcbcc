"""Reports, orders, cases, decisions with reasons, measures, notices, appeals."""
