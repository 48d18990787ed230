"""Get and put objects of a bucket on a host where nothing is installed yet.

Standard library only.  Requests are signed by AWS Signature Version 4 (AWS General
Reference, "Signing AWS API requests") with the credentials of the host's own role, which
the instance metadata gives.  Once the environment is there, ``stores.s3`` does the rest.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPResponse
from pathlib import Path
from typing import BinaryIO

METADATA_URL = "http://169.254.169.254"
_ALGORITHM = "AWS4-HMAC-SHA256"
_EMPTY = hashlib.sha256(b"").hexdigest()
_PART_BYTES = 1 << 20
_TIMEOUT_S = 60.0
_METADATA_S = 5.0
_TRIES = 8
_LONGEST_PAUSE_S = 20.0


class BucketFailed(Exception):
    """An object could not be read or written; the message says why."""


class AlreadyThere(BucketFailed):
    """A conditional write found an object."""


class Missing(BucketFailed):
    """There is no such object."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request is signed with; ``repr`` shows no secret."""

    key_id: str
    secret: str
    token: str

    def __repr__(self) -> str:
        return f"Credentials({self.key_id[:4]}...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bucket and where its service is."""

    name: str
    region: str
    endpoint_url: str = ""
    """Empty: the service's own in ``region``."""

    def url(self, key: str) -> str:
        """Return where an object is."""
        path = urllib.parse.quote(key, safe="/-_.~")
        if self.endpoint_url:
            return f"{self.endpoint_url.rstrip('/')}/{self.name}/{path}"
        return f"https://{self.name}.s3.{self.region}.amazonaws.com/{path}"


def role_credentials(url: str = METADATA_URL, *, tries: int = _TRIES) -> Credentials:
    """Return the credentials of this host's role; a fresh host may not have them at once.

    Raises:
        BucketFailed: it has none, or the metadata does not answer.
    """
    for attempt in range(1, tries + 1):
        try:
            return _asked_credentials(url)
        except (OSError, ValueError, KeyError, IndexError) as error:
            if attempt == tries:
                raise BucketFailed(f"this host has no role: {type(error).__name__}") from error
        _pause(attempt)
    raise AssertionError("the last try returns or raises")


def _asked_credentials(url: str) -> Credentials:
    token = _plain("PUT", f"{url}/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "60"})
    asked = {"X-aws-ec2-metadata-token": token}
    base = f"{url}/latest/meta-data/iam/security-credentials/"
    name = _plain("GET", base, asked).split()[0]
    told = json.loads(_plain("GET", base + name, asked))
    return Credentials(told["AccessKeyId"], told["SecretAccessKey"], told["Token"])


def signed_headers(
    method: str,
    url: str,
    headers: Mapping[str, str],
    payload_digest: str,
    credentials: Credentials,
    region: str,
    now: datetime,
    *,
    service: str = "s3",
) -> dict[str, str]:
    """Return ``headers`` with all that Signature Version 4 adds; every one of them is signed."""
    parts = urllib.parse.urlsplit(url)
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    own = {
        **headers,
        "Host": parts.netloc,
        "X-Amz-Content-SHA256": payload_digest,
        "X-Amz-Date": stamp,
        "X-Amz-Security-Token": credentials.token,
    }
    own = {name: value for name, value in own.items() if value}
    lines = sorted((name.lower(), " ".join(value.split())) for name, value in own.items())
    names = ";".join(name for name, _ in lines)
    said = [method, parts.path, parts.query, *(f"{n}:{v}" for n, v in lines)]
    canonical = "\n".join([*said, "", names, payload_digest])
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = "\n".join([_ALGORITHM, stamp, scope, digest])
    own["Authorization"] = (
        f"{_ALGORITHM} Credential={credentials.key_id}/{scope}, SignedHeaders={names}, "
        f"Signature={_mac(_scoped_key(credentials.secret, scope), to_sign).hex()}"
    )
    return own


def _scoped_key(secret: str, scope: str) -> bytes:
    """Return the key that signs for one day, region and service only."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    return key


def put_if_absent(place: Place, key: str, data: bytes, credentials: Credentials) -> None:
    """Write a small object where none is.

    Raises:
        AlreadyThere: there is one; it was left.
        BucketFailed: the service does not take it.
    """
    headers = {"If-None-Match": "*", "Content-Type": "application/octet-stream"}

    def once() -> None:
        with _asked("PUT", place, key, headers, data, credentials):
            return

    _patiently(once, f"{key} cannot be written")


def put_file_if_absent(
    place: Place, key: str, path: Path, digest: str, credentials: Credentials
) -> None:
    """Write a file of at most 5 GB, whose SHA-256 is ``digest``, where no object is.

    Raises:
        AlreadyThere: there is one; it was left.
        BucketFailed: the service does not take it, or the file is another.
        OSError: the file cannot be read.
    """
    headers = {
        "If-None-Match": "*",
        "Content-Type": "application/octet-stream",
        "Content-Length": str(path.stat().st_size),
    }

    def once() -> None:
        with path.open("rb") as file, _asked("PUT", place, key, headers, file, credentials, digest):
            return

    _patiently(once, f"{key} cannot be written")


def read_if_there(place: Place, key: str, credentials: Credentials) -> bytes | None:
    """Return a small object; None where there is none.

    Raises:
        BucketFailed: the service does not answer.
    """
    found: list[bytes] = []

    def once() -> None:
        with _asked("GET", place, key, {}, b"", credentials) as answer:
            found.append(answer.read(_PART_BYTES))

    return found[0] if _unless_missing(once, f"{key} cannot be read") else None


def is_there(place: Place, key: str, credentials: Credentials) -> bool:
    """Return whether there is such an object.

    Raises:
        BucketFailed: the service does not answer.
    """

    def once() -> None:
        with _asked("HEAD", place, key, {}, b"", credentials):
            return

    return _unless_missing(once, f"{key} cannot be looked at")


def fetch(place: Place, key: str, to: Path, digest: str, credentials: Credentials) -> None:
    """Copy an object to ``to``, whole and checked, or leave nothing there.

    Raises:
        BucketFailed: it is not there, or its bytes are not those of ``digest``.
    """
    part = to.with_name(f".{to.name}.part")

    def once() -> None:
        seen = hashlib.sha256()
        with _asked("GET", place, key, {}, b"", credentials) as answer, part.open("wb") as file:
            while data := answer.read(_PART_BYTES):
                seen.update(data)
                file.write(data)
        if seen.hexdigest() != digest:
            raise BucketFailed(f"the stored copy of {key} is damaged")
        part.replace(to)

    try:
        _patiently(once, f"{key} cannot be read")
    finally:
        part.unlink(missing_ok=True)


def _asked(
    method: str,
    place: Place,
    key: str,
    headers: Mapping[str, str],
    data: bytes | BinaryIO,
    credentials: Credentials,
    digest: str = "",
) -> HTTPResponse:
    """Ask once; ``digest`` is the SHA-256 of ``data`` where that is a file."""
    payload = digest or (hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else _EMPTY)
    url, now = place.url(key), datetime.now(UTC)
    signed = signed_headers(method, url, headers, payload, credentials, place.region, now)
    request = urllib.request.Request(  # noqa: S310  # made of our own words
        url, data=data or None, method=method, headers=signed
    )
    answer: HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT_S)  # noqa: S310  # as above
    return answer


def _unless_missing(call: Callable[[], None], failed: str) -> bool:
    """Call until it works; return False at once when there is no such object."""
    try:
        _patiently(call, failed, Missing)
    except Missing:
        return False
    return True


def _patiently(
    call: Callable[[], None], failed: str, missing: type[BucketFailed] | None = None
) -> None:
    """Call until it works; a fresh role is not known everywhere for some seconds."""
    for attempt in range(1, _TRIES + 1):
        try:
            call()
            return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 412:
                raise AlreadyThere(failed) from error
            if error.code == 404 and missing is not None:
                raise missing(failed) from error
            why = f"status {error.code}"
        except OSError as error:
            why = str(error)
        if attempt == _TRIES:
            raise BucketFailed(f"{failed}: {why}")
        _pause(attempt)


def _pause(attempt: int) -> None:
    pause_s = min(_LONGEST_PAUSE_S, 0.25 * 2**attempt)
    time.sleep(random.uniform(pause_s / 2, pause_s))  # noqa: S311  # jitter, no secret


def _plain(method: str, url: str, headers: dict[str, str]) -> str:
    request = urllib.request.Request(  # noqa: S310  # the host's own metadata
        url, method=method, headers=headers
    )
    with urllib.request.urlopen(request, timeout=_METADATA_S) as answer:  # noqa: S310  # as above
        return str(answer.read().decode())


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
