"""Be a job's bucket as this machine uses it: what was sent is not sent again, and in bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestrator.cloud_errors import CloudError
from orchestrator.fleet.ec2.upload import PART_BYTES, send
from orchestrator.transfer.bandwidth import LINE
from remote_worker.errors import StoreUnavailable
from remote_worker.stores.s3 import Bucket, S3Store


class JobStore(S3Store):
    """An :class:`S3Store` over a home's line: uploads go on where an earlier process ended."""

    def __init__(self, bucket: Bucket, client: Any) -> None:
        super().__init__(bucket, client=client, on_read=LINE.down.admit)

    def put_file(self, key: str, path: Path) -> None:
        """Copy the file at ``path`` in; of a large one only the parts that are not there yet."""
        if path.stat().st_size < 2 * PART_BYTES:
            super().put_file(key, path)
            return
        where = self._at(key)
        try:
            send(self._client, where["Bucket"], where["Key"], path)
        except CloudError as error:
            raise StoreUnavailable(f"The bucket cannot be written: {error.sentence}") from error
