"""Say in plain values what a decision rests on and what was decided."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A kind of interruptible instance in one place, as it can be asked for now.

    Prices here are floats: they are weighed against each other, never billed.
    """

    name: str
    usd_per_hour: float
    speed: float = 1.0
    """Of its work against the on-demand instance's."""
    held_s: float = 0.0
    """For how long instances of this pool were held, as far as is known."""
    taken: int = 0
    """How many of them were taken back."""

    @property
    def usd_per_work_hour(self) -> float:
        """Price of what the on-demand instance does in an hour."""
        return self.usd_per_hour / self.speed


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An instance that we pay for."""

    pool: str
    """Empty for one at the full price, which nobody takes back."""
    usd_per_work_hour: float
    ready_in_s: float = 0.0
    """Until it works; 0 when it does."""

    @property
    def is_on_demand(self) -> bool:
        """Whether it is ours for as long as we pay."""
        return not self.pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What does not change while a job runs."""

    boot_s: float
    """From asking for an instance to its first work; what an interruption loses included."""
    again_s: float
    """How long it takes until the next decision at the latest."""
    work_s: float
    """Of the whole job, on one on-demand instance, or this instance's share of it."""
    on_demand_usd_per_hour: float | None = None
    """None where the user did not allow the full price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things are at one time."""

    work_s: float
    """What is left to do, as the on-demand instance would take for it."""
    left_s: float | None = None
    """Until the deadline; None where there is none."""
    held: Held | None = None
    coming: Held | None = None
    """What boots beside it and takes over as soon as it can work."""
    elapsed_s: float = 0.0
    """Since the job, or this instance's share of it, began."""
    spent_usd: float = 0.0

    @property
    def slack_s(self) -> float | None:
        """What may pass without work, if all the rest is done on demand."""
        return None if self.left_s is None else self.left_s - self.work_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do now; a decision of nothing is to stay, or to wait, as it is."""

    spot: tuple[str, ...] = ()
    """Pools to ask, in this order, until one gives an instance."""
    on_demand: bool = False
    """Whether to take one at the full price when none of them does."""
    beside: bool = False
    """Whether what is held works on until the new one does: make before break."""
