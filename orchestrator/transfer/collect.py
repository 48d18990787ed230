"""Bring finished segments here, or find that one is not what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orchestrator.media.stitch import SegmentFile
from orchestrator.plan import ChunkPlan, RenderPlan
from remote_worker.contract.coding import ContractError, from_text
from remote_worker.contract.records import Digest, SegmentRecord, SegmentRef
from remote_worker.errors import BlobMissing
from remote_worker.stores import blob_key, segment_key
from remote_worker.stores.folder import FolderStore


class Spoiled(Exception):
    """A segment that should be stored is not there whole; its record was removed."""


class Collector:
    """Checks segments in a store of this machine, where they can be read in place."""

    def __init__(self, store: FolderStore) -> None:
        self._store = store

    def fetch(self, chunk: ChunkPlan) -> tuple[SegmentRecord, ...]:
        """Return the records of a chunk's segments; each blob is there with its full size.

        Its bytes are checked against the digest while the video is assembled.

        Raises:
            Spoiled: a record or blob is missing or short; it will be rendered again.
        """
        return tuple(self._record(ref) for ref in chunk.segments)

    def segment_files(self, plan: RenderPlan) -> tuple[SegmentFile, ...]:
        """Return every segment of a plan in order, as assembly takes them.

        Raises:
            Spoiled: one is not there whole.
        """
        return tuple(
            SegmentFile(str(self._path(record)), ref.start_frame, ref.end_frame, record.blob)
            for chunk in plan.chunks
            for ref, record in zip(chunk.segments, self.fetch(chunk), strict=True)
        )

    def blobs(self, chunk: ChunkPlan) -> Iterator[tuple[Path, Digest]]:
        """Yield the file and the digest of each of a chunk's segments.

        Raises:
            Spoiled: one is not there whole.
        """
        yield from ((self._path(record), record.blob) for record in self.fetch(chunk))

    def spoil(self, chunk: ChunkPlan) -> None:
        """Forget a chunk's segments, so that they are rendered again."""
        for ref in chunk.segments:
            self._store.delete(segment_key(ref.segment_id))

    def _path(self, record: SegmentRecord) -> Path:
        return self._store.path_of(blob_key(record.blob))

    def _record(self, ref: SegmentRef) -> SegmentRecord:
        key = segment_key(ref.segment_id)
        try:
            record = from_text(SegmentRecord, self._store.get(key))
        except BlobMissing as error:
            raise Spoiled(str(ref.segment_id)) from error
        except ContractError as error:
            self._store.delete(key)
            raise Spoiled(str(ref.segment_id)) from error
        path = self._path(record)
        if not path.is_file() or path.stat().st_size != record.segment_bytes:
            self._store.delete(key)
            raise Spoiled(str(ref.segment_id))
        return record
