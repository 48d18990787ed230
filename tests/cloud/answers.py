"""Answer Pricing and Service Quotas, which moto has not or only for show."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from moto.ec2.models.instance_types import INSTANCE_TYPES

from tests.cloud.gate import Answer, Gate
from tests.cloud.market import AWS_DEFAULT_VCPUS, QUOTAS, Market, QuotaRequest

_JSON = "application/x-amz-json-1.1"
_PLACES = {
    "us-east-1": "US East (N. Virginia)", "us-east-2": "US East (Ohio)",
    "us-west-2": "US West (Oregon)", "eu-west-1": "EU (Ireland)",
    "eu-central-1": "EU (Frankfurt)", "eu-south-2": "EU (Spain)",
    "ap-northeast-1": "Asia Pacific (Tokyo)", "ap-southeast-1": "Asia Pacific (Singapore)",
}  # fmt: skip


def install(gate: Gate, market: Callable[[], Market]) -> None:
    """Put these answers before moto's."""
    quotas = _Quotas(market)
    gate.own[("pricing", "GetProducts")] = _Prices(market).get_products
    for name in dir(quotas):
        if name[0].isupper():
            gate.own[("servicequotas", name)] = getattr(quotas, name)


class _Prices:
    def __init__(self, market: Callable[[], Market]) -> None:
        self._market = market

    def get_products(self, asked: dict[str, Any], _: str) -> Answer:
        if asked.get("ServiceCode") != "AmazonEC2":
            return _said({"FormatVersion": "aws_v1", "PriceList": []})
        filters = {one["Field"]: one["Value"] for one in asked.get("Filters", [])}
        found = [
            json.dumps(product)
            for product in self._products(filters)
            if all(_attribute(product, name) == value for name, value in filters.items())
        ]
        first = int(asked.get("NextToken") or 0)
        most = int(asked.get("MaxResults") or 100)
        answer: dict[str, Any] = {"FormatVersion": "aws_v1", "PriceList": found[first:][:most]}
        if len(found) > first + most:
            answer["NextToken"] = str(first + most)
        return _said(answer)

    def _products(self, filters: dict[str, str]) -> Iterator[dict[str, Any]]:
        """The shared Linux price, and the neighbours that a loose filter would pick up."""
        market = self._market()
        named = filters.get("instanceType")
        place = filters.get("location")
        regions = [filters["regionCode"]] if "regionCode" in filters else list(_PLACES)
        for region in regions:
            if place and _PLACES.get(region) != place:
                continue
            for kind in [named] if named else market.known_types():
                if kind in INSTANCE_TYPES:
                    yield from _variants(kind, region, market.on_demand_usd(
                        kind, region, INSTANCE_TYPES[kind]["VCpuInfo"]["DefaultVCpus"]
                    ))  # fmt: skip


def _variants(kind: str, region: str, usd: float) -> Iterator[dict[str, Any]]:
    variants = (
        ("Linux", "Shared", "Used", "NA", usd),
        ("Windows", "Shared", "Used", "NA", usd * 1.35),
        ("Linux", "Dedicated", "Used", "NA", usd * 1.1),
        ("Linux", "Shared", "UnusedCapacityReservation", "NA", usd),
        ("Linux", "Shared", "AllocatedCapacityReservation", "NA", 0.0),
        ("Linux", "Shared", "Used", "SQL Std", usd + 0.48),
    )
    for system, tenancy, status, software, price in variants:
        yield _product(kind, region, system, tenancy, status, software, price)


def _product(
    kind: str, region: str, system: str, tenancy: str, status: str, software: str, usd: float
) -> dict[str, Any]:
    sku = f"{kind}-{region}-{system}-{tenancy}-{status}-{software}".upper().replace(".", "")
    term, rate = f"{sku}.JRTCKXETXF", f"{sku}.JRTCKXETXF.6YS6EN2CT7"
    dimension = {
        "rateCode": rate,
        "unit": "Hrs",
        "beginRange": "0",
        "endRange": "Inf",
        "description": f"${usd:.10f} per {system} {kind} Instance Hour",
        "appliesTo": [],
        "pricePerUnit": {"USD": f"{usd:.10f}"},
    }
    attributes = {
        "servicecode": "AmazonEC2",
        "instanceType": kind,
        "regionCode": region,
        "location": _PLACES.get(region, region),
        "locationType": "AWS Region",
        "operatingSystem": system,
        "tenancy": tenancy,
        "capacitystatus": status,
        "preInstalledSw": software,
        "licenseModel": "No License required",
        "marketoption": "OnDemand",
        "operation": "RunInstances",
        "vcpu": str(INSTANCE_TYPES[kind]["VCpuInfo"]["DefaultVCpus"]),
    }
    return {
        "serviceCode": "AmazonEC2",
        "product": {"productFamily": "Compute Instance", "sku": sku, "attributes": attributes},
        "terms": {"OnDemand": {term: {"sku": sku, "priceDimensions": {rate: dimension}}}},
        "version": "20261006000000",
    }


def _attribute(product: dict[str, Any], name: str) -> str | None:
    attributes = {
        **product["product"]["attributes"],
        "productFamily": "Compute Instance",
        "ServiceCode": "AmazonEC2",
    }
    return attributes.get(name)


class _Quotas:
    """Each public method is an action of Service Quotas."""

    def __init__(self, market: Callable[[], Market]) -> None:
        self._market = market

    def GetServiceQuota(self, asked: dict[str, Any], region: str) -> Answer:  # noqa: N802 - AWS's name
        code = asked["QuotaCode"]
        if not _is_known(asked):
            return _no_such()
        return _said({"Quota": _quota(code, self._market().quota(code, region), region)})

    def ListServiceQuotas(self, asked: dict[str, Any], region: str) -> Answer:  # noqa: N802 - AWS's name
        market = self._market()
        rows = [_quota(code, market.quota(code, region), region) for code in QUOTAS]
        return _said({"Quotas": rows if asked.get("ServiceCode") == "ec2" else []})

    def GetAWSDefaultServiceQuota(self, asked: dict[str, Any], region: str) -> Answer:  # noqa: N802 - AWS's name
        code = asked["QuotaCode"]
        if not _is_known(asked):
            return _no_such()
        return _said({"Quota": _quota(code, AWS_DEFAULT_VCPUS.get(code, 0.0), region)})

    def RequestServiceQuotaIncrease(self, asked: dict[str, Any], region: str) -> Answer:  # noqa: N802 - AWS's name
        code, desired = asked["QuotaCode"], float(asked["DesiredValue"])
        market = self._market()
        if not _is_known(asked):
            return _no_such()
        if desired <= market.quota(code, region):
            return _refused("IllegalArgumentException", "The desired value is not an increase.")
        open_ones = ("PENDING", "CASE_OPENED")
        for one in market.quota_requests:
            if (one.code, one.region) == (code, region) and one.status in open_ones:
                return _refused(
                    "ResourceAlreadyExistsException", "Only one open service quota increase request"
                )
        request = QuotaRequest(secrets.token_hex(16), region, code, desired)
        market.quota_requests.append(request)
        return _said({"RequestedQuota": _request(request)})

    def GetRequestedServiceQuotaChange(self, asked: dict[str, Any], _: str) -> Answer:  # noqa: N802 - AWS's name
        for one in self._market().quota_requests:
            if one.request_id == asked["RequestId"]:
                return _said({"RequestedQuota": _request(one)})
        return _no_such()

    def ListRequestedServiceQuotaChangeHistory(self, asked: dict[str, Any], region: str) -> Answer:  # noqa: N802 - AWS's name
        rows = [
            _request(one)
            for one in reversed(self._market().quota_requests)
            if one.region == region
            and asked.get("Status") in (None, one.status)
            and asked.get("QuotaCode") in (None, one.code)
        ]
        return _said({"RequestedQuotas": rows})

    ListRequestedServiceQuotaChangeHistoryByQuota = ListRequestedServiceQuotaChangeHistory


def _is_known(asked: dict[str, Any]) -> bool:
    return asked.get("ServiceCode") == "ec2" and asked["QuotaCode"] in QUOTAS


def _quota(code: str, value: float, region: str) -> dict[str, Any]:
    return {
        "ServiceCode": "ec2",
        "ServiceName": "Amazon Elastic Compute Cloud (Amazon EC2)",
        "QuotaArn": f"arn:aws:servicequotas:{region}:123456789012:ec2/{code}",
        "QuotaCode": code,
        "QuotaName": QUOTAS[code],
        "Value": value,
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
    }


def _request(one: QuotaRequest) -> dict[str, Any]:
    return {
        "Id": one.request_id,
        "CaseId": "12345678901" if one.status == "CASE_OPENED" else None,
        "ServiceCode": "ec2",
        "ServiceName": "Amazon Elastic Compute Cloud (Amazon EC2)",
        "QuotaCode": one.code,
        "QuotaName": QUOTAS[one.code],
        "DesiredValue": one.desired,
        "Status": one.status,
        "Created": one.asked_at,
        "LastUpdated": one.asked_at,
        "GlobalQuota": False,
        "Unit": "None",
    }


def _said(answer: dict[str, Any]) -> Answer:
    return 200, _JSON, json.dumps(answer).encode()


def _refused(code: str, words: str) -> Answer:
    return 400, _JSON, json.dumps({"__type": code, "Message": words}).encode()


def _no_such() -> Answer:
    return _refused("NoSuchResourceException", "The request failed because there is no such quota.")
