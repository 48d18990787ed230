"""Describe where jobs render, on which machines and for how much, as it is said over HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from orchestrator.cloud import MOST_INSTANCES
from orchestrator.fleet.kubernetes.cluster import MOST_PODS

Kind = Literal["here", "aws", "kubernetes"]
_MOST_S = 30 * 24 * 3600
Flag = Annotated[bool, Field(strict=True)]
"""True or false, and not what may pass for it."""
Seconds = Annotated[float, Field(ge=60, le=_MOST_S, allow_inf_nan=False, strict=True)]


def _no_flag(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("an amount is a number")
    return value


Usd = Annotated[Decimal, BeforeValidator(_no_flag), Field(gt=0, le=1_000_000, decimal_places=4)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class HereWish(_Shape):
    """The server's own computer."""

    kind: Literal["here"]


class AwsWish(_Shape):
    """Instances of the operator's AWS account; what is left out is as the operator has it."""

    kind: Literal["aws"]
    region: Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}$")] | None = None
    instances: Annotated[int, Field(ge=1, le=MOST_INSTANCES, strict=True)] | None = None
    """Side by side, at most."""
    budget_usd: Usd | None = None
    """Most that the job may cost; what is finished by then is kept."""
    fall_back: Flag | None = None
    """Whether an instance at the full price is taken when no cheaper one can be had."""
    within_s: Seconds | None = None
    """How soon it is to be done, from when it begins: until then a dear instance is waited out,
    and one at the full price taken only when time calls for it."""


class KubernetesWish(_Shape):
    """Pods of the operator's cluster; what is left out is as the operator has it."""

    kind: Literal["kubernetes"]
    cluster: Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[!-~]+$")] | None = None
    """The context of its kubeconfig, as ``GET /v1/places`` names it."""
    instances: Annotated[int, Field(ge=1, le=MOST_PODS, strict=True)] | None = None
    """Pods side by side, at most."""
    fall_back: Flag | None = None
    """Whether nodes that nobody takes back are used when no spot node comes."""


WhereWish = Annotated[HereWish | AwsWish | KubernetesWish, Field(discriminator="kind")]


class OfferedPlace(_Shape):
    """Where a job may be rendered, and with how much."""

    kind: Kind
    region: str | None
    cluster: str | None
    most_instances: int | None
    """Side by side, for one job; None: the server's own computer."""
    most_usd: Decimal | None
    """Most that one job may cost; None: nothing is paid there."""
    instances: int | None
    """Where a job does not say how many."""
    fall_back: bool
    """Where a job does not say."""


class WhereShown(_Shape):
    """Where a job renders, and with how much."""

    kind: Kind
    region: str | None
    cluster: str | None
    instances: int | None
    budget_usd: Decimal | None
    fall_back: bool
    within_s: float | None


class MachineShown(_Shape):
    """One machine, and whether it is still there."""

    type: str
    """Of AWS, such as ``g6.xlarge``; of a cluster its name."""
    zone: str
    market: str
    """``spot`` or ``on-demand``."""
    usd_per_hour: Decimal | None
    """None: nobody says what it costs."""
    state: Literal[
        "alive",
        "released",
        "moved",
        "interrupted",
        "expired",
        "ended",
        "terminated",
        "lost",
        "swept",
    ]
    """``expired``: its time by the budget was over; ``ended``: it shut down by itself."""


class MachinesShown(_Shape):
    """The machines of a job that renders elsewhere, those that are gone too."""

    machines: list[MachineShown]
    usd_per_hour: Decimal | None
    """What those cost that are there now; None: nobody says."""
    interruptions: int
    goes_on_alone: bool
    """Whether it goes on while the server is off."""


class ReceiptLineShown(_Shape):
    """What one machine came to."""

    type: str
    zone: str
    market: str
    seconds: int
    usd: Decimal
    how: str
    """How it ended, such as ``released`` or ``interrupted``; empty while it lives."""


class ReceiptShown(_Shape):
    """What a job came to on rented machines, all its runs together."""

    usd: Decimal
    on_demand_usd: Decimal
    """What the same seconds had cost at the full price."""
    seconds: int
    """Of all machines together."""
    interruptions: int
    is_all_gone: bool
    """Whether the account was asked afterwards, and nothing of the job is left there."""
    left: int
    """Things of the job that were still there."""
    looked_at: str | None
    """When the account was asked, UTC; None: it could not be, or the job is not over."""
    machines: list[ReceiptLineShown]


class QuoteOf(_Shape):
    """What a number of instances would take and cost; what they will lies in between."""

    instances: int
    least_s: float
    most_s: float
    least_usd: Decimal
    most_usd: Decimal


class QuoteShown(_Shape):
    """What a job would take and cost in the account, as its prices are now."""

    instances: int
    least_s: float
    most_s: float
    least_usd: Decimal
    most_usd: Decimal
    on_demand_usd: Decimal
    """At most, at the full price."""
    budget_usd: Decimal | None
    """Most that the job would be let cost."""
    others: list[QuoteOf]
    """For one instance, two, and so on, as long as one more is worth it."""
