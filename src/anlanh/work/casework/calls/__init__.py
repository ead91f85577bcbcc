"""Calls: typed in on one screen while somebody speaks, kept meanwhile, filed as reports or noted as advice."""
