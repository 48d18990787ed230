"""Run the API on a socket until it is told to end; the queue rests then and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.desk.elsewhere import PlacesFor
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.notify.receivers import is_loopback
from orchestrator.serve.app import make_app
from orchestrator.serve.limits import Limits
from orchestrator.serve.parts import Parts
from orchestrator.serve.places import Places, Terms
from orchestrator.serve.tokens import Tokens
from orchestrator.serve.working import Working, working

if TYPE_CHECKING:
    import uvicorn

HERE_ONLY = Terms()
_GRACE_S = 5
_KEEP_ALIVE_S = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What the server is bound to."""

    host: str = "127.0.0.1"
    port: int = 8787
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False
    """Whether somebody says that what lies before it encrypts."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    url: str
    end: Callable[[], None]
    """Tells it to end; safe in a signal handler."""


def require_safe(where: Where) -> None:
    """Return when what is served can be read by nobody on the way.

    Raises:
        RequestRefused: tokens and faces would go over a network in the clear.
    """
    if (where.certificate is None) != (where.key is None):
        raise RequestRefused(
            "A certificate needs its key, and a key its certificate.",
            "Give both --tls-certificate and --tls-key.",
        )
    if is_loopback(where.host) or where.certificate is not None or where.behind_proxy:
        return
    raise RequestRefused(
        f"Whoever is on the network could read what is sent to {where.host}.",
        "Give --tls-certificate and --tls-key, or --behind-proxy if a proxy before it does TLS.",
    )


def serve(
    home: Home,
    where: Where,
    limits: Limits,
    *,
    workers: int | None,
    ready: Callable[[Running], None],
    terms: Terms = HERE_ONLY,
    places: PlacesFor | None = None,
) -> None:
    """Serve until told to end; ``ready`` hears of it once requests are answered.

    ``terms`` say where callers may have jobs rendered; ``places`` gives the machines there.

    Raises:
        RequestRefused: what is asked for is not safe, a place was not set up, the address cannot
            be had, or the queue is paused.
        QueueBusy: a window or another command has this home's queue.
        QueueBroken: it cannot be used.
    """
    require_safe(where)
    offered = Places(home, terms)
    offered.require_ready()
    with (
        contextlib.closing(_bound(where)) as bound,
        working(home, limits, workers, places) as has,
    ):
        asyncio.run(_answer(home, where, limits, bound, has, offered, ready))


async def _answer(
    home: Home,
    where: Where,
    limits: Limits,
    bound: socket.socket,
    has: Working,
    offered: Places,
    ready: Callable[[Running], None],
) -> None:
    closing = asyncio.Event()
    app = make_app(_parts(home, limits, has, offered, closing))
    server = _server(app, where, limits)
    loop = asyncio.get_running_loop()

    def end() -> None:
        server.should_exit = True
        with contextlib.suppress(RuntimeError):  # it has ended by itself meanwhile
            loop.call_soon_threadsafe(closing.set)

    # The socket listens already: who comes before the loop does is answered all the same.
    ready(Running(_url(where, bound), end))
    await server.serve(sockets=[bound])


def _parts(
    home: Home, limits: Limits, has: Working, offered: Places, closing: asyncio.Event
) -> Parts:
    return Parts(
        home=home,
        tokens=Tokens(home),
        uploads=has.uploads,
        faces=has.faces,
        jobs=has.jobs,
        places=offered,
        limits=limits,
        listen=lambda call: has.host.hear(lambda _: call()),
        closing=closing,
    )


def _url(where: Where, bound: socket.socket) -> str:
    scheme = "http" if where.certificate is None else "https"
    host, port = bound.getsockname()[:2]
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def _server(app: object, where: Where, limits: Limits) -> uvicorn.Server:
    import uvicorn

    class Server(uvicorn.Server):
        """Leaves signals to whoever runs it: the queue has to come to rest after it."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    return Server(
        uvicorn.Config(
            app,  # type: ignore[arg-type]  # an ASGI application
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            limit_concurrency=limits.connections,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_GRACE_S,
            ssl_certfile=where.certificate,
            ssl_keyfile=where.key,
        )
    )


def _bound(where: Where) -> socket.socket:
    if where.certificate is not None and where.key is not None:
        _require_pair(where.certificate, where.key)
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    try:
        return socket.create_server((where.host, where.port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise RequestRefused(
            f"{where.host}:{where.port} cannot be had ({getattr(error, 'strerror', error)}).",
            "Choose another --port, or end what listens there.",
        ) from error


def _require_pair(certificate: Path, key: Path) -> None:
    """Return when both can be read and belong together; what is wrong is said before it serves."""
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise RequestRefused(
            f"The certificate and its key cannot be used ({error.strerror or error}).",
            "Give PEM files that belong together, the key without a password.",
        ) from error
