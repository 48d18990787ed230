"""Ask AWS what GPU instances cost now, where they are offered and how likely they are had."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from orchestrator.cloud_errors import CloudRefused, CloudUnreachable, PermissionMissing, Throttled
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.offers import HISTORY, Market, SpotPrice, Subnet

_PRICES = "us-east-1"
"""The price list is asked for here, whichever region is meant."""
_PRODUCT = "Linux/UNIX"
_FEWEST_TYPES = 3
"""With fewer types a placement score says nothing."""


def look_at_market(clients: Clients, types: Sequence[str], *, wanted: int = 1) -> Market:
    """Return what AWS says of ``types`` in the clients' region, for ``wanted`` instances.

    Raises:
        CloudError: AWS does not answer, or refuses what no quote can do without.
    """
    now = datetime.now(UTC)
    subnets = _subnets(clients)
    return Market(
        region=clients.region,
        at=now,
        subnets=subnets,
        offered=_offered(clients, types),
        prices=_spot_prices(clients, types, now),
        on_demand=_on_demand(clients, types),
        scores=_scores(clients, types, wanted),
    )


def _subnets(clients: Clients) -> tuple[Subnet, ...]:
    """Return one subnet a zone: the default ones, which every account has."""
    with named("looking for places"):
        pages = (
            clients("ec2")
            .get_paginator("describe_subnets")
            .paginate(Filters=[{"Name": "default-for-az", "Values": ["true"]}])
        )
        found = [each for page in pages for each in page["Subnets"]]
    by_zone = {
        each["AvailabilityZone"]: Subnet(
            each["SubnetId"], each["AvailabilityZone"], each.get("AvailabilityZoneId", "")
        )
        for each in found
        if each.get("State", "available") == "available"
    }
    return tuple(by_zone[zone] for zone in sorted(by_zone))


def _offered(clients: Clients, types: Sequence[str]) -> frozenset[tuple[str, str]]:
    with named("looking for GPU types"):
        pages = (
            clients("ec2")
            .get_paginator("describe_instance_type_offerings")
            .paginate(
                LocationType="availability-zone",
                Filters=[{"Name": "instance-type", "Values": list(types)}],
            )
        )
        return frozenset(
            (each["InstanceType"], each["Location"])
            for page in pages
            for each in page["InstanceTypeOfferings"]
        )


def _spot_prices(clients: Clients, types: Sequence[str], now: datetime) -> tuple[SpotPrice, ...]:
    with named("looking at spot prices"):
        pages = (
            clients("ec2")
            .get_paginator("describe_spot_price_history")
            .paginate(
                InstanceTypes=list(types),
                ProductDescriptions=[_PRODUCT],
                StartTime=now - HISTORY,
            )
        )
        return tuple(
            SpotPrice(
                each["InstanceType"],
                each["AvailabilityZone"],
                Decimal(each["SpotPrice"]),
                each["Timestamp"],
            )
            for page in pages
            for each in page["SpotPriceHistory"]
        )


def _on_demand(clients: Clients, types: Sequence[str]) -> dict[str, Decimal]:
    return {kind: usd for kind in types if (usd := _list_price(clients, kind)) is not None}


def _list_price(clients: Clients, instance_type: str) -> Decimal | None:
    wanted = {
        "instanceType": instance_type,
        "regionCode": clients.region,
        "operatingSystem": "Linux",
        "tenancy": "Shared",
        "preInstalledSw": "NA",
        "capacitystatus": "Used",
    }
    with named("looking at the price list"):
        found = clients("pricing", _PRICES).get_products(
            ServiceCode="AmazonEC2",
            Filters=[
                {"Type": "TERM_MATCH", "Field": name, "Value": value}
                for name, value in wanted.items()
            ],
        )["PriceList"]
    prices = [usd for text in found for usd in _hourly(json.loads(text))]
    return min(prices, default=None)


def _hourly(product: Mapping[str, Any]) -> list[Decimal]:
    return [
        Decimal(dimension["pricePerUnit"]["USD"])
        for term in product["terms"].get("OnDemand", {}).values()
        for dimension in term["priceDimensions"].values()
        if Decimal(dimension["pricePerUnit"].get("USD", "0")) > 0
    ]


def _scores(clients: Clients, types: Sequence[str], wanted: int) -> dict[str, int]:
    """Return placement scores by zone id; none where the account may not ask, or too often."""
    if len(types) < _FEWEST_TYPES:
        return {}
    try:
        with named("asking how likely instances are"):
            found = clients("ec2").get_spot_placement_scores(
                InstanceTypes=list(types),
                TargetCapacity=wanted,
                SingleAvailabilityZone=True,
                RegionNames=[clients.region],
            )["SpotPlacementScores"]
    except (PermissionMissing, Throttled, CloudRefused, CloudUnreachable):
        return {}  # a quote is as good without; AWS limits how many are asked for in a day
    return {
        each["AvailabilityZoneId"]: int(each["Score"])
        for each in found
        if "AvailabilityZoneId" in each
    }
