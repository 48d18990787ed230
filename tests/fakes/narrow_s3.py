"""Serve S3 over HTTP as services do that know only a part of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

Conditions = Literal["kept", "ignored", "refused"]
_ERROR = (
    b'<?xml version="1.0" encoding="UTF-8"?><Error><Code>NotImplemented</Code><Message>A header '
    b"you provided implies functionality that is not implemented.</Message></Error>"
)


class NarrowS3:
    """Stands before a whole S3 and passes on what such a service would understand."""

    def __init__(self, conditions: Conditions, *, takes_checksums: bool = False) -> None:
        self.conditions, self._takes_checksums = conditions, takes_checksums
        self.asked: list[tuple[str, str, bool]] = []
        """Method, path and whether a condition came with it, of every request."""
        self.url = ""
        self._whole = DomainDispatcherApplication(create_backend_app)
        self._lock = threading.Lock()  # one at a time: moto races with itself

    def __call__(self, told: dict, begin: Callable) -> list[bytes]:
        conditional = told.get("HTTP_IF_NONE_MATCH") == "*"
        self.asked.append((told["REQUEST_METHOD"], told["PATH_INFO"], conditional))
        if not self._takes_checksums and any(_is_checksum(*each) for each in told.items()):
            return _not_implemented(begin)
        if conditional and self.conditions == "refused":
            return _not_implemented(begin)
        if conditional and self.conditions == "ignored":
            del told["HTTP_IF_NONE_MATCH"]
        if told["REQUEST_METHOD"] == "POST":  # a queue's, which may wait for a message
            return list(self._whole(told, begin))
        with self._lock:
            return list(self._whole(told, begin))

    def count(self, method: str) -> int:
        return sum(each[0] == method for each in self.asked)


def _is_checksum(name: str, value: object) -> bool:
    if name in ("HTTP_X_AMZ_SDK_CHECKSUM_ALGORITHM", "HTTP_X_AMZ_TRAILER"):
        return True
    if name.startswith("HTTP_X_AMZ_CHECKSUM_"):
        return True
    return name == "HTTP_CONTENT_ENCODING" and "aws-chunked" in str(value)


def _not_implemented(begin: Callable) -> list[bytes]:
    begin("501 Not Implemented", [("Content-Type", "application/xml")])
    return [_ERROR]


@contextmanager
def narrow_s3(conditions: Conditions, **asked: bool) -> Iterator[NarrowS3]:
    """Run one until the end."""
    service = NarrowS3(conditions, **asked)
    server = make_server("127.0.0.1", 0, service, threaded=True, request_handler=MotoRequestHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join(30)
        server.server_close()
