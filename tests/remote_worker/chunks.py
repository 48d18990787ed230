"""Make small jobs of barcoded frames for real agents, and run those."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av

from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.messages import decode
from remote_worker.contract.records import (
    ChunkMessage,
    ChunkOrder,
    Digest,
    Piece,
    SegmentRecord,
    SegmentRef,
    segment_spec,
)
from remote_worker.engines.registry import engine_kind
from remote_worker.frames.encoders import settings_for
from remote_worker.queues.sqlite import SqliteQueue
from remote_worker.stores import blob_key, order_key, segment_key
from remote_worker.stores.folder import FolderStore
from tests.clips import barcodes_of, make_clip
from tests.fakes.pictures import plain_picture

DEADLINE_S = 60
SEGMENT_FRAMES = 10
PICTURE = plain_picture(96, 64)


@dataclass
class Job:
    """Chunks of one clip in a store and a queue of their own."""

    folder: Path
    orders: tuple[ChunkOrder, ...]
    store: FolderStore
    queue: SqliteQueue

    def send(self):
        for order in self.orders:
            body = canonical(ChunkMessage(chunk_id=order.chunk_id))
            self.queue.send(body, message_id=order.chunk_id)

    def records(self):
        """Return the record of every segment, by first frame."""
        refs = [ref for order in self.orders for ref in order.segments]
        read = [self.store.get(segment_key(ref.segment_id)) for ref in refs]
        return {r.start_frame: r for r in (from_text(SegmentRecord, text) for text in read)}

    def bytes_of_segments(self):
        return {
            start: hashlib.sha256(self.store.get(blob_key(record.blob))).hexdigest()
            for start, record in self.records().items()
        }

    def shown(self):
        """Return what the frames of all segments say, in order."""
        said = []
        for _, record in sorted(self.records().items()):
            path = self.folder / "shown.mp4"
            self.store.fetch(blob_key(record.blob), path, record.blob)
            said += barcodes_of(path)
        return said


def make_job(folder, *, chunks=3, segments=3, frames=SEGMENT_FRAMES, change=lambda order: order):
    """Stage a clip in ``chunks`` orders; ``change`` may spoil an order before it is stored."""
    folder.mkdir(parents=True, exist_ok=True)
    clip = make_clip(folder / "clip.mp4", frames=chunks * segments * frames, width=96, height=64)
    with av.open(str(clip)) as media:
        base = media.streams.video[0].time_base
        pts = tuple(sorted(packet.pts for packet in media.demux(video=0) if packet.size))
    digest = Digest(hashlib.sha256(clip.read_bytes()).hexdigest())
    store = FolderStore(folder / "store")
    store.put_file(blob_key(digest), clip)
    orders = []
    for chunk in range(chunks):
        start = chunk * segments * frames
        order = _order(digest, clip.stat().st_size, base, pts, start, segments, frames)
        orders.append(order)
        store.put(order_key(order.chunk_id), canonical(change(order)).encode())
    return Job(folder, tuple(orders), store, SqliteQueue(folder / "queue.sqlite"))


def _order(digest, size, base, pts, start, segments, frames):
    shared = {
        "source_digest": digest,
        "picture": PICTURE,
        "engine": engine_kind("identity").describe({}),
        "encoder": settings_for("h264", quality=23, preset="ultrafast", picture=PICTURE),
        "tracks": (),
    }
    refs = []
    for at in range(start, start + segments * frames, frames):
        spec = segment_spec(**shared, start_frame=at, end_frame=at + frames)
        refs.append(SegmentRef(spec.segment_id, at, at + frames))
    return ChunkOrder(
        **shared,
        piece=Piece(digest, size, 0),
        time_base=base,
        frame_rate=Fraction(30),
        first_frame=0,
        pts=pts,
        segments=tuple(refs),
    )


class AgentProcess:
    """A real agent; its lines are collected and can be waited for."""

    def __init__(self, job, name="one", *, program=("-m", "remote_worker"), reads=True, **config):
        folder = job.folder / f"agent-{name}"
        folder.mkdir(exist_ok=True)
        self.spool = folder / "events.jsonl"
        plain = {
            "agent_id": name,
            "queue": {"kind": "sqlite", "path": str(job.folder / "queue.sqlite")},
            "store": {"kind": "folder", "root": str(job.folder / "store")},
            "cache_folder": str(folder / "cache"),
            "work_folder": str(folder / "work"),
            "spool": str(self.spool),
            "poll_s": 0.2,
            "heartbeat_s": 0.2,
            "retry_pause_s": 0.05,
        }
        path = folder / "config.json"
        path.write_text(json.dumps(plain | config))
        self.errors = (folder / "errors.txt").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, *program, "--config", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        self.lines = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        if reads:
            self._reader.start()
        else:
            self.process.stdout.close()

    def _read(self):
        for line in self.process.stdout:
            with self._changed:
                self.lines.append(decode(line.decode()))
                self._changed.notify_all()

    def wait_for(self, kind, count=1):
        """Return the messages of ``kind`` once there are ``count``."""

        def told():
            return [line for line in self.lines if line.kind == kind]

        with self._changed:
            enough = self._changed.wait_for(lambda: len(told()) >= count, DEADLINE_S)
            assert enough, f"no {kind} in {self.lines[-5:]}"
            return told()

    def order(self, order):
        self.process.stdin.write(order.encode())
        self.process.stdin.flush()

    def kill(self):
        self.process.kill()
        return self.end()

    def end(self):
        """Return the exit code, once it has ended."""
        code = self.process.wait(DEADLINE_S)
        if self._reader.ident is not None:
            self._reader.join(DEADLINE_S)
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()
        return code

    def told(self, kind):
        return [line for line in self.lines if line.kind == kind]


def with_another_build(order):
    return replace(order, encoder=replace(order.encoder, build="PyAV 0.0.0"))
