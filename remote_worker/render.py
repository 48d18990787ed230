"""Render what a chunk still lacks, segment by segment, into the store."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import av

from remote_worker.contract import VERSION
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.messages import Message, Progress, SegmentStored
from remote_worker.contract.records import (
    ChunkOrder,
    Digest,
    SegmentRecord,
    SegmentRef,
    segment_spec,
)
from remote_worker.digests import digest_of_file
from remote_worker.engines import Casting, Engine, Frame, Rendered
from remote_worker.errors import BlobMissing, DiskFull, EngineFailed, OrderRefused
from remote_worker.frames.build import media_build
from remote_worker.frames.decode import Decoded, decode_range
from remote_worker.frames.encode import SegmentWriter
from remote_worker.frames.encoders import is_large
from remote_worker.frames.pixels import with_pixels
from remote_worker.frames.whole import is_no_room
from remote_worker.pipeline import Ahead, DrainSignal
from remote_worker.stores import Store, blob_key, segment_key

_AHEAD_FRAMES, _AHEAD_LARGE_FRAMES = 4, 2
_PROGRESS_S = 0.1
_DIGEST = re.compile(r"[0-9a-f]{64}")

OnEvent = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class _Made:
    """One frame to encode, and what is to be said about it."""

    decoded: Decoded
    rendered: Rendered


class _Stopped(Exception):
    """The next frame is not wanted any more."""


def check_order(order: ChunkOrder) -> None:
    """Check that ``order`` is for this build and says of itself what is true.

    Raises:
        OrderRefused: it is for another contract or build, or does not hold together.
    """
    if order.version != VERSION:
        raise OrderRefused(f"The order is of contract {order.version}, not {VERSION}.")
    if order.encoder.build != media_build():
        raise OrderRefused(f"The order is for {order.encoder.build}; this is {media_build()}.")
    named = [order.source_digest, order.piece.digest, order.engine.digest]
    named += [photo for track in order.tracks for photo in track.photos]
    named += [model.digest for model in order.engine.models]
    if order.check is not None:
        named += [order.check.check_id, order.check.clip]
    if not all(_DIGEST.fullmatch(digest) for digest in named):
        raise OrderRefused("The order names a file by something that is no digest.")
    _check_frames(order)
    _check_ids(order)


def _check_frames(order: ChunkOrder) -> None:
    if not order.segments:
        raise OrderRefused("The order has no segment.")
    edges = [order.start_frame]
    for ref in order.segments:
        if ref.start_frame != edges[-1] or ref.end_frame <= ref.start_frame:
            raise OrderRefused("The segments of the order do not adjoin.")
        edges.append(ref.end_frame)
    last = order.first_frame + len(order.pts)
    if not 0 <= order.first_frame <= order.start_frame < order.end_frame <= last:
        raise OrderRefused("The order has no times for some of its frames.")
    if any(after <= before for before, after in zip(order.pts, order.pts[1:], strict=False)):
        raise OrderRefused("The times in the order do not rise.")
    if order.time_base <= 0 or order.frame_rate <= 0 or order.engine.halo_frames < 0:
        raise OrderRefused("The order has a rate or a halo that cannot be.")


def _check_ids(order: ChunkOrder) -> None:
    for ref in order.segments:
        spec = segment_spec(
            source_digest=order.source_digest,
            picture=order.picture,
            engine=order.engine,
            encoder=order.encoder,
            tracks=order.tracks,
            start_frame=ref.start_frame,
            end_frame=ref.end_frame,
        )
        if spec.segment_id != ref.segment_id:
            raise OrderRefused(f"Frames {ref.start_frame} to {ref.end_frame} have another id.")


def stored_record(store: Store, ref: SegmentRef, *, promised: bool = False) -> SegmentRecord | None:
    """Return the record of a segment whose blob is there too, else None.

    ``promised`` says that somebody stored the record.  One that is damaged or whose blob is
    gone counts as not there and is written anew.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    try:
        key = segment_key(ref.segment_id)
        record = from_text(SegmentRecord, store.get(key, promised=promised))
    except (BlobMissing, ContractError):
        return None
    fits = record.version == VERSION and record.segment_id == ref.segment_id
    fits = fits and (record.start_frame, record.end_frame) == (ref.start_frame, ref.end_frame)
    if not fits or not _DIGEST.fullmatch(record.blob):
        return None
    if not store.has(blob_key(record.blob), promised=True):  # the blob was stored first
        return None
    return record


def render_chunk(
    order: ChunkOrder,
    store: Store,
    engine: Engine,
    *,
    piece: Path,
    photos: Mapping[Digest, Path],
    on_event: OnEvent,
    drain: DrainSignal,
    work_folder: Path,
) -> bool:
    """Render the segments of ``order`` that the store lacks; return whether it now has all.

    False means that ``drain`` asked to end before.  Whatever way it ends, what was stored
    is whole and nothing is left in ``work_folder``.

    Raises:
        OrderRefused: the order is for another build, engine or contract.
        WorkerError: any of the others; see ``remote_worker.errors``.
    """
    check_order(order)
    if engine.spec != order.engine:
        raise OrderRefused("The order is for another engine than the one that is loaded.")
    missing = []
    for ref in order.segments:
        record = stored_record(store, ref)
        if record is None:
            missing.append(ref)
        else:
            on_event(_stored(order, record, reused=True))
    render = _Render(order, store, engine, piece, photos, on_event, drain, work_folder)
    try:
        return all(render.run(run) for run in _adjoining(missing))
    except OSError as error:
        if is_no_room(error):
            raise DiskFull("There is no room left for the segment in hand.") from error
        raise


def _adjoining(refs: list[SegmentRef]) -> Iterator[list[SegmentRef]]:
    """Yield runs of segments without a gap, each decoded as one stream."""
    run: list[SegmentRef] = []
    for ref in refs:
        if run and run[-1].end_frame != ref.start_frame:
            yield run
            run = []
        run.append(ref)
    if run:
        yield run


class _Render:
    """One chunk being rendered: decoding, the engine and the flush have threads of their own."""

    def __init__(
        self,
        order: ChunkOrder,
        store: Store,
        engine: Engine,
        piece: Path,
        photos: Mapping[Digest, Path],
        on_event: OnEvent,
        drain: DrainSignal,
        work_folder: Path,
    ) -> None:
        self._order, self._store, self._engine = order, store, engine
        self._piece, self._photos = piece, photos
        self._on_event, self._drain, self._work_folder = on_event, drain, work_folder
        self._storing: Future[None] | None = None

    def run(self, run: list[SegmentRef]) -> bool:
        """Render adjoining segments as one stream; return whether all were."""
        if self._drain.draining:
            return self._stop_told()
        wanted = range(run[0].start_frame, run[-1].end_frame)
        ahead = _AHEAD_LARGE_FRAMES if is_large(self._order.picture) else _AHEAD_FRAMES
        with (
            ThreadPoolExecutor(1, thread_name_prefix="store") as storer,
            Ahead(self._decode(wanted), depth=ahead, name="decoder") as decoded,
            Ahead(
                self._engine_frames(decoded, wanted),
                depth=ahead,
                name="engine",
                interrupt=self._check_stop,
            ) as made,
        ):
            try:
                return self._encode_all(run, made, storer)
            except _Stopped:
                return self._stop_told()
            finally:
                self._await_storing()

    def _stop_told(self) -> bool:
        if self._drain.error is not None:
            raise self._drain.error
        return False

    def _check_stop(self) -> None:
        if self._drain.stopping:
            raise _Stopped

    def _decode(self, wanted: range) -> Iterator[Decoded]:
        order, halo = self._order, self._order.engine.halo_frames
        first = max(wanted.start - halo, order.first_frame)
        last = min(wanted.stop + halo, order.first_frame + len(order.pts))
        return decode_range(
            self._piece,
            time_base=order.time_base,
            first_frame=order.first_frame,
            pts=order.pts,
            wanted=range(first, last),
            file_start_pts=order.piece.start_pts,
            picture=order.picture,
        )

    def _engine_frames(self, decoded: Iterator[Decoded], wanted: range) -> Iterator[_Made]:
        """Yield each wanted frame with what the engine made of it."""
        seen: dict[int, Decoded] = {}
        casting = Casting(self._order.tracks, self._photos)
        for rendered in self._engine.render(_remembered(decoded, wanted, seen), wanted, casting):
            yield _Made(seen.pop(rendered.index), rendered)

    def _encode_all(
        self, run: list[SegmentRef], made: Iterator[_Made], storer: ThreadPoolExecutor
    ) -> bool:
        for ref in run:
            if self._drain.draining:
                return self._stop_told()
            self._encode(ref, made, storer)
        return True

    def _encode(self, ref: SegmentRef, made: Iterator[_Made], storer: ThreadPoolExecutor) -> None:
        """Encode one segment and have it flushed and stored while the next is begun."""
        order, path = self._order, self._work_folder / f"{ref.segment_id}.mp4"
        writer = SegmentWriter(
            path,
            encoder=order.encoder,
            picture=order.picture,
            time_base=order.time_base,
            frame_rate=order.frame_rate,
            first_pts=order.pts[ref.start_frame - order.first_frame],
        )
        try:
            notes = self._write(ref, made, writer)
            self._await_storing()
        except BaseException:
            writer.abort()
            raise
        self._storing = storer.submit(self._finish, ref, writer, path, notes)
        if is_large(order.picture):
            del writer  # two encoders at once would hold a gigabyte and a half at 4K
            self._await_storing()

    def _write(self, ref: SegmentRef, made: Iterator[_Made], writer: SegmentWriter) -> _Notes:
        pace = _Pace(self._order, ref, self._on_event)
        concealed, missed = [], []
        for index in range(ref.start_frame, ref.end_frame):
            self._check_stop()
            each = next(made, None)
            if each is None or each.decoded.index != index:
                raise EngineFailed(f"The engine did not give frame {index}.")
            writer.write(_picture_of(each, self._order))
            if each.decoded.concealed:
                concealed.append(index)
            if each.rendered.missed:
                missed.append(index)
            pace.frame_done()
        return _Notes(tuple(concealed), tuple(missed))

    def _await_storing(self) -> None:
        storing, self._storing = self._storing, None
        if storing is not None:
            storing.result()

    def _finish(self, ref: SegmentRef, writer: SegmentWriter, path: Path, notes: _Notes) -> None:
        try:
            writer.finish()
            record = SegmentRecord(
                segment_id=ref.segment_id,
                start_frame=ref.start_frame,
                end_frame=ref.end_frame,
                blob=digest_of_file(path),
                segment_bytes=path.stat().st_size,
                concealed_frames=notes.concealed,
                missed_frames=notes.missed,
            )
            self._store.put_file(blob_key(record.blob), path)
        finally:
            writer.abort()
            path.unlink(missing_ok=True)
        self._on_event(_stored(self._order, self._record(ref, record), reused=False))

    def _record(self, ref: SegmentRef, record: SegmentRecord) -> SegmentRecord:
        """Store ``record`` unless another was first; return the one that counts.

        A loser's blob with other bytes is left: another segment of the same bytes may be
        about to name it, and clearing up after the job removes it.
        """
        key, text = segment_key(ref.segment_id), canonical(record).encode()
        if self._store.put(key, text, if_absent=True):
            return record
        winner = stored_record(self._store, ref, promised=True)
        if winner is None:
            self._store.put(key, text)
        return winner or record


@dataclass(frozen=True, slots=True)
class _Notes:
    concealed: tuple[int, ...]
    missed: tuple[int, ...]


class _Pace:
    """Reports progress within a segment, at most ten times a second and at its end."""

    def __init__(self, order: ChunkOrder, ref: SegmentRef, on_event: OnEvent) -> None:
        self._chunk_id, self._ref, self._on_event = order.chunk_id, ref, on_event
        self._total = ref.end_frame - ref.start_frame
        self._done = 0
        self._began_s = self._told_s = time.monotonic()

    def frame_done(self) -> None:
        self._done += 1
        now_s = time.monotonic()
        if self._done < self._total and now_s - self._told_s < _PROGRESS_S:
            return
        self._told_s = now_s
        self._on_event(
            Progress(
                chunk_id=self._chunk_id,
                segment_id=self._ref.segment_id,
                frames_done=self._done,
                frames_total=self._total,
                frames_per_s=self._done / max(now_s - self._began_s, 1e-6),
            )
        )


def _remembered(
    decoded: Iterator[Decoded], wanted: range, seen: dict[int, Decoded]
) -> Iterator[Frame]:
    for frame in decoded:
        if frame.index in wanted:
            seen[frame.index] = frame
        yield frame


def _picture_of(made: _Made, order: ChunkOrder) -> av.VideoFrame:
    after = made.rendered.pixels
    if after is None:
        return made.decoded.frame
    return with_pixels(made.decoded.frame, made.decoded.pixels, after, order.picture)


def _stored(order: ChunkOrder, record: SegmentRecord, *, reused: bool) -> SegmentStored:
    return SegmentStored(
        chunk_id=order.chunk_id,
        segment_id=record.segment_id,
        blob=record.blob,
        segment_bytes=record.segment_bytes,
        reused=reused,
    )
