"""Clocks on subjects: the facts are stored (started, paused, stopped, by which act); due and overdue are computed."""
