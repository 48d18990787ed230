"""Keep None, True and False alive under a Qt binding that gives away references it does not own.

PySide6 6.12 counts on these never dying, which is so from Python 3.12 on.  On 3.11 every emitted
signal takes a reference of True away, and every painted widget two of None; after some minutes of
use the interpreter ends with "deallocating None".
"""

from __future__ import annotations

import ctypes
import sys

_MANY = 1 << 40
"""More than is taken away in years."""


def keep_alive() -> None:
    """Give None, True and False more references than can be lost; safe to do twice."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for one in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(one))
        if count.value < _MANY:
            count.value += _MANY
