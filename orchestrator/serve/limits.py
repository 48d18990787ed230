"""Hold callers to what one server can bear; pure but for the clock that is handed in."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from orchestrator.serve.problems import ApiRefused

GIB = 1 << 30
_MOST_CALLERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is borne at most."""

    requests_per_s: float = 20.0
    """Of one caller, lastingly."""
    burst: int = 60
    """Of one caller, at once."""
    guesses_per_s: float = 1.0
    """Requests with a wrong token, from one address."""
    guess_burst: int = 20
    body_bytes: int = 256 << 10
    """Of every body but an upload's parts."""
    part_bytes: int = 64 << 20
    """Of one part of an upload."""
    part_wait_s: float = 30.0
    """How long a part may bring nothing new."""
    video_bytes: int = 20 * GIB
    photo_bytes: int = 50 << 20
    kept_bytes: int = 200 * GIB
    """Uploads and finished videos of everybody together."""
    uploads: int = 50
    """Of one caller that no render uses."""
    jobs: int = 200
    """Of everybody together, those that are over until they are deleted too."""
    faces: int = 500
    """Of one caller."""
    streams: int = 8
    """Watched at once by one caller."""
    connections: int = 200
    upload_age_s: float = 24 * 3600.0
    """An upload that no render uses is deleted after so long."""


class Buckets:
    """Token buckets by name; safe to use from any thread."""

    def __init__(
        self, per_s: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Fill each bucket with ``burst`` and refill it at ``per_s``."""
        self._per_s, self._burst, self._clock = per_s, burst, clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> float:
        """Take one; return 0, or the seconds until there is one again."""
        with self._lock:
            now_s = self._clock()
            left, since_s = self._buckets.pop(name, (float(self._burst), now_s))
            left = min(float(self._burst), left + (now_s - since_s) * self._per_s)
            taken = left >= 1.0
            self._buckets[name] = (left - taken, now_s)
            while len(self._buckets) > _MOST_CALLERS:
                self._buckets.popitem(last=False)
            return 0.0 if taken else (1.0 - left) / self._per_s


class AtOnce:
    """Counts what goes on at once, by name; safe to use from any thread."""

    def __init__(self, most: int) -> None:
        """Let ``most`` go on for each name."""
        self._most = most
        self._lock = threading.Lock()
        self._now: dict[str, int] = {}

    @contextmanager
    def one(self, name: str) -> Iterator[None]:
        """Hold one place while the block runs.

        Raises:
            ApiRefused: all are taken.
        """
        with self._lock:
            if self._now.get(name, 0) >= self._most:
                raise ApiRefused(
                    429,
                    "too_many_streams",
                    f"{self._most} are watched at once already.",
                    "Close one, or ask for the state now and then.",
                    {"retry-after": "10"},
                )
            self._now[name] = self._now.get(name, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._now[name] -= 1
                if not self._now[name]:
                    del self._now[name]


def too_often(wait_s: float) -> ApiRefused:
    """Return the refusal of one who asks too often."""
    return ApiRefused(
        429,
        "too_often",
        "That is asked more often than this server answers.",
        "Wait as long as retry-after says, then go on.",
        {"retry-after": str(max(1, round(wait_s + 0.5)))},
    )
