"""Name what both ends of a line to an agent on a rented host know; for every system."""

from __future__ import annotations

WORD = b"word\n"
"""The line by which the desktop says that it still cares for this host."""
EXIT_LINE_ENDED, EXIT_AGENT_GONE = 0, 3
"""How the command that follows an agent ends."""
