"""Say by AWS's own words how an instance went that we did not end; pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestrator.events import Loss

GONE_STATES = ("shutting-down", "terminated")

_EARLY = timedelta(seconds=60)
"""Whole minutes are ordered, and clocks differ: so much before its end its time is over too."""
_TAKEN = ("Server.SpotInstanceTermination", "Server.SpotInstanceShutdown")
_BY_ITSELF = "Client.InstanceInitiatedShutdown"
_BY_CALL = "Client.UserInitiatedShutdown"
"""Whoever called: the user, another machine of theirs, or a schedule of ours."""
_WHEN = re.compile(r"\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) GMT\)")
"""How EC2 says in ``StateTransitionReason`` when somebody ended an instance."""
WORDS: dict[Loss, tuple[str, str]] = {
    "interrupted": ("AWS took the instance back.", "Another is asked for."),
    "expired": (
        "The instance's time was over: its budget or limit paid for no more.",
        "Raise the budget, then resume the job.",
    ),
    "ended": (
        "The instance shut itself down, as its agent had ended or nobody used it.",
        "Another is asked for.",
    ),
    "terminated": ("Somebody terminated the instance in the account.", "Another is asked for."),
    "lost": ("The instance could not be reached any more.", "Another is asked for."),
}


def loss_of(described: dict[str, Any], ends_at: datetime | None, now: datetime) -> Loss:
    """Return how an instance went, as DescribeInstances tells of one that is going or gone.

    ``ends_at`` is when it was to be gone at the latest; see the EC2 API's ``StateReason``
    and ``StateTransitionReason``.
    """
    code = str(described.get("StateReason", {}).get("Code") or "")
    if code in _TAKEN:
        return "interrupted"
    if code not in (_BY_ITSELF, _BY_CALL):
        return "lost"
    if ends_at is not None and (_told(described) or now.astimezone(UTC)) >= ends_at - _EARLY:
        return "expired"
    return "ended" if code == _BY_ITSELF else "terminated"


def is_gone(described: dict[str, Any]) -> bool:
    """Return whether an instance is going or gone, by what EC2 says of it."""
    return described.get("State", {}).get("Name") in GONE_STATES


def ended_at(described: dict[str, Any], ends_at: datetime | None, now: datetime) -> datetime:
    """Return when an instance that is gone ended; whoever was away sees it only afterwards.

    Where EC2 does not say when, it was no later than ``ends_at``.
    """
    latest = now if ends_at is None else min(now, ends_at)
    told = _told(described)
    return latest if told is None else min(told, now)


def _told(described: dict[str, Any]) -> datetime | None:
    found = _WHEN.search(str(described.get("StateTransitionReason") or ""))
    if found is None:
        return None
    return datetime.strptime(found.group(1), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
