"""Say what can be had and for how much: pools, prices, scores, quotas."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

ENDLESS = None
"""The capacity of a pool that nobody has limited."""

ON_DEMAND_USD = {
    "g4dn.xlarge": 0.526, "g4dn.2xlarge": 0.752, "g4dn.12xlarge": 3.912,
    "g5.xlarge": 1.006, "g5.2xlarge": 1.212, "g5.4xlarge": 1.624, "g5.12xlarge": 5.672,
    "g6.xlarge": 0.8048, "g6.2xlarge": 0.9776, "g6.4xlarge": 1.3232,
    "g6e.xlarge": 1.861, "g6e.2xlarge": 2.24208, "p3.2xlarge": 3.06,
    "t3.nano": 0.0052, "t3.micro": 0.0104, "t3.small": 0.0208, "t3.medium": 0.0416,
    "t3a.nano": 0.0047, "t4g.nano": 0.0042, "c5.large": 0.085, "m5.large": 0.096,
}  # fmt: skip
_PER_VCPU_USD = 0.05
_SPOT_SHARE = (0.28, 0.62)
_HISTORY_DAYS = 30

QUOTAS = {
    "L-3819A6DF": "All G and VT Spot Instance Requests",
    "L-7212CCBC": "All P4, P3 and P2 Spot Instance Requests",
    "L-34B43A08": "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests",
    "L-DB2E81BA": "Running On-Demand G and VT instances",
    "L-417A185B": "Running On-Demand P instances",
    "L-1216C47A": "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
}
AWS_DEFAULT_VCPUS = {"L-34B43A08": 5.0, "L-1216C47A": 5.0}
"""What a new account has; the GPU ones are 0."""
_TESTS_VCPUS = 256.0

NO_CAPACITY = "InsufficientInstanceCapacity"
WORDS = {
    "InsufficientInstanceCapacity": (
        "We currently do not have sufficient {type} capacity in the Availability Zone you "
        "requested ({zone}). Our system will be working on provisioning additional capacity."
    ),
    "UnfulfillableCapacity": (
        "Unable to fulfill capacity due to your request configuration. Please adjust your "
        "request and try again."
    ),
    "MaxSpotInstanceCountExceeded": "Max spot instance count exceeded",
    "VcpuLimitExceeded": (
        "You have requested more vCPU capacity than your current vCPU limit of {limit} allows "
        "for the instance bucket that the specified instance type belongs to. Please visit "
        "http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit."
    ),
    "SpotMaxPriceTooLow": (
        "Your Spot request price of {asked} is lower than the minimum required Spot request "
        "fulfillment price of {price}."
    ),
}


@dataclass(frozen=True, slots=True)
class Pool:
    """One type in one zone, spot or on demand: what runs out and comes back."""

    instance_type: str
    zone: str
    lifecycle: str = "spot"


class Refused(Exception):
    """The market says no; ``code`` is AWS's word for why."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(f"{code}: {words}")
        self.code, self.words = code, words


@dataclass(slots=True)
class QuotaRequest:
    """A request to raise a quota, as Service Quotas keeps it."""

    request_id: str
    region: str
    code: str
    desired: float
    status: str = "PENDING"
    asked_at: float = field(default_factory=time.time)


class Market:
    """What a region sells; every number follows from the seed unless a test set it."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._left: dict[Pool, int | None] = {}
        self._codes: dict[Pool, str] = {}
        self._prices: dict[tuple[str, str], list[tuple[datetime, float]]] = {}
        self._on_demand: dict[tuple[str, str], float] = {}
        self._scores: dict[tuple[str, str], int] = {}
        self._quotas: dict[tuple[str, str], float] = {}
        self.quota_requests: list[QuotaRequest] = []

    def run_out(self, pool: Pool, code: str = NO_CAPACITY) -> None:
        """Let a pool have nothing, and say so with ``code``."""
        self._left[pool] = 0
        self._codes[pool] = code

    def give(self, pool: Pool, count: int | None = ENDLESS) -> None:
        """Let a pool have ``count`` more to give, or all that is asked."""
        self._left[pool] = count
        self._codes.pop(pool, None)

    def left(self, pool: Pool) -> int | None:
        """How many instances a pool can still give; None: endless."""
        return self._left.get(pool, ENDLESS)

    def take(self, pool: Pool, most: int, least: int = 1) -> int:
        """Take up to ``most`` from the pool; return how many.

        Raises:
            Refused: fewer than ``least`` are left.
        """
        left = self.left(pool)
        count = most if left is None else min(most, left)
        if count < least:
            raise refused(self._codes.get(pool, NO_CAPACITY), pool)
        if left is not None:
            self._left[pool] = left - count
        return count

    def put_back(self, pool: Pool) -> None:
        """Take back what a launch that failed had taken; instances that end give nothing back."""
        left = self.left(pool)
        if left is not None:
            self._left[pool] = left + 1

    def on_demand_usd(self, instance_type: str, region: str, vcpus: int = 4) -> float:
        """The hourly on-demand price of a type in a region."""
        default = ON_DEMAND_USD.get(instance_type, vcpus * _PER_VCPU_USD)
        return self._on_demand.get((instance_type, region), default)

    def known_types(self) -> list[str]:
        """The types that have a price of their own, for questions that name none."""
        return list(ON_DEMAND_USD)

    def set_on_demand(self, instance_type: str, region: str, usd: float) -> None:
        """Set an on-demand price."""
        self._on_demand[instance_type, region] = usd

    def set_price(self, instance_type: str, zone: str, usd: float, when: datetime) -> None:
        """Let the spot price have changed to ``usd`` at ``when``."""
        history = self.history(instance_type, zone)
        self._prices[instance_type, zone] = sorted([*history, (when, usd)])

    def history(self, instance_type: str, zone: str) -> list[tuple[datetime, float]]:
        """The changes of a spot price, oldest first."""
        key = (instance_type, zone)
        if key not in self._prices:
            self._prices[key] = self._invent_history(instance_type, zone)
        return self._prices[key]

    def _invent_history(self, instance_type: str, zone: str) -> list[tuple[datetime, float]]:
        chance = random.Random(f"{self._seed} {instance_type} {zone}")
        level = self.on_demand_usd(instance_type, zone[:-1]) * chance.uniform(*_SPOT_SHARE)
        now, changes = datetime.now(UTC), []
        moment = now - timedelta(days=_HISTORY_DAYS)
        while moment < now:
            changes.append((moment, round(level * chance.uniform(0.95, 1.05), 4)))
            moment += timedelta(hours=chance.uniform(8, 40))
        return changes

    def spot_usd(self, instance_type: str, zone: str) -> float:
        """The spot price now."""
        now = datetime.now(UTC)
        return [usd for when, usd in self.history(instance_type, zone) if when <= now][-1]

    def check_price(self, pool: Pool, asked: float | None) -> None:
        """Refuse a spot request whose highest price is below the pool's.

        Raises:
            Refused: SpotMaxPriceTooLow.
        """
        price = self.spot_usd(pool.instance_type, pool.zone)
        if asked is not None and asked < price:
            raise refused("SpotMaxPriceTooLow", pool, asked=asked, price=price)

    def set_score(self, instance_type: str, zone: str, score: int) -> None:
        """Set how likely spot requests for a pool are to succeed, 1 to 10."""
        self._scores[instance_type, zone] = score

    def score(self, instance_type: str, zone: str) -> int:
        """How likely spot requests for a pool are to succeed, 1 to 10."""
        left = self.left(Pool(instance_type, zone))
        default = 9 if left is None else min(9, 1 + left)
        return self._scores.get((instance_type, zone), default)

    def order(self, pools: Sequence[Pool], strategy: str) -> list[Pool]:
        """The pools in the order in which the strategy would try them."""
        by_price = sorted(pools, key=lambda one: self.spot_usd(one.instance_type, one.zone))
        if strategy in ("lowest-price", "lowestPrice"):
            return by_price
        scores = {one: self.score(one.instance_type, one.zone) for one in pools}
        if strategy.startswith("capacity-optimized"):
            return sorted(by_price, key=lambda one: -scores[one])
        # Price-capacity-optimized: the deepest pools first, the cheapest of them first.
        return sorted(by_price, key=lambda one: 0 if scores[one] >= 7 else 10 - scores[one])

    def set_quota(self, code: str, region: str, vcpus: float) -> None:
        """Set a quota, in vCPUs."""
        self._quotas[code, region] = vcpus

    def quota(self, code: str, region: str) -> float:
        """How many vCPUs may run at once; generous unless a test set it."""
        return self._quotas.get((code, region), _TESTS_VCPUS)

    def check_quota(self, pool: Pool, region: str, used: float, wanted: float) -> None:
        """Refuse what would exceed the quota.

        Raises:
            Refused: MaxSpotInstanceCountExceeded or VcpuLimitExceeded.
        """
        limit = self.quota(quota_code(pool.instance_type, pool.lifecycle), region)
        if used + wanted > limit:
            spot = pool.lifecycle == "spot"
            code = "MaxSpotInstanceCountExceeded" if spot else "VcpuLimitExceeded"
            raise refused(code, pool, limit=int(limit))


def quota_code(instance_type: str, lifecycle: str) -> str:
    """The quota that an instance of this type counts against."""
    spot = lifecycle == "spot"
    match instance_type[0]:
        case "g" | "v":
            return "L-3819A6DF" if spot else "L-DB2E81BA"
        case "p":
            return "L-7212CCBC" if spot else "L-417A185B"
        case _:
            return "L-34B43A08" if spot else "L-1216C47A"


def refused(code: str, pool: Pool, **values: object) -> Refused:
    """The market's no in AWS's words."""
    words = WORDS.get(code, "The request was refused.")
    return Refused(code, words.format(type=pool.instance_type, zone=pool.zone, **values))
