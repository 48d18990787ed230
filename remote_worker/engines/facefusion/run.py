"""Send one run of frames through the FaceFusion process, a second time should it fail."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol

import numpy as np

from remote_worker.engines import Casting, Frame, Rendered
from remote_worker.engines.facefusion.child import Child, ChildFailed, failure
from remote_worker.engines.facefusion.flow import Flight, Reach
from remote_worker.engines.facefusion.slots import Slots
from remote_worker.engines.facefusion.wire import Message
from remote_worker.errors import EngineFailed

_ABANDON_S = 20.0


class Host(Protocol):
    """What a run asks of the engine."""

    @property
    def child(self) -> Child:
        """The process, started anew when there is none."""
        ...

    @property
    def in_places(self) -> int:
        """How many places there are for frames as they are."""
        ...

    @property
    def out_places(self) -> int:
        """How many places there are for what is made of them."""
        ...

    @property
    def frame_deadline_s(self) -> float:
        """How long to wait for the next frame."""
        ...

    @property
    def prepare_deadline_s(self) -> float:
        """How long to wait until a run can begin."""
        ...

    @property
    def frame_rate(self) -> float:
        """Frames a second, for the sound that lips follow."""
        ...

    def slots_for(self, frame: Frame) -> Slots:
        """Return places for frames of the size of ``frame``."""
        ...

    def blob(self, name: str) -> str:
        """Return the path of a file that the settings name; empty when they name none."""
        ...

    def next_run(self) -> int:
        """Return a number for a run."""
        ...

    def frame_came(self) -> None:
        """Note that the process has made a frame."""
        ...

    def can_spare(self, error: ChildFailed) -> bool:
        """Whether another attempt may help; the next process is then set up for it."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


class Run:
    """One run of frames; used once."""

    def __init__(self, host: Host, reach: Reach, casting: Casting) -> None:
        """Send nothing yet."""
        self._host, self._reach, self._casting = host, reach, casting
        self._number = 0
        self._flight = Flight(reach.wanted.start)
        self._slots: Slots | None = None
        self._tried_again = False

    def frames(self, source: Iterator[Frame]) -> Iterator[Rendered]:
        """Yield what is made of each wanted frame of ``source``, in order.

        Raises:
            ChildFailed: the process failed, and failed again where another attempt was made.
            WorkerError: the frames cannot be read, or a photo is missing.
        """
        for frame in source:
            if self._reach.needs(frame.index):
                self._with_another_try(partial(self._send, frame))
                self._with_another_try(self._wait_for_room)
            elif frame.index in self._reach.wanted:
                self._flight.ready[frame.index] = Rendered(frame.index, None)
            yield from self._in_order()
        self._with_another_try(self._end)
        yield from self._in_order()

    def abandon(self) -> None:
        """Have the process drop what is in hand, or end it should it not."""
        if self._slots is None:
            return
        try:
            self._host.child.send("end", run=self._number, drop=True)
            self._host.child.expect("ended", _ABANDON_S)
        except ChildFailed:
            self._host.close()

    def _in_order(self) -> Iterator[Rendered]:
        flight = self._flight
        while flight.following in flight.ready:
            yield flight.ready.pop(flight.following)
            flight.following += 1

    def _with_another_try(self, perform: Callable[[], None]) -> None:
        """Perform it; should the process fail, send all to another, once a run."""
        try:
            perform()
        except ChildFailed as error:
            self._host.close()
            if self._tried_again or not self._host.can_spare(error):
                raise
            self._tried_again = True
            self._send_again()
            perform()

    def _send_again(self) -> None:
        flight = self._flight
        frames, unfinished = list(flight.sent.values()), set(flight.waiting)
        self._slots = None
        flight.sent.clear()
        flight.waiting.clear()
        for frame in frames:
            self._send(frame, unfinished)

    def _begin(self, frame: Frame) -> Slots:
        """Have the process ready for this run."""
        host, flight = self._host, self._flight
        slots = host.slots_for(frame)
        flight.ins = deque(range(host.in_places))
        flight.outs = deque(range(host.in_places, host.in_places + host.out_places))
        self._number = host.next_run()
        host.child.send("run", **self._fields())
        host.child.expect("ready", host.prepare_deadline_s)
        self._slots = slots
        return slots

    def _fields(self) -> dict[str, Any]:
        try:
            photos = [
                [str(self._casting.photos[digest]) for digest in digests]
                for digests in self._reach.places.photos
            ]
        except KeyError as error:
            raise EngineFailed("A photo of a source face was not handed over.") from error
        return {
            "run": self._number,
            "halo": self._reach.halo,
            "photos": photos,
            "reference": self._host.blob("reference"),
            "voice": self._host.blob("voice"),
            "frame_rate": self._host.frame_rate,
        }

    def _send(self, frame: Frame, only: set[int] | None = None) -> None:
        """Send one frame, to be worked on (of ``only`` these, if given) or as a neighbour."""
        if frame.index in self._flight.sent:
            return  # it was sent again already, after a failure in sending it
        flight, slots = self._flight, self._slots or self._begin(frame)
        works = self._reach.works_on(frame.index) and (only is None or frame.index in only)
        self._wait_for_room()
        inside, out = flight.ins.popleft(), flight.outs.popleft() if works else -1
        np.copyto(slots[inside], frame.pixels)
        flight.sent[frame.index] = frame
        if works:
            flight.waiting.add(frame.index)
        height_px, width_px = frame.pixels.shape[:2]
        places = self._reach.places.of(frame.index, height_px, width_px) if works else ()
        self._host.child.send(
            "frame",
            index=frame.index,
            slot=inside,
            out=out,
            places=[[p.face, p.left, p.top, p.right, p.bottom] for p in places],
        )

    def _wait_for_room(self) -> None:
        """Wait until another frame can be worked on; before it is asked for, as decoding costs."""
        while self._slots is not None and not (self._flight.ins and self._flight.outs):
            self._take(self._next())

    def _next(self) -> Message:
        return self._host.child.receive(self._host.frame_deadline_s)

    def _take(self, message: Message) -> None:
        """Take one finished frame out of its place."""
        if message["kind"] != "frame" or message["run"] != self._number:
            return
        if "failed" in message:
            raise failure(message["failed"])
        flight, out = self._flight, message["out"]
        if self._slots is None:
            raise AssertionError("a frame came of a run that has not begun")
        pixels = self._slots[out].copy() if message["changed"] else None
        flight.ins.extend(message["freed"])
        flight.outs.append(out)
        self._host.frame_came()
        flight.done(Rendered(message["index"], pixels, message["missed"]), self._reach.halo)

    def _end(self) -> None:
        """Have what waits for neighbours that do not come worked on, and take the rest."""
        if self._slots is None:
            return
        self._host.child.send("end", run=self._number, drop=False)
        while (message := self._next())["kind"] != "ended":
            self._take(message)
        self._slots = None
