"""Bring finished segments here, or find that one is not what it should be."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path

from orchestrator.media.stitch import SegmentFile
from orchestrator.plan import ChunkPlan, RenderPlan
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import Digest, SegmentRecord, SegmentRef
from remote_worker.errors import BlobCorrupt, BlobMissing
from remote_worker.stores import Store, blob_key, segment_key
from remote_worker.stores.folder import FolderStore


class Spoiled(Exception):
    """A segment that should be stored is not there whole; its record was removed."""


class Collector:
    """Checks segments in the store of this machine, bringing what only workers' store has."""

    def __init__(self, here: FolderStore, workers: Store | None = None) -> None:
        """Read from ``here``; ``workers`` is their store where that is another one."""
        self._here, self._workers = here, workers

    def fetch(self, chunk: ChunkPlan) -> tuple[SegmentRecord, ...]:
        """Return the records of a chunk's segments; each blob is here with its full size.

        Its bytes are checked against the digest when they are brought, and again while the
        video is assembled.

        Raises:
            Spoiled: a record or blob is missing or short; it will be rendered again.
            WorkerError: a store does not answer, or there is no room here.
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
            self._forget(ref)

    def _path(self, record: SegmentRecord) -> Path:
        return self._here.path_of(blob_key(record.blob))

    def _record(self, ref: SegmentRef) -> SegmentRecord:
        try:
            record = self._read(self._here, ref)
        except Spoiled:
            if self._workers is None:
                raise
            return self._brought(self._workers, ref)
        if self._is_whole(record):
            return record
        self._here.delete(segment_key(ref.segment_id))
        if self._workers is None:
            raise Spoiled(str(ref.segment_id))
        return self._brought(self._workers, ref)

    def _read(self, store: Store, ref: SegmentRef) -> SegmentRecord:
        key = segment_key(ref.segment_id)
        try:
            return from_text(SegmentRecord, store.get(key, promised=store is self._workers))
        except BlobMissing as error:
            raise Spoiled(str(ref.segment_id)) from error
        except ContractError as error:
            store.delete(key)
            raise Spoiled(str(ref.segment_id)) from error

    def _is_whole(self, record: SegmentRecord) -> bool:
        path = self._path(record)
        return path.is_file() and path.stat().st_size == record.segment_bytes

    def _brought(self, workers: Store, ref: SegmentRef) -> SegmentRecord:
        """Copy a segment here, blob before record, so that half of it is never taken for it."""
        record, key = self._read(workers, ref), segment_key(ref.segment_id)
        if not self._is_whole(record):
            part = self._here.root / f".{uuid.uuid4().hex}.part"
            try:
                workers.fetch(blob_key(record.blob), part, record.blob)
                self._here.put_file(blob_key(record.blob), part)
            except (BlobMissing, BlobCorrupt) as error:
                workers.delete(key)
                raise Spoiled(str(ref.segment_id)) from error
            finally:
                part.unlink(missing_ok=True)
        self._here.put(key, canonical(record).encode())
        return record

    def _forget(self, ref: SegmentRef) -> None:
        with contextlib.ExitStack() as both:  # the second is forgotten also if the first fails
            for store in (self._here, self._workers):
                if store is not None:
                    both.callback(store.delete, segment_key(ref.segment_id))
