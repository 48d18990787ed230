"""Serve one worker with FaceFusion: take frames, give frames, until the worker hangs up.

Runs in a process of its own, with FaceFusion's interpreter.  Whatever goes wrong in here ends
this process at most.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from remote_worker.engines.facefusion.checkout import Checkout, Refused, Setup
from remote_worker.engines.facefusion.faster import Shortcuts
from remote_worker.engines.facefusion.ring import Ready, Ring
from remote_worker.engines.facefusion.slots import Slots, attach
from remote_worker.engines.facefusion.wire import Message, Sender, WireBroken, receive
from remote_worker.engines.facefusion.work import FrameWork

_NO_ROOM = (
    "alloc_failed",
    "bad_alloc",
    "bfcarena",
    "cuda failure 2",
    "failed to allocate",
    "insufficient memory",
    "out of memory",
    "outofmemory",
)
"""What onnxruntime, CUDA and OpenCV say when memory runs out."""
_PARENT_DIED = 1
"""From Linux's ``prctl.h``: PR_SET_PDEATHSIG."""


def serve() -> int:
    """Serve over standard input and output; return an exit code."""
    _end_with_the_worker()
    commands, answers = sys.stdin.buffer, _own_output()
    host = Host(Sender(answers))
    try:
        while (message := receive(commands)) is not None and message["kind"] != "close":
            host.perform(message)
    except WireBroken:
        return 1
    finally:
        host.close()
    return 0


def _own_output() -> IO[bytes]:
    """Return standard output, and send what others print there to standard error."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _end_with_the_worker() -> None:
    """Be killed when the worker is; where there is no such thing, the end of input does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@dataclass(frozen=True, slots=True)
class Casting:
    """What runs have in common that use the same pictures and the same sound."""

    photos: tuple[tuple[str, ...], ...]
    others: tuple[str, str, float]
    written_ns: tuple[int, ...]
    """When each file was written: a path alone does not say what is in it."""

    @classmethod
    def of(cls, message: Message) -> Casting:
        """Return the casting of a run; a file that is not there is found out when it is read."""
        photos = tuple(tuple(paths) for paths in message["photos"])
        others = (message["reference"], message["voice"], message["frame_rate"])
        files = [path for paths in photos for path in paths] + [path for path in others[:2] if path]
        written = (Path(path) for path in files)
        return cls(
            photos, others, tuple(p.stat().st_mtime_ns if p.exists() else 0 for p in written)
        )


class Host:
    """What the worker asked for so far: FaceFusion, memory for frames, a run of frames."""

    def __init__(self, answers: Sender) -> None:
        """Answer through ``answers``."""
        self._answers = answers
        self._checkout: Checkout | None = None
        self._shortcuts: Shortcuts | None = None
        self._slots: Slots | None = None
        self._run: _Run | None = None
        self._work: FrameWork | None = None
        self._casting: Casting | None = None
        self._pool: ThreadPoolExecutor | None = None

    def perform(self, message: Message) -> None:
        """Do what one message asks.

        Raises:
            WireBroken: the worker does not listen any more, or asked for something unknown.
        """
        perform: Callable[[Message], None] | None = getattr(self, f"_do_{message['kind']}", None)
        if perform is None:
            raise WireBroken(f"nothing is called {message['kind']!r} here")
        try:
            perform(message)
        except WireBroken:
            raise
        except BaseException as error:  # the worker is told before this process may end
            self._answers.send("failed", **told(error))
            if not isinstance(error, Exception):
                raise

    def close(self) -> None:
        """Let the frames in hand go."""
        if self._run is not None:
            self._run.stop()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _do_open(self, message: Message) -> None:
        fields = dict(message["setup"])
        fields["flags"], fields["providers"] = tuple(fields["flags"]), tuple(fields["providers"])
        setup = Setup(**fields)
        self._checkout = Checkout(setup)
        self._shortcuts = Shortcuts(self._checkout)
        self._checkout.load()
        self._pool = ThreadPoolExecutor(setup.frames_at_once, thread_name_prefix="frame")
        self._answers.send(
            "opened",
            providers=list(self._checkout.providers),
            left_out=self._shortcuts.left_out,
            python=sys.version.split()[0],
        )

    def _do_room(self, message: Message) -> None:
        self._slots = attach(
            message["handle"], message["count"], message["height_px"], message["width_px"]
        )
        self._answers.send("room")

    def _do_run(self, message: Message) -> None:
        assert self._checkout is not None  # noqa: S101  the worker opens before it runs
        assert self._shortcuts is not None  # noqa: S101  as above
        assert self._slots is not None  # noqa: S101  as above
        assert self._pool is not None  # noqa: S101  as above
        casting = Casting.of(message)
        if self._casting != casting:
            self._casting, self._work = None, None
            self._forget()
            self._work = FrameWork(
                self._checkout,
                self._shortcuts,
                photos=message["photos"],
                reference=message["reference"],
                voice=message["voice"],
                frame_rate=message["frame_rate"],
            )
            self._casting = casting
        assert self._work is not None  # noqa: S101  just made, or made for the same casting
        self._run = _Run(
            message, self._work, self._slots, self._shortcuts, self._pool, self._answers
        )
        self._answers.send("ready", run=message["run"])

    def _do_frame(self, message: Message) -> None:
        if self._run is not None:
            self._run.take(message)

    def _do_end(self, message: Message) -> None:
        """End a run: the frames in hand are finished, or dropped when ``drop`` says so."""
        run, self._run = self._run, None
        if run is not None:
            run.end(drop=message["drop"])
        self._forget()
        self._answers.send("ended", run=message["run"])

    def _do_judge(self, message: Message) -> None:
        """Say what FaceFusion's own content check thinks of the frame in a place."""
        assert self._checkout is not None  # noqa: S101  the worker opens before it asks
        assert self._slots is not None  # noqa: S101  as above
        refused = self._checkout.judge(self._slots[message["slot"]])
        self._answers.send("judged", index=message["index"], refused=refused)

    def _forget(self) -> None:
        if self._checkout is not None and self._shortcuts is not None:
            self._checkout.forget()
            self._shortcuts.forget(but=self._work.pictures if self._work else ())


class _Run:
    """One run of frames: each is worked on as soon as its neighbours have come."""

    def __init__(
        self,
        message: Message,
        work: FrameWork,
        slots: Slots,
        shortcuts: Shortcuts,
        pool: ThreadPoolExecutor,
        answers: Sender,
    ) -> None:
        self._number: int = message["run"]
        self._work, self._slots, self._shortcuts = work, slots, shortcuts
        self._pool, self._answers = pool, answers
        self._lock = threading.Condition()
        self._ring = Ring(message["halo"])
        self._in_hand = 0
        self._stopped = False

    def take(self, message: Message) -> None:
        """Take one frame; ``out`` is the place for what is made of it, -1 for a neighbour."""
        pixels = self._slots[message["slot"]]
        with self._lock:
            self._ring.add(message["index"], message["slot"], pixels, message)
            ready = self._ring.ready()
        self._begin(ready)

    def end(self, *, drop: bool) -> None:
        """Work on what waits for neighbours that do not come, and wait until all is done."""
        if drop:
            self.stop()
        with self._lock:
            ready = self._ring.rest()
        self._begin(ready)
        with self._lock:
            self._lock.wait_for(lambda: self._in_hand == 0)

    def stop(self) -> None:
        """Begin no further frame."""
        self._stopped = True

    def _begin(self, ready: list[Ready]) -> None:
        for each in ready:
            with self._lock:
                self._in_hand += 1
            self._pool.submit(self._make, each)

    def _make(self, ready: Ready) -> None:
        try:
            if not self._stopped:
                self._answers.send("frame", run=self._number, **self._made(ready))
        except WireBroken:
            self._stopped = True
        finally:
            with self._lock:
                self._in_hand -= 1
                self._lock.notify_all()

    def _made(self, ready: Ready) -> dict[str, Any]:
        order = ready.order
        try:
            out = self._slots[order["out"]]
            changed, missed = self._work.process(ready.index, ready.window, order["places"], out)
        except Exception as error:  # it goes to the worker in this frame's place
            self._stopped = True
            return {"index": ready.index, "failed": told(error)}
        with self._lock:
            freed = self._ring.done(ready.index)
        for _, pixels in freed:
            self._shortcuts.known_faces.drop(pixels)
        return {
            "index": ready.index,
            "out": order["out"],
            "changed": changed,
            "missed": missed,
            "freed": [slot for slot, _ in freed],
        }


def told(error: BaseException) -> dict[str, str]:
    """Return what the worker is to be told of ``error``: a reason and a sentence."""
    if isinstance(error, Refused):
        return {"reason": error.reason, "sentence": str(error)}
    words = " ".join(str(error).split())[:300]
    lack = isinstance(error, MemoryError) or any(sign in words.lower() for sign in _NO_ROOM)
    reason = "out_of_memory" if lack else "engine_failed"
    return {"reason": reason, "sentence": f"{type(error).__name__}: {words}"}
