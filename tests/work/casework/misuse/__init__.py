"""Tests of misuse of reporting."""
