"""Decisions: one driver's yes or no, line by line."""
