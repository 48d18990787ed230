"""Hold frames in memory that two processes see, in numbered places of one size.

The memory has no name that could be left behind: on Linux it is an anonymous file, elsewhere
on POSIX a deleted one, inherited by its number; on Windows a mapping that ends with its users.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import uuid

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_PAGE_BYTES = 4096


class Slots:
    """Numbered places for frames of height x width x 3 bytes."""

    def __init__(self, memory: mmap.mmap, height_px: int, width_px: int) -> None:
        """Divide ``memory`` into places for frames of this size."""
        self._memory = memory
        self._shape = (height_px, width_px, 3)

    def __getitem__(self, number: int) -> Pixels:
        """Return place ``number`` as uint8 BGR, height x width x 3, to read and to write."""
        height_px, width_px, _ = self._shape
        frame_bytes = height_px * width_px * 3
        start = number * slot_bytes(height_px, width_px)
        flat = np.frombuffer(self._memory, np.uint8, count=frame_bytes, offset=start)
        return flat.reshape(self._shape)


def slot_bytes(height_px: int, width_px: int) -> int:
    """Return how much room one frame takes, in whole pages."""
    return -(-height_px * width_px * 3 // _PAGE_BYTES) * _PAGE_BYTES


class SharedMemory:
    """The worker's end: makes the memory, as large as is asked for."""

    def __init__(self) -> None:
        """Reserve nothing yet."""
        self._file = -1 if sys.platform == "win32" else _anonymous_file()

    @property
    def inherited(self) -> tuple[int, ...]:
        """File numbers that the other process must be given when it is started."""
        return (self._file,) if self._file >= 0 else ()

    def resized(self, count: int, height_px: int, width_px: int) -> tuple[Slots, str]:
        """Return ``count`` places, and what the other process finds them by.

        Places from before stay readable to those who still hold them.

        Raises:
            OSError: there is no room.
        """
        size = count * slot_bytes(height_px, width_px)
        if sys.platform == "win32":
            name = f"secondunit-{uuid.uuid4().hex}"
            return Slots(mmap.mmap(-1, size, tagname=name), height_px, width_px), f"name:{name}"
        if os.fstat(self._file).st_size < size:
            os.ftruncate(self._file, size)
        return Slots(mmap.mmap(self._file, size), height_px, width_px), f"file:{self._file}"

    def close(self) -> None:
        """Let go of the memory; safe to perform twice."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def attach(handle: str, count: int, height_px: int, width_px: int) -> Slots:
    """Return the places that the worker made; for the other process.

    Raises:
        OSError: they are not there.
    """
    size = count * slot_bytes(height_px, width_px)
    kind, _, value = handle.partition(":")
    if kind == "name" and sys.platform == "win32":
        return Slots(mmap.mmap(-1, size, tagname=value), height_px, width_px)
    return Slots(mmap.mmap(int(value), size), height_px, width_px)


def _anonymous_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("secondunit-frames")
    handle, path = tempfile.mkstemp(prefix="secondunit-")
    os.unlink(path)  # noqa: PTH108  it is a plain name from mkstemp
    return handle
