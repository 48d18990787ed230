"""Stand before moto: count calls, refuse, throttle, delay and lose answers on demand."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from tests.cloud.asks import asks_of
from tests.cloud.calls import Asked, Call, read_call
from tests.cloud.credentials import Credentials
from tests.cloud.guard import Guard
from tests.cloud.policies import Ask
from tests.cloud.schedules import ACCESS_KEY as SCHEDULER

Answer = tuple[int, str, bytes]
"""Status, content type, body."""
_JSON, _XML = "application/x-amz-json-1.1", "text/xml"
CHECK_IP = "/_cloud/checkip"
"""Where the cloud tells a caller its address, as checkip.amazonaws.com would."""
_SKEW = timedelta(minutes=15)
_CALLS_KEPT = 20_000
_SERVER_SIDE = {
    "InsufficientInstanceCapacity": 500,
    "RequestLimitExceeded": 503,
    "InternalError": 500,
}
"""Errors that EC2 answers with another status than 400, which SDKs retry by."""


@dataclass(slots=True)
class Fault:
    """What happens to the next calls of an action; "*" is any."""

    action: str
    times: int
    kind: str
    code: str = ""
    seconds: float = 0.0
    source: str = ""
    """Only calls from this address; empty: from anywhere."""


@dataclass(slots=True)
class Faults:
    """The faults in force; the first that fits is used up."""

    waiting: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> None:
        """Put a fault in force."""
        with self.lock:
            self.waiting.append(fault)

    def next_for(self, call: Call) -> Fault | None:
        """The fault that this call meets, used up by one."""
        with self.lock:
            for fault in self.waiting:
                fits = fault.action in ("*", call.action, f"{call.service}.{call.action}")
                if fits and fault.source in ("", call.source):
                    fault.times -= 1
                    self.waiting = [one for one in self.waiting if one.times > 0]
                    return fault
        return None


class Gate:
    """The WSGI application that the server serves; ``inner`` is moto's."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self._inner = inner
        self.faults = Faults()
        self.credentials: Credentials
        self.guard = Guard()
        self.calls: list[Call] = []
        self.own: dict[tuple[str, str], Callable[[dict[str, Any], str], Answer]] = {}
        """Service and action to what answers instead of moto, for JSON services."""
        self.check_ip: Callable[[str], str]
        self.after: list[Callable[[Call, Asked, bytes], None]] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = environ["PATH_INFO"]
        if path == CHECK_IP:
            address = self.check_ip(environ["REMOTE_ADDR"])
            return _send((200, "text/plain", f"{address}\n".encode()), start)
        call, asked = read_call(environ)
        call = replace(call, asks=tuple(_asks(call, asked)))
        refusal = self._refuse(call, environ)
        internal = call.access_key.startswith(SCHEDULER)  # AWS's own call, not the tester's
        fault = None if refusal or internal else self.faults.next_for(call)
        if fault and fault.kind == "delay":
            time.sleep(fault.seconds)
        if fault and fault.kind == "throttle":
            refusal = _error(call, fault.code or _throttle_code(call.service), "Rate exceeded")
        if refusal:
            self._keep(call, refusal[0], refusal[2])
            return _send(refusal, start)
        if fault and fault.kind == "lose request":
            self._keep(call, 0, b"")
            return _hang_up(environ)
        lost = bool(fault and fault.kind == "lose answer")
        return self._pass_on(call, asked, environ, start, lost=lost)

    def _pass_on(
        self,
        call: Call,
        asked: Asked,
        environ: dict[str, Any],
        start: Callable[..., Any],
        *,
        lost: bool,
    ) -> Iterable[bytes]:
        own = self.own.get((call.service, call.action))
        if own:
            answer = own(dict(asked), call.region)
            headers = [("Content-Type", answer[1]), ("Content-Length", str(len(answer[2])))]
            status, body = f"{answer[0]} -", answer[2]
        else:
            status, headers, body = self._ask_moto(environ)
        status = _ec2_status(call, status, body)
        for hook in self.after:
            hook(call, asked, body)
        if lost:
            self._keep(call, 0, body)
            return _hang_up(environ)
        self._keep(call, int(status.split()[0]), body)
        start(status, headers)
        return [body]

    def _ask_moto(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        said: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            said[:] = [status, headers]
            return lambda data: None

        answer = self._inner(environ, note)
        body = b"".join(answer)
        close = getattr(answer, "close", None)
        if close:
            close()
        return said[0], said[1], body

    def _refuse(self, call: Call, environ: dict[str, Any]) -> Answer | None:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        if _is_late(query):
            return _error(call, "AccessDenied", "Request has expired", 403)
        if _is_skewed(environ):
            return _error(call, _skew_code(call.service), "The difference between the request "
                          "time and the current time is too large.", 403)  # fmt: skip
        if call.service == "s3" and not _is_intact(environ):
            return _error(call, "BadDigest", "The checksum you specified did not match", 400)
        if self.credentials.has_expired(call.access_key):
            return _error(call, _expired_code(call.service), "The security token has expired", 403)
        forbidden = self.guard.first_forbidden(call.access_key, call.asks)
        if forbidden:
            return _error(call, _forbidden_code(call.service), _forbidden_words(forbidden), 403)
        return None

    def _keep(self, call: Call, status: int, body: bytes) -> None:
        code = ""
        if status >= 400:
            found = re.search(rb"<Code>([^<]+)</Code>|\"__type\"\s*:\s*\"([^\"]+)\"", body)
            code = (found.group(1) or found.group(2)).decode() if found else ""
        self.calls.append(replace(call, status=status, code=code))
        if len(self.calls) > _CALLS_KEPT:
            del self.calls[: _CALLS_KEPT // 2]


def _is_late(query: dict[str, list[str]]) -> bool:
    if "X-Amz-Date" in query and "X-Amz-Expires" in query:
        signed = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return datetime.now(UTC) > signed + timedelta(seconds=int(query["X-Amz-Expires"][0]))
    return "Expires" in query and "Signature" in query and time.time() > int(query["Expires"][0])


def _is_skewed(environ: dict[str, Any]) -> bool:
    """Whether the caller's clock is wrong by more than AWS bears."""
    said = environ.get("HTTP_X_AMZ_DATE")
    if not said:
        return False
    signed = datetime.strptime(said, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return abs(datetime.now(UTC) - signed) > _SKEW


def _is_intact(environ: dict[str, Any]) -> bool:
    """Whether the body has the digests that came with it."""
    body = environ["wsgi.input"]
    for header, kind in (
        ("HTTP_CONTENT_MD5", "md5"),
        ("HTTP_X_AMZ_CHECKSUM_SHA256", "sha256"),
        ("HTTP_X_AMZ_CHECKSUM_SHA1", "sha1"),
    ):
        said = environ.get(header)
        if said and isinstance(body, io.BytesIO):
            digest = hashlib.new(kind, body.getbuffer(), usedforsecurity=False).digest()
            if base64.b64encode(digest).decode() != said:
                return False
    return True


def _skew_code(service: str) -> str:
    codes = {"ec2": "RequestExpired", "s3": "RequestTimeTooSkewed"}
    return codes.get(service, "SignatureDoesNotMatch")


def _expired_code(service: str) -> str:
    return {"ec2": "RequestExpired", "s3": "ExpiredToken", "sts": "ExpiredToken",
            "iam": "ExpiredToken"}.get(service, "ExpiredTokenException")  # fmt: skip


def _forbidden_code(service: str) -> str:
    return {"ec2": "UnauthorizedOperation", "s3": "AccessDenied", "sts": "AccessDenied",
            "iam": "AccessDenied", "sqs": "AccessDenied"}.get(
        service, "AccessDeniedException"
    )  # fmt: skip


def _forbidden_words(ask: Ask) -> str:
    return (
        "You are not authorized to perform this operation. The caller is not authorized to "
        f"perform: {ask.action} on resource: {ask.resource} because no identity-based policy "
        f"allows the {ask.action} action"
    )


def _asks(call: Call, asked: Asked) -> list[Ask]:
    try:
        return asks_of(call.service, call.action, call.region, asked)
    except Exception:  # it names what does not exist: moto is about to say so
        return []


def _throttle_code(service: str) -> str:
    return {"ec2": "RequestLimitExceeded", "s3": "SlowDown", "sts": "Throttling",
            "iam": "Throttling", "sqs": "RequestThrottled"}.get(
        service, "ThrottlingException"
    )  # fmt: skip


def _error(call: Call, code: str, words: str, status: int = 400) -> Answer:
    """An error in the dialect of the service that was called."""
    if code in ("SlowDown", "RequestLimitExceeded"):
        status = 503
    words = escape(words)
    if call.service == "ec2":
        text = (f"<Response><Errors><Error><Code>{code}</Code><Message>{words}</Message></Error>"
                "</Errors><RequestID>00000000-test</RequestID></Response>")  # fmt: skip
        return status, _XML, text.encode()
    if call.service == "s3":
        text = f"<Error><Code>{code}</Code><Message>{words}</Message></Error>"
        return status, "application/xml", text.encode()
    if call.service in ("sts", "iam"):
        text = (f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code>"
                f"<Message>{words}</Message></Error></ErrorResponse>")  # fmt: skip
        return status, _XML, text.encode()
    body = json.dumps({"__type": code, "message": words}).encode()
    return 400, _JSON, body


def _ec2_status(call: Call, status: str, body: bytes) -> str:
    if call.service == "ec2" and status.startswith("400"):
        for code, number in _SERVER_SIDE.items():
            if f"<Code>{code}</Code>".encode() in body[:2000] and b"<Errors>" in body[:2000]:
                return f"{number} -"
    return status


def _hang_up(environ: dict[str, Any]) -> Iterable[bytes]:
    """Cut the connection: the caller cannot know whether anything was done."""
    line: socket.socket = environ["werkzeug.socket"]
    line.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("the answer was lost on purpose")


def _send(answer: Answer, start: Callable[..., Any]) -> Iterable[bytes]:
    status, kind, body = answer
    start(f"{status} -", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
