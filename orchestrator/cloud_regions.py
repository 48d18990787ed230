"""Compare regions for a video: what it takes and costs in each, and where it can be rendered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.cloud_choice import offered, quotes_of
from orchestrator.cloud_errors import CloudError, CloudRefused
from orchestrator.desk.entries import Entry, Where
from orchestrator.fleet.ec2.account import Signed
from orchestrator.fleet.ec2.offers import Offer
from orchestrator.fleet.ec2.quote import Quote
from orchestrator.fleet.ec2.setup import SetUp
from orchestrator.home import Home

_AT_ONCE = 6
_LOOK_S = 0.2
SignIn = Callable[[str], Signed]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionQuote:
    """A video in one region; ranges are low and high."""

    region: str
    instance_type: str = ""
    """Of the best offer; empty where there is none."""
    zone: str = ""
    spot_usd_per_hour: Decimal | None = None
    on_demand_usd_per_hour: Decimal | None = None
    score: int | None = None
    """How likely a launch is, 1 to 10, as AWS says."""
    seconds: tuple[float, float] = (0.0, 0.0)
    usd: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    is_set_up: bool = False
    trouble: str = ""
    """Why nothing is to be had; empty where something is."""


Heard = Callable[[RegionQuote], None]
"""Hears of one region's quote as soon as it is known."""


def by_cost(each: RegionQuote) -> tuple[bool, Decimal, str]:
    """Return what regions are put in order by: the cheapest first, those without a quote last."""
    return bool(each.trouble), each.usd[1], each.region


def compare(
    home: Home,
    sign_in: SignIn,
    entry: Entry,
    regions: Iterable[str],
    tell: Heard = lambda _: None,
    cancelled: threading.Event | None = None,
) -> tuple[RegionQuote, ...]:
    """Return the video's quote in each region, in the order of :func:`by_cost`.

    ``tell`` hears of each as soon as it is known, on the calling thread.  Once ``cancelled`` is
    set, what is known by then is returned, and no other region is asked.
    """

    def one(region: str) -> RegionQuote:
        try:
            return _quoted(home, sign_in(region), entry)
        except CloudError as error:
            return RegionQuote(region=region, trouble=f"{error.sentence} {error.advice}".strip())

    pool = ThreadPoolExecutor(_AT_ONCE, "regions")
    try:
        asked = {pool.submit(one, region) for region in dict.fromkeys(regions)}
        found = list(_answers(asked, tell, cancelled or threading.Event()))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # each call in flight has its own deadline
    return tuple(sorted(found, key=by_cost))


def _answers(
    asked: set[Future[RegionQuote]],
    tell: Heard,
    cancelled: threading.Event,
) -> Iterable[RegionQuote]:
    while asked and not cancelled.is_set():
        done, asked = wait(asked, _LOOK_S, FIRST_COMPLETED)
        for each in done:
            found = each.result()
            tell(found)
            yield found


def cheapest(sign_in: SignIn, where: Where, regions: Iterable[str]) -> str:
    """Return the region where work costs least now, of those that are set up.

    Raises:
        CloudError: none of them has anything, or AWS does not answer.
    """
    troubles: list[CloudError] = []

    def one(region: str) -> tuple[Decimal, str] | None:
        try:
            signed = sign_in(region)
            _require_set_up(signed)
            return offered(signed, where)[0].usd_per_work, region
        except CloudError as error:
            troubles.append(error)
            return None

    with ThreadPoolExecutor(_AT_ONCE, "regions") as pool:
        found = [each for each in pool.map(one, dict.fromkeys(regions)) if each is not None]
    if not found:
        raise troubles[0]
    return min(found)[1]


def _quoted(home: Home, signed: Signed, entry: Entry) -> RegionQuote:
    offer = offered(signed, entry.where)[0]
    quote = _wished(quotes_of(home, offer, entry), entry)
    return _told(signed, offer, quote)


def _wished(quotes: tuple[Quote, ...], entry: Entry) -> Quote:
    return quotes[min(len(quotes), entry.where.instances) - 1]


def _told(signed: Signed, offer: Offer, quote: Quote) -> RegionQuote:
    return RegionQuote(
        region=signed.account.region,
        instance_type=offer.type.instance_type,
        zone=offer.subnet.zone,
        spot_usd_per_hour=offer.spot_usd_per_hour,
        on_demand_usd_per_hour=offer.on_demand_usd_per_hour,
        score=offer.score,
        seconds=quote.seconds,
        usd=quote.usd,
        is_set_up=SetUp(signed.clients, signed.account).is_made(),
    )


def _require_set_up(signed: Signed) -> None:
    if not SetUp(signed.clients, signed.account).is_made():
        raise CloudRefused(
            f"Second Unit is not set up in {signed.account.region} yet.",
            f"Set it up there: sign in with --region {signed.account.region}, then 'cloud setup'.",
        )
