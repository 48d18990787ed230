"""Keep blobs and records in a bucket of S3, or of anything that speaks as S3 does."""

from __future__ import annotations

import contextlib
import hashlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    SSLError,
)

from remote_worker.contract.records import Digest
from remote_worker.errors import BlobCorrupt, BlobMissing, DiskFull, StoreUnavailable, WorkerError
from remote_worker.frames.whole import WholeFile, is_no_room
from remote_worker.stores import is_key, require_key

T = TypeVar("T")
_PART_BYTES = 8 << 20
_READ_BYTES = 1 << 18
_TRANSFER = TransferConfig(multipart_threshold=_PART_BYTES * 2, multipart_chunksize=_PART_BYTES)
_CLIENT = Config(
    connect_timeout=10,
    read_timeout=30,
    retries={"mode": "standard", "max_attempts": 5},
)
_TRIES = 4
_PAUSE_S = 0.5
_MISSING = ("NoSuchKey", "404", "NotFound")
_THERE_ALREADY = ("PreconditionFailed", "412")
_OVER = ("ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidAccessKeyId")
_NOT_KNOWN = (400, 501)
"""How services answer to a header that they do not know."""
_PROBE = "probe/conditional-writes"
_RACED = ("ConditionalRequestConflict", "409", "OperationAborted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where a job's objects lie; credentials come from where the SDK finds them."""

    name: str
    prefix: str = ""
    """Put before each key; empty, or ends in a slash."""
    region: str | None = None
    endpoint_url: str | None = None
    """Another service that speaks S3, such as Alibaba OSS, GCS or MinIO."""
    addressing: str = ""
    """Where the bucket's name goes: ``path`` (MinIO), ``virtual`` (OSS), or as the SDK does."""
    ca_file: str = ""
    """Certificates of who signs the service's; empty: whom the SDK trusts."""


class S3Store:
    """A :class:`~remote_worker.stores.Store` in a bucket; use from any thread.

    Objects are whole by the nature of the service.  ``if_absent`` is a conditional write
    (``If-None-Match: *``), so of any number of writers on any number of machines one wins.

    Some services that speak S3 refuse that header, or take no notice of it.  At another
    endpoint than AWS's own it is therefore tried once, on an object of its own.  Where it does
    not work, a write is preceded by a look and followed by one: whoever finds other bytes than
    its own lost.  Two that write in the same moment may both be told that they won; what is
    there in the end is one of theirs, whole.
    """

    def __init__(
        self,
        bucket: Bucket,
        *,
        client: Any = None,
        on_read: Callable[[int], None] | None = None,
    ) -> None:
        """Use ``bucket``; nothing is asked of the service before the first call.

        ``on_read`` hears how many bytes of a file have come, and may hold up the next.

        Raises:
            ValueError: the prefix is not one of ours.
        """
        if bucket.prefix and not (bucket.prefix.endswith("/") and is_key(bucket.prefix[:-1])):
            raise ValueError(f"{bucket.prefix[:80]!r} is not a prefix")
        self.bucket = bucket
        self._is_lent, self._on_read = client is not None, on_read
        self._client = client or self._fresh()
        self._has_conditions: bool | None = None if bucket.endpoint_url else True

    def put(self, key: str, data: bytes, *, if_absent: bool = False) -> bool:
        """Write a small object; return whether this call wrote it."""
        where = self._at(key)
        if not if_absent:
            self._asked(lambda: self._client.put_object(**where, Body=data), "written")
            return True
        if self._has_conditions is None:
            self._has_conditions = self._asked(self._find_conditions, "written")
        if self._has_conditions:
            return self._asked(lambda: self._put_if_absent(where, data), "written")
        return self._put_unless_seen(key, data)

    def _put_if_absent(self, where: dict[str, str], data: bytes) -> bool:
        try:
            self._client.put_object(**where, Body=data, IfNoneMatch="*")
        except ClientError as error:
            if _code(error) in _THERE_ALREADY:
                return False
            raise
        return True

    def _put_unless_seen(self, key: str, data: bytes) -> bool:
        if self.has(key):
            return False
        self.put(key, data)
        try:
            return self.get(key) == data
        except BlobMissing:  # removed since: it was written all the same
            return True

    def _find_conditions(self) -> bool:
        """Return whether a second conditional write of one object is refused."""
        where = self._at(_PROBE)
        try:
            return not all(self._put_if_absent(where, b"") for _ in range(2))
        except ClientError as error:
            if _code(error) in _RACED:
                return True  # another looks in this moment, and the service saw that
            if _status(error) in _NOT_KNOWN:
                return False
            raise

    def put_file(self, key: str, path: Path) -> None:
        """Copy the file at ``path`` in, replacing what is there in one step."""
        where = self._at(key)
        self._asked(
            lambda: self._client.upload_file(
                str(path), where["Bucket"], where["Key"], Config=_TRANSFER
            ),
            "written",
        )

    def get(self, key: str, *, promised: bool = False) -> bytes:  # noqa: ARG002  # it is seen at once
        """Return a small object."""
        where = self._at(key)

        def read() -> bytes:
            with self._missing(key):
                data: bytes = self._client.get_object(**where)["Body"].read()
                return data

        return self._asked(read, "read")

    def fetch(self, key: str, to: Path, digest: Digest) -> None:
        """Copy an object to the file ``to``, whole and checked, or leave nothing there."""
        where = self._at(key)

        def copy() -> None:
            seen = hashlib.sha256()
            with self._missing(key):
                body = self._client.get_object(**where)["Body"]
            with contextlib.closing(body), WholeFile(to) as target:
                for part in body.iter_chunks(_READ_BYTES):
                    seen.update(part)
                    target.write(part)
                    if self._on_read is not None:
                        self._on_read(len(part))
                if seen.hexdigest() != digest:
                    raise BlobCorrupt(f"The stored copy of {key} is damaged.")
                target.keep()

        self._asked(copy, "read")

    def has(self, key: str, *, promised: bool = False) -> bool:  # noqa: ARG002  # as above
        """Return whether an object is there."""
        where = self._at(key)

        def look() -> bool:
            try:
                self._client.head_object(**where)
            except ClientError as error:
                if _code(error) in _MISSING:
                    return False
                raise
            return True

        return self._asked(look, "read")

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys that start with ``prefix``, sorted."""
        own = self.bucket.prefix
        asked = {"Bucket": self.bucket.name, "Prefix": own + prefix}

        def names() -> list[str]:
            pages = self._client.get_paginator("list_objects_v2").paginate(**asked)
            return [each["Key"][len(own) :] for page in pages for each in page.get("Contents", ())]

        yield from sorted(key for key in self._asked(names, "listed") if is_key(key))

    def delete(self, key: str) -> None:
        """Remove an object; safe to perform twice."""
        where = self._at(key)
        self._asked(lambda: self._client.delete_object(**where), "changed")

    def _fresh(self) -> Any:
        """Return a client with the credentials that the host has now."""
        bucket = self.bucket
        return boto3.Session().client(
            "s3",
            region_name=bucket.region,
            endpoint_url=bucket.endpoint_url,
            verify=bucket.ca_file or None,
            config=_CLIENT.merge(client_settings(bucket)),
        )

    def _asked(self, call: Callable[[], T], done: str) -> T:
        """Return what ``call`` gives; once more when the credentials it was made with are over."""
        try:
            return _asked(call, done)
        except StoreUnavailable as error:
            if self._is_lent or not _is_over(error.__cause__):
                raise
        self._client = self._fresh()
        return _asked(call, done)

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self.bucket.name, "Key": self.bucket.prefix + require_key(key)}

    @contextlib.contextmanager
    def _missing(self, key: str) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            if _code(error) in _MISSING:
                raise BlobMissing(f"The store holds no {key}.") from error
            raise


def client_settings(bucket: Bucket) -> Config:
    """Return what an SDK's client for ``bucket`` needs to be told.

    Elsewhere than on AWS checksums are sent only where they must be: the headers and trailers
    of the newer ones are refused by several services.  Our digests are checked in any case.
    """
    told: dict[str, Any] = {}
    if bucket.endpoint_url:
        told["request_checksum_calculation"] = "when_required"
        told["response_checksum_validation"] = "when_required"
    if bucket.addressing:
        told["s3"] = {"addressing_style": bucket.addressing}
    return Config(**told)


def _is_over(cause: BaseException | None) -> bool:
    """Return whether other credentials would help: these are over, or none were given."""
    if isinstance(cause, ClientError):
        return _code(cause) in _OVER
    return isinstance(cause, NoCredentialsError | CredentialRetrievalError)


def _asked(call: Callable[[], T], done: str) -> T:
    """Return what ``call`` gives, tried again where the line or a race was at fault."""
    for attempt in range(1, _TRIES + 1):
        try:
            return call()
        except WorkerError:
            raise
        except (BotoCoreError, Boto3Error, ClientError, OSError) as error:
            if attempt == _TRIES or not _may_pass(error):
                raise _named(error, done) from error
            time.sleep(random.uniform(0, _PAUSE_S * 2**attempt))  # noqa: S311  # jitter, no secret
    raise AssertionError("the last try returns or raises")


def _may_pass(error: Exception) -> bool:
    """Return whether another try can help that the SDK did not make: a body that broke off."""
    if isinstance(error, ClientError):
        return _code(error) in _RACED
    return isinstance(error, HTTPClientError | IncompleteReadError)


def _named(error: Exception, done: str) -> WorkerError:
    if isinstance(error, OSError) and is_no_room(error):
        return DiskFull("There is no room for a copy on this machine.")
    why = _code(error) if isinstance(error, ClientError) else why_no_line(error)
    if isinstance(error, NoCredentialsError):
        why = "no AWS keys were found on this machine"
    return StoreUnavailable(f"The bucket cannot be {done}: {why}.")


def why_no_line(error: Exception) -> str:
    """Return in a word why an SDK reached nobody."""
    if isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "its certificate is not trusted"
    return type(error).__name__


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
