"""Remember how quick rented machines were, so that the next quote is no guess."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from orchestrator.errors import NotSaved
from orchestrator.fleet.ec2.budget import Bill
from orchestrator.fleet.ec2.quote import Past
from orchestrator.home import Home
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, from_plain, to_plain

_FILE = "cloud-pasts.json"
_KEPT = 100
"""Of the newest: prices of time change with drivers and engines."""


def pasts_of(
    bills: Iterable[Bill], ready_at: Mapping[str, datetime], frames: int
) -> tuple[Past, ...]:
    """Return what a job's instances did; ``frames`` were rendered by all of them together.

    ``ready_at`` is when each lease's agent was first heard.  Each instance is taken to have
    rendered for its share of the time.
    """
    spans = [
        (bill, bill_ready, _rendered_s(bill, bill_ready))
        for bill in bills
        if (bill_ready := ready_at.get(bill.launched.lease_id)) is not None
    ]
    total_s = sum(span_s for *_, span_s in spans)
    if frames <= 0 or total_s <= 0:
        return ()
    return tuple(
        Past(
            instance_type=bill.launched.instance_type,
            boot_s=max(0.0, (ready - datetime.fromisoformat(bill.launched.at)).total_seconds()),
            frames=round(frames * span_s / total_s),
            render_s=span_s,
        )
        for bill, ready, span_s in spans
        if span_s > 0
    )


def read_pasts(home: Home) -> tuple[Past, ...]:
    """Return what is remembered, the oldest first; nothing where it cannot be read."""
    try:
        plain = json.loads((home.root / _FILE).read_bytes())
        return tuple(from_plain(Past, each) for each in plain)
    except (OSError, ValueError, TypeError, ContractError):
        return ()  # a guess is made again


def remember(home: Home, new: Iterable[Past]) -> None:
    """Add to what is remembered.

    Raises:
        NotSaved: it could not be written; what was there is untouched.
    """
    kept = [*read_pasts(home), *new][-_KEPT:]
    text = json.dumps([to_plain(each) for each in kept]) + "\n"
    try:
        write_whole(home.root / _FILE, [text.encode()])
    except OSError as error:
        raise NotSaved(
            f"How quick the machines were could not be written ({error.strerror}).",
            "Check the disk; the next quote is a guess.",
        ) from error


def _rendered_s(bill: Bill, ready: datetime) -> float:
    ended = bill.ended_at
    return max(0.0, (datetime.fromisoformat(ended) - ready).total_seconds()) if ended else 0.0
