"""Write down what the app does while it runs, in a file that stays small and holds no secret."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from orchestrator.home import Home
from orchestrator.redacting import Redactor

_FILE = "secondunit.log"
_MOST_BYTES = 1 << 20
_OLDER_KEPT = 3
_TALKATIVE = ("PIL", "asyncio", "keyring", "urllib3")
"""Libraries that say more than helps; their warnings are kept."""
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_path(home: Home) -> Path:
    """Return the file that is written to; older ones have ``.1`` to ``.3`` behind its name."""
    return home.logs / _FILE


class Logbook:
    """Takes all that is logged from its making until :meth:`close`.

    A disk that is full costs lines of the log and nothing else.
    """

    def __init__(self, home: Home, *, most_bytes: int = _MOST_BYTES) -> None:
        """Begin to write below ``home``.

        Raises:
            OSError: the file cannot be opened.
        """
        self._handler = RotatingFileHandler(
            log_path(home), maxBytes=most_bytes, backupCount=_OLDER_KEPT, encoding="utf-8"
        )
        self._handler.setFormatter(_Redacted(Redactor(storage=home.root)))
        self._root = logging.getLogger()
        self._level = self._root.level
        self._root.addHandler(self._handler)
        self._root.setLevel(logging.INFO)
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)

    def close(self) -> None:
        """Write no more; safe to perform twice."""
        self._root.removeHandler(self._handler)
        self._root.setLevel(self._level)
        self._handler.close()


class _Redacted(logging.Formatter):
    """Takes out what is private after message, values and traceback are one text."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__(_LINE, "%Y-%m-%dT%H:%M:%S%z")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))
