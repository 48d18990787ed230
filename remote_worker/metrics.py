"""Serve what one agent does as Prometheus metrics, from a registry of its own."""

from __future__ import annotations

import threading
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Info, start_http_server

from remote_worker.contract.messages import (
    Bye,
    ChunkDone,
    Claimed,
    Drained,
    Failed,
    Heartbeat,
    Hello,
    Message,
    Notice,
    Progress,
    SegmentStored,
)
from remote_worker.contract.records import SegmentId
from remote_worker.gpu import Gpus

_STOP_S = 5.0


class Metrics:
    """Hears what the agent reports and keeps the figures; safe to use from any thread."""

    def __init__(self, gpus: Gpus, *, job_id: str = "", agent_id: str = "") -> None:
        """Make the figures; nothing is served before :meth:`serve`."""
        self._gpus = gpus
        self.registry = registry = CollectorRegistry()
        about = Info("secondunit_agent", "Who reports.", registry=registry)
        about.info({"job": job_id, "agent": agent_id})
        self._about, self._who = about, {"job": job_id, "agent": agent_id}
        self._frames = Counter(
            "secondunit_frames_rendered", "Frames rendered by this agent.", registry=registry
        )
        self._rate = Gauge(
            "secondunit_frames_per_second", "In the segment in hand; 0 at rest.", registry=registry
        )
        self._segments = Counter(
            "secondunit_segments_stored", "Segments in the store by this agent's word.",
            ["reused"], registry=registry,
        )  # fmt: skip
        self._claims = Counter(
            "secondunit_claims", "Chunks taken from the queue.", ["redelivered"], registry=registry
        )
        self._chunks = Counter(
            "secondunit_chunks", "Chunks that ended here, by how.", ["end"], registry=registry
        )
        self._failures = Counter(
            "secondunit_failures", "Failed chunks, by the fault's name.", ["reason"],
            registry=registry,
        )  # fmt: skip
        self._notices = Counter(
            "secondunit_interruption_notices", "Words that this host is taken.", registry=registry
        )
        self._gauges(registry)
        self._seen: dict[SegmentId, int] = {}
        self._lock = threading.Lock()
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def _gauges(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, about: str, *labels: str) -> Gauge:
            return Gauge(f"secondunit_{name}", about, labels, registry=registry)

        self._busy = gauge("busy", "1 while a chunk is held.")
        self._uptime = gauge("uptime_seconds", "Since the agent began.")
        self._resident = gauge("resident_bytes", "Memory of the agent.")
        self._disk = gauge("free_disk_bytes", "Room where segments are written.")
        self._gpu_busy = gauge("gpu_busy_percent", "How busy a GPU is.", "gpu", "name")
        self._gpu_used = gauge("gpu_memory_used_bytes", "In use on a GPU.", "gpu", "name")
        self._gpu_total = gauge("gpu_memory_total_bytes", "Memory of a GPU.", "gpu", "name")
        self._gpu_count = gauge("gpus", "GPUs that can be read; 0: absent, or unreadable.")

    def serve(self, host: str, port: int) -> int:
        """Serve the figures at ``/metrics`` and return the port.

        Raises:
            OSError: the port cannot be had.
        """
        self._server, self._thread = start_http_server(port, host, self.registry)
        return int(self._server.server_port)

    def close(self) -> None:
        """Serve no more; safe to perform twice."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
            if self._thread is not None:
                self._thread.join(_STOP_S)

    def hear(self, message: Message) -> None:
        """Take a message into the figures."""
        match message:
            case Hello():
                self._about.info(self._who | {"gpu": message.gpu, "build": message.build})
            case Claimed():
                self._claims.labels("yes" if message.deliveries > 1 else "no").inc()
                self._begin()
            case Progress():
                self._count(message)
            case SegmentStored():
                self._segments.labels("yes" if message.reused else "no").inc()
            case ChunkDone():
                self._end("done")
            case Failed():
                self._failures.labels(message.reason).inc()
                self._end("buried" if message.buried else "failed")
            case Drained() | Bye():
                self._rest()
            case Notice(grace_s=float()):
                self._notices.inc()
            case Heartbeat():
                self._look(message)
            case _:
                return

    def _begin(self) -> None:
        with self._lock:
            self._seen.clear()
        self._busy.set(1)

    def _end(self, how: str) -> None:
        self._chunks.labels(how).inc()
        self._rest()

    def _rest(self) -> None:
        self._busy.set(0)
        self._rate.set(0)

    def _count(self, progress: Progress) -> None:
        with self._lock:
            new = progress.frames_done - self._seen.get(progress.segment_id, 0)
            self._seen[progress.segment_id] = progress.frames_done
        self._frames.inc(max(0, new))
        self._rate.set(progress.frames_per_s)

    def _look(self, beat: Heartbeat) -> None:
        self._uptime.set(beat.uptime_s)
        self._resident.set(beat.resident_bytes)
        self._disk.set(beat.free_disk_bytes)
        gpus = self._gpus.read()
        self._gpu_count.set(len(gpus))
        for gpu in gpus:
            labels = (str(gpu.index), gpu.name)
            if gpu.busy_percent is not None:
                self._gpu_busy.labels(*labels).set(gpu.busy_percent)
            self._gpu_used.labels(*labels).set(gpu.memory_used_bytes)
            self._gpu_total.labels(*labels).set(gpu.memory_total_bytes)
