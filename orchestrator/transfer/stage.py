"""Put what workers need into the store, chunk after chunk, and enqueue each when it is there."""

from __future__ import annotations

import shutil
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from orchestrator.events import (
    ChunkStaged,
    ChunkStored,
    Event,
    SegmentFinished,
)
from orchestrator.jobs import JobRecord
from orchestrator.media.cut import Cut, CutDone, CutRequest
from orchestrator.media.guarded import cut_pieces
from orchestrator.media.report import FrameIndex
from orchestrator.original import Original
from orchestrator.plan import ChunkPlan, RenderPlan
from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import ChunkId, ChunkMessage, ChunkOrder, Piece, SegmentId
from remote_worker.errors import BlobMissing
from remote_worker.queues import Queue
from remote_worker.stores import Store, blob_key, check_key, done_key, order_key, segment_key
from remote_worker.stores.folder import FolderStore

_UNDER_WAY = 3
"""Pieces on their way at once: one is carried, one is entered, one waits."""


@dataclass(frozen=True, slots=True)
class Staging:
    """Where chunks are staged."""

    here: FolderStore
    """What is stored on this machine needs no rendering."""
    store: Store
    """Where workers read from."""
    queue: Queue
    folder: Path
    """Pieces lie in it until they are in the store."""
    clip: Path | None = None
    """What the engine's own content check looks at, where a worker is to make it."""


class Sender:
    """Carries one piece after another, and enters each in order while the next is carried."""

    def __init__(self, carry: Callable[[CutDone], None], enter: Callable[[CutDone], None]) -> None:
        self._carry, self._enter = carry, enter
        self._carrying = ThreadPoolExecutor(1, "carrying")
        self._entering = ThreadPoolExecutor(1, "entering")
        self._under_way: deque[Future[None]] = deque()

    def __enter__(self) -> Sender:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Begin nothing more, and wait for what is under way."""
        self._carrying.shutdown(cancel_futures=True)
        self._entering.shutdown(cancel_futures=True)

    def send(self, done: CutDone) -> None:
        """Send a piece, waiting while enough are under way.

        Raises:
            WorkerError: an earlier one could not be sent.
        """
        while len(self._under_way) >= _UNDER_WAY:
            self._under_way.popleft().result()
        carried = self._carrying.submit(self._carry, done)
        self._under_way.append(self._entering.submit(self._entered, carried, done))

    def finish(self) -> None:
        """Wait until all are sent.

        Raises:
            WorkerError: one could not be.
        """
        while self._under_way:
            self._under_way.popleft().result()

    def _entered(self, carried: Future[None], done: CutDone) -> None:
        carried.result()
        self._enter(done)


class Stager:
    """Stages the chunks of one job; used from one thread."""

    def __init__(
        self,
        record: JobRecord,
        original: Original,
        index: FrameIndex,
        staging: Staging,
        tell: Callable[[Event], None],
    ) -> None:
        self._record, self._original, self._index = record, original, index
        self._here, self._store, self._queue = staging.here, staging.store, staging.queue
        self._folder, self._clip, self._tell = staging.folder, staging.clip, tell
        self._chunks = {chunk.chunk_id: chunk for chunk in record.plan.chunks}
        self._past: dict[str, list[str]] = {}

    def stage(self, chunk_ids: tuple[ChunkId, ...], cancelled: threading.Event) -> None:
        """Stage and enqueue chunks in order, skipping what the store holds already.

        Raises:
            SourceChanged: the source is no longer the file that was planned for.
            SecondUnitError: the source cannot be cut.
            WorkerError: the store or the queue does not answer, or there is no room.
            OSError: a photo or model cannot be read.
        """
        left = [self._chunks[chunk_id] for chunk_id in chunk_ids]
        stored = stored_segments(self._record.plan, self._here, self._store)
        left = [chunk for chunk in left if not self._is_stored(chunk, stored)]
        if not left:
            return
        self._stage_blobs()
        self._past = _by_chunk((*self._store.keys("failures/"), *self._store.keys("done/")))
        shutil.rmtree(self._folder, ignore_errors=True)  # of a run that was killed
        self._folder.mkdir(parents=True)
        try:
            self._cut(left, cancelled)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _is_stored(self, chunk: ChunkPlan, stored: frozenset[SegmentId]) -> bool:
        """Tell of a chunk whose every segment is stored, from this job or an earlier one."""
        if not all(ref.segment_id in stored for ref in chunk.segments):
            return False
        for _ in chunk.segments:
            self._tell(SegmentFinished(chunk.chunk_id, reused=True))
        self._tell(ChunkStored(chunk.chunk_id))
        return True

    def _stage_blobs(self) -> None:
        for digest, path in (*self._record.photos, *self._record.models):
            if not self._store.has(blob_key(digest)):
                self._store.put_file(blob_key(digest), Path(path))
        self._stage_clip()

    def _stage_clip(self) -> None:
        """Stage what the engine's own content check looks at, unless its verdict is there."""
        check = self._record.check
        if check is None or self._clip is None or self._store.has(check_key(check.check_id)):
            return
        if not self._store.has(blob_key(check.clip)):
            self._store.put_file(blob_key(check.clip), self._clip)

    def _cut(self, chunks: list[ChunkPlan], cancelled: threading.Event) -> None:
        cuts = tuple(
            Cut(chunk.halo_start, chunk.halo_end, str(self._folder / f"{number}.piece"))
            for number, chunk in enumerate(chunks)
        )
        request = CutRequest(
            source_path=self._record.report.path,
            stream_index=self._record.report.video.stream_index,
            index=self._index,
            cuts=cuts,
        )

        def carry(done: CutDone) -> None:
            path = Path(cuts[done.number].to)
            self._store.put_file(blob_key(done.piece.digest), path)
            path.unlink()

        def enter(done: CutDone) -> None:
            self._enqueue(chunks[done.number], done.piece)

        with Sender(carry, enter) as sender:

            def on_piece(done: CutDone) -> None:
                self._original.require()  # or its segments would be kept under a false name
                sender.send(done)

            cut_pieces(request, on_piece, cancelled)
            sender.finish()

    def _enqueue(self, chunk: ChunkPlan, piece: Piece) -> None:
        order = self._order(chunk, piece)
        for key in self._past.get(chunk.chunk_id, ()):
            self._store.delete(key)
        self._store.put(order_key(chunk.chunk_id), canonical(order).encode())
        message = canonical(ChunkMessage(chunk_id=chunk.chunk_id))
        urgent = self._record.request.urgent
        self._queue.send(message, message_id=chunk.chunk_id, urgent=urgent)
        self._tell(ChunkStaged(chunk.chunk_id))

    def _order(self, chunk: ChunkPlan, piece: Piece) -> ChunkOrder:
        work = self._record.plan.work
        return ChunkOrder(
            source_digest=work.source_digest,
            piece=piece,
            time_base=work.time_base,
            frame_rate=work.frame_rate,
            first_frame=chunk.halo_start,
            pts=self._index.pts[chunk.halo_start : chunk.halo_end],
            picture=work.picture,
            engine=work.engine,
            encoder=chunk.encoder,
            tracks=chunk.tracks,
            segments=chunk.segments,
            check=self._record.check,
        )


def _by_chunk(keys: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys of each chunk: a million of them are not gone through for every chunk."""
    found: dict[str, list[str]] = {}
    for key in keys:
        _, chunk, *_ = key.split("/")
        found.setdefault(chunk.removesuffix(".json"), []).append(key)
    return found


def stored_segments(plan: RenderPlan, here: FolderStore, store: Store) -> frozenset[SegmentId]:
    """Return the segments of a plan that this machine's store, or the workers', holds.

    Raises:
        WorkerError: a store does not answer.
    """
    refs = [ref for chunk in plan.chunks for ref in chunk.segments]
    found = {ref.segment_id for ref in refs if here.has(segment_key(ref.segment_id))}
    if not (isinstance(store, FolderStore) and store.root == here.root) and len(found) < len(refs):
        keys = set(store.keys("segments/"))  # one question, not one a segment
        found |= {ref.segment_id for ref in refs if segment_key(ref.segment_id) in keys}
    return frozenset(found)


def unstage(record: JobRecord, store: Store) -> None:
    """Remove the pieces and orders of a job that needs them no more; segments stay.

    Raises:
        WorkerError: the store does not answer.
    """
    failures = tuple(store.keys("failures/"))
    if record.check is not None:
        store.delete(blob_key(record.check.clip))
    for chunk in record.plan.chunks:
        for key in failures:
            if chunk.chunk_id in key:
                store.delete(key)
        try:
            order = from_text(ChunkOrder, store.get(order_key(chunk.chunk_id)))
        except BlobMissing:
            continue  # nothing was staged: its segments were there
        store.delete(blob_key(order.piece.digest))
        store.delete(order_key(chunk.chunk_id))
        store.delete(done_key(chunk.chunk_id))
