"""Hold callers to the places and the amounts that whoever runs the server offers them."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from orchestrator.cloud import MOST_INSTANCES
from orchestrator.desk.entries import Where
from orchestrator.errors import RequestRefused, SecondUnitError
from orchestrator.fleet.kubernetes.cluster import MOST_PODS, find_cluster
from orchestrator.home import Home
from orchestrator.serve.place_shapes import (
    AwsWish,
    HereWish,
    Kind,
    KubernetesWish,
    OfferedPlace,
)
from orchestrator.serve.problems import ApiRefused

KINDS: tuple[Kind, ...] = get_args(Kind)
_ASK = "GET /v1/places says what is offered."
AnyWish = HereWish | AwsWish | KubernetesWish


@dataclass(frozen=True, slots=True)
class Named:
    """A place as it is typed: ``here``, ``aws``, ``aws:REGION``, ``kubernetes:CONTEXT``."""

    kind: Kind
    name: str = ""
    """Empty: the account's own region, or the cluster in use."""

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"{self.kind}:{self.name}" if self.name else self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What whoever runs the server lets callers use."""

    places: tuple[Named, ...] = (Named("here"),)
    most_usd: Decimal | None = None
    """Most that one job may cost in the account."""
    most_instances: int = 4
    """Most that one job may have side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One place as it stands now, and what a job has there."""

    kind: Kind
    name: str = ""
    """The region or the context."""
    most_instances: int = 1
    most_usd: Decimal | None = None
    instances: int = 1
    """Where a job does not say."""
    fall_back: bool = False


def typed_places(text: str) -> tuple[Named, ...]:
    """Return the places that are typed with commas between them.

    Raises:
        RequestRefused: one is none, or there is none.
    """
    found = []
    for each in filter(None, (part.strip() for part in text.split(","))):
        kind, _, name = each.partition(":")
        if kind not in KINDS or (kind == "here" and name):
            raise RequestRefused(
                f"{each[:60]!r} is no place.", "Places are here, aws:REGION and kubernetes:CONTEXT."
            )
        found.append(Named(kind, name))
    if not found:
        raise RequestRefused("No place is named.", "Name here, aws or kubernetes.")
    return tuple(dict.fromkeys(found))


class Places:
    """What is offered now; it is read anew for each request, as settings change meanwhile."""

    def __init__(self, home: Home, terms: Terms) -> None:
        """Offer what ``terms`` say."""
        self._home, self._terms = home, terms

    def require_ready(self) -> None:
        """Return when every place that is to be offered was set up; nobody is asked.

        Raises:
            RequestRefused: one was not, or nothing bounds what callers may spend.
            SettingsRefused: what is chosen of it cannot be read.
        """
        terms = self._terms
        if terms.most_instances < 1:
            raise RequestRefused("A limit of nothing serves nobody.", "Give numbers from 1.")
        if terms.most_usd is not None and terms.most_usd <= 0:
            raise RequestRefused("A budget of nothing rents nothing.", "Give an amount above 0.")
        if terms.most_usd is None and any(each.kind == "aws" for each in terms.places):
            raise RequestRefused(
                "Whoever has a token could spend any amount in the account.",
                "Say how much one job may cost: --most-usd.",
            )
        for each in terms.places:
            self._offer(each)

    def cautions(self) -> tuple[str, ...]:
        """Return what whoever runs the server may not have thought of."""
        if not any(each.kind == "aws" for each in self._terms.places):
            return ()
        from orchestrator.fleet.ec2.account import load_cloud  # with it comes the SDK

        if load_cloud(self._home).settings.limits.month_usd is not None:
            return ()
        return (
            f"No month has a limit: each render may cost ${self._terms.most_usd}, and there may be"
            " any number. 'secondunit cloud limits --month-usd' sets one.",
        )

    def offers(self, only: Collection[str] = ()) -> tuple[Offer, ...]:
        """Return what is offered; ``only``: the places that a token is good for, if not all.

        A place that was taken out of the settings meanwhile is left out.
        """
        found = []
        for each in self._terms.places:
            if not only or {each.kind, str(each)} & set(only):
                with contextlib.suppress(SecondUnitError):
                    found.append(self._offer(each))
        return tuple(dict.fromkeys(found))

    def _offer(self, named: Named) -> Offer:
        match named.kind:
            case "aws":
                return self._in_account(named.name)
            case "kubernetes":
                return self._in_cluster(named.name)
        return Offer(kind="here")

    def _in_account(self, region: str) -> Offer:
        from orchestrator.fleet.ec2.account import load_cloud  # with it comes the SDK

        cloud, terms = load_cloud(self._home), self._terms
        limits = cloud.settings.limits
        if cloud.way is None or not (region or cloud.settings.region):
            raise RequestRefused(
                "No AWS account is connected yet, or it has no region.",
                "Connect one: 'secondunit cloud sign-in'.",
            )
        caps = [each for each in (terms.most_usd, limits.job_usd) if each is not None]
        most = min(terms.most_instances, MOST_INSTANCES)
        return Offer(
            kind="aws",
            name=region or cloud.settings.region,
            most_instances=most,
            most_usd=min(caps, default=None),
            instances=min(limits.instances, most),
            fall_back=limits.fall_back,
        )

    def _in_cluster(self, context: str) -> Offer:
        cluster = find_cluster(self._home, context)
        most = min(self._terms.most_instances, MOST_PODS)
        return Offer(
            kind="kubernetes",
            name=cluster.context,
            most_instances=most,
            instances=min(cluster.pods, most),
        )


def chosen(wish: AnyWish, offers: Sequence[Offer]) -> Where:
    """Return where a job is rendered; what is not said is as it is offered. Pure.

    Raises:
        ApiRefused: it is not offered there, or not so much.
    """
    match wish:
        case AwsWish():
            offer = _found("aws", wish.region or "", offers)
            where = Where(
                kind="aws",
                region=offer.name,
                instances=wish.instances or offer.instances,
                budget_usd=wish.budget_usd or offer.most_usd,
                fall_back=offer.fall_back if wish.fall_back is None else wish.fall_back,
                within_s=wish.within_s,
            )
        case KubernetesWish():
            offer = _found("kubernetes", wish.cluster or "", offers)
            where = Where(
                kind="kubernetes",
                cluster=offer.name,
                instances=wish.instances or offer.instances,
                fall_back=offer.fall_back if wish.fall_back is None else wish.fall_back,
            )
        case HereWish():
            where = Where()
    require_offered(where, offers)
    return where


def require_offered(where: Where, offers: Sequence[Offer]) -> None:
    """Return when a job may be rendered there, with so much. Pure.

    Raises:
        ApiRefused: it is not offered there, or not so much.
    """
    offer = _found(where.kind, where.region or where.cluster, offers)
    if where.kind == "here":
        return
    if where.instances > offer.most_instances:
        raise _too_much(f"A job may have {offer.most_instances} machines, not {where.instances}.")
    if offer.most_usd is None:
        return
    if where.budget_usd is None or where.budget_usd > offer.most_usd:
        raise _too_much(f"A job may cost ${offer.most_usd}, not ${where.budget_usd or 'any'}.")


def shown_offer(offer: Offer) -> OfferedPlace:
    """Return an offer as callers see it."""
    is_here = offer.kind == "here"
    return OfferedPlace(
        kind=offer.kind,
        region=offer.name if offer.kind == "aws" else None,
        cluster=offer.name if offer.kind == "kubernetes" else None,
        most_instances=None if is_here else offer.most_instances,
        most_usd=offer.most_usd,
        instances=None if is_here else offer.instances,
        fall_back=offer.fall_back,
    )


def _found(kind: str, name: str, offers: Sequence[Offer]) -> Offer:
    for each in offers:
        if each.kind == kind and name in ("", each.name):
            return each
    where = f"{kind} ({name})" if name else kind
    raise ApiRefused(
        403, "place_not_offered", f"Jobs of yours are not rendered at {where} here.", _ASK
    )


def _too_much(sentence: str) -> ApiRefused:
    return ApiRefused(403, "more_than_offered", sentence, f"Ask for less; {_ASK}")
