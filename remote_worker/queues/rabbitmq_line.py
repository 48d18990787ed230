"""Hold one connection to a RabbitMQ server open and alive, whatever its owner is busy with."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import ssl
import threading
import urllib.parse
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import (
    AMQPConnectionError,
    AMQPError,
    ChannelClosed,
    ConnectionWrongStateError,
    NackError,
    ProbableAccessDeniedError,
    ProbableAuthenticationError,
    UnroutableError,
)

from remote_worker.errors import QueueGone, QueueUnavailable

T = TypeVar("T")
HEARTBEAT_S = 15
"""A side that hears nothing for about two of these takes the other for dead."""
ANSWER_S = 60.0
_CONNECT_S = 10.0
_BLOCKED_S = 30.0
"""How long a server that is short of memory or disk may refuse to listen."""
_TICK_S = 0.5
_REFUSALS = (ChannelClosed, NackError, UnroutableError)
_NOT_FOUND = 404
_PORTS = {"amqp": 5672, "amqps": 5671}


@dataclass(frozen=True, slots=True, kw_only=True)
class RabbitPlace:
    """Where the queues are, and where the secret to reach them is; it holds none itself."""

    name: str
    """What the names of the queues begin with: a tenant's or a job's own."""
    url: str = ""
    """``amqps://user@host:port/vhost``, without a password; empty where the secret is a URL."""
    secret: str = ""
    """``env:NAME`` or ``file:PATH`` of the password, or of a whole URL with one in it."""
    ca_file: str = ""
    """Certificates of who signs the server's; empty: whom this system trusts."""
    reveal: Callable[[], str] | None = field(default=None, repr=False, compare=False)
    """Gives the secret from a password store, where it is in no variable and no file."""

    def __post_init__(self) -> None:
        if not self.name or len(self.name) > 200 or self.name.startswith("amq."):
            raise ValueError(f"{self.name[:80]!r} is no name for queues")
        if self.url and urllib.parse.urlsplit(self.url).password is not None:
            raise ValueError("the queue's URL holds a password; name where it is kept instead")
        if self.secret and self.secret.partition(":")[0] not in ("env", "file"):
            raise ValueError("a secret is named by env:NAME or file:PATH")


def parameters_of(place: RabbitPlace) -> pika.ConnectionParameters:
    """Return how to connect; the secret is read now, so one that was changed is taken up.

    Raises:
        QueueUnavailable: the secret is not there, or the URL is none of AMQP's.
    """
    secret = _secret(place.secret) if place.reveal is None else place.reveal()
    is_url = secret.startswith(("amqp://", "amqps://"))
    if place.url.startswith("amqps://") and secret.startswith("amqp://"):
        raise QueueUnavailable(
            "The queue's secret is an address without TLS; one with it is asked."
        )
    parts = urllib.parse.urlsplit(secret if is_url else place.url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.query:
        raise QueueUnavailable("The queue's address is not of the form amqps://user@host/vhost.")
    password = urllib.parse.unquote(parts.password or "") if is_url else secret
    return pika.ConnectionParameters(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        virtual_host=urllib.parse.unquote(parts.path[1:]) or "/",
        credentials=pika.PlainCredentials(
            urllib.parse.unquote(parts.username or "guest"), password or "guest"
        ),
        ssl_options=_verified(place, parts.hostname) if parts.scheme == "amqps" else None,
        heartbeat=HEARTBEAT_S,
        socket_timeout=_CONNECT_S,
        stack_timeout=_CONNECT_S * 2,
        blocked_connection_timeout=_BLOCKED_S,
        client_properties={"connection_name": f"secondunit {place.name}"},
    )


def _secret(where: str) -> str:
    kind, _, name = where.partition(":")
    try:
        text = os.environ[name] if kind == "env" else Path(name).read_text() if name else ""
    except (KeyError, OSError, UnicodeDecodeError) as error:
        raise QueueUnavailable(f"The queue's password is not in {where}.") from error
    return text.strip()


def _verified(place: RabbitPlace, host: str) -> pika.SSLOptions:
    try:
        context = ssl.create_default_context(cafile=place.ca_file or None)
    except OSError as error:
        raise QueueUnavailable(f"The certificates {place.ca_file} cannot be read.") from error
    return pika.SSLOptions(context, host)


class Line:
    """A connection with a thread of its own, which answers heartbeats while others work.

    It is made at the first question and made anew at the first one after it was lost.  Two
    channels: what is held hangs on ``held``, so a refusal on ``plain`` costs no claim.
    """

    def __init__(
        self,
        place: RabbitPlace,
        *,
        on_tick: Callable[[], None],
        on_lost: Callable[[], None],
        patience_s: float = ANSWER_S,
    ) -> None:
        """Both callbacks run in the thread: now and then, and once all that was held is gone."""
        self._patience_s = patience_s
        # It tells of every fault by an exception, too, which we name; twice is noise.
        logging.getLogger("pika").setLevel(logging.CRITICAL)
        self._place, self._on_tick, self._on_lost = place, on_tick, on_lost
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._connection: pika.BlockingConnection | None = None
        self._held: BlockingChannel | None = None
        self._plain: BlockingChannel | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False

    def ask(self, call: Callable[[], T]) -> T:
        """Return what ``call`` gives in the line's thread.

        Raises:
            QueueUnavailable: the server does not answer, or refuses.
        """
        answer: Future[T] = Future()

        def run() -> None:
            if not answer.set_running_or_notify_cancel():
                return
            try:
                answer.set_result(self._named(call))
            except BaseException as error:  # it is raised where the answer is waited for
                answer.set_exception(error)

        self._start()
        self._asked.put(run)
        self._wake()
        try:
            return answer.result(self._patience_s)
        except TimeoutError:
            answer.cancel()  # if it claims a message after all, that claim soon runs out
            raise QueueUnavailable("The queue does not answer.") from None

    def close(self) -> None:
        """End the connection; what is held is handed out again.  Safe to perform twice."""
        with self._lock:
            self._closed, thread = True, self._thread
        self._asked.put(None)
        self._wake()
        if thread is not None:
            thread.join(ANSWER_S)

    # -- in the thread ---------------------------------------------------------------------

    @property
    def held(self) -> BlockingChannel:
        """The channel that claims hang on; only for the line's thread."""
        if self._held is None or not self._held.is_open:
            if self._held is not None:
                self._on_lost()  # the server closed it, and has handed out all that it held
            self._held = self._connected().channel()
        return self._held

    @property
    def plain(self) -> BlockingChannel:
        """The channel for all else, with publisher confirms; only for the line's thread."""
        if self._plain is None or not self._plain.is_open:
            self._plain = self.fresh()
            self._plain.confirm_delivery()
        return self._plain

    def fresh(self) -> BlockingChannel:
        """Return a channel of the caller's own; only for the line's thread."""
        return self._connected().channel()

    def _connected(self) -> pika.BlockingConnection:
        if self._connection is None or not self._connection.is_open:
            self._drop()
            self._connection = pika.BlockingConnection(parameters_of(self._place))
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self._held = self._plain = None
        if connection is None:
            return
        self._on_lost()
        with contextlib.suppress(Exception):  # it is given up, whatever its library says
            connection.close()

    def _named(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except (AMQPError, OSError) as error:
            self._heed_loss()
            if isinstance(error, ChannelClosed) and error.reply_code == _NOT_FOUND:
                raise QueueGone("There is no such queue.") from error
            said = "refuses" if isinstance(error, _REFUSALS) else "does not answer"
            raise QueueUnavailable(f"The queue {said}: {_why(error)}.") from error

    def _heed_loss(self) -> None:
        """Let go of what a closed channel or connection held."""
        if self._connection is not None and not self._connection.is_open:
            self._drop()
        elif self._held is not None and not self._held.is_open:
            self._held = None
            self._on_lost()

    def _start(self) -> None:
        with self._lock:
            if self._closed:
                raise QueueUnavailable("The queue was closed.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="rabbitmq", daemon=True)
                self._thread.start()

    def _wake(self) -> None:
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(ConnectionWrongStateError):  # then nobody sleeps on it
                connection.add_callback_threadsafe(_nothing)

    def _serve(self) -> None:
        while True:
            try:
                self._tend()
                run = self._asked.get(timeout=0.0 if self._connection else _TICK_S)
            except queue.Empty:
                continue
            if run is None:
                self._drop()
                return
            run()

    def _tend(self) -> None:
        """Answer heartbeats until somebody asks; a line that is lost is found out here."""
        try:
            if self._connection is not None and self._asked.empty():
                self._connection.process_data_events(time_limit=_TICK_S)
            self._on_tick()
        except Exception:  # its library fails in more ways than it names; who asks next is told
            self._drop()
        self._heed_loss()


def _nothing() -> None:
    return


def _why(error: Exception) -> str:
    """Return what happened in words that hold no secret."""
    match error:
        case ProbableAuthenticationError() | ProbableAccessDeniedError():
            return "it refuses this user's password or virtual host"
        case ChannelClosed():
            return str(error.reply_text)
        case UnroutableError():
            return "there is no such queue"
        case NackError():
            return "it did not take the message"
        case AMQPConnectionError():
            return _inner(error)
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted ({error.verify_message})"
        case OSError():
            return error.strerror or type(error).__name__
    return type(error).__name__


def _inner(error: AMQPConnectionError) -> str:
    """Return why no connection was made: pika wraps what the system said, more than once."""
    cause: Any = error
    for _ in range(4):
        cause = next((each for each in cause.args if isinstance(each, Exception)), None) or getattr(
            cause, "exception", None
        )
        if cause is None:
            break
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({cause.verify_message})"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
    return type(error).__name__
