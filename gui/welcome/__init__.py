"""Receive whoever opens an empty queue: what to drop, what to press, where things stay."""
