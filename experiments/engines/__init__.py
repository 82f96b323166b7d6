"""Engines: who executes runs, on this machine or on a cluster."""
