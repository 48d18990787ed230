"""Measure for how long the Qt thread did not answer, and where it was meanwhile."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 5
_LOOK_S = 0.002


@dataclass(frozen=True, slots=True)
class Stall:
    """One time at which the event loop did not run."""

    wall_s: float
    cpu_s: float
    """What the Qt thread itself computed in that time; the rest was waiting or another's turn."""
    kept_off_s: float
    """For how long others on the machine kept the Qt thread, or one that it waits for, waiting."""
    stack: str = field(repr=False)
    """Where the Qt thread was in the middle of it; empty when it was over too soon to look."""


class Watchdog(QObject):
    """Beats on the Qt thread while it is open; a beat that comes late is a stall.

    Use it around code that lets the event loop run, such as ``qtbot.waitUntil``: what the test
    itself does on the Qt thread counts too.

        with Watchdog() as dog:
            qtbot.waitUntil(lambda: panel.is_ready, timeout=20_000)
        dog.require(0.05)
    """

    def __init__(self, look_after_s: float = 0.03) -> None:
        """Note where the Qt thread is once a beat is ``look_after_s`` late."""
        super().__init__()
        self.stalls: list[Stall] = []
        self._look_after_s = look_after_s
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._over = threading.Event()
        self._qt_thread_id = threading.get_ident()
        self._qt_native_id = threading.get_native_id()
        self._stack, self._kept_off_at_s = "", dict[int, float]()

    def __enter__(self) -> Watchdog:
        self._beat_at_s, self._cpu_at_s = time.perf_counter(), time.thread_time()
        self._timer.start()
        self._looker = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._looker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._beat()
        self._timer.stop()
        self._over.set()
        self._looker.join(5)

    @property
    def longest_s(self) -> float:
        """The longest time without a beat, in seconds."""
        return max((stall.wall_s for stall in self.stalls), default=0.0)

    @property
    def busiest_s(self) -> float:
        """The longest that the Qt thread itself computed without a beat, in seconds."""
        return max((stall.cpu_s for stall in self.stalls), default=0.0)

    def require(self, most_s: float) -> None:
        """Fail when the Qt thread was held up for longer, and say where.

        On a machine that others use too a thread can lose its turn; what counts is therefore what
        it computed, or the time that it sat in one place that waits, without that in which no
        processor was there for it.
        """
        for stall in self.stalls:
            waited_s = stall.wall_s - stall.cpu_s - stall.kept_off_s
            held_up = (waited_s > most_s and _waits(stall.stack)) or stall.cpu_s > most_s
            assert not held_up, (
                f"the Qt thread did not answer for {stall.wall_s * 1000:.0f} ms "
                f"(computing {stall.cpu_s * 1000:.0f} ms of it, "
                f"kept off the processor {stall.kept_off_s * 1000:.0f} ms):\n{stall.stack}"
            )

    def _beat(self) -> None:
        now_s, cpu_s = time.perf_counter(), time.thread_time()
        wall_s = now_s - self._beat_at_s
        if wall_s > self._look_after_s:
            kept_off_s = self._kept_off_s()
            self.stalls.append(Stall(wall_s, cpu_s - self._cpu_at_s, kept_off_s, self._stack))
        self._stack, self._kept_off_at_s = "", {}
        # From here on: what the watchdog itself reads is no fault of the window's.
        self._beat_at_s, self._cpu_at_s = time.perf_counter(), time.thread_time()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_S):
            late_s = time.perf_counter() - self._beat_at_s
            if late_s > self._look_after_s / 3 and not self._kept_off_at_s:
                self._kept_off_at_s = _kept_off_by_thread_s()
            if late_s > self._look_after_s and not self._stack:
                frame = sys._current_frames().get(self._qt_thread_id)
                self._stack = "".join(traceback.format_stack(frame)) if frame else ""

    def _kept_off_s(self) -> float:
        before_s = self._kept_off_at_s
        if not before_s:  # nobody looked: the watchdog's thread did not get its turn either
            return 0.0
        since_s = {
            thread: total_s - before_s.get(thread, 0.0)
            for thread, total_s in _kept_off_by_thread_s().items()
        }
        since_s.pop(self._looker.native_id or 0, None)
        own_s = since_s.pop(self._qt_native_id, 0.0)
        return own_s + max(since_s.values(), default=0.0)


def _kept_off_by_thread_s() -> dict[int, float]:
    """Return for how long each of our threads could have run but had no processor, as Linux counts.

    See "schedstat" in the kernel's documentation: the second figure, in nanoseconds.
    """
    found: dict[int, float] = {}
    for thread in Path("/proc/self/task").glob("*"):
        with suppress(OSError, IndexError, ValueError):  # it has just ended
            found[int(thread.name)] = int((thread / "schedstat").read_text().split()[1]) / 1e9
    return found


_WAITING = (
    "acquire(",
    ".wait(",
    ".join(",
    ".result(",
    ".recv(",
    "sleep(",
    ".communicate(",
    "open(",
)


def _waits(stack: str) -> bool:
    """Whether the innermost line of ``stack`` is one that waits for something."""
    lines = [line for line in stack.splitlines() if line.strip()]
    return bool(lines) and any(word in lines[-1] for word in _WAITING)
