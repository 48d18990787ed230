"""Put what ended in the outbox, and tell it from a thread of its own until it is taken."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from orchestrator.desk.entries import Entry
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.notify.errors import NotTold
from orchestrator.notify.keys import Keys
from orchestrator.notify.mail import tell_mail
from orchestrator.notify.outbox import Delivery, Outbox, State
from orchestrator.notify.receivers import (
    Receiver,
    Webhook,
    load_receivers,
    needs_secret,
)
from orchestrator.notify.tidings import Tiding, tiding_of_entry, trial_tiding
from orchestrator.notify.webhook import tell_webhook
from orchestrator.secrets import Secret

_LOOK_S = 60.0
"""Another process may have put something in: it is looked for so often."""
_CLOSE_S = 3.0
_log = logging.getLogger(__name__)
Tell = Callable[[Receiver, Tiding, Secret | None], None]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one try to tell one receiver."""

    receiver: str
    state: State
    sentence: str
    """Empty when it was taken."""
    advice: str = ""


def tell(receiver: Receiver, tiding: Tiding, secret: Secret | None) -> None:
    """Tell one receiver, once.

    Raises:
        NotTold: it was not taken.
        SecondUnitError: it cannot be told that way.
    """
    if isinstance(receiver, Webhook):
        if secret is None:
            raise NotTold(
                "The webhook's secret is not known here, so nothing can be signed.",
                "Set the webhook again.",
                retry=False,
            )
        tell_webhook(receiver, tiding, secret)
    else:
        tell_mail(receiver, tiding, secret)


class Notifier:
    """The way from what happened to those who asked; every method can be called from any thread."""

    def __init__(
        self,
        home: Home,
        *,
        keys: Keys | None = None,
        tell: Tell = tell,
        chance: random.Random | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare; nothing is sent before :meth:`start` or :meth:`send_due`."""
        self._home, self._keys, self._tell = home, keys or Keys(), tell
        self._outbox = Outbox(home, clock)
        self._clock = clock
        self._chance = chance or random.Random()  # noqa: S311  # jitter, no secret
        self._news, self._over = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Send what is unsent, and what comes, from now on."""
        self._thread = threading.Thread(target=self._run, name="notify", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Send no more; what is unsent is sent after the next start."""
        self._over.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join(_CLOSE_S)

    def entry_ended(self, entry: Entry) -> None:
        """Note that an entry came to an end; those who asked are told soon.

        It raises nothing: a render is not to suffer because nobody can be told of it.
        """
        tiding = tiding_of_entry(entry, _now())
        if tiding is not None:
            self.note(tiding)

    def note(self, tiding: Tiding) -> None:
        """Keep ``tiding`` for everybody who asked for its occasion; raises nothing."""
        try:
            names = [each.name for each in load_receivers(self._home).wishing(tiding.occasion)]
            if names:
                self._outbox.put(tiding, names)
                self._news.set()
        except SecondUnitError as error:
            _log.warning("Nobody is told: %s %s", error.sentence, error.advice)

    def send_due(self, *, for_s: float = float("inf")) -> tuple[Told, ...]:
        """Send what is due, for about so long, and return what came of it.

        Raises:
            SecondUnitError: who is told, or what, cannot be read.
        """
        until_s = time.monotonic() + for_s
        told = []
        while time.monotonic() < until_s and not self._over.is_set():
            delivery = self._outbox.take()
            if delivery is None:
                break
            told.append(self._deliver(delivery))
        return tuple(told)

    def hurry(self) -> None:
        """Have what waits for its next try sent now.

        Raises:
            NotSaved: it could not be noted.
        """
        self._outbox.hurry()
        self._news.set()

    def test(self, receiver: Receiver) -> Told:
        """Send a test and return what came of it; it is not tried again."""
        try:
            secret = self._keys.of(receiver) if needs_secret(receiver) else None
            self._tell(receiver, trial_tiding(receiver.name, _now()), secret)
        except SecondUnitError as error:
            return Told(receiver.name, "given up", error.sentence, error.advice)
        return Told(receiver.name, "sent", "")

    def _run(self) -> None:
        while not self._over.is_set():
            self._news.clear()
            try:
                self.send_due()
                rest_s = self._rest_s()
            except SecondUnitError as error:
                _log.warning("Nobody is told: %s", error.sentence)
                rest_s = _LOOK_S
            except Exception:  # the next look may do better; renders go on without this one
                _log.exception("What is to be told could not be sent.")
                rest_s = _LOOK_S
            self._news.wait(rest_s)

    def _rest_s(self) -> float:
        due_s = self._outbox.next_due_s()
        return _LOOK_S if due_s is None else min(_LOOK_S, max(0.1, due_s - self._clock()))

    def _deliver(self, delivery: Delivery) -> Told:
        receiver = load_receivers(self._home).named(delivery.receiver)
        if receiver is None:
            self._outbox.forget(delivery.receiver)
            return Told(delivery.receiver, "given up", "It is told no more.")
        try:
            secret = self._keys.of(receiver) if needs_secret(receiver) else None
            self._tell(receiver, delivery.tiding, secret)
        except SecondUnitError as error:
            return self._failed(delivery, error)
        except Exception as error:  # a fault of ours: another try may do better, others go on
            _log.exception("A message could not be sent.")
            return self._failed(
                delivery, NotTold(f"It failed ({type(error).__name__}).", "", retry=True)
            )
        self._outbox.sent(delivery)
        return Told(delivery.receiver, "sent", "")

    def _failed(self, delivery: Delivery, error: SecondUnitError) -> Told:
        # Without a password store it is tried again: it may be unlocked by then.
        retry = error.retry if isinstance(error, NotTold) else error.code == "secrets_unavailable"
        after_s = error.after_s if isinstance(error, NotTold) else 0.0
        state = self._outbox.failed(
            delivery, error.sentence, retry=retry, chance=self._chance, after_s=after_s
        )
        _log.info("Not told to %s: %s (%s)", delivery.receiver, error.sentence, state)
        return Told(delivery.receiver, state, error.sentence, error.advice)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
