"""Be the fleet of one run: a lease is one spot instance of the user's account."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from orchestrator.cloud_errors import (
    CapacityRefused,
    CloudError,
    CloudRefused,
    CloudUnreachable,
    CredentialsExpired,
    QuotaTooSmall,
    Throttled,
    WorkerUnfit,
)
from orchestrator.events import Fault, LeaseId
from orchestrator.fleet import FleetEvent, Gone, Refused, Tell
from orchestrator.fleet.ec2.deadline import Course, Deadline, Rest
from orchestrator.fleet.ec2.ending import is_gone
from orchestrator.fleet.ec2.launch import Launcher, Pool
from orchestrator.fleet.ec2.lease import Kit, Life
from orchestrator.fleet.ec2.ledger import Asked, Launched, TakenOver, alive, unanswered
from orchestrator.fleet.ec2.moves import Moves
from orchestrator.fleet.ec2.names import Market
from orchestrator.fleet.ec2.termination import describe, note_end, see_off, terminate
from remote_worker.contract.messages import Drain, Finish, Order

T = TypeVar("T")
_JOIN_S = 330.0
_AGAIN_S = 10.0
_MOVE_AGAIN = 6
"""So many times as long as between other tries, until a move is tried again."""
_LIVING = ("pending", "running")
_LOOK_S = 5.0
"""How often EC2 is asked, once for all instances, which are going."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which instances may be had, and what is done when spot has none."""

    pools: tuple[Pool, ...]
    patience_s: float = 600.0
    """How long spot is tried before the fallback, or before the lease is refused."""
    again_s: float = _AGAIN_S
    """Pause between tries."""
    launch_after_s: tuple[float, ...] = ()
    """When each of the first instances is launched, from the fleet's start: just in time for
    the pieces on their way up (:func:`~orchestrator.fleet.ec2.quote.launch_times_s`)."""
    fall_back: bool = False
    """Whether an on-demand instance is taken when spot cannot be had in that time."""
    deadline: Deadline | None = None
    """With one, spot is tried until it has passed, and on demand bought only when it calls for."""
    rest: Rest | None = None
    """Without a deadline: what on-demand instances are weighed by, to be left when that pays."""


class Ec2Fleet:
    """The :class:`~orchestrator.fleet.Fleet` contract with spot instances.

    What an earlier run of the job launched, and what it asked for without hearing an answer,
    is taken over before anything is launched.
    """

    def __init__(
        self,
        launcher: Launcher,
        kit: Kit,
        wanted: Wanted,
        tell: Tell,
        *,
        on_close: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Look at what is left of earlier runs; ``on_close`` is called when all has ended."""
        self._launcher, self._kit, self._wanted = launcher, kit, wanted
        self._on_close, self._clock = on_close, clock
        self._course, self._moves = _course_of(wanted), None
        self._tell = tell if self._course is None else _heard_by(self._course, tell)
        self._unheard: list[Asked] = list(unanswered(kit.ledger.lines))
        self._spare: list[Launched] = sorted(
            alive(kit.ledger.lines), key=lambda each: each.usd_per_hour
        )
        if self._course is not None:
            self._moves = Moves(
                partial(self._cheaper, self._course),
                lambda lease_id, pools: self._launched(lease_id, "spot", pools),
                lambda launched: see_off(kit.clients, kit.ledger, launched, self._closing),
                self._tell,
                clock,
                pause_s=_MOVE_AGAIN * wanted.again_s,
            )
        self._lives: dict[LeaseId, Life] = {}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._looker: threading.Thread | None = None
        self._began_s = self._looked_s = clock()
        self._requests = self._unfit = 0

    def request(self, lease_id: LeaseId) -> None:
        """Begin to get one instance; see the contract."""
        life = Life(lease_id, self._kit, self._tell, self._clock, is_hopeless=self._is_hopeless)
        with self._lock:
            wait_s = self._early_s(self._requests)
            self._requests += 1
            thread = threading.Thread(
                target=self._live, args=(life, wait_s), name=lease_id, daemon=True
            )
            self._lives[lease_id] = life
            self._threads = [each for each in self._threads if each.is_alive()]
            self._threads.append(thread)
            thread.start()

    def order(self, lease_id: LeaseId, order: Order) -> None:
        """Pass an order on; see the contract."""
        if isinstance(order, Finish):
            self._stop_launching()
        with self._lock:
            life = self._lives.get(lease_id)
        if life is not None:
            has_heir = self._moves is not None and self._moves.has_heir(lease_id)
            life.is_outpriced |= has_heir and isinstance(order, Drain)
            life.pass_on(order)

    def check(self) -> None:
        """Look now and then which instances EC2 says are going; does not wait for the answer."""
        if self._clock() - self._looked_s < _LOOK_S:
            return
        if self._looker is not None and self._looker.is_alive():
            return
        self._looked_s = self._clock()
        self._looker = threading.Thread(target=self._look, name="states", daemon=True)
        self._looker.start()

    def close(self) -> None:
        """Terminate every instance and wait until AWS says so; see the contract."""
        self._stop_launching()
        self._each(Life.end)
        self._end_move()
        self._end_spares()
        self._on_close()

    def leave(self) -> None:
        """Let every instance go on without this machine; the next run takes them over."""
        self._each(Life.leave)
        self._end_move()
        self._on_close()

    def _stop_launching(self) -> None:
        with contextlib.suppress(CloudError):  # what AWS launches by itself has its own end
            self._launcher.stop()

    def _each(self, end: Callable[[Life], None]) -> None:
        self._closing.set()
        with self._lock:
            lives, threads = list(self._lives.values()), list(self._threads)
        for life in lives:
            end(life)
        for thread in (*threads, *([] if self._looker is None else [self._looker])):
            thread.join(_JOIN_S)

    # -- one lease -----------------------------------------------------------------------

    def _early_s(self, number: int) -> float:
        """Return for how long an instance would only wait for its first piece."""
        is_there = self._spare or self._unheard or (self._moves and self._moves.waits())
        if is_there or number >= len(self._wanted.launch_after_s):
            return 0.0  # what is there already, and what replaces it, is wanted now
        return max(0.0, self._began_s + self._wanted.launch_after_s[number] - self._clock())

    def _live(self, life: Life, wait_s: float) -> None:
        life.over.wait(wait_s)
        try:
            launched = self._got(life)
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

    def _is_hopeless(self, error: CloudError) -> bool:
        """Return whether hosts fail one like the other: the second unfit worker says so."""
        if not isinstance(error, WorkerUnfit):
            return False
        with self._lock:
            self._unfit += 1
            return self._unfit > 1

    def _got(self, life: Life) -> Launched | None:
        """Return an instance for the lease, waiting while there is none to be had."""
        give_up_s = self._clock() + self._wanted.patience_s
        while not life.over.is_set() and not self._closing.is_set():
            try:
                return self._taken_over(life) or self._new(life.lease_id)
            except (CapacityRefused, Throttled, CloudUnreachable, CredentialsExpired) as error:
                waits = isinstance(error, CapacityRefused) and self._has_time
                if not waits and self._clock() > give_up_s:
                    if self._wanted.fall_back:
                        return self._launched(life.lease_id, "on-demand")
                    raise
            life.over.wait(self._wanted.again_s)
        return None

    def _taken_over(self, life: Life) -> Launched | None:
        """Return an instance that is there for a move, or that an earlier run left to us.

        What came of a call without an answer is found out before.
        """
        if self._moves is not None and (launched := self._moves.hand_over(life)) is not None:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            self._kit.ledger.write(
                TakenOver(instance_id=launched.instance_id, lease_id=life.lease_id, at=at)
            )
            return launched
        while (asked := self._next_of(self._unheard)) is not None:
            try:
                return self._launcher.settle(asked, self._wanted.pools)
            except (CapacityRefused, QuotaTooSmall, CloudRefused):
                continue  # nothing came of it, and that is written down
            except CloudError:
                self._put_back(self._unheard, asked)
                raise
        while (launched := self._next_of(self._spare)) is not None:
            try:
                found = self._described([launched.instance_id]).get(launched.instance_id, {})
            except CloudError:
                self._put_back(self._spare, launched)
                raise
            if found.get("State", {}).get("Name") in _LIVING:
                return launched
            note_end(self._kit.ledger, launched, found)
        return None

    def _next_of(self, left: list[T]) -> T | None:
        with self._lock:
            return left.pop(0) if left else None

    def _put_back(self, left: list[T], each: T) -> None:
        with self._lock:
            left.append(each)

    @property
    def _has_time(self) -> bool:
        """Whether there is a deadline, and it is still to come: so long spot is tried."""
        return self._course is not None and self._course.is_due

    def _new(self, lease_id: LeaseId) -> Launched:
        """Return a new instance, of those that are worth their price now."""
        if self._course is None or not self._course.is_due:
            return self._launched(lease_id, "spot")
        lines = self._kit.ledger.lines
        ask = self._course.ask(self._wanted.pools, lines, self._wanted.again_s)
        if ask.spot:
            try:
                return self._launched(lease_id, "spot", ask.spot)
            except CapacityRefused:
                if not ask.full:
                    raise
        if ask.full:
            return self._bought(lease_id, ask.full)
        raise CapacityRefused(
            "What is to be had now is too dear while there is time.", "It is tried again."
        )

    def _bought(self, lease_id: LeaseId, pools: Sequence[Pool]) -> Launched:
        """Return an on-demand instance; where the account may have no more, spot is tried on."""
        try:
            return self._launched(lease_id, "on-demand", pools)
        except QuotaTooSmall:
            return self._launched(lease_id, "spot")

    def _launched(
        self, lease_id: LeaseId, market: Market, pools: Sequence[Pool] | None = None
    ) -> Launched:
        try:
            offered = self._offered(market) if pools is None else pools
            return self._launcher.launch(lease_id, offered, market)
        except (Throttled, CloudUnreachable, CredentialsExpired):
            lines = unanswered(self._kit.ledger.lines)
            with self._lock:  # an answer that never came is found out, not asked for anew
                self._unheard += [
                    asked
                    for asked in lines
                    if asked.lease_id == lease_id and asked not in self._unheard
                ]
            raise

    def _offered(self, market: Market) -> Sequence[Pool]:
        if market == "on-demand":
            return self._wanted.pools
        return [pool for pool in self._wanted.pools if pool.spot_usd_per_hour is not None]

    # -- all of them ---------------------------------------------------------------------

    def _look(self) -> None:
        with self._lock:
            held = list(self._lives.values())
        lives = {each.instance_id: each for each in held if each.instance_id}
        with contextlib.suppress(CloudError):  # asked again soon; each lease has its own deadline
            for instance_id, described in self._described(list(lives)).items():
                if is_gone(described):
                    lives[instance_id].found_gone()
            if self._moves is not None and not self._closing.is_set():
                self._end_surplus(held)
                self._moves.look(held)

    def _described(self, instance_ids: list[str]) -> dict[str, dict[str, Any]]:
        return describe(self._kit.clients, instance_ids)

    def _cheaper(self, course: Course, held: Launched) -> Sequence[Pool]:
        return course.cheaper(
            held, self._wanted.pools, self._kit.ledger.lines, self._wanted.again_s
        )

    def _end_surplus(self, held: Sequence[Life]) -> None:
        """End what an earlier run left in the middle of a move, once nothing is missing."""
        if not held or not all(life.is_working for life in held):
            return
        self._end_spares()

    def _end_move(self) -> None:
        if self._moves is not None:
            with contextlib.suppress(CloudError):  # it stays in the ledger as alive
                self._moves.end()

    def _end_spares(self) -> None:
        """End what nobody took over; what cannot be ended now stays in the ledger as alive.

        The same of launches of which nobody knows what came.
        """
        with contextlib.suppress(CloudError):
            while (asked := self._next_of(self._unheard)) is not None:
                self._launcher.end(
                    asked, lambda each: terminate(self._kit.clients, (each,), hurry=self._closing)
                )
            while (launched := self._next_of(self._spare)) is not None:
                see_off(self._kit.clients, self._kit.ledger, launched, self._closing)


def _course_of(wanted: Wanted) -> Course | None:
    rest = wanted.deadline or wanted.rest
    return None if rest is None else Course(rest)


def _heard_by(course: Course, tell: Tell) -> Tell:
    """Return what tells on, and lets the course hear it first."""

    def told(event: FleetEvent) -> None:
        course.hear(event)
        tell(event)

    return told
