"""Broadcasts that a case is about: whether one runs now, how long it was, and which stretch of it a clip shows."""
