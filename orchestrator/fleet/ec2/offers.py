"""Choose the GPU types and zones that fit a job, and say what each costs; pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import resources

from orchestrator.fleet.ec2.launch import Pool

HISTORY = timedelta(hours=24)
"""How far back spot prices are looked at."""
MOST_POOLS = 30
"""Named in one launch; AWS advises to be flexible over ten types or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuType:
    """One instance type with one GPU that the worker runs on."""

    instance_type: str
    gpu: str
    gpu_mib: int
    vcpus: int
    memory_mib: int
    speed: float
    """A first guess against the slowest, until the account's own jobs tell better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a job needs of a host."""

    gpu_mib: int = 8192
    memory_mib: int = 12 * 1024
    most_vcpus: int | None = None
    """What the quota still allows; None where it is not known."""


@dataclass(frozen=True, slots=True)
class SpotPrice:
    """A price that began at a time, in one zone."""

    instance_type: str
    zone: str
    usd_per_hour: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class Subnet:
    """Where an instance can be put."""

    subnet_id: str
    zone: str
    zone_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What AWS said of prices and places, at one time and in one region."""

    region: str
    at: datetime
    subnets: tuple[Subnet, ...]
    offered: frozenset[tuple[str, str]]
    """Type and zone of all that is offered at all."""
    prices: tuple[SpotPrice, ...]
    on_demand: Mapping[str, Decimal]
    scores: Mapping[str, int]
    """Placement score by zone id, 1 to 10; empty where they cannot be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One type in one zone, with its prices."""

    type: GpuType
    subnet: Subnet
    region: str
    spot_usd_per_hour: Decimal | None
    """Now; None where spot is not offered."""
    spot_low_usd: Decimal | None
    spot_high_usd: Decimal | None
    """The lowest and highest of the last day."""
    on_demand_usd_per_hour: Decimal
    score: int | None
    """How likely a launch is, 1 to 10; None where AWS does not say."""

    @property
    def usd_per_work(self) -> Decimal:
        """Price of the same work everywhere: what cheap means here."""
        usd = self.spot_usd_per_hour
        usd = self.on_demand_usd_per_hour if usd is None else usd
        return usd / Decimal(str(self.type.speed))

    @property
    def saving(self) -> Decimal:
        """Saved against on demand now, as a share from 0 to 1."""
        if self.spot_usd_per_hour is None or not self.on_demand_usd_per_hour:
            return Decimal(0)
        return 1 - self.spot_usd_per_hour / self.on_demand_usd_per_hour

    def pool(self) -> Pool:
        """Return it as a launch takes it."""
        return Pool(
            instance_type=self.type.instance_type,
            zone=self.subnet.zone,
            subnet_id=self.subnet.subnet_id,
            spot_usd_per_hour=self.spot_usd_per_hour,
            on_demand_usd_per_hour=self.on_demand_usd_per_hour,
        )


def known_types() -> tuple[GpuType, ...]:
    """Return the types that the worker is known to run on."""
    text = resources.files("resources").joinpath("aws", "gpus.json").read_text(encoding="utf-8")
    return tuple(GpuType(**fields) for fields in json.loads(text)["types"])


def fitting(types: Iterable[GpuType], need: Need) -> tuple[GpuType, ...]:
    """Return the types that have what a job needs."""
    return tuple(
        each
        for each in types
        if each.gpu_mib >= need.gpu_mib
        and each.memory_mib >= need.memory_mib
        and (need.most_vcpus is None or each.vcpus <= need.most_vcpus)
    )


def offers(types: Sequence[GpuType], market: Market) -> tuple[Offer, ...]:
    """Return every type in every zone that has it, the cheapest for its work first."""
    found = [
        _offer(kind, subnet, market)
        for kind in types
        for subnet in market.subnets
        if (kind.instance_type, subnet.zone) in market.offered
        and kind.instance_type in market.on_demand
    ]
    return tuple(
        sorted(found, key=lambda each: (each.usd_per_work, -(each.score or 0), each.subnet.zone))
    )


def pools(offered: Sequence[Offer], *, dearest: Decimal = Decimal(2)) -> tuple[Pool, ...]:
    """Return what a launch names: offers up to ``dearest`` times the cheapest's price of work.

    The more pools, the likelier and longer the instance; but one that costs twice as much for
    the same work is no help.  One subnet of a zone is named, as a fleet wants it.
    """
    if not offered:
        return ()
    limit = offered[0].usd_per_work * dearest
    chosen = [each.pool() for each in offered if each.usd_per_work <= limit]
    return tuple(chosen[:MOST_POOLS])


def _offer(kind: GpuType, subnet: Subnet, market: Market) -> Offer:
    history = sorted(
        (
            p
            for p in market.prices
            if (p.instance_type, p.zone) == (kind.instance_type, subnet.zone)
        ),
        key=lambda price: price.at,
    )
    begun = [price for price in history if price.at <= market.at - HISTORY]
    day = [*begun[-1:], *(price for price in history if price.at > market.at - HISTORY)]
    usd = [price.usd_per_hour for price in day]
    return Offer(
        type=kind,
        subnet=subnet,
        region=market.region,
        spot_usd_per_hour=usd[-1] if usd else None,
        spot_low_usd=min(usd) if usd else None,
        spot_high_usd=max(usd) if usd else None,
        on_demand_usd_per_hour=market.on_demand[kind.instance_type],
        score=market.scores.get(subnet.zone_id),
    )
