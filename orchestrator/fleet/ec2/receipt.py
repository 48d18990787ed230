"""Write after each job what it cost and that nothing of it is left, as AWS says afterwards."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.fleet.ec2.budget import Bill, bills, meter
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.ledger import Ending, Launched, Ledger, Line
from orchestrator.fleet.ec2.names import Market
from orchestrator.fleet.ec2.patience import wait_until
from orchestrator.fleet.ec2.setup import Account
from orchestrator.fleet.ec2.things import Inventory, Thing, look
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, digest_of, from_text, to_plain
from remote_worker.contract.records import JobId

VERSION = 1
LEDGER = "launches.jsonl"
"""A job's ledger in its folder."""
_SETTLE_S = 120.0
"""Disks of instances that ended a moment ago are gone within this."""
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceLine:
    """One instance of a job."""

    instance_id: str
    instance_type: str
    zone: str
    region: str
    market: Market
    began_at: str
    ended_at: str
    how: Ending | None
    """None: nobody has heard of its end; the proof tells whether it is there."""
    seconds: int
    usd_per_hour: Decimal
    usd: Decimal
    on_demand_usd: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a fresh listing of the account showed after the job."""

    at: str
    regions: tuple[str, ...]
    left: tuple[Thing, ...]
    """Empty: everything that the job made is gone."""
    unseen: tuple[str, ...]
    """Where nobody could look; empty: everywhere was looked."""

    @property
    def holds(self) -> bool:
        """Whether everything is gone, and that was seen."""
        return not self.left and not self.unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a job cost and what is left of it."""

    version: int = VERSION
    job_id: str
    made_at: str
    instances: tuple[InstanceLine, ...]
    seconds: int
    usd: Decimal
    on_demand_usd: Decimal
    interruptions: int
    proof: Proof

    @property
    def saved_usd(self) -> Decimal:
        """What was saved against on-demand instances for the same seconds."""
        return self.on_demand_usd - self.usd

    @property
    def saved_share(self) -> Decimal:
        """The same as a share from 0 to 1."""
        return self.saved_usd / self.on_demand_usd if self.on_demand_usd else _ZERO


def make_receipt(
    clients: Clients,
    account: Account,
    job_id: str,
    lines: Iterable[Line],
    *,
    patience_s: float = _SETTLE_S,
) -> Receipt:
    """Return the receipt of a job that was cleared away; what is going is waited for.

    What could not be looked at is in the proof, which does not hold then.
    """
    lines = tuple(lines)
    regions = {line.region for line in lines if isinstance(line, Launched)} | {account.region}
    seen: list[Inventory] = []

    def is_gone() -> bool:
        seen[:] = [look(clients, account, sorted(regions))]
        return not seen[0].of_job(job_id)

    with contextlib.suppress(CloudUnreachable):  # what is left is in the proof
        wait_until(is_gone, patience_s)
    return receipt_of(job_id, lines, seen[0], datetime.now(UTC))


def receipt_of(job_id: str, lines: tuple[Line, ...], found: Inventory, now: datetime) -> Receipt:
    """Return the receipt by a ledger and what was found afterwards; pure."""
    cost = meter(lines, now)
    return Receipt(
        job_id=job_id,
        made_at=now.isoformat(timespec="seconds"),
        instances=tuple(_line(bill) for bill in bills(lines, now)),
        seconds=cost.seconds,
        usd=_cents(cost.usd),
        on_demand_usd=_cents(cost.on_demand_usd),
        interruptions=cost.interruptions,
        proof=Proof(
            at=found.at, regions=found.regions, left=found.of_job(job_id), unseen=found.unseen
        ),
    )


def save_receipt(home: Home, receipt: Receipt) -> Path:
    """Write a receipt where cleaning leaves it, and return the file.

    Raises:
        OSError: it could not be written.
    """
    path = _folder(home) / f"{receipt.job_id}.json"
    told = {**to_plain(receipt), "sha256": digest_of(receipt)}
    write_whole(path, [(json.dumps(told, indent=1) + "\n").encode()])
    return path


def receipts(home: Home) -> tuple[Receipt, ...]:
    """Return the receipts of this machine, the oldest first; one that was changed is left out."""
    found = (_read(path) for path in sorted(_folder(home).glob("*.json")))
    return tuple(each for each in found if each is not None)


def spent_usd(home: Home, month: str, now: datetime, *, but: str = "") -> Decimal:
    """Return what jobs have cost in a month such as ``2026-11`` (UTC), open ones so far.

    A job counts for the month in which its instances began; the job ``but`` is left out.

    Raises:
        JournalBroken: a job's ledger cannot be read, so that nobody knows what was spent.
    """
    done = receipts(home)
    usd = sum((_in_month(line, month) for each in done for line in each.instances), _ZERO)
    known = {each.job_id for each in done} | {but}
    for job_id in list_jobs(home):
        path = home.job(job_id) / LEDGER
        if job_id not in known and path.exists():
            usd += sum((_in_month(_line(bill), month) for bill in _bills_in(path, now)), _ZERO)
    return usd


def read_lines(home: Home, job_id: JobId) -> tuple[Line, ...]:
    """Return a job's ledger as it stands; nothing where it has none.

    Raises:
        JournalBroken: it cannot be read.
    """
    path = home.job(job_id) / LEDGER
    if not path.exists():
        return ()
    return Ledger.read(path)


def _bills_in(path: Path, now: datetime) -> tuple[Bill, ...]:
    return bills(Ledger.read(path), now)


def _in_month(line: InstanceLine, month: str) -> Decimal:
    began = datetime.fromisoformat(line.began_at).astimezone(UTC)
    return line.usd if f"{began:%Y-%m}" == month else _ZERO


def _line(bill: Bill) -> InstanceLine:
    launched = bill.launched
    return InstanceLine(
        instance_id=launched.instance_id,
        instance_type=launched.instance_type,
        zone=launched.zone,
        region=launched.region,
        market=launched.market,
        began_at=launched.at,
        ended_at=bill.ended_at,
        how=bill.how,
        seconds=bill.seconds,
        usd_per_hour=launched.usd_per_hour,
        usd=_cents(bill.usd),
        on_demand_usd=_cents(bill.on_demand_usd),
    )


def _cents(usd: Decimal) -> Decimal:
    """Return an amount to the hundredth of a cent, which is what a page can hold."""
    return usd.quantize(Decimal("0.0001"))


def _folder(home: Home) -> Path:
    folder = home.root / "receipts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _read(path: Path) -> Receipt | None:
    try:
        told = json.loads(path.read_bytes())
        digest = told.pop("sha256")
        receipt = from_text(Receipt, canonical(told))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ContractError):
        return None
    return receipt if digest == digest_of(receipt) else None
