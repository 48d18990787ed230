"""Be the account's machines for one video: what the desk asks for, from the pieces there are."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestrator.cloud_choice import choice_of, staged_packages
from orchestrator.cloud_errors import CloudRefused
from orchestrator.cloud_pasts import pasts_of, remember
from orchestrator.desk.entries import Receipt, ReceiptLine, Where
from orchestrator.desk.rented import Machine, Rented
from orchestrator.errors import NotSaved, SecondUnitError
from orchestrator.fleet.ec2.account import note_region
from orchestrator.fleet.ec2.address import my_address
from orchestrator.fleet.ec2.budget import bills, meter
from orchestrator.fleet.ec2.job_key import forget_key, key_of
from orchestrator.fleet.ec2.ledger import Line, alive, end_of
from orchestrator.fleet.ec2.lid import LidAnswer, LidState, can_close_laptop
from orchestrator.fleet.ec2.receipt import make_receipt, read_lines, save_receipt
from orchestrator.fleet.ec2.run import in_the_cloud
from orchestrator.fleet.ec2.setup import SetUp
from orchestrator.fleet.ec2.sweep import jobs_here, note_swept, sweep
from orchestrator.fleet.ec2.upload import Share
from orchestrator.fleet.ec2.wheelhouse import Wheelhouse
from orchestrator.home import Home
from orchestrator.job import LeaseState
from orchestrator.jobs import JobRecord, is_open, read_state
from orchestrator.places import Place
from orchestrator.snapshot import ChunkState, Snapshot
from orchestrator.staged import Staged
from remote_worker.contract.records import JobId

if TYPE_CHECKING:
    from orchestrator.cloud import Cloud
    from orchestrator.fleet.ec2.receipt import Receipt as WholeReceipt

_LOOK_S = 0.5
"""How often what a render rents is read anew; it is asked for more often."""
_CENT = Decimal("0.0001")
_DONE = (ChunkState.STORED, ChunkState.FETCHED, ChunkState.BURIED)


class Machines:
    """See :class:`~orchestrator.desk.elsewhere.Elsewhere`."""

    def __init__(self, cloud: Cloud, where: Where) -> None:
        """Sign in; what does not work is said before anything is made.

        Raises:
            SecondUnitError: nobody is signed in, or AWS does not answer.
        """
        self._cloud, self._where = cloud, where
        self._signed = cloud.sign_in(where.region)
        if not SetUp(self._signed.clients, self._signed.account).is_made():
            region = self._signed.account.region
            raise CloudRefused(
                f"Second Unit is not set up in {region} yet.",
                "Set the account up: in the settings, or by 'secondunit cloud setup'.",
            )
        self._packages: Wheelhouse | None = None
        self._ready_at: dict[str, datetime] = {}
        self._frames_before: int | None = None
        self._frames = 0
        self._budget_usd = where.budget_usd
        self._seen: Rented | None = None
        self._seen_s = float("-inf")
        self._staged: Staged | None = None

    def prepare(self, home: Home, share: Share) -> None:
        """Have in the bucket what every host fetches; the first time it takes minutes."""
        note_region(home, self._signed.account.region)
        self._packages = staged_packages(self._signed, home, share)

    def place(self, home: Home, record: JobRecord, run: int) -> Place:
        """Return where the job runs in the account."""
        packages = self._packages or staged_packages(self._signed, home, _unheard)
        choice = choice_of(home, self._signed, self._where, record, packages)
        self._budget_usd = choice.budget_usd
        there = in_the_cloud(
            self._signed.clients,
            self._signed.account,
            choice,
            lambda asked: key_of(self._cloud.secrets, asked.job_id),
            my_address,
        )
        return there(home, record, run)

    def seen(self, home: Home, job_id: JobId, now: Snapshot) -> Rented | None:
        """Return what the job's ledger and journal say of its machines."""
        self._note(now)
        if time.monotonic() - self._seen_s >= _LOOK_S:
            self._seen_s = time.monotonic()
            with contextlib.suppress(SecondUnitError, OSError):  # what was seen last stays
                self._seen = self._looked(home, job_id, now)
        return self._seen

    def _note(self, now: Snapshot) -> None:
        """Remember when each agent was first heard, and how much was rendered since the begin."""
        if self._frames_before is None:
            self._frames_before = now.frames_done
        self._frames = now.frames_done - self._frames_before
        for lease_id, state in now.leases:
            if state is LeaseState.READY:
                self._ready_at.setdefault(lease_id, datetime.now(UTC))

    def receipt(self, home: Home, job_id: JobId) -> Receipt | None:
        """Return what the job came to; while it is not over, nobody is asked what is left."""
        lines = read_lines(home, job_id)
        if not lines:
            return None
        if is_open(read_state(home, job_id)):
            return _so_far(lines)
        forget_key(self._cloud.secrets, job_id)
        with contextlib.suppress(NotSaved):  # the next quote is a guess
            remember(home, pasts_of(bills(lines, datetime.now(UTC)), self._ready_at, self._frames))
        receipt = make_receipt(self._signed.clients, self._signed.account, job_id, lines)
        save_receipt(home, receipt)
        return shown(receipt)

    def clear(self, home: Home, job_id: JobId) -> None:
        """Remove what the job has in the account, which is over by now, and keep what it cost."""
        region = self._signed.account.region
        # A sweep of the region removes what belongs to no open job.
        report = sweep(self._signed.clients, self._signed.account, (region,), jobs_here(home))
        note_swept(home, report)
        forget_key(self._cloud.secrets, job_id)
        if lines := read_lines(home, job_id):
            save_receipt(
                home, make_receipt(self._signed.clients, self._signed.account, job_id, lines)
            )

    def _looked(self, home: Home, job_id: JobId, now: Snapshot) -> Rented | None:
        lines = read_lines(home, job_id)
        if not lines:
            return None
        answer = self._lid(home, job_id, now, lines)
        return _rented(lines, self._budget_usd, answer)

    def _lid(self, home: Home, job_id: JobId, now: Snapshot, lines: tuple[Line, ...]) -> LidAnswer:
        """Return whether the laptop may be closed."""
        staged = self._staged = self._staged or Staged(home, job_id)
        unfinished = {c.chunk_id for c in now.chunks if c.state not in _DONE}
        kept = self._where.keep_going or _all_on_demand(lines)
        return can_close_laptop(
            LidState(
                in_the_cloud=True,
                at_rest=now.phase.is_terminal,
                staged=unfinished <= staged.chunks(),
                unfinished=len(unfinished),
                machines_ready=sum(state is LeaseState.READY for _, state in now.leases),
                machines_kept=kept,
                left_s=now.left_s,
                paid_s=_paid_s(lines),
            )
        )


def _rented(lines: tuple[Line, ...], budget_usd: Decimal | None, answer: LidAnswer) -> Rented:
    now = datetime.now(UTC)
    cost = meter(lines, now)
    return Rented(
        machines=tuple(
            Machine(
                lease_id=bill.launched.lease_id,
                instance_id=bill.launched.instance_id,
                instance_type=bill.launched.instance_type,
                zone=bill.launched.zone,
                market=bill.launched.market,
                usd_per_hour=bill.launched.usd_per_hour,
                state=bill.how or "alive",
            )
            for bill in bills(lines, now)
        ),
        usd=cost.usd.quantize(_CENT),
        usd_per_hour=cost.usd_per_hour.quantize(_CENT),
        budget_usd=budget_usd,
        interruptions=cost.interruptions,
        may_leave=answer.may_close,
        why_stay="" if answer.may_close else answer.why,
    )


def _all_on_demand(lines: tuple[Line, ...]) -> bool:
    living = alive(lines)
    return bool(living) and all(each.market == "on-demand" for each in living)


def _paid_s(lines: tuple[Line, ...]) -> float | None:
    """Return for how long the first of the living machines to end may still live."""
    ends = [end_of(lines, each) for each in alive(lines)]
    known = [end for end in ends if end is not None]
    if not known:
        return None
    return max(0.0, (min(known) - datetime.now(UTC)).total_seconds())


def _so_far(lines: tuple[Line, ...]) -> Receipt:
    """Return what a job that rests has cost until now; what it has there is meant to be there."""
    now = datetime.now(UTC)
    cost = meter(lines, now)
    return Receipt(
        usd=cost.usd.quantize(_CENT),
        on_demand_usd=cost.on_demand_usd.quantize(_CENT),
        seconds=cost.seconds,
        interruptions=cost.interruptions,
        lines=tuple(
            ReceiptLine(
                instance_type=bill.launched.instance_type,
                zone=bill.launched.zone,
                market=bill.launched.market,
                seconds=bill.seconds,
                usd=bill.usd.quantize(_CENT),
                how=bill.how or "",
            )
            for bill in bills(lines, now)
        ),
    )


def shown(receipt: WholeReceipt) -> Receipt:
    """Return what the queue keeps of a receipt."""
    proof = receipt.proof
    return Receipt(
        usd=receipt.usd,
        on_demand_usd=receipt.on_demand_usd,
        seconds=receipt.seconds,
        interruptions=receipt.interruptions,
        lines=tuple(
            ReceiptLine(
                instance_type=line.instance_type,
                zone=line.zone,
                market=line.market,
                seconds=line.seconds,
                usd=line.usd,
                how=line.how or "",
            )
            for line in receipt.instances
        ),
        left=(*(f"{thing.kind} {thing.id}" for thing in proof.left), *proof.unseen),
        looked_at=proof.at,
    )


def _unheard(done: int, total: int) -> None:
    """Hear how much is sent; whoever prepared was told."""
