"""Tests of what an organisation sets for itself."""
