"""Say before a render how long it takes and what it costs, per number of instances; pure.

The model is that of pieces which are uploaded in order while instances boot, rendered as they
arrive and fetched as they are done; instances are launched just in time for the pieces.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from orchestrator.fleet.ec2.offers import Offer

MOST_INSTANCES = 16
_WORTH = 0.03
"""An instance more has to save at least this share of the time."""
_GUESS_FRAMES_PER_S = (4.0, 9.0)
"""Rendered by the slowest GPU, as a first guess: low and high."""
_GUESS_BOOT_S = (60.0, 240.0)
_INTERRUPTED = (0.0, 0.15)
"""Share of the work that interruptions add: a second boot, a segment begun anew."""
_SMALLEST_S = 60
"""AWS bills at least a minute of an instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done."""

    frames: int
    pieces: int
    upload_bytes: int
    """Of all pieces; 0 for what the bucket holds already."""
    download_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What this machine's connection carries, as measured; bits per second."""

    up_bps: float
    down_bps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What one instance of an earlier job of this account did."""

    instance_type: str
    boot_s: float
    """From launch to its agent's hello."""
    frames: int
    render_s: float
    """From hello to its last segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What earlier jobs tell of one type; ranges are low and high."""

    frames_per_s: tuple[float, float]
    boot_s: tuple[float, float]
    samples: int
    """0: a guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Time and money for one number of instances; ranges are low and high."""

    instances: int
    seconds: tuple[float, float]
    usd: tuple[Decimal, Decimal]
    on_demand_usd: tuple[Decimal, Decimal]
    """What the same would cost on demand."""
    first_frames_s: float
    """When the first finished frames are here, at best."""
    is_guess: bool
    """Whether no earlier job of the account has told how quick this type is."""


def learn(pasts: Sequence[Past], instance_type: str, speed: float) -> Learned:
    """Return what the pasts tell of a type, or the first guess for its speed."""
    own = [
        past
        for past in pasts
        if past.instance_type == instance_type and past.frames and past.render_s > 0
    ]
    if not own:
        low, high = _GUESS_FRAMES_PER_S
        return Learned(frames_per_s=(low * speed, high * speed), boot_s=_boots(pasts), samples=0)
    rates = [past.frames / past.render_s for past in own]
    return Learned(frames_per_s=_range(rates), boot_s=_boots(own), samples=len(own))


def quotes(
    work: Work, line: Line, offer: Offer, learned: Learned, *, most: int = MOST_INSTANCES
) -> tuple[Quote, ...]:
    """Return a quote for one instance, two, and so on, as long as one more is worth it."""
    made: list[Quote] = []
    for instances in range(1, max(1, min(most, work.pieces)) + 1):
        quote = _quote(work, line, offer, learned, instances)
        if made and quote.seconds[0] > made[-1].seconds[0] * (1 - _WORTH):
            break  # the line feeds no more than those before
        made.append(quote)
    return tuple(made)


def launch_times_s(
    work: Work, line: Line, frames_per_s: float, boot_s: float, instances: int
) -> tuple[float, ...]:
    """Return when each instance is to be launched, from now, so that none waits for a piece."""
    arrivals = _arrivals(work, line)
    share_s = work.frames / work.pieces / frames_per_s
    busy = [0.0] * 0
    starts: list[float] = []
    for arrival_s in arrivals:
        if busy and (busy[0] <= arrival_s or len(busy) >= instances):
            heapq.heapreplace(busy, max(busy[0], arrival_s) + share_s)
        else:
            starts.append(max(0.0, arrival_s - boot_s))
            heapq.heappush(busy, max(boot_s, arrival_s) + share_s)
    return tuple(starts)


def most_useful_instances(work: Work, line: Line, frames_per_s: float) -> int:
    """Return how many instances the uplink can keep at work; more would wait for pieces."""
    if not work.upload_bytes:
        return min(MOST_INSTANCES, work.pieces)
    upload_s = work.upload_bytes * 8 / line.up_bps
    render_s = work.frames / frames_per_s
    return max(1, min(MOST_INSTANCES, work.pieces, round(render_s / upload_s + 0.49)))


def _quote(work: Work, line: Line, offer: Offer, learned: Learned, instances: int) -> Quote:
    slow, fast = learned.frames_per_s
    quick_boot_s, slow_boot_s = learned.boot_s
    best = _told(work, line, fast, quick_boot_s, instances, _INTERRUPTED[0])
    worst = _told(work, line, slow, slow_boot_s, instances, _INTERRUPTED[1])
    low, high = _prices(offer)
    usual = offer.on_demand_usd_per_hour
    return Quote(
        instances=instances,
        seconds=(best.seconds, worst.seconds),
        usd=(_usd(best.billed_s, low), _usd(worst.billed_s, high)),
        on_demand_usd=(_usd(best.billed_s, usual), _usd(worst.billed_s, usual)),
        first_frames_s=best.first_s,
        is_guess=learned.samples == 0,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    seconds: float
    billed_s: float
    first_s: float


def _told(
    work: Work, line: Line, frames_per_s: float, boot_s: float, instances: int, more: float
) -> _Told:
    """Play the render through, piece by piece."""
    share_s = work.frames / work.pieces / frames_per_s * (1 + more)
    down_s = work.download_bytes / work.pieces * 8 / line.down_bps
    launches = launch_times_s(work, line, frames_per_s, boot_s, instances)
    free = [(launch_s + boot_s, number) for number, launch_s in enumerate(launches)]
    heapq.heapify(free)
    ends, here_s, first_s = [0.0] * len(launches), 0.0, 0.0
    for arrival_s in _arrivals(work, line):
        free_s, number = heapq.heappop(free)
        ends[number] = end_s = max(free_s, arrival_s) + share_s
        heapq.heappush(free, (end_s, number))
        here_s = max(here_s, end_s) + down_s
        first_s = first_s or here_s
    billed = (max(_SMALLEST_S, end - start) for end, start in zip(ends, launches, strict=True))
    return _Told(here_s, sum(billed), first_s)


def _arrivals(work: Work, line: Line) -> list[float]:
    piece_s = work.upload_bytes / work.pieces * 8 / line.up_bps
    return [piece_s * number for number in range(1, work.pieces + 1)]


def _prices(offer: Offer) -> tuple[Decimal, Decimal]:
    low, high = offer.spot_low_usd, offer.spot_high_usd
    if low is None or high is None:
        return offer.on_demand_usd_per_hour, offer.on_demand_usd_per_hour
    return low, high


def _usd(seconds: float, usd_per_hour: Decimal) -> Decimal:
    return (Decimal(round(seconds)) * usd_per_hour / 3600).quantize(Decimal("0.0001"))


def _boots(pasts: Sequence[Past]) -> tuple[float, float]:
    boots = [past.boot_s for past in pasts if past.boot_s > 0]
    return _range(boots) if boots else _GUESS_BOOT_S


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Return where the middle of what was seen lies, wider the less was seen."""
    middle, spare = median(values), 0.5 / len(values)
    low, high = min(values), max(values)
    return min(low, middle * (1 - spare)), max(high, middle * (1 + spare))


def by_type(pasts: Sequence[Past]) -> Mapping[str, int]:
    """Return of how many instances of each type something is known."""
    kinds = sorted({past.instance_type for past in pasts})
    return {kind: sum(past.instance_type == kind for past in pasts) for kind in kinds}
