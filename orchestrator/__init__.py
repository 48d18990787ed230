"""Decide what a job does next and reach out to do it; know no window."""
