"""Render with FaceFusion, run from where it is installed, inside our own pipeline."""
