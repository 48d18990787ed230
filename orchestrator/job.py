"""Decide what a render job does next; perform nothing."""
