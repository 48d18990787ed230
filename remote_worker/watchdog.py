"""End this host when nobody needs it: ``python -m remote_worker.watchdog``.

It asks for no job's status.  It sees one file that is touched by whoever has use for the
host (the agent when it claims or stores, the desktop with its word), one that the agent
holds locked while it lives, and one deadline that nothing moves.  Standard library only, a
process of its own: a hung agent does not stop it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_S = 1.0
_WAYS_DOWN: tuple[tuple[str, ...], ...] = (
    ("shutdown", "-h", "now"),
    ("systemctl", "poweroff"),
    ("poweroff", "-f"),
)
_ORDER_S = 20.0
_AGAIN_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long the host may live."""

    idle_s: float
    """Without a sign of use."""
    life_s: float
    """In all, from the watchdog's start."""
    alone_s: float = 60.0
    """Without a sign of use when there was an agent and it has ended."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What was seen so far, by the monotonic clock; a wall clock that is set moves nothing."""

    began_s: float
    used_s: float
    """When the sign last changed."""
    sign: int | None
    """The sign file's time as it was then, in nanoseconds; None while there was none."""


def seen(watch: Watch, now_s: float, sign: int | None) -> Watch:
    """Return the watch after one look at the sign."""
    if sign is None or sign == watch.sign:
        return watch
    return Watch(watch.began_s, now_s, sign)


def why_end(watch: Watch, now_s: float, limits: Limits, *, agent_ended: bool = False) -> str | None:
    """Return why the host is to end now, or None."""
    if now_s - watch.began_s >= limits.life_s:
        return "its time is over"
    if now_s - watch.used_s >= limits.idle_s:
        return "nobody used it"
    if agent_ended and now_s - watch.used_s >= limits.alone_s:
        return "its agent has ended"
    return None


def stand_watch(
    sign: Path,
    limits: Limits,
    *,
    alive: Path | None = None,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> str:
    """Return, with the reason, when the host is to end."""
    began_s = clock()
    watch = Watch(began_s, began_s, time_of(sign))
    while True:
        now_s = clock()
        watch = seen(watch, now_s, time_of(sign))
        ended = alive is not None and has_ended(alive)
        if (why := why_end(watch, now_s, limits, agent_ended=ended)) is not None:
            return why
        pause(_LOOK_S)


def take_down(ways: Sequence[Sequence[str]] = _WAYS_DOWN) -> bool:
    """Order the host down; return whether an order was taken."""
    for way in ways:
        try:
            done = subprocess.run(list(way), check=False, capture_output=True, timeout=_ORDER_S)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"{way[0]}: {error}", file=sys.stderr, flush=True)  # noqa: T201  # the host's log
            continue
        if done.returncode == 0:
            return True
        print(f"{way[0]}: status {done.returncode}", file=sys.stderr, flush=True)  # noqa: T201  # the host's log
    return False


def main(arguments: list[str] | None = None) -> int:
    """Stand watch, then order the host down until it is."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker.watchdog", description=__doc__)
    parser.add_argument("--sign", type=Path, required=True, help="file that is touched while used")
    parser.add_argument("--idle-s", type=float, required=True)
    parser.add_argument("--life-s", type=float, required=True)
    parser.add_argument("--alive", type=Path, help="file that the agent holds locked")
    parser.add_argument("--alone-s", type=float, default=60.0)
    asked = parser.parse_args(arguments)
    limits = Limits(idle_s=asked.idle_s, life_s=asked.life_s, alone_s=asked.alone_s)
    why = stand_watch(asked.sign, limits, alive=asked.alive)
    print(f"this host ends: {why}", file=sys.stderr, flush=True)  # noqa: T201  # the host's log
    while True:
        take_down()
        time.sleep(_AGAIN_S)  # the order may be taken and lost; the host's end ends this


def has_ended(alive: Path) -> bool:
    """Return whether there was an agent and none holds its lock any more; POSIX only."""
    import fcntl  # hosts are POSIX; the module is read everywhere

    try:
        with alive.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False  # none was there yet, or one holds it
    return True


def time_of(sign: Path) -> int | None:
    """Return when the sign was touched, in nanoseconds; None while there is none."""
    try:
        return sign.stat().st_mtime_ns
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main())
