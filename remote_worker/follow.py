"""Be one end of a line to an agent on this host: ``python -m remote_worker.follow``.

What the agent writes to its spool goes to standard output, from a given byte on; what comes
on standard input goes to the agent.  The line may break at any time and be laid again from
the byte that was read last: the agent does not notice.  For hosts that are reached by SSH;
POSIX only, as those are.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import os
import sys
import threading
import time
from pathlib import Path

from remote_worker.lines import EXIT_AGENT_GONE, EXIT_LINE_ENDED, WORD

_LOOK_S = 0.1
_LOCK_TRIES = 10
_BIRTH_S = 30.0
"""An agent that has never spoken may take so long to begin."""
_PART_BYTES = 1 << 16
_LONGEST_LINE_BYTES = 1 << 16


def main(arguments: list[str] | None = None) -> int:
    """Carry lines both ways until the line or the agent ends; return which it was."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker.follow", description=__doc__)
    for name in ("--spool", "--orders", "--alive", "--sign"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--start", type=int, default=0, help="byte of the spool to begin at")
    asked = parser.parse_args(arguments)
    ended = threading.Event()
    back = threading.Thread(
        target=_carry_orders, args=(asked.orders, asked.sign, ended), name="orders", daemon=True
    )
    back.start()
    return _carry_spool(asked.spool, asked.start, asked.alive, ended)


def is_alive(alive: Path) -> bool:
    """Return whether an agent holds the lock that it holds for as long as it lives."""
    try:
        with alive.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError as error:
        return error.errno in (errno.EWOULDBLOCK, errno.EACCES)
    return False


def hold_alive(alive: Path) -> int:
    """Hold the lock of an agent's life; it goes with the process, however that ends.

    Raises:
        OSError: another agent holds it.
    """
    handle = os.open(alive, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    for left in reversed(range(_LOCK_TRIES)):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:  # whoever looks whether we live holds it for an instant
            if not left:
                os.close(handle)
                raise
            time.sleep(_LOOK_S)
    return handle


def open_orders(orders: Path) -> int:
    """Return the end of the agent's pipe for orders that it reads; it never sees its end."""
    with contextlib.suppress(FileExistsError):  # an earlier agent of this host made it
        os.mkfifo(orders, 0o600)
    return os.open(orders, os.O_RDWR | os.O_CLOEXEC)


def _carry_spool(spool: Path, start: int, alive: Path, ended: threading.Event) -> int:
    place, born_by_s = start, time.monotonic() + _BIRTH_S
    while not ended.is_set():
        was_alive = is_alive(alive)  # asked first: what it wrote last is read after
        part = _read(spool, place)
        if part:
            place += len(part)
            if not _write(1, part):
                break
        elif not was_alive and (place or time.monotonic() > born_by_s):
            return EXIT_AGENT_GONE
        else:
            ended.wait(_LOOK_S)
    return EXIT_LINE_ENDED


def _read(spool: Path, place: int) -> bytes:
    try:
        with spool.open("rb") as file:
            file.seek(place)
            return file.read(_PART_BYTES)
    except FileNotFoundError:
        return b""  # the agent has not spoken yet


def _write(output: int, data: bytes) -> bool:
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(output, view) :]
    except OSError:
        return False
    return True


def _carry_orders(orders: Path, sign: Path, ended: threading.Event) -> None:
    line = b""
    while part := os.read(0, _PART_BYTES):
        *lines, line = (line + part).split(b"\n")
        for each in lines:
            _carry_order(each + b"\n", orders, sign)
        if len(line) > _LONGEST_LINE_BYTES:
            break  # no order is that long: whoever speaks is none of ours
    ended.set()


def _carry_order(line: bytes, orders: Path, sign: Path) -> None:
    with contextlib.suppress(OSError):  # a full disk: the next word may be written
        sign.touch()
    if line == WORD:
        return
    try:
        pipe = os.open(orders, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        print(f"no agent takes orders: {error}", file=sys.stderr, flush=True)  # noqa: T201  # the line's other end reads it
        return
    try:
        _write(pipe, line)
    finally:
        os.close(pipe)


if __name__ == "__main__":
    sys.exit(main())
