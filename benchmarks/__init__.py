"""Measure what is claimed, against a named baseline in the same run."""
