"""Faults on purpose: each economic rule changed in one small way, to see whether a fast test notices."""
