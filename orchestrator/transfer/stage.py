"""Put what workers need into the store, chunk after chunk, and enqueue each when it is there."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
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
from orchestrator.plan import ChunkPlan
from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import ChunkId, ChunkMessage, ChunkOrder, Piece
from remote_worker.errors import BlobMissing
from remote_worker.queues import Queue
from remote_worker.stores import Store, blob_key, done_key, failure_key, order_key, segment_key

_FAILURES_KEPT = 5


class Stager:
    """Stages the chunks of one job; used from one thread."""

    def __init__(
        self,
        record: JobRecord,
        original: Original,
        index: FrameIndex,
        store: Store,
        queue: Queue,
        folder: Path,
        tell: Callable[[Event], None],
    ) -> None:
        self._record, self._original, self._index = record, original, index
        self._store, self._queue = store, queue
        self._folder, self._tell = folder, tell
        self._chunks = {chunk.chunk_id: chunk for chunk in record.plan.chunks}

    def stage(self, chunk_ids: tuple[ChunkId, ...], cancelled: threading.Event) -> None:
        """Stage and enqueue chunks in order, skipping what the store holds already.

        Raises:
            SourceChanged: the source is no longer the file that was planned for.
            SecondUnitError: the source cannot be cut.
            WorkerError: the store or the queue does not answer, or there is no room.
            OSError: a photo or model cannot be read.
        """
        left = [self._chunks[chunk_id] for chunk_id in chunk_ids]
        left = [chunk for chunk in left if not self._is_stored(chunk)]
        if not left:
            return
        self._stage_blobs()
        shutil.rmtree(self._folder, ignore_errors=True)  # of a run that was killed
        self._folder.mkdir(parents=True)
        try:
            self._cut(left, cancelled)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _is_stored(self, chunk: ChunkPlan) -> bool:
        """Tell of a chunk whose every segment is stored, from this job or an earlier one."""
        if not all(self._store.has(segment_key(ref.segment_id)) for ref in chunk.segments):
            return False
        for _ in chunk.segments:
            self._tell(SegmentFinished(chunk.chunk_id, reused=True))
        self._tell(ChunkStored(chunk.chunk_id))
        return True

    def _stage_blobs(self) -> None:
        for digest, path in (*self._record.photos, *self._record.models):
            if not self._store.has(blob_key(digest)):
                self._store.put_file(blob_key(digest), Path(path))

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

        def on_piece(done: CutDone) -> None:
            self._original.require()  # or its segments would be kept under a false name
            path = Path(cuts[done.number].to)
            self._store.put_file(blob_key(done.piece.digest), path)
            path.unlink()
            self._enqueue(chunks[done.number], done.piece)

        cut_pieces(request, on_piece, cancelled)

    def _enqueue(self, chunk: ChunkPlan, piece: Piece) -> None:
        order = self._order(chunk, piece)
        _forget_failures(self._store, chunk.chunk_id)
        self._store.delete(done_key(chunk.chunk_id))
        self._store.put(order_key(chunk.chunk_id), canonical(order).encode())
        message = canonical(ChunkMessage(chunk_id=chunk.chunk_id))
        self._queue.send(message, message_id=chunk.chunk_id)
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
        )


def unstage(record: JobRecord, store: Store) -> None:
    """Remove the pieces and orders of a job that needs them no more; segments stay.

    Raises:
        WorkerError: the store does not answer.
    """
    for chunk in record.plan.chunks:
        _forget_failures(store, chunk.chunk_id)
        try:
            order = from_text(ChunkOrder, store.get(order_key(chunk.chunk_id)))
        except BlobMissing:
            continue  # nothing was staged: its segments were there
        store.delete(blob_key(order.piece.digest))
        store.delete(order_key(chunk.chunk_id))
        store.delete(done_key(chunk.chunk_id))


def _forget_failures(store: Store, chunk_id: ChunkId) -> None:
    for number in range(1, _FAILURES_KEPT + 1):
        store.delete(failure_key(chunk_id, number))
