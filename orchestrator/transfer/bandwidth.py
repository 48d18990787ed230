"""Hold what this machine sends and receives for rented ones to the rates that the user allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Protocol

LEAST_MBIT_PER_S, MOST_MBIT_PER_S = Decimal("0.5"), Decimal(100_000)
"""With less, services take the line for dead between two blocks."""
_BLOCK_BYTES = 1 << 16
_BITS = 8
_MBIT = 1_000_000
_SAVED_S = 0.2
"""What was not used for so long may be made up for; more would be a burst."""
_LONGEST_WAIT_S = 5.0


class Gate:
    """Lets so many bytes pass in a second, whoever brings them; use from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without a limit."""
        self._clock, self._bytes_per_s = clock, 0.0
        self._changed = threading.Condition()
        self._free_s = clock()
        """When what has passed so far is paid for."""

    @property
    def is_open(self) -> bool:
        """Whether there is no limit."""
        return self._bytes_per_s <= 0

    def limit(self, mbit_per_s: Decimal | None) -> None:
        """Hold to a rate from now on, what waits included; None: to none."""
        bytes_per_s = float(mbit_per_s or 0) * _MBIT / _BITS
        with self._changed:
            if bytes_per_s == self._bytes_per_s:
                return  # who waits, waits on
            self._bytes_per_s = bytes_per_s
            self._free_s = self._clock()
            self._changed.notify_all()

    def admit(self, count: int) -> None:
        """Wait until ``count`` more bytes may pass."""
        with self._changed:
            due_s, rate = self._due_s(count), self._bytes_per_s
            while self._bytes_per_s == rate and (left_s := due_s - self._clock()) > 0:
                self._changed.wait(min(left_s, _LONGEST_WAIT_S))

    def _due_s(self, count: int) -> float:
        now_s = self._clock()
        if self._bytes_per_s <= 0 or count <= 0:
            return now_s
        self._free_s = max(self._free_s, now_s - _SAVED_S) + count / self._bytes_per_s
        return self._free_s


class Bandwidth:
    """Both ways of this machine's line."""

    def __init__(self) -> None:
        """Begin without limits."""
        self.up, self.down = Gate(), Gate()
        self._is_held = False

    def limit(self, up: Decimal | None, down: Decimal | None) -> None:
        """Hold to these rates, in Mbit/s, unless a command holds the line to its own."""
        if not self._is_held:
            self.up.limit(up)
            self.down.limit(down)

    def hold(self, mbit_per_s: Decimal | None) -> None:
        """Hold both ways to one rate for as long as this process lives, whatever is set."""
        self._is_held = True
        self.up.limit(mbit_per_s)
        self.down.limit(mbit_per_s)


LINE = Bandwidth()
"""A machine has one line to the world, and so the process has one limit."""


class Readable(Protocol):
    """What a request sends."""

    def read(self, amount: int = -1, /) -> bytes:
        """Return up to so many bytes; none at the end."""
        ...

    def seek(self, *where: int) -> Any:
        """Go to another place."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """Yield it in parts."""
        ...


class Slowed:
    """A body of a request that is read no faster than a gate lets it pass."""

    def __init__(self, body: Readable, gate: Gate) -> None:
        self._body, self._gate = body, gate
        self._rest = b""

    def read(self, amount: int = -1, /) -> bytes:
        """Return the next bytes once they may go; some bodies give more than they are asked."""
        data = self._rest or self._body.read(amount)
        most = len(data) if amount < 0 else _BLOCK_BYTES
        part, self._rest = data[:most], data[most:]
        self._gate.admit(len(part))
        return part

    def __iter__(self) -> Iterator[bytes]:
        """Yield what the body yields, in blocks, each once it may go."""
        for part in self._body:
            for at in range(0, len(part), _BLOCK_BYTES):
                block = part[at : at + _BLOCK_BYTES]
                self._gate.admit(len(block))
                yield block

    def seek(self, *where: int) -> Any:
        """Go to another place of the body, as when it is sent again."""
        self._rest = b""
        return self._body.seek(*where)

    def __getattr__(self, name: str) -> Any:
        """Be the body in all else: whoever sends it seeks in it, and asks how long it is."""
        return getattr(self._body, name)


class SlowedSized(Slowed):
    """The same for a body that says how long it is."""

    def __len__(self) -> int:
        """Return the body's length."""
        return len(self._body)  # type: ignore[arg-type]  # only made of what has one


def slowed(body: Any, gate: Gate) -> Slowed:
    """Return a body that is sent no faster than ``gate`` lets it pass."""
    return SlowedSized(body, gate) if hasattr(body, "__len__") else Slowed(body, gate)
