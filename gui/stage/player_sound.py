"""Play sound on a thread of its own, where there is a device; its absence is no error."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QLoggingCategory, QObject, Qt, QTimer

_TICK_MS = 15
_BUFFER_S = 0.2
_BYTES_A_FRAME = 4
"""Two channels of 16 bits."""
_CONNECT_S = 0.5
_JOIN_S = 1.0


class Speaker:
    """Plays one run of sound from its beginning; every method returns at once."""

    def __init__(self, rate_hz: int) -> None:
        """Prepare; nothing is heard before :meth:`start`."""
        self._rate_hz = rate_hz
        self._lock = threading.Lock()
        self._waiting: deque[bytes] = deque()
        self._ended = threading.Event()
        self._muted = False
        self._played: tuple[float, float] | None = None
        self._failed = False
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)

    def start(self) -> None:
        """Begin to play what was given."""
        self._thread.start()

    def give(self, samples: bytes) -> None:
        """Add what is played next: 16 bits, two channels."""
        with self._lock:
            self._waiting.append(samples)

    def set_muted(self, muted: bool) -> None:
        """Let time go on without being heard, or be heard."""
        self._muted = muted

    def played_s(self) -> float | None:
        """Return how much was heard, in seconds; None while nothing was."""
        played = self._played
        if played is None:
            return None
        position_s, at_s = played
        return position_s + min(time.monotonic() - at_s, 2 * _TICK_MS / 1000)

    @property
    def failed(self) -> bool:
        """Whether the device does not play; time has to be kept otherwise."""
        return self._failed

    @property
    def started(self) -> bool:
        """Whether it was told to play."""
        return self._thread.ident is not None

    @property
    def is_alive(self) -> bool:
        """Whether its thread still has the device."""
        return self._thread.is_alive()

    def end(self) -> None:
        """Fall silent; it cannot be started again."""
        self._ended.set()

    def join(self) -> None:
        """Wait, not long, until the device was let go of; only when the program ends."""
        if self.started:
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        try:
            _Sink(self).play_to_the_end()
        except (ImportError, RuntimeError, OSError):  # no library, or no device any more
            self._failed = True

    def _next(self, most_bytes: int) -> bytes:
        """Return up to ``most_bytes`` of what waits."""
        taken = bytearray()
        with self._lock:
            while self._waiting and len(taken) < most_bytes:
                part = self._waiting.popleft()
                room = (most_bytes - len(taken)) // _BYTES_A_FRAME * _BYTES_A_FRAME
                if room == 0:
                    self._waiting.appendleft(part)
                    break
                taken += part[:room]
                if len(part) > room:
                    self._waiting.appendleft(part[room:])
        return bytes(taken)


class _Sink(QObject):
    """The device on the speaker's thread, which runs an event loop as some systems need one."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self._loop = QEventLoop()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._sink = _open_sink(speaker._rate_hz)
        self._device = self._sink.start()
        if self._device is None:
            raise RuntimeError("the sound device does not open")
        self._kept = b""
        self._muted: bool | None = None

    def play_to_the_end(self) -> None:
        self._timer.start()
        self._tick()
        self._loop.exec()
        self._timer.stop()
        self._sink.reset()
        self._device = self._sink = None

    def _tick(self) -> None:
        speaker = self._speaker
        if speaker._ended.is_set():
            self._loop.quit()
            return
        if speaker._muted is not self._muted:
            self._muted = speaker._muted
            self._sink.setVolume(0.0 if self._muted else 1.0)
        free_bytes = int(self._sink.bytesFree())
        given = self._kept or speaker._next(free_bytes)
        if given and free_bytes > 0:
            written = max(int(self._device.write(given)), 0)
            self._kept = given[written:]
        played_s = self._sink.processedUSecs() / 1e6
        before = speaker._played
        if played_s > 0 and (before is None or before[0] != played_s):
            speaker._played = (played_s, time.monotonic())


def _open_sink(rate_hz: int) -> Any:
    """Return a sink of the system's own output; Any: the module may not be there at all."""
    from PySide6 import QtMultimedia

    form = QtMultimedia.QAudioFormat()
    form.setSampleRate(rate_hz)
    form.setChannelCount(2)
    form.setSampleFormat(QtMultimedia.QAudioFormat.SampleFormat.Int16)
    device = QtMultimedia.QMediaDevices.defaultAudioOutput()
    if device.isNull():
        raise RuntimeError("there is no sound device")
    sink = QtMultimedia.QAudioSink(device, form)
    sink.setBufferSize(int(rate_hz * _BUFFER_S) * _BYTES_A_FRAME)
    return sink


def has_output() -> bool:
    """Return whether sound can be played on this machine; it may take a moment."""
    if not _may_have_output():
        return False
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # optional libraries it misses
    try:
        from PySide6 import QtMultimedia

        return not QtMultimedia.QMediaDevices.defaultAudioOutput().isNull()
    except ImportError:
        return False


def _may_have_output() -> bool:
    """Whether asking for a device is worth it: on a Linux without a sound server Qt complains."""
    if not sys.platform.startswith("linux"):
        return True
    if any(Path("/dev/snd").glob("pcm*p")):
        return True
    named = os.environ.get("PULSE_SERVER", "")
    if named and not named.startswith(("unix:", "/")):
        return True  # a server on another machine
    runtime = os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")
    places = (named.removeprefix("unix:"), f"{runtime}/pulse/native", f"{runtime}/pipewire-0")
    return any(_answers(place) for place in places if place)


def _answers(place: str) -> bool:
    import socket

    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as server:  # that is a no
        server.settimeout(_CONNECT_S)
        server.connect(place)
        return True
    return False
