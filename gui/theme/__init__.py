"""Decide how the window looks: colours, sizes, icons."""
