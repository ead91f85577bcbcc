"""Signing in and everything about accounts: invitations, passwords, second step, people and keys for administrators."""
