"""Carry the data files of the product: presets, models by digest, the demo."""
