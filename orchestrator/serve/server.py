"""Run the API on a socket until it is told to end; the queue rests then and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.desk.elsewhere import PlacesFor
from orchestrator.desk.entries import Entry
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.notify.notifier import Notifier
from orchestrator.notify.receivers import is_loopback
from orchestrator.notify.tidings import tiding_of_entry
from orchestrator.serve.app import make_app
from orchestrator.serve.host import Host, Upkeep
from orchestrator.serve.jobs import ServedJobs
from orchestrator.serve.limits import Limits
from orchestrator.serve.parts import Parts
from orchestrator.serve.places import Places, Terms
from orchestrator.serve.served_faces import ServedFaces
from orchestrator.serve.tokens import Tokens
from orchestrator.serve.uploads import Uploads

if TYPE_CHECKING:
    import uvicorn

HERE_ONLY = Terms()
_GRACE_S = 5
_KEEP_ALIVE_S = 15
_UPKEEP_S = 1800.0


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
        _working(home, limits, workers, places) as working,
    ):
        asyncio.run(_answer(home, where, limits, bound, working, offered, ready))


@dataclass(frozen=True, slots=True)
class _Working:
    host: Host
    uploads: Uploads
    faces: ServedFaces
    jobs: ServedJobs


@contextlib.contextmanager
def _working(
    home: Home, limits: Limits, workers: int | None, places: PlacesFor | None
) -> Iterator[_Working]:
    """Give the queue and all that is kept, and let them rest at the end."""
    notifier = Notifier(home)
    made: list[ServedJobs] = []

    def on_end(entry: Entry) -> None:
        tiding = tiding_of_entry(entry, datetime.now(UTC).isoformat(timespec="seconds"))
        title = made[0].title_of(entry) if made else None
        if tiding is not None:
            notifier.note(tiding if title is None else replace(tiding, title=title))

    host = Host(home, workers=workers, on_end=on_end, places=places)
    uploads = Uploads(home, limits)
    faces = ServedFaces(home, uploads, limits)
    jobs = ServedJobs(home, host, uploads, faces, limits)
    made.append(jobs)
    host.start()
    try:
        if host.snapshot.paused:
            raise RequestRefused(
                "The queue is paused.", "Let it go on with 'secondunit queue go-on', then serve."
            )
        jobs.settle()
        notifier.start()
        upkeep = Upkeep(jobs.remove_old_uploads, _UPKEEP_S)
        jobs.farewells.start()
        try:
            yield _Working(host, uploads, faces, jobs)
        finally:
            jobs.farewells.stop()
            upkeep.stop()
            notifier.close()
    finally:
        host.close()


async def _answer(
    home: Home,
    where: Where,
    limits: Limits,
    bound: socket.socket,
    working: _Working,
    offered: Places,
    ready: Callable[[Running], None],
) -> None:
    closing = asyncio.Event()
    parts = Parts(
        home=home,
        tokens=Tokens(home),
        uploads=working.uploads,
        faces=working.faces,
        jobs=working.jobs,
        places=offered,
        limits=limits,
        listen=lambda call: working.host.hear(lambda _: call()),
        closing=closing,
    )
    server = _server(make_app(parts), where, limits)
    loop = asyncio.get_running_loop()

    def end() -> None:
        server.should_exit = True
        with contextlib.suppress(RuntimeError):  # it has ended by itself meanwhile
            loop.call_soon_threadsafe(closing.set)

    # The socket listens already: who comes before the loop does is answered all the same.
    scheme = "http" if where.certificate is None else "https"
    host, port = bound.getsockname()[:2]
    ready(Running(f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}", end))
    await server.serve(sockets=[bound])


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
