"""Carry pieces to the staging store and segments back."""
