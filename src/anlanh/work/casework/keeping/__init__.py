"""Keeping what a case rests on: evidence added by the staff, holds against deletion, the file that people take home."""
