"""Divide a clip into chunks and segments; touch nothing."""
