"""Show the machines that a render rents at one moment: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

MachineState = Literal[
    "alive", "released", "moved", "interrupted", "expired", "ended", "terminated", "lost", "swept"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One rented machine, and the lease that it serves or served."""

    lease_id: str
    instance_id: str
    instance_type: str
    zone: str
    market: str
    """``spot`` or ``on-demand``."""
    usd_per_hour: Decimal
    state: MachineState = "alive"


Asked = Literal["apply", "apply again"]
"""``apply again``: the Jobs that were applied are over, and the file names new ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What is asked of whoever applies a job's manifests in a cluster."""

    what: Asked
    manifests: str
    """The file."""
    until: str
    """How long it is waited for, UTC, ISO 8601."""
    sees_pods: bool
    """Whether the pods can be seen from here; else only what they leave in the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rented:
    """What is known of a job's rented machines at one moment."""

    machines: tuple[Machine, ...] = ()
    """In the order they were rented, those that are gone too."""
    usd: Decimal = Decimal(0)
    """What the job has cost so far, by the prices that were told at launch."""
    usd_per_hour: Decimal = Decimal(0)
    """What those cost that are there now."""
    budget_usd: Decimal | None = None
    priced: bool = True
    """Whether anybody says what the machines cost; pods of a cluster have no price."""
    interruptions: int = 0
    may_leave: bool = False
    """Whether the job goes on by itself when this machine is switched off."""
    why_stay: str = ""
    """Why it does not, in words; empty when it does."""
    asks: Asks | None = None
    """What somebody else is to do for it, where others apply it."""

    def machine_of(self, lease_id: str | None) -> Machine | None:
        """Return the machine that serves a lease, the newest one if it had several."""
        found = (each for each in reversed(self.machines) if each.lease_id == lease_id)
        return next(found, None)
