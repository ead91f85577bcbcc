"""Accounts whose content was acted against again and again: what stands against them, and what the law provides for."""
