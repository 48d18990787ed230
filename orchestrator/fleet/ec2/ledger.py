"""Write down what is asked of an account before it is asked, so that a crash forgets nothing."""

from __future__ import annotations

import io
import json
import os
import threading
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from orchestrator.errors import JournalBroken
from orchestrator.fleet.ec2.names import Market
from remote_worker.contract.coding import ContractError, from_plain, to_plain

Ending = Literal[
    "released", "moved", "interrupted", "expired", "ended", "terminated", "lost", "swept"
]
"""``released``: by us, as it was done.  ``moved``: by us, as a cheaper one took over.  ``swept``:
by us, as a leftover.  The others are those of :data:`~orchestrator.events.Loss`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A launch was about to be asked for, under this token."""

    lease_id: str
    attempt: int
    token: str
    region: str
    pools: tuple[tuple[str, str], ...]
    """Instance type and subnet of each pool that was named."""
    market: Market
    template_id: str = ""
    """Of the launch template: a call that is made again names the same."""
    ends_at: str = ""
    """When the instance is to be gone at the latest, as it is tagged."""
    at: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched:
    """An instance is ours from here on."""

    lease_id: str
    token: str
    instance_id: str
    instance_type: str
    zone: str
    region: str
    market: Market
    usd_per_hour: Decimal
    on_demand_usd_per_hour: Decimal
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLaunch:
    """No instance came of a launch; its token is used up."""

    lease_id: str
    token: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedInstance:
    """AWS itself said that an instance is terminated."""

    instance_id: str
    how: Ending
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """An instance that was launched beside one lease's serves another from here on."""

    instance_id: str
    lease_id: str
    at: str


Line = Asked | Launched | RefusedLaunch | EndedInstance | TakenOver
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Asked, Launched, RefusedLaunch, EndedInstance, TakenOver)
}


class Ledger:
    """A job's lines in a file, each flushed to disk before the call returns."""

    def __init__(self, path: Path) -> None:
        """Open or begin the file; what a killed process wrote of a line is cut off.

        Raises:
            JournalBroken: a whole line cannot be read.
            OSError: the file cannot be opened.
        """
        self._path, self._lock = path, threading.Lock()
        path.touch(exist_ok=True)
        whole = path.read_bytes()
        end = whole.rfind(b"\n") + 1
        self._lines = [_read(path, line) for line in whole[:end].decode().splitlines()]
        if end < len(whole):
            os.truncate(path, end)
        self._file: io.FileIO | None = None

    @staticmethod
    def read(path: Path) -> tuple[Line, ...]:
        """Return what a file says, whoever else is writing to it; a line half there is not.

        Raises:
            JournalBroken: a whole line cannot be read.
            OSError: the file cannot be opened.
        """
        whole = path.read_bytes()
        end = whole.rfind(b"\n") + 1
        return tuple(_read(path, line) for line in whole[:end].decode().splitlines())

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that was written, in order."""
        with self._lock:
            return tuple(self._lines)

    def write(self, line: Line) -> None:
        """Write ``line``; it is on disk when this returns.

        Raises:
            OSError: it could not be written, and nothing may be asked of the account.
        """
        text = json.dumps({"kind": type(line).__name__, "line": to_plain(line)}) + "\n"
        with self._lock:
            file = self._file = self._file or io.FileIO(self._path, "a")
            file.write(text.encode())
            os.fsync(file.fileno())
            self._lines.append(line)

    def close(self) -> None:
        """Let go of the file; whoever writes again opens it again."""
        with self._lock:
            if self._file is not None:
                self._file.close()
            self._file = None


def unanswered(lines: tuple[Line, ...]) -> tuple[Asked, ...]:
    """Return the launches of which nobody knows what came: they are asked again, same token."""
    answered = {line.token for line in lines if isinstance(line, Launched | RefusedLaunch)}
    return tuple(line for line in lines if isinstance(line, Asked) and line.token not in answered)


def launches(lines: tuple[Line, ...]) -> tuple[Launched, ...]:
    """Return every instance that there was, with the lease that it serves or served last."""
    heirs = {line.instance_id: line.lease_id for line in lines if isinstance(line, TakenOver)}
    return tuple(
        replace(line, lease_id=heirs.get(line.instance_id, line.lease_id))
        for line in lines
        if isinstance(line, Launched)
    )


def alive(lines: tuple[Line, ...]) -> tuple[Launched, ...]:
    """Return the instances that AWS has not said to be terminated."""
    ended = {line.instance_id for line in lines if isinstance(line, EndedInstance)}
    return tuple(each for each in launches(lines) if each.instance_id not in ended)


def end_of(lines: tuple[Line, ...], launched: Launched) -> datetime | None:
    """Return when an instance is to be gone at the latest; None where nobody wrote it down."""
    told = [line.ends_at for line in lines if isinstance(line, Asked)
            and line.token == launched.token and line.ends_at]  # fmt: skip
    return datetime.fromisoformat(told[-1]) if told else None


def next_attempt(lines: tuple[Line, ...], lease_id: str) -> int:
    """Return the number, from 1, of a lease's next attempt: no token is used twice."""
    made = [line.attempt for line in lines if isinstance(line, Asked) and line.lease_id == lease_id]
    return max(made, default=0) + 1


def _read(path: Path, text: str) -> Line:
    try:
        plain = json.loads(text)
        line: Line = from_plain(_KINDS[plain["kind"]], plain["line"])
        return line
    except (ValueError, KeyError, TypeError, ContractError) as error:
        raise JournalBroken(
            f"The list of launches {path} cannot be read.",
            "Sweep the account with 'secondunit cloud sweep', then move the file away.",
        ) from error
