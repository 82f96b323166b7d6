"""Sensitivity: which parameters matter, and how much is luck."""
