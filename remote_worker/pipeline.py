"""Run the stages of a render side by side, each in its own thread, a few items apart."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Generic, TypeVar

from remote_worker.errors import EngineFailed, WorkerError

T = TypeVar("T")
_POLL_S = 0.1
STALL_S = 900.0
"""A stage that gives nothing for this long is taken for hung."""
_JOIN_S = 30.0


class Ahead(Generic[T]):
    """Runs an iterator in a thread of its own, at most ``depth`` items ahead of its reader.

    An error in the iterator is raised again where it is read, with its traceback.  Leaving
    the ``with`` block stops the thread after the item in hand and closes the iterator, in
    the thread that ran it; stages that read each other so stop from the last to the first.
    """

    def __init__(
        self,
        source: Iterator[T],
        *,
        depth: int,
        name: str,
        interrupt: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare to run ``source``; ``interrupt`` raises when the reader is to wait no more."""
        self._source, self._depth, self._interrupt = source, depth, interrupt
        self._ready: deque[T] = deque()
        self._changed = threading.Condition()
        self._over = self._stopped = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Ahead[T]:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._stopped = True
            self._ready.clear()
            self._changed.notify_all()
        # A reader that is told to stop does not wait for a stage that may be hung.
        self._thread.join(_JOIN_S if error is None else 2.0)

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        give_up_s = time.monotonic() + STALL_S
        with self._changed:
            while not self._ready:
                if self._error is not None:
                    raise self._error
                if self._over or self._stopped:
                    raise StopIteration
                self._interrupt()
                if time.monotonic() > give_up_s:
                    raise EngineFailed(f"The {self._thread.name} gave nothing for {STALL_S:.0f} s.")
                self._changed.wait(_POLL_S)
            item = self._ready.popleft()
            self._changed.notify_all()
        return item

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            for item in self._source:
                if not self._hand_over(item):
                    break
        except BaseException as raised:  # it is raised again by the reader
            error = raised
        try:
            close = getattr(self._source, "close", None)
            if close is not None:
                close()
        except Exception as raised:  # so is this, unless something came before it
            error = error or raised
        with self._changed:
            self._over, self._error = True, error
            self._changed.notify_all()

    def _hand_over(self, item: T) -> bool:
        with self._changed:
            while len(self._ready) >= self._depth and not self._stopped:
                self._changed.wait(_POLL_S)
            if self._stopped:
                return False
            self._ready.append(item)
            self._changed.notify_all()
            return True


class DrainSignal:
    """How a render is told to end; safe to use from signal handlers, as it takes no lock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing asked for."""
        self._clock = clock
        self._deadline_s: float | None = None
        self._stopped = False
        self._error: WorkerError | None = None

    def drain(self, grace_s: float) -> None:
        """End after the segment in hand, and at once when ``grace_s`` are over.

        Asked again, it can only shorten the grace.
        """
        deadline_s = self._clock() + grace_s
        if self._deadline_s is None or deadline_s < self._deadline_s:
            self._deadline_s = deadline_s

    def stop(self, error: WorkerError | None = None) -> None:
        """End at the next frame; ``error`` is what the render then raises."""
        self._error = self._error or error
        self._stopped = True

    @property
    def draining(self) -> bool:
        """Whether no further segment is to be begun."""
        return self._stopped or self._deadline_s is not None

    @property
    def stopping(self) -> bool:
        """Whether the next frame is not to be rendered."""
        late = self._deadline_s is not None and self._clock() >= self._deadline_s
        return self._stopped or late

    @property
    def error(self) -> WorkerError | None:
        """Why it was stopped, when that is an error."""
        return self._error
