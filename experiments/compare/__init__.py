"""Comparisons: the same people, days and luck under other rules."""
