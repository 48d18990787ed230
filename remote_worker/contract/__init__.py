"""Name the words that the desktop and its agents share; standard library only."""

VERSION = 2
"""Version of every record and message; two sides that differ refuse each other."""
