"""Bring a large file to a bucket once, however often the line breaks in between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from orchestrator.fleet.ec2.faults import code_of, named

PART_BYTES = 8 << 20
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
        upload_id = _begun(s3, bucket, key)
        there = _parts_there(s3, bucket, key, upload_id)
        total, done, parts = path.stat().st_size, 0, []
        for part in _parts(path):
            if there.get(part.number) != part.etag:
                s3.upload_part(
                    Bucket=bucket,
                    Key=key,
                    UploadId=upload_id,
                    PartNumber=part.number,
                    Body=part.data,
                )
            parts.append({"PartNumber": part.number, "ETag": part.etag})
            done += len(part.data)
            share(done, total)
        _complete(s3, bucket, key, upload_id, parts)
    return True


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
    s3: Any, bucket: str, key: str, upload_id: str, parts: list[dict[str, object]]
) -> None:
    where = {"Bucket": bucket, "Key": key, "UploadId": upload_id}
    try:
        s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts}, IfNoneMatch="*")
    except ClientError as error:
        if code_of(error) not in _THERE:
            raise
        s3.abort_multipart_upload(**where)  # another desktop was first, with the same bytes
