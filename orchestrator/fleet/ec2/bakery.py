"""Make an image of the user's own that has all that a worker needs: on an instance of its own."""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from orchestrator.cloud_errors import (
    CapacityRefused,
    ChannelBroken,
    CloudError,
    CommandFailed,
    QuotaTooSmall,
)
from orchestrator.errors import NotSaved
from orchestrator.events import LeaseId
from orchestrator.fleet import FleetEvent
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.image import Image, bake
from orchestrator.fleet.ec2.launch import Launcher, Pool
from orchestrator.fleet.ec2.lease import Kit, Life, bring
from orchestrator.fleet.ec2.ledger import Launched, Line, end_of
from orchestrator.fleet.ec2.receipt import make_receipt, save_receipt
from orchestrator.fleet.ec2.run import Choice, CloudRun
from orchestrator.fleet.ec2.setup import Account
from orchestrator.fleet.ec2.sweep import BAKE
from orchestrator.home import Home
from orchestrator.jobs import lock_path
from orchestrator.journal import JobLock
from orchestrator.transfer.ssh import Channel, Door, new_key_pair
from remote_worker.contract.records import JobId

_log = logging.getLogger(__name__)
_LEASE = LeaseId("bake")
_TRIES = 5
_PAUSE_S = 3.0
_LEFT = ("boot.json", "in-use", "watchdog.log")
"""What the host's begin left beside what a worker needs; another host has its own."""
_KEYS = ".ssh/authorized_keys"
STEPS = ("launching an instance", "waiting for it", "installing", "making the image", "ending it")
Share = Callable[[int, int, str], None]
"""Hears how many of how many steps are done, and which is next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oven:
    """Where an image is baked, and what is to be in it."""

    clients: Clients
    account: Account
    home: Home
    choice: Choice
    my_address: Callable[[], str]
    lock: str = ""
    """Digest of the lock of the packages, by which the image is known later."""


class Cancelled(Exception):
    """The user does not want the image any more; nothing of it is left."""


def bake_image(oven: Oven, share: Share, cancelled: threading.Event) -> Image:
    """Launch an instance, give it all that a worker needs, and make an image of it; minutes.

    Whatever happens, the instance and everything else that was made for it is removed; should
    this process die, a sweep removes it.

    Raises:
        Cancelled: ``cancelled`` was set.
        CloudError: it could not be made.
        NotSaved: nothing can be written here.
    """
    job_id = JobId(f"{datetime.now(UTC):%Y%m%d-%H%M%S}{BAKE}")
    folder = oven.home.job(job_id)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise NotSaved(f"{folder} cannot be made: {error.strerror}.", "Check the disk.") from error
    with JobLock(lock_path(oven.home, job_id)):
        lines: tuple[Line, ...] = ()
        try:
            baking = _Baking(oven, job_id, share, cancelled)
            try:
                return baking.made()
            finally:
                lines = baking.clear()
        finally:
            if lines:  # it counts for the month's budget
                receipt = make_receipt(oven.clients, oven.account, job_id, lines)
                try:
                    save_receipt(oven.home, receipt)
                except OSError as error:  # the image is what was asked for; it costs cents
                    _log.warning("what the image cost could not be kept: %s", error)
            shutil.rmtree(folder, ignore_errors=True)


class _Baking:
    """One image on its way."""

    def __init__(self, oven: Oven, job_id: JobId, share: Share, cancelled: threading.Event) -> None:
        self._oven, self._share, self._cancelled = oven, share, cancelled
        key = new_key_pair()
        self._run = CloudRun(
            oven.clients, oven.account, oven.home, job_id, oven.choice, key, oven.my_address
        )
        self._kit: Kit = self._run.kit()

    def made(self) -> Image:
        try:
            return self._made()
        except CloudError as error:
            if self._cancelled.is_set():  # what broke off because of that is no trouble
                raise Cancelled from error
            raise

    def _made(self) -> Image:
        self._step(0)
        launcher = self._run.ready()
        launched = self._launched(launcher)
        self._step(1)
        door = self._met(launched)
        self._step(2)
        self._install(door)
        self._step(3)
        choice = self._oven.choice
        image = bake(
            self._oven.clients,
            launched.instance_id,
            choice.wheelhouse_digest,
            engine=choice.engine,
            lock=self._oven.lock,
            pause=self._cancelled.wait,
            is_over=self._cancelled.is_set,
        )
        self._share(4, len(STEPS), STEPS[4])
        return image

    def clear(self) -> tuple[Line, ...]:
        """Remove all but the image, and return what was launched for it."""
        self._run.rest()
        lines = self._run.cleared()
        self._share(len(STEPS), len(STEPS), "")
        return lines

    def _heed(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled

    def _step(self, number: int) -> None:
        self._heed()
        self._share(number, len(STEPS), STEPS[number])

    def _launched(self, launcher: Launcher) -> Launched:
        """Return an instance; on demand where spot has none, as somebody waits for it."""
        pools: Sequence[Pool] = self._oven.choice.wanted.pools
        try:
            spot = [pool for pool in pools if pool.spot_usd_per_hour is not None]
            if spot:
                return launcher.launch(_LEASE, spot, "spot")
        except (CapacityRefused, QuotaTooSmall):
            self._heed()
        return launcher.launch(_LEASE, pools, "on-demand")

    def _met(self, launched: Launched) -> Door:
        life = Life(_LEASE, self._kit, _unheard, over=self._cancelled)
        ends_at = end_of(self._kit.ledger.lines, launched)
        if ends_at is not None:
            self._kit.expiry.arm(launched.instance_id, ends_at)
        return life.meet(launched)

    def _install(self, door: Door) -> None:
        """Have all there that a worker needs; a line that breaks is laid again."""
        for attempt in range(1, _TRIES + 1):
            self._heed()
            try:
                with contextlib.closing(Channel(door, self._kit.key)) as channel:
                    bring(channel, self._kit, _LEASE, prepare_only=True)
                    root = PurePosixPath(self._kit.root)
                    channel.run(["rm", "-rf", *(str(root / name) for name in _LEFT)])
                    channel.run(["sync"])
                    with contextlib.suppress(ChannelBroken):  # the key is forgotten with us
                        channel.run(["rm", "-f", _KEYS])
                    return
            except ChannelBroken as error:
                if attempt == _TRIES or isinstance(error, CommandFailed):
                    raise
                self._run.open_door()
            self._cancelled.wait(_PAUSE_S)


def _unheard(event: FleetEvent) -> None:
    """Hear what becomes of a lease; this one has no agent that says anything."""
