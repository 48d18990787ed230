"""Be the fleet of one run: a lease is one spot instance of the user's account."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.cloud_errors import (
    CapacityRefused,
    CloudError,
    CloudUnreachable,
    CredentialsExpired,
    Throttled,
)
from orchestrator.events import Fault, LeaseId
from orchestrator.fleet import Gone, Refused, Tell
from orchestrator.fleet.ec2.launch import Launcher, Pool
from orchestrator.fleet.ec2.lease import Kit, Life
from orchestrator.fleet.ec2.ledger import Launched, unanswered
from orchestrator.fleet.ec2.names import Market
from remote_worker.contract.messages import Order

_JOIN_S = 330.0
_AGAIN_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which instances may be had, and what is done when spot has none."""

    pools: tuple[Pool, ...]
    patience_s: float = 600.0
    """How long spot is tried before the fallback, or before the lease is refused."""
    fall_back: bool = False
    """Whether an on-demand instance is taken when spot cannot be had in that time."""


class Ec2Fleet:
    """The :class:`~orchestrator.fleet.Fleet` contract with spot instances."""

    def __init__(
        self,
        launcher: Launcher,
        kit: Kit,
        wanted: Wanted,
        tell: Tell,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._launcher, self._kit, self._wanted = launcher, kit, wanted
        self._tell, self._clock = tell, clock
        self._lives: dict[LeaseId, Life] = {}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def request(self, lease_id: LeaseId) -> None:
        """Begin to get one instance; see the contract."""
        life = Life(lease_id, self._kit, self._tell, self._clock)
        thread = threading.Thread(target=self._live, args=(life,), name=lease_id, daemon=True)
        with self._lock:
            self._lives[lease_id] = life
            self._threads.append(thread)
        thread.start()

    def order(self, lease_id: LeaseId, order: Order) -> None:
        """Pass an order on when there is a line; see the contract."""
        with self._lock:
            life = self._lives.get(lease_id)
        if life is not None:
            life.orders.put(order)

    def check(self) -> None:
        """Do nothing: every lease's own thread looks after its deadline."""

    def close(self) -> None:
        """Terminate every instance and wait until AWS says so; see the contract."""
        self._closing.set()
        with self._lock:
            for life in self._lives.values():
                life.over.set()
            threads = list(self._threads)
        for thread in threads:
            thread.join(_JOIN_S)

    def _live(self, life: Life) -> None:
        try:
            launched = self._launched(life)
            if launched is None:
                self._tell(Gone(life.lease_id, orderly=True, last_words="not needed any more"))
                return
            life.live(launched)
        except CloudError as error:
            fault = Fault(error.code, error.sentence, error.advice)
            self._tell(Refused(life.lease_id, fault))
        finally:
            with self._lock:
                self._lives.pop(life.lease_id, None)

    def _launched(self, life: Life) -> Launched | None:
        """Return an instance for the lease, waiting while there is none to be had."""
        give_up_s = self._clock() + self._wanted.patience_s
        while not self._closing.is_set():
            try:
                return self._launch(life.lease_id, "spot")
            except (CapacityRefused, Throttled, CloudUnreachable, CredentialsExpired):
                if self._clock() > give_up_s:
                    if self._wanted.fall_back:
                        return self._launch(life.lease_id, "on-demand")
                    raise
            self._closing.wait(_AGAIN_S)
        return None

    def _launch(self, lease_id: LeaseId, market: Market) -> Launched:
        for asked in unanswered(self._kit.ledger.lines):
            if asked.lease_id == lease_id:  # an answer that never came: found out, not asked anew
                pools = _named_pools(self._wanted.pools, asked.pools)
                return self._launcher.settle(lease_id, asked.token, pools, asked.market)
        return self._launcher.launch(lease_id, self._offered(market), market)

    def _offered(self, market: Market) -> Sequence[Pool]:
        if market == "on-demand":
            return self._wanted.pools
        return [pool for pool in self._wanted.pools if pool.spot_usd_per_hour is not None]


def _named_pools(pools: Sequence[Pool], asked: Sequence[tuple[str, str]]) -> list[Pool]:
    by_name = {(pool.instance_type, pool.subnet_id): pool for pool in pools}
    return [by_name[name] for name in asked if name in by_name]
