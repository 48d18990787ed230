"""Read recorded availability of spot pools, a folder of zones at a time.

A set is a folder of files ``<zone>_<anything>.json`` as in skypilot-org/spot-traces: seconds
between samples, and how many instances were to be had at each.  A ``prices.json`` beside them
(``{"on_demand": 3.06, "spot": {"us-east-1a": 1.80}}``, USD per hour) replaces the prices known
here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

STEP_S = 60
"""Of the replay: how often is asked again, and what a checkpoint is worth."""
_ON_DEMAND = 3.06
_SPOT = {
    "us-east-1a": 1.80,
    "us-east-1c": 1.72,
    "us-east-1d": 1.31,
    "us-east-1f": 2.13,
    "us-east-2a": 1.35,
    "us-east-2b": 1.68,
    "us-west-2a": 0.95,
    "us-west-2b": 1.01,
    "us-west-2c": 0.97,
}
"""USD per hour of p3.2xlarge in spring 2023, when the known sets were recorded."""
_UNKNOWN = 1.35
"""For a zone without a price: the middle of those above."""
_PRICES = "prices.json"


@dataclass(frozen=True, slots=True)
class TraceSet:
    """What was to be had in some zones over the same time."""

    name: str
    zones: tuple[str, ...]
    usd_per_hour: tuple[float, ...]
    on_demand_usd_per_hour: float
    counts: npt.NDArray[np.int16]
    """Instances that could be had: zones x steps."""
    unpriced: tuple[str, ...] = ()
    """Zones whose price is a guess."""
    recorded: tuple[float, ...] = ()
    """For which share of the time each zone was recorded; after it, it has none."""

    @property
    def steps(self) -> int:
        """How many steps were recorded."""
        return int(self.counts.shape[1])

    def part(self, first: float, last: float) -> TraceSet:
        """Return the time between two shares from 0 to 1."""
        if (first, last) == (0.0, 1.0):
            return self
        low, high = round(self.steps * first), round(self.steps * last)
        counts = self.counts[:, low:high]
        return TraceSet(
            f"{self.name} {first:.0%} to {last:.0%}",
            self.zones,
            self.usd_per_hour,
            self.on_demand_usd_per_hour,
            counts,
            self.unpriced,
            self.recorded,
        )


def trace_sets(folder: Path) -> tuple[TraceSet, ...]:
    """Return every set in a folder and below it, by name.

    Raises:
        FileNotFoundError: there is none.
        ValueError: a file is no trace.
    """
    folders = sorted({each.parent for each in folder.rglob("*.json") if each.name != _PRICES})
    if not folders:
        raise FileNotFoundError(f"no traces (*.json) in {folder}")
    return tuple(_read(each) for each in folders)


def _read(folder: Path) -> TraceSet:
    files = sorted(each for each in folder.glob("*.json") if each.name != _PRICES)
    zones = [each.stem for each in files]
    places = [zone.split("_")[0] for zone in zones]
    if len(set(places)) == len(places):
        zones = places
    rows = [_steps(file) for file in files]
    longest = max(len(row) for row in rows)
    spot, on_demand = _prices(folder)
    return TraceSet(
        folder.name,
        tuple(zones),
        tuple(spot.get(place, _UNKNOWN) for place in places),
        on_demand,
        np.array([np.pad(row, (0, longest - len(row))) for row in rows]),
        tuple(zone for zone, place in zip(zones, places, strict=True) if place not in spot),
        tuple(len(row) / longest for row in rows),
    )


def _steps(file: Path) -> npt.NDArray[np.int16]:
    """Return the fewest that could be had in each whole step, so that no short outage is missed."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        gap_s = float(content["metadata"]["gap_seconds"])
        samples = np.array(content["data"], np.int16)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{file} is no trace: {error!r}") from error
    if gap_s <= 0 or samples.ndim != 1 or not len(samples):
        raise ValueError(f"{file} is no trace: nothing was sampled")
    steps = int(len(samples) * gap_s // STEP_S)
    first = (np.arange(steps) * STEP_S // gap_s).astype(int)
    last = (((np.arange(steps) + 1) * STEP_S - 1) // gap_s).astype(int)
    fewest: npt.NDArray[np.int16] = samples[first]
    for more in range(1, int((last - first).max(initial=0)) + 1):
        fewest = np.minimum(fewest, samples[np.minimum(first + more, last)])
    return fewest


def _prices(folder: Path) -> tuple[dict[str, float], float]:
    if not (folder / _PRICES).exists():
        return _SPOT, _ON_DEMAND
    content = json.loads((folder / _PRICES).read_text(encoding="utf-8"))
    return dict(content["spot"]), float(content["on_demand"])
