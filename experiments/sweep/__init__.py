"""Sweeps: a design's runs, each kept as soon as it is finished."""
