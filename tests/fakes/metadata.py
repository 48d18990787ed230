"""Be the instance metadata service, version 2, on a port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FIRST = "first"


class FakeMetadata:
    """Holds what lies at each path; ``tokens`` are those that are good."""

    def __init__(self) -> None:
        self.lies: dict[str, str] = {}
        self.tokens: list[str] = [FIRST]
        self.tokens_given = 0
        self.url = ""

    def take_back_at(self, time: str) -> None:
        """Give notice."""
        self.lies["spot/instance-action"] = f'{{"action": "terminate", "time": "{time}"}}'

    def recommend(self) -> None:
        """Say that this host is likelier to be taken back than others."""
        self.lies["events/recommendations/rebalance"] = '{"noticeTime": "2026-01-01T00:00:00Z"}'


@contextmanager
def fake_metadata() -> Iterator[FakeMetadata]:
    """Serve one until the end."""
    held = FakeMetadata()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            held.tokens_given += 1
            wanted = self.path == "/latest/api/token" and bool(
                self.headers["X-aws-ec2-metadata-token-ttl-seconds"]
            )
            self.answer(200 if wanted else 404, held.tokens[-1])

        def do_GET(self) -> None:
            if self.headers["X-aws-ec2-metadata-token"] != held.tokens[-1]:
                self.answer(401, "")
                return
            said = held.lies.get(self.path.removeprefix("/latest/meta-data/"))
            self.answer(404 if said is None else 200, said or "")

        def answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *given: object) -> None:
            del given

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        held.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield held
        server.shutdown()
        thread.join(10)
