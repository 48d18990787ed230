"""Write one large file that is either whole or not there."""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from pathlib import Path
from types import TracebackType

from remote_worker.errors import DiskFull

_NO_ROOM = frozenset(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)
)


def is_no_room(error: OSError) -> bool:
    """Return whether the system says that the disk, a quota or a limit is used up."""
    return error.errno in _NO_ROOM or getattr(error, "winerror", None) == 112


class WholeFile:
    """A file being written under a temporary name; :meth:`keep` gives it its own.

    A muxer writes and seeks in it.  Every way out but :meth:`keep` removes it.
    """

    def __init__(self, to: Path) -> None:
        self.to = to = to.absolute()
        try:
            # Not mkstemp: the finished file is to be readable by whom the user's umask allows.
            path = to.with_name(f".{to.name[:40]}.{uuid.uuid4().hex}.part")
            self._file = path.open("x+b", buffering=0)
        except OSError as error:
            raise self._named(error) from error
        self.name = str(path)

    def write(self, data: bytes) -> int:
        """Write all of ``data``.

        Raises:
            DiskFull: there is no room for it.
        """
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError as error:
            raise self._named(error) from error
        return len(data)

    def read(self, count: int = -1) -> bytes:
        """Read back what was written."""
        return self._file.read(count)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to ``offset``, as files do."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the offset of the next byte."""
        return self._file.tell()

    @property
    def closed(self) -> bool:
        """Whether nothing more can be written; a muxer then leaves out its trailer."""
        return self._file.closed

    def keep(self) -> None:
        """Make the file durable and give it its name, in one step.

        Raises:
            DiskFull: there is no room for it; nothing is left.
        """
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            Path(self.name).replace(self.to)
        except OSError as error:
            self.drop()
            raise self._named(error) from error
        _make_name_durable(self.to.parent)

    def drop(self) -> None:
        """Remove the file; safe to perform twice and after :meth:`keep`."""
        with contextlib.suppress(OSError):  # a full disk may refuse the close, not the removal
            self._file.close()
        Path(self.name).unlink(missing_ok=True)

    def __enter__(self) -> WholeFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()

    def _named(self, error: OSError) -> Exception:
        if is_no_room(error):
            return DiskFull(f"There is no room for {self.to.name} in {self.to.parent}.")
        return error


def _make_name_durable(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder to flush
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
