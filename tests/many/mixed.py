"""Make jobs that differ in all that makes work differ, and what a local render makes of them."""

from __future__ import annotations

import functools
import hashlib
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av

from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import (
    ChunkMessage,
    ChunkOrder,
    Codec,
    Digest,
    Piece,
    SegmentRecord,
    SegmentRef,
    segment_spec,
)
from remote_worker.engines.registry import engine_kind
from remote_worker.frames.encoders import settings_for
from remote_worker.pipeline import DrainSignal
from remote_worker.queues import Queue
from remote_worker.render import render_chunk
from remote_worker.stores import Store, blob_key, done_key, order_key, segment_key
from remote_worker.stores.folder import FolderStore
from tests.clips import make_clip
from tests.fakes.pictures import plain_picture

_FASTEST: dict[Codec, str] = {"h264": "ultrafast", "h265": "ultrafast", "av1": "12"}
_SIZES = ((96, 64), (64, 96), (128, 72))


@dataclass(frozen=True)
class Work:
    """Jobs, the local render of each of their segments, and where that was made."""

    orders: tuple[ChunkOrder, ...]
    urgent: frozenset[str]
    clips: dict[Digest, Path]
    local: FolderStore

    def send(self, store: Store, queue: Queue, chance: random.Random) -> None:
        """Stage it all and hand it out in any order, some of it twice, as happens."""
        for digest, path in self.clips.items():
            store.put_file(blob_key(digest), path)
        for order in self.orders:
            store.put(order_key(order.chunk_id), canonical(order).encode())
        twice = chance.sample(self.orders, len(self.orders) // 10)
        for order in chance.sample(self.orders, len(self.orders)) + twice:
            body = canonical(ChunkMessage(chunk_id=order.chunk_id))
            urgent = order.chunk_id in self.urgent
            queue.send(body, message_id=order.chunk_id, urgent=urgent)

    def expected_keys(self) -> set[str]:
        """Return what is to be in the workers' store in the end, and nothing else."""
        keys = {blob_key(digest) for digest in self.clips}
        for order in self.orders:
            keys |= {order_key(order.chunk_id), done_key(order.chunk_id)}
            for ref in order.segments:
                record = record_of(self.local, ref)
                keys |= {segment_key(ref.segment_id), blob_key(record.blob)}
        return keys

    def differences(self, store: Store) -> list[str]:
        """Return which segments in ``store`` are not byte for byte those of the local render."""
        refs = {ref.segment_id: ref for order in self.orders for ref in order.segments}
        return [ref.segment_id for ref in refs.values() if _bytes(store, ref) != self._made(ref)]

    def _made(self, ref: SegmentRef) -> bytes:
        return _bytes(self.local, ref)


def record_of(store: Store, ref: SegmentRef) -> SegmentRecord:
    return from_text(SegmentRecord, store.get(segment_key(ref.segment_id)))


def _bytes(store: Store, ref: SegmentRef) -> bytes:
    return store.get(blob_key(record_of(store, ref).blob))


def mixed_work(folder: Path, chance: random.Random, *, jobs: int, video_chunks: int) -> Work:
    """Return one video of ``video_chunks`` and ``jobs`` small jobs, rendered locally."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [_Kind(0, video_chunks, 2, 12, 23)]
    kinds += [_small(chance) for _ in range(jobs)]
    clips: dict[Digest, Path] = {}
    orders: dict[str, ChunkOrder] = {}
    urgent = set()
    for number, kind in enumerate(kinds):
        made = _orders(folder, kind, clips)
        orders |= {order.chunk_id: order for order in made}
        if number and chance.random() < 0.3:
            urgent |= {order.chunk_id for order in made}
    local = FolderStore(folder / "local")
    work = Work(tuple(orders.values()), frozenset(urgent), clips, local)
    _render(work, folder)
    return work


def numbered_orders(
    folder: Path, count: int, *, segments: int
) -> Iterator[tuple[ChunkOrder, Path]]:
    """Yield orders of ``count`` small chunks that differ, and the piece of each until the next."""
    clips: dict[Digest, Path] = {}
    (order,) = _orders(folder, _Kind(0, 1, segments, 2, 30), clips)
    (clip,) = clips.values()
    piece = folder / "piece.mp4"
    for number in range(count):
        # An empty box of MP4's at the end makes the same pictures another piece.
        piece.write_bytes(clip.read_bytes() + struct.pack(">I4sQ", 16, b"free", number))
        digest = Digest(hashlib.sha256(piece.read_bytes()).hexdigest())
        named = replace(order, source_digest=digest, piece=Piece(digest, piece.stat().st_size, 0))
        yield replace(named, segments=tuple(_renamed(named, ref) for ref in order.segments)), piece


def _renamed(order: ChunkOrder, ref: SegmentRef) -> SegmentRef:
    spec = segment_spec(
        source_digest=order.source_digest,
        picture=order.picture,
        engine=order.engine,
        encoder=order.encoder,
        tracks=order.tracks,
        start_frame=ref.start_frame,
        end_frame=ref.end_frame,
    )
    return SegmentRef(spec.segment_id, ref.start_frame, ref.end_frame)


@dataclass(frozen=True)
class _Kind:
    size: int
    chunks: int
    segments: int
    frames: int
    quality: int
    codec: Codec = "h264"


def _small(chance: random.Random) -> _Kind:
    return _Kind(
        size=chance.randrange(len(_SIZES)),
        chunks=chance.randint(1, 2),
        segments=chance.randint(1, 3),
        frames=chance.choice((6, 10, 15)),
        quality=chance.randint(18, 34),
        codec=chance.choices(("h264", "h265", "av1"), (8, 1, 1))[0],
    )


def _orders(folder: Path, kind: _Kind, clips: dict[Digest, Path]) -> list[ChunkOrder]:
    width, height = _SIZES[kind.size]
    total = kind.chunks * kind.segments * kind.frames
    clip = folder / f"{width}x{height}-{total}.mp4"
    if not clip.exists():
        make_clip(clip, frames=total, width=width, height=height)
    digest = Digest(hashlib.sha256(clip.read_bytes()).hexdigest())
    clips[digest] = clip
    base, pts = _times(clip)
    picture = plain_picture(width, height)
    shared = {
        "source_digest": digest,
        "picture": picture,
        "engine": engine_kind("identity").describe({}),
        "encoder": settings_for(
            kind.codec, quality=kind.quality, preset=_FASTEST[kind.codec], picture=picture
        ),
        "tracks": (),
    }
    orders = []
    for start in range(0, total, kind.segments * kind.frames):
        refs = []
        for at in range(start, start + kind.segments * kind.frames, kind.frames):
            spec = segment_spec(**shared, start_frame=at, end_frame=at + kind.frames)
            refs.append(SegmentRef(spec.segment_id, at, at + kind.frames))
        orders.append(
            ChunkOrder(
                **shared,
                piece=Piece(digest, clip.stat().st_size, 0),
                time_base=base,
                frame_rate=Fraction(30),
                first_frame=0,
                pts=pts,
                segments=tuple(refs),
            )
        )
    return orders


@functools.cache
def _times(clip: Path) -> tuple[Fraction, tuple[int, ...]]:
    with av.open(str(clip)) as media:
        base = media.streams.video[0].time_base
        return base, tuple(sorted(packet.pts for packet in media.demux(video=0) if packet.size))


def _render(work: Work, folder: Path) -> None:
    """Render all of it in this process, undisturbed and one after the other."""
    (folder / "work").mkdir()
    for order in work.orders:
        engine = engine_kind("identity").open(order.engine, {})
        assert render_chunk(
            order,
            work.local,
            engine,
            piece=work.clips[order.piece.digest],
            photos={},
            on_event=lambda message: None,
            drain=DrainSignal(),
            work_folder=folder / "work",
        )
        engine.close()
