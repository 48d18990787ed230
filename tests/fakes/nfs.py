"""Make a folder look as NFS lets it look to each of several machines."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_Plain = type(Path())
_link = os.link


class Server:
    """What really lies there, by whom it was made and when."""

    def __init__(self, lag_s: float, stale_every: int = 0) -> None:
        """Names reach other machines after ``lag_s``; each n-th look meets a stale handle."""
        self.lag_s, self._stale_every = lag_s, stale_every
        self._made: dict[str, tuple[object, float]] = {}
        self._lock = threading.Lock()
        self._looks = 0
        self.stale_told = 0
        self.broken = False

    def machine(self, folder: Path) -> Path:
        """Return ``folder`` as one more machine has it mounted."""

        class Mounted(_NfsPath):
            server = self

        return Mounted(folder)

    def note(self, path: Path, machine: object) -> None:
        with self._lock:
            self._made[os.fspath(path)] = (machine, time.monotonic())

    def shows(self, path: Path, machine: object) -> bool:
        with self._lock:
            maker, made_s = self._made.get(os.fspath(path), (machine, 0.0))
        return maker is machine or time.monotonic() >= made_s + self.lag_s

    def look(self, path: Path, machine: object) -> None:
        """Fail as a look at ``path`` would."""
        if self.broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO), os.fspath(path))
        with self._lock:
            self._looks += 1
            is_stale = self._stale_every and self._looks % self._stale_every == 0
            self.stale_told += bool(is_stale)
        if is_stale:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), os.fspath(path))
        if not self.shows(path, machine):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path))


class _NfsPath(_Plain):
    """A path whose looks go by what its machine knows."""

    server: Server

    def _look(self) -> None:
        self.server.look(self, type(self))

    def stat(self, **asked):
        self._look()
        return super().stat(**asked)

    def exists(self, **asked):
        return self._is(os.path.exists)

    def is_file(self, **asked):
        return self._is(os.path.isfile)

    def is_dir(self, **asked):
        return self._is(os.path.isdir)

    def _is(self, real):
        try:
            self._look()
        except FileNotFoundError:
            return False
        return real(os.fspath(self))

    def open(self, mode="r", *rest, **named):
        if "x" in mode or "w" in mode:
            opened = super().open(mode, *rest, **named)
            self.server.note(self, type(self))
            return opened
        self._look()
        return super().open(mode, *rest, **named)

    def mkdir(self, *rest, **named):
        super().mkdir(*rest, **named)
        self.server.note(self, type(self))

    def replace(self, target):
        done = super().replace(target)
        self.server.note(target, type(self))
        return done


@contextmanager
def noted_links(monkeypatch) -> Iterator[None]:
    """Have a link count as made by the machine whose path it has."""

    def link(source, target, **asked):
        _link(source, target, **asked)
        if isinstance(target, _NfsPath):
            target.server.note(target, type(target))

    monkeypatch.setattr(os, "link", link)
    yield
