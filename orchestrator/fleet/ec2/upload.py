"""Bring a large file to a bucket once, however often the line breaks in between."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from orchestrator.fleet.ec2.faults import code_of, named

PART_BYTES = 8 << 20
_AT_ONCE = 3
"""Parts on their way at once: one alone leaves a far line idle between two."""
_MISSING = ("404", "NoSuchKey", "NotFound")
_THERE = ("PreconditionFailed", "412")
Share = Callable[[int, int], None]
"""Hears how many bytes of how many are there."""


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    data: bytes

    @property
    def etag(self) -> str:
        # What S3 itself calls a part; the whole is checked by its own digest when it is read.
        return f'"{hashlib.md5(self.data, usedforsecurity=False).hexdigest()}"'


def upload_once(s3: Any, bucket: str, key: str, path: Path, share: Share) -> bool:
    """Upload ``path`` unless the object is there; go on where an earlier try ended.

    Returns whether anything had to be sent.

    Raises:
        CloudError: AWS does not answer; what was sent is found next time.
        OSError: the file cannot be read.
    """
    with named("uploading"):
        if _is_there(s3, bucket, key):
            return False
        try:
            _send(_Upload(s3, bucket, key, share), path, if_absent=True)
        except ClientError as error:  # another desktop sent it by the same parts, and was first
            if code_of(error) != "NoSuchUpload" or not _is_there(s3, bucket, key):
                raise
    return True


def send(s3: Any, bucket: str, key: str, path: Path) -> None:
    """Upload ``path``, replacing what is there; go on where an earlier try ended.

    Raises:
        CloudError: AWS does not answer; what was sent is found next time.
        OSError: the file cannot be read.
    """
    with named("uploading"):
        _send(_Upload(s3, bucket, key, _unheard), path, if_absent=False)


@dataclass(frozen=True, slots=True)
class _Upload:
    s3: Any
    bucket: str
    key: str
    share: Share


def _unheard(done: int, total: int) -> None:
    """Hear how much is there; nobody is shown it."""


def _send(to: _Upload, path: Path, *, if_absent: bool) -> None:
    upload_id = _begun(to.s3, to.bucket, to.key)
    there = _parts_there(to.s3, to.bucket, to.key, upload_id)
    total, done, sent = path.stat().st_size, 0, []
    under_way: deque[Future[_Sent]] = deque()

    def take() -> None:
        nonlocal done
        part = under_way.popleft().result()
        sent.append({"PartNumber": part.number, "ETag": part.etag})
        done += part.size_bytes
        to.share(done, total)

    with ThreadPoolExecutor(_AT_ONCE, "sending") as pool:
        try:
            for part in _parts(path):
                while len(under_way) >= _AT_ONCE:
                    take()
                under_way.append(pool.submit(_send_part, to, upload_id, part, there))
            while under_way:
                take()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    _complete(to, upload_id, sent, if_absent=if_absent)


@dataclass(frozen=True, slots=True)
class _Sent:
    number: int
    etag: str
    size_bytes: int


def _send_part(to: _Upload, upload_id: str, part: _Part, there: dict[int, str]) -> _Sent:
    if there.get(part.number) != part.etag:
        where = {"Bucket": to.bucket, "Key": to.key, "UploadId": upload_id}
        to.s3.upload_part(**where, PartNumber=part.number, Body=part.data)
    return _Sent(part.number, part.etag, len(part.data))


def _is_there(s3: Any, bucket: str, key: str) -> bool:
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if code_of(error) in _MISSING:
            return False
        raise
    return True


def _begun(s3: Any, bucket: str, key: str) -> str:
    """Return the upload that an earlier try began, or a new one."""
    pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=key)
    begun = [each for page in pages for each in page.get("Uploads", ()) if each["Key"] == key]
    if begun:
        return str(max(begun, key=lambda each: each["Initiated"])["UploadId"])
    return str(s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"])


def _parts_there(s3: Any, bucket: str, key: str, upload_id: str) -> dict[int, str]:
    asked = {"Bucket": bucket, "Key": key, "UploadId": upload_id}
    pages = s3.get_paginator("list_parts").paginate(**asked)
    return {part["PartNumber"]: part["ETag"] for page in pages for part in page.get("Parts", ())}


def _parts(path: Path) -> Iterator[_Part]:
    with path.open("rb") as file:
        number = 1
        while data := file.read(PART_BYTES):
            yield _Part(number, data)
            number += 1


def _complete(
    to: _Upload, upload_id: str, parts: list[dict[str, object]], *, if_absent: bool
) -> None:
    where = {"Bucket": to.bucket, "Key": to.key, "UploadId": upload_id}
    condition = {"IfNoneMatch": "*"} if if_absent else {}
    try:
        to.s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts}, **condition)
    except ClientError as error:
        if code_of(error) not in _THERE:
            raise
        to.s3.abort_multipart_upload(**where)  # another desktop was first, with the same bytes
