"""Make trouble by seed: a story of faults that is the same each time it is told."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.cloud.region import CloudTrouble, HostView, Region

INSTANCE_KINDS = (
    "interrupt", "take", "crash", "freeze", "cut", "cut cloud", "cut desktop", "lose", "slow",
    "fill disk", "rebalance", "break metadata",
)  # fmt: skip
CLOUD_KINDS = (
    "run out", "throttle", "lose answer", "lose request", "delay",
    "expire instance credentials", "expire credentials",
)  # fmt: skip
KINDS = (*INSTANCE_KINDS, *CLOUD_KINDS)
_ACTIONS = (
    "RunInstances", "CreateFleet", "DescribeInstances", "TerminateInstances", "PutObject",
    "UploadPart", "CompleteMultipartUpload", "GetObject", "ReceiveMessage", "DeleteMessage",
    "ChangeMessageVisibility",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """One fault of a story."""

    at_s: float
    """Seconds after the story begins."""
    kind: str
    victim: float
    """Which of the instances alive at that time, as a share of their number."""
    lasts_s: float
    """After which it is healed, where it can be."""
    action: str
    times: int


def story(
    seed: int,
    length_s: float,
    count: int,
    kinds: Sequence[str] = KINDS,
    lasting_s: tuple[float, float] = (0.3, 4.0),
) -> tuple[Deed, ...]:
    """The deeds of a seed, in order."""
    chance = random.Random(f"mischief {seed}")
    deeds = [
        Deed(
            chance.uniform(0.0, length_s),
            chance.choice(list(kinds)),
            chance.random(),
            chance.uniform(*lasting_s),
            chance.choice(_ACTIONS),
            chance.randint(1, 3),
        )
        for _ in range(count)
    ]
    return tuple(sorted(deeds, key=lambda deed: deed.at_s))


class Mischief:
    """Tells a story to a region while a test runs; `done` is what came of it.

    with Mischief(region, story(seed, 20, 8), pools=[("g6.xlarge", "us-east-1a")]):
        ...
    """

    def __init__(
        self,
        region: Region,
        deeds: Sequence[Deed],
        *,
        pools: Sequence[tuple[str, str]] = (),
        access_key: str | None = None,
    ) -> None:
        self._region = region
        self._deeds = deeds
        self._pools = pools
        self._access_key = access_key
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell, name="mischief", daemon=True)
        self._heals: list[tuple[float, Callable[[], None]]] = []
        self.done: list[str] = []

    def __enter__(self) -> Mischief:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Do no more, and heal what can be healed."""
        self._over.set()
        self._thread.join(30)
        self._heal(float("inf"))

    def _tell(self) -> None:
        began = time.monotonic()
        for deed in self._deeds:
            while (left_s := began + deed.at_s - time.monotonic()) > 0:
                self._heal(time.monotonic())
                if self._over.wait(min(left_s, 0.05)):
                    return
            self._note(deed)
        while self._heals and not self._over.wait(0.05):
            self._heal(time.monotonic())

    def _note(self, deed: Deed) -> None:
        try:
            whom = self._do(deed)
        except CloudTrouble as error:
            whom = f"failed, as when it ended just before: {error}"
        self.done.append(f"{deed.at_s:.2f} {deed.kind}: {whom}")

    def _do(self, deed: Deed) -> str:
        if deed.kind in CLOUD_KINDS:
            return self._to_the_cloud(deed)
        alive = [one for one in self._region.hosts() if one.alive and one.state == "running"]
        if not alive:
            return "nobody there"
        victim = alive[int(deed.victim * len(alive))]
        self._to_an_instance(deed, victim)
        return victim.instance_id

    def _to_an_instance(self, deed: Deed, victim: HostView) -> None:
        region, one = self._region, victim.instance_id
        match deed.kind:
            case "interrupt":
                region.interrupt(one, notice_s=deed.lasts_s)
            case "take":
                region.kill(one)
            case "crash":
                region.crash(one)
            case "rebalance":
                region.rebalance(one)
            case "freeze":
                region.freeze(one)
                self._later(deed, lambda: region.thaw(one))
            case "fill disk":
                region.fill_disk(one)
                self._later(deed, lambda: region.free_disk(one))
            case "break metadata":
                region.break_metadata(one)
                self._later(deed, lambda: region.break_metadata(one, 0))
            case "lose":
                region.lose(one, 100 * deed.victim / 4)
                self._later(deed, lambda: region.heal(one))
            case "slow":
                region.slow(one, down_mbit=2, up_mbit=2)
                self._later(deed, lambda: region.heal(one))
            case _:
                only = deed.kind.partition(" ")[2] or "both"
                region.cut(one, only=only)
                self._later(deed, lambda: region.heal(one))

    def _to_the_cloud(self, deed: Deed) -> str:
        region, key = self._region, self._access_key
        match deed.kind:
            case "run out":
                for pool in self._pools:
                    region.run_out(*pool)
                self._later(deed, self._give_all)
                return f"{len(self._pools)} pools"
            case "expire instance credentials":
                return ", ".join(region.expire_instance_credentials()) or "nobody there"
            case "expire credentials":
                keys = {} if key is None else {"access_key": key}
                region.expire_credentials(**keys)
                self._later(deed, lambda: region.revive_credentials(**keys))
                return key or "the tests' own"
            case "throttle":
                region.throttle(deed.action, deed.times)
            case "lose answer":
                region.lose_answer(deed.action, deed.times)
            case "lose request":
                region.lose_request(deed.action, deed.times)
            case _:
                region.delay(deed.action, deed.lasts_s, deed.times)
        return f"{deed.action} x{deed.times}"

    def _give_all(self) -> None:
        for pool in self._pools:
            self._region.give(*pool)

    def _later(self, deed: Deed, heal: Callable[[], object]) -> None:
        self._heals.append((time.monotonic() + deed.lasts_s, lambda: self._try(heal)))

    def _try(self, heal: Callable[[], object]) -> None:
        try:
            heal()
        except CloudTrouble as error:  # what it was done to has ended meanwhile
            self.done.append(f"not healed: {error}")

    def _heal(self, now: float) -> None:
        due = [heal for when, heal in self._heals if when <= now]
        self._heals = [one for one in self._heals if one[0] > now]
        for heal in due:
            heal()
