"""Hold a job to its deadline: say which pools a launch may name now, and when to pay in full.

What to take is decided by :mod:`orchestrator.policy`; here it is told what EC2's pools cost, what
is left of the job, and what this job has seen of each pool.  An on-demand instance is left
again, with a deadline or without, as soon as what is saved is worth the boot of another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from orchestrator import policy
from orchestrator.cloud_errors import PermissionMissing, QuotaTooSmall
from orchestrator.fleet import FleetEvent, Said
from orchestrator.fleet.ec2.budget import bills
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.launch import Pool
from orchestrator.fleet.ec2.ledger import Launched, Line, launches
from orchestrator.fleet.ec2.quota import GPU_ON_DEMAND, read_quota
from remote_worker.contract.messages import Progress, SegmentStored
from remote_worker.contract.records import SegmentId

_END_S = 60.0
_END_SHARE = 0.05
"""What is kept of the time for fetching the last segments and joining them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a job's render needs."""

    frames: Mapping[SegmentId, int]
    """Of each segment of the job."""
    stored: frozenset[SegmentId]
    """What an earlier run has done of them."""
    frames_per_s: Mapping[str, float]
    """What one instance of each type renders, at the worst that is expected; what the job's own
    instances then do tells better."""
    boot_s: float
    """From launch to the first frame, at the worst that is expected."""
    instances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Rest):
    """When a video is to be done, and what its render needs."""

    at: datetime
    pays_in_full: bool
    """Whether on-demand instances may be bought for it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a launch may name now."""

    spot: tuple[Pool, ...]
    full: tuple[Pool, ...]
    """On demand, should spot have none; empty while there is time."""


def due(begun: datetime, within_s: float) -> datetime:
    """Return when the last segment is to be rendered for a video that is due in so long."""
    return begun + timedelta(seconds=max(0.0, within_s * (1 - _END_SHARE) - _END_S))


def require_full_price(clients: Clients, instances: int) -> None:
    """Make sure that the account may have what a deadline counts on.

    Raises:
        QuotaTooSmall: it may not have so many on-demand instances.
        CloudError: AWS does not answer.
    """
    try:
        quota = read_quota(clients, GPU_ON_DEMAND)
    except PermissionMissing:
        return  # then AWS says so when one is bought, and spot is tried on
    if quota.instances < instances:
        raise QuotaTooSmall(
            f"A deadline counts on {instances} on-demand GPU instance(s), of which this account"
            f" may have {quota.instances} in {quota.region}.",
            "Ask AWS for more on-demand G instances, use fewer side by side, or allow no"
            " on-demand: then the deadline is tried for and not promised.",
        )


class Course:
    """How far a job is on the way to its end, and to its deadline; use from any thread."""

    def __init__(self, rest: Rest, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._rest, self._now = rest, now
        self._deadline = rest if isinstance(rest, Deadline) else None
        self._began, self._lock = now(), threading.Lock()
        self._paces: dict[str, float] = {}
        """Frames a second of each lease, as it said last."""
        self._left = {
            each: frames for each, frames in rest.frames.items() if each not in rest.stored
        }

    def hear(self, event: FleetEvent) -> None:
        """Take note of a segment that is done, and of how quick an instance is."""
        if not isinstance(event, Said):
            return
        match event.message:
            case SegmentStored(segment_id=segment_id):
                with self._lock:
                    self._left.pop(segment_id, None)
            case Progress(frames_done=done, frames_total=total, frames_per_s=pace):
                if pace <= 0 or 2 * done < total:
                    return  # the first frames of a segment are slower than the rest
                with self._lock:
                    self._paces[event.lease_id] = pace

    @property
    def is_due(self) -> bool:
        """Whether a deadline is to come: once it has passed, nothing is bought for it any more."""
        return self._deadline is not None and self._now() < self._deadline.at

    def cheaper(
        self, held: Launched, pools: Sequence[Pool], lines: Sequence[Line], again_s: float
    ) -> tuple[Pool, ...]:
        """Return the spot pools for one of which an on-demand instance is left now.

        None: nothing is saved by that, or what a deadline still needs forbids it.
        """
        rates = self._rates(lines)
        if held.market != "on-demand" or held.instance_type not in rates:
            return ()
        rate = rates[held.instance_type]
        usd = float(held.on_demand_usd_per_hour)
        # What bets may lose in all is a promise of deadlines; else each has to pay for itself.
        terms = self._terms(None if self._deadline is None else usd, rate, again_s)
        now = self._standing(rate, lines, policy.Held(pool="", usd_per_work_hour=usd))
        offered, seen = self._offered(pools, rates, rate, lines)
        decided = policy.decide(now, seen, terms)
        return tuple(offered[name] for name in decided.spot) if decided.beside else ()

    def ask(self, pools: Sequence[Pool], lines: Sequence[Line], again_s: float) -> Ask:
        """Return what one of the job's instances may be launched from now."""
        rates = self._rates(lines)
        known = [each for each in pools if each.instance_type in rates]
        if not known:
            return Ask((), ())
        full = min(known, key=lambda each: float(each.on_demand_usd_per_hour) / _rate(each, rates))
        rate = rates[full.instance_type]
        pays = self._deadline is not None and self._deadline.pays_in_full
        usd = float(full.on_demand_usd_per_hour) if pays else None
        terms, now = self._terms(usd, rate, again_s), self._standing(rate, lines)
        offered, seen = self._offered(known, rates, rate, lines)
        decided = policy.decide(now, seen, terms)
        alike = tuple(each for each in known if each.instance_type == full.instance_type)
        return Ask(
            tuple(offered[name] for name in decided.spot), alike if decided.on_demand else ()
        )

    def _offered(
        self,
        pools: Sequence[Pool],
        rates: Mapping[str, float],
        rate: float,
        lines: Sequence[Line],
    ) -> tuple[dict[str, Pool], list[policy.Pool]]:
        """Return the spot pools by name, and each as the policy weighs it against ``rate``."""
        offered = {
            _name(each): each
            for each in pools
            if each.spot_usd_per_hour is not None and each.instance_type in rates
        }
        return offered, [
            _seen(name, pool, _rate(pool, rates) / rate, lines, self._now())
            for name, pool in offered.items()
        ]

    def _rates(self, lines: Sequence[Line]) -> dict[str, float]:
        """Return what each type renders: as expected, by as much as this job has differed."""
        expected = self._rest.frames_per_s
        kinds = {each.lease_id: each.instance_type for each in launches(tuple(lines))}
        with self._lock:
            paces = [
                pace / expected[kinds[lease_id]]
                for lease_id, pace in self._paces.items()
                if kinds.get(lease_id) in expected
            ]
        differs = sum(paces) / len(paces) if paces else 1.0
        return {kind: rate * differs for kind, rate in expected.items()}

    def _terms(self, usd: float | None, rate: float, again_s: float) -> policy.Terms:
        return policy.Terms(
            boot_s=self._rest.boot_s,
            again_s=again_s,
            work_s=self._work_s(sum(self._rest.frames.values()), rate),
            on_demand_usd_per_hour=usd,
        )

    def _standing(
        self, rate: float, lines: Sequence[Line], held: policy.Held | None = None
    ) -> policy.Standing:
        with self._lock:
            frames = sum(self._left.values())
        now = self._now()
        spent = sum((bill.usd for bill in bills(lines, now)), Decimal(0))
        return policy.Standing(
            work_s=self._work_s(frames, rate),
            left_s=self._left_s(now),
            held=held,
            elapsed_s=(now - self._began).total_seconds(),
            spent_usd=float(spent) / self._rest.instances,
        )

    def _left_s(self, now: datetime) -> float | None:
        """Return how long it is to the deadline; None without one, or when it has passed."""
        if self._deadline is None or not self.is_due:
            return None
        return (self._deadline.at - now).total_seconds()

    def _work_s(self, frames: int, rate: float) -> float:
        """Return one instance's share of the frames, in seconds of an on-demand instance."""
        return frames / rate / self._rest.instances


def _name(pool: Pool) -> str:
    return f"{pool.instance_type} in {pool.zone}"


def _rate(pool: Pool, rates: Mapping[str, float]) -> float:
    return rates[pool.instance_type]


def _seen(
    name: str,
    pool: Pool,
    speed: float,
    lines: Sequence[Line],
    now: datetime,
) -> policy.Pool:
    """Return a pool with what this job's own instances there have told of it."""
    own = [
        bill
        for bill in bills(lines, now)
        if bill.launched.market == "spot"
        and (bill.launched.instance_type, bill.launched.zone) == (pool.instance_type, pool.zone)
    ]
    return policy.Pool(
        name=name,
        usd_per_hour=float(pool.spot_usd_per_hour or 0),
        speed=speed,
        held_s=float(sum(bill.seconds for bill in own)),
        taken=sum(bill.how == "interrupted" for bill in own),
    )
