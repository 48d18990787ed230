"""Be machines elsewhere that are threads of this process, and be told how to fail."""

from __future__ import annotations

import threading
from decimal import Decimal

from orchestrator.desk.entries import Receipt, ReceiptLine
from orchestrator.desk.rented import Machine, Rented
from orchestrator.places import on_this_machine
from remote_worker.contract.messages import Bye
from tests.fakes.fleets import FakeFleet, hello

MACHINE = Machine(
    lease_id="lease-1", instance_id="i-1", instance_type="g6.xlarge", zone="us-east-2a",
    market="spot", usd_per_hour=Decimal("0.26"),
)  # fmt: skip
LINE = ReceiptLine(
    instance_type="g6.xlarge", zone="us-east-2a", market="spot", seconds=900,
    usd=Decimal("0.21"), how="released",
)  # fmt: skip
PAID = Receipt(
    usd=Decimal("0.21"), on_demand_usd=Decimal("0.60"), seconds=900, interruptions=1,
    lines=(LINE,), looked_at="2026-01-01T00:00:00+00:00",
)  # fmt: skip


def hold(fleet, lease_id):
    """Say hello and do nothing until told to end."""
    yield hello(lease_id)
    fleet.await_order(lease_id)
    yield Bye(reason="drained")


class Leaving(FakeFleet):
    """A fleet whose workers go on without this machine."""

    left = 0

    def leave(self):
        self.left += 1
        self.over.set()


class Rentals:
    """Stands where the account and the clusters do; one fleet after the other.

    ``error`` is raised when machines are asked for, ``unclear`` when they are to be cleared.
    """

    def __init__(self) -> None:
        self.fleets: list[FakeFleet] = []
        self.error: Exception | None = None
        self.unclear: Exception | None = None
        self.receipt_now: Receipt | None = PAID
        self.may_leave = False
        self.wheres, self.cleared = [], []
        self.was_cleared = threading.Event()

    def __call__(self, where):
        self.wheres.append(where)
        if self.error is not None:
            raise self.error
        return self

    def prepare(self, home, share):
        del home
        share(1, 2)

    def place(self, home, record, run):
        fleet = self.fleets.pop(0) if self.fleets else FakeFleet()
        return on_this_machine(fleet)(home, record, run)

    def seen(self, home, job_id, now):
        del home, job_id, now
        return Rented(
            machines=(MACHINE,),
            usd=Decimal("0.07"),
            usd_per_hour=Decimal("0.26"),
            may_leave=self.may_leave,
        )

    def receipt(self, home, job_id):
        del home, job_id
        return self.receipt_now

    def clear(self, home, job_id):
        if self.unclear is not None:
            raise self.unclear
        assert home.job(job_id).is_dir(), "what was launched for it is not known any more"
        self.cleared.append(job_id)
        self.was_cleared.set()
