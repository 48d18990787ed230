"""Tell whether a finished file can have a name, on every system; no Qt."""

from __future__ import annotations

import re
from typing import Literal

Fault = Literal["", "character", "reserved", "ends", "long"]
"""Why a name cannot be: it holds a character no file may have, is a device's on Windows, ends in
a full stop or space, or is too long; empty when it can."""

LONGEST_BYTES = 200
"""Systems take 255 with the ending; some room is left for a number behind it."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def fault_of(name: str) -> Fault:
    """Return what is wrong with ``name`` as a file's name without its ending."""
    if _FORBIDDEN.search(name):
        return "character"
    if _DEVICES.fullmatch(name):
        return "reserved"
    if name != name.rstrip(". "):
        return "ends"
    return "long" if len(name.encode()) > LONGEST_BYTES else ""
