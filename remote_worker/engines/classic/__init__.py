"""Swap faces on the processor alone: warp, light, and blend a source face's mesh."""
