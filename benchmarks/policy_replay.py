"""Replay a recorded trace against a policy, minute by minute, and count time and money.

Every instance is billed by the step from its launch on, also while it boots and also when it is
taken back in its first hour (which AWS does not charge for today).  One that its zone no longer
has is gone at the beginning of the step.  All work up to then is kept: checkpoints cost nothing
and are a step apart.  An instance that is asked for comes if its zone has one; on demand always.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from benchmarks.policy_traces import STEP_S, TraceSet
from orchestrator.policy import Decision, Held, Pool, Standing, Terms

Policy = Callable[[Standing, Sequence[Pool], Terms], Decision]
_HOUR_S = 3600.0
_PATIENCE = 4
"""A job that takes so many times its deadline is done on demand for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be done, in steps."""

    work: int
    deadline: int
    boot: int
    instances: int = 1
    depth: int = 1
    """Instances that a zone has when its trace says no more than that it has one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one start."""

    usd: float
    steps: int
    """Until all was done."""
    boots: int
    on_demand_steps: int


@dataclass(slots=True)
class _One:
    """An instance that is paid for; ``zone`` is that of the trace, or one past the last."""

    zone: int
    begun: int
    ready: int


@dataclass(slots=True)
class _Slot:
    held: _One | None = None
    coming: _One | None = None


@dataclass(slots=True)
class _Replay:
    """One start."""

    policy: Policy
    case: Case
    terms: Terms
    price: list[float]
    """USD per hour by zone, on demand last."""
    pools: list[Pool]
    counts: list[list[int]]
    """Instances to be had: steps x zones."""
    lasts: list[list[int]]
    """For how many steps from each on a zone has an instance: zones x steps."""
    work: int
    slots: list[_Slot]
    living: list[int]
    """Instances held and coming in each zone, on demand last."""
    usd: float = 0.0
    boots: int = 0
    on_demand_steps: int = 0
    step: int = 0
    cheapest: int = 0
    index: dict[str, int] = field(default_factory=dict)

    @property
    def on_demand(self) -> int:
        return len(self.price) - 1

    def run(self, start: int) -> Outcome:
        longest = min(len(self.counts) - start, self.case.deadline * _PATIENCE)
        while self.work > 0 and self.step < longest:
            row = self.counts[start + self.step]
            self._take_back(row)
            for slot in self.slots:
                self._decide(slot, row)
            self._pass(self._quiet_steps(start))
        rest = self.work
        usd = self.usd + rest * self.price[-1] * STEP_S / _HOUR_S
        return Outcome(usd, self.step + rest, self.boots, self.on_demand_steps + rest)

    def _take_back(self, row: list[int]) -> None:
        """End what zones no longer have, the youngest first, and let what is ready take over."""
        for zone, there in enumerate(row):
            if self.living[zone] > there:
                self._lose(zone, there)
        for slot in self.slots:
            coming = slot.coming
            if coming is not None and (slot.held is None or coming.ready <= self.step):
                if slot.held is not None:
                    self._end(slot.held, 0)
                slot.held, slot.coming = coming, None

    def _lose(self, zone: int, there: int) -> None:
        for slot, one in self._in(zone)[there:]:
            self._end(one, 1)
            if slot.held is one:
                slot.held = None
            else:
                slot.coming = None

    def _in(self, zone: int) -> list[tuple[_Slot, _One]]:
        found = [
            (slot, one)
            for slot in self.slots
            for one in (slot.held, slot.coming)
            if one is not None and one.zone == zone
        ]
        return sorted(found, key=lambda each: each[1].begun)

    def _end(self, one: _One, taken: int) -> None:
        """Let go of an instance; what it told of its pool is kept."""
        self.living[one.zone] -= 1
        if one.zone == self.on_demand:
            return
        pool = self.pools[one.zone]
        held_s = pool.held_s + (self.step - one.begun) * STEP_S
        self.pools[one.zone] = replace(pool, held_s=held_s, taken=pool.taken + taken)

    def _decide(self, slot: _Slot, row: list[int]) -> None:
        if slot.coming is not None or self._is_settled(slot) or self._is_too_late(slot):
            return
        decision = self.policy(self._standing(slot), self.pools, self.terms)
        asked = (self.index[name] for name in decision.spot)
        zone = next((each for each in asked if self.living[each] < row[each]), None)
        if zone is None and decision.on_demand:
            zone = self.on_demand
        if zone is None:
            return
        self.boots += 1
        self.living[zone] += 1
        one = _One(zone, self.step, self.step + self.case.boot)
        if slot.held is None:
            slot.held = one
        else:
            slot.coming = one

    def _is_settled(self, slot: _Slot) -> bool:
        """Whether it works at the least price there is: no policy asks for more."""
        held = slot.held
        return held is not None and held.ready <= self.step and held.zone == self.cheapest

    def _is_too_late(self, slot: _Slot) -> bool:
        """Whether the others are done before another instance could begin."""
        if len(self.slots) == 1 or slot.held is not None:
            return False
        return self.work <= self.case.boot * sum(self._works(each) for each in self.slots)

    def _works(self, slot: _Slot) -> bool:
        return slot.held is not None and slot.held.ready <= self.step

    def _standing(self, slot: _Slot) -> Standing:
        return Standing(
            work_s=self.work * STEP_S / len(self.slots),
            left_s=(self.case.deadline - self.step) * STEP_S,
            held=self._seen(slot.held),
            coming=self._seen(slot.coming),
            elapsed_s=self.step * STEP_S,
            spent_usd=self.usd / len(self.slots),
        )

    def _seen(self, one: _One | None) -> Held | None:
        if one is None:
            return None
        name = "" if one.zone == self.on_demand else self.pools[one.zone].name
        ready_in_s = max(0, one.ready - self.step) * STEP_S
        return Held(pool=name, usd_per_work_hour=self.price[one.zone], ready_in_s=ready_in_s)

    def _quiet_steps(self, start: int) -> int:
        """Return for how many steps nothing can happen and nobody would be asked."""
        slot = self.slots[0]
        if len(self.slots) > 1 or slot.held is None or not self._is_settled(slot):
            return 1
        return max(1, min(self.work, self.lasts[slot.held.zone][start + self.step]))

    def _pass(self, steps: int) -> None:
        """Let steps pass: all that is held is paid for, and what is ready works."""
        for zone, number in enumerate(self.living):
            if number:
                self.usd += number * self.price[zone] * steps * STEP_S / _HOUR_S
        self.on_demand_steps += self.living[-1] * steps
        works = sum(self._works(slot) for slot in self.slots)
        self.work = max(0, self.work - works * steps)
        self.step += steps


def replay(
    policy: Policy, traces: TraceSet, starts: npt.NDArray[np.int64], case: Case
) -> tuple[Outcome, ...]:
    """Return what becomes of a job at each start."""
    deep = case.depth if traces.counts.max(initial=0) <= 1 else 1
    counts = (traces.counts.T * deep).tolist()
    lasts = [*_lasting(traces.counts > 0).tolist(), list(range(traces.steps, 0, -1))]
    terms = Terms(
        boot_s=case.boot * STEP_S,
        again_s=STEP_S,
        work_s=case.work * STEP_S / case.instances,
        on_demand_usd_per_hour=traces.on_demand_usd_per_hour,
    )
    pools = [
        Pool(name=zone, usd_per_hour=usd)
        for zone, usd in zip(traces.zones, traces.usd_per_hour, strict=True)
    ]
    index = {pool.name: number for number, pool in enumerate(pools)}
    price = [*traces.usd_per_hour, traces.on_demand_usd_per_hour]
    return tuple(
        _Replay(
            policy,
            case,
            terms,
            price,
            list(pools),
            counts,
            lasts,
            case.work,
            [_Slot() for _ in range(case.instances)],
            [0] * len(price),
            cheapest=price.index(min(price)),
            index=index,
        ).run(int(start))
        for start in starts
    )


def _lasting(up: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return for how many steps from each on a zone stays up: zones x steps."""
    steps = up.shape[1]
    downs = np.where(up, steps, np.arange(steps))
    next_down = np.minimum.accumulate(downs[:, ::-1], axis=1)[:, ::-1]
    return next_down - np.arange(steps)
