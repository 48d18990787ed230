"""Keep one window a home: a second start hands its files to the first one and ends."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from orchestrator.home import Home

_log = logging.getLogger(__name__)
_FIND_EACH_OTHER_S = 15.0
"""How long a second start waits for a first one that is still starting."""
_ANSWER_MS = 2_000
_AGAIN_S = 0.1
_MOST_BYTES = 1 << 20
_ANSWER = b"raised\n"


class OneWindow(QObject):
    """Holds the home for this window; hears of further starts.

    Signals:
        asked: another start happened; the paths that were given to it.
    """

    asked = Signal(object)

    def __init__(self, home: Home) -> None:
        """Prepare; nothing is held before :meth:`take`, nothing heard before :meth:`listen`."""
        super().__init__()
        self._name = server_name(home)
        self._lock = QLockFile(str(home.root / "window.lock"))
        # Age says nothing of a window that is open for weeks: only a dead holder is stale.
        self._lock.setStaleLockTime(0)
        self._talks: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def take(self) -> bool:
        """Return whether this is the only window now; one that was killed is taken over."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Hear of further starts from now on; call once there is a QApplication.

        What listens before belongs to an event loop that the QApplication replaces.
        """
        QLocalServer.removeServer(self._name)  # left by a window that was killed
        if not self._server.listen(self._name):
            _log.error("Further starts cannot be heard: %s", self._server.errorString())

    def release(self) -> None:
        """Let the next start be the first again."""
        self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._talks.append(socket)
            socket.readyRead.connect(self._on_words)
            socket.disconnected.connect(self._on_gone)

    def _on_words(self) -> None:
        for socket in self._talks:
            if socket.canReadLine():
                self._answer(socket)
            elif socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()

    def _answer(self, socket: QLocalSocket) -> None:
        paths = _paths_in(bytes(socket.readLine().data()))
        socket.write(_ANSWER)
        socket.flush()
        if paths is not None:
            self.asked.emit(paths)

    def _on_gone(self) -> None:
        unconnected = QLocalSocket.LocalSocketState.UnconnectedState
        gone = [socket for socket in self._talks if socket.state() == unconnected]
        self._talks = [socket for socket in self._talks if socket not in gone]
        for socket in gone:
            socket.deleteLater()


def take_or_raise(window: OneWindow, home: Home, paths: Sequence[Path]) -> bool | None:
    """Take the home, or have the window that holds it raised and given ``paths``.

    Returns:
        True when this is the window, False when another one was raised, None when another
        process holds the home but does not answer.
    """
    deadline_s = time.monotonic() + _FIND_EACH_OTHER_S
    while time.monotonic() < deadline_s:
        if window.take():
            return True
        if _raise(server_name(home), paths):
            return False
        time.sleep(_AGAIN_S)
    return None


def server_name(home: Home) -> str:
    """Return the name under which the window of ``home`` is found on this machine."""
    digest = hashlib.sha256(str(home.root.resolve()).encode()).hexdigest()[:24]
    return f"secondunit-{digest}"


def _raise(name: str, paths: Sequence[Path]) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    words = {"open": [str(path.absolute()) for path in paths]}
    socket.write(json.dumps(words).encode() + b"\n")
    deadline_s = time.monotonic() + _ANSWER_MS / 1000
    answer = b""
    while _ANSWER not in answer and time.monotonic() < deadline_s:
        if not socket.waitForReadyRead(_ANSWER_MS):
            break
        answer += bytes(socket.readAll().data())
    socket.abort()
    return _ANSWER in answer


def _paths_in(line: bytes) -> tuple[Path, ...] | None:
    """Return the paths of a start's words; None when they are none."""
    try:
        named = json.loads(line)["open"]
        return tuple(Path(str(name)) for name in named)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
