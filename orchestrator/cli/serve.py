"""Take renders over HTTP until Ctrl-C, and make, list and revoke the tokens of who may ask."""

from __future__ import annotations

import logging
from argparse import Namespace
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from orchestrator.cli.driving import handling_signals
from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.logbook import Logbook

if TYPE_CHECKING:
    from orchestrator.serve.limits import Limits
    from orchestrator.serve.places import Terms
    from orchestrator.serve.server import Running, Where


def serve(asked: Namespace, reporter: Reporter) -> Exit:
    """Serve, or see to the tokens."""
    home = Home.default()
    match asked.action:
        case "token":
            return _make_token(home, asked, reporter)
        case "tokens":
            return _list_tokens(home, reporter)
        case "revoke":
            return _revoke(home, asked.token_id, reporter)
    return _serve(home, asked, reporter)


def _where(asked: Namespace) -> Where:
    from orchestrator.serve.server import Where

    return Where(
        host=asked.host,
        port=asked.port,
        certificate=asked.tls_certificate,
        key=asked.tls_key,
        behind_proxy=asked.behind_proxy,
    )


def _limits(asked: Namespace) -> Limits:
    from orchestrator.serve.limits import GIB, Limits

    if min(asked.most_upload_gib, asked.most_kept_gib, asked.most_jobs) < 1:
        raise RequestRefused("A limit of nothing serves nobody.", "Give numbers from 1.")
    return Limits(
        video_bytes=asked.most_upload_gib * GIB,
        kept_bytes=asked.most_kept_gib * GIB,
        jobs=asked.most_jobs,
    )


def _terms(asked: Namespace) -> Terms:
    from orchestrator.serve.places import Terms, typed_places

    return Terms(
        places=typed_places(asked.places),
        most_usd=asked.most_usd,
        most_instances=asked.most_instances,
    )


def _serve(home: Home, asked: Namespace, reporter: Reporter) -> Exit:
    from orchestrator.serve.server import serve
    from orchestrator.serve.tokens import Tokens

    where, limits, terms = _where(asked), _limits(asked), _terms(asked)
    if not Tokens(home).all():
        reporter.say("Nobody has a token yet: 'secondunit serve token NAME' makes one.")
    until = _UntilSignal(lambda each: _say_ready(home, terms, each, reporter))
    log = Logbook(home)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    try:
        with handling_signals(until.on_signal):
            serve(home, where, limits, workers=asked.workers, ready=until.ready, terms=terms)
    finally:
        log.close()
    reporter.say("ended; what was rendering goes on with the next start")
    return Exit.DONE


class _UntilSignal:
    """Ends a server at a signal, also at one that comes before it answers."""

    def __init__(self, say: Callable[[Running], None]) -> None:
        self._say = say
        self._running: Running | None = None
        self._is_over = False

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._is_over = True
        if self._running is not None:
            self._running.end()

    def ready(self, running: Running) -> None:
        self._running = running
        self._say(running)
        if self._is_over:
            running.end()


def _say_ready(home: Home, terms: Terms, running: Running, reporter: Reporter) -> None:
    from orchestrator.serve.places import Places

    for caution in Places(home, terms).cautions():
        reporter.say(caution)
    reporter.say(f"renders are taken for {', '.join(map(str, terms.places))}")
    reporter.say(f"serving at {running.url}")


def _make_token(home: Home, asked: Namespace, reporter: Reporter) -> Exit:
    from orchestrator.serve.places import typed_places
    from orchestrator.serve.tokens import Tokens

    places = () if asked.places is None else tuple(map(str, typed_places(asked.places)))
    token = Tokens(home).make(asked.name, places).reveal()  # the one time it is shown
    reporter.result(
        {"name": asked.name, "token": token, "places": list(places)},
        lambda console: console.print(token, markup=False, soft_wrap=True),
    )
    reporter.say("It is shown this once; only its digest is kept.")
    return Exit.DONE


def _list_tokens(home: Home, reporter: Reporter) -> Exit:
    from orchestrator.serve.tokens import Tokens

    found = Tokens(home).all()
    lines = [
        {"id": t.token_id, "name": t.name, "made_at": t.made_at, "places": list(t.places)}
        for t in found
    ]
    rows = [(t.token_id, t.name, t.made_at, ", ".join(t.places) or "all") for t in found]
    head = ("id", "name", "made", "places")
    reporter.result(lines, lambda console: console.print(table("", head, rows)))
    return Exit.DONE


def _revoke(home: Home, token_id: str, reporter: Reporter) -> Exit:
    from orchestrator.serve.tokens import Tokens

    gone = Tokens(home).revoke(token_id)
    said = f"The token {gone.token_id} of {gone.name} opens nothing any more."
    reporter.result({"revoked": token_id}, lambda console: console.print(said, markup=False))
    return Exit.DONE
