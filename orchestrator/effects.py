"""Stage, collect and assemble for a job, each on a thread of its own."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from glob import escape
from importlib import metadata
from pathlib import Path

from orchestrator import events
from orchestrator.errors import SecondUnitError
from orchestrator.events import (
    Event,
    Fault,
)
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from orchestrator.media.assemble import Assembled, AssemblyRequest
from orchestrator.media.guard import Cancelled
from orchestrator.media.guarded import assemble
from orchestrator.media.label import Label
from orchestrator.media.report import FrameIndex
from orchestrator.media.stitch import SegmentFile
from orchestrator.original import Original
from orchestrator.places import Place
from orchestrator.plan import ChunkPlan
from orchestrator.transfer.collect import Collector, Spoiled
from orchestrator.transfer.stage import Stager, Staging
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import ChunkId, SegmentRecord
from remote_worker.digests import digest_of_file
from remote_worker.errors import WorkerError
from remote_worker.stores import Store
from remote_worker.stores.folder import FolderStore

_HALF_WRITTEN = re.compile(r"\.[0-9a-f]{32}\.part$")
_FETCHES_AT_ONCE = 2
"""While what one has brought is checked and put away, the other keeps the line busy."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """A fault of the program itself in one of its threads; the runner raises it."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class AssembledShare:
    """How many frames of the finished video are written."""

    frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The finished video, and what of it was not as one would wish."""

    video: Assembled
    concealed_frames: int
    """Frames of the source that could not be decoded and repeat their neighbour."""
    missed_frames: int
    """Frames in which a cast face was expected and not found."""


Tell = Callable[[Event | Crashed | AssembledShare], None]
"""Called from any thread."""


class Effects:
    """Performs what takes time; whatever comes of it is told as an event."""

    def __init__(
        self,
        home: Home,
        record: JobRecord,
        original: Original,
        index: FrameIndex,
        here: FolderStore,
        place: Place,
        tell: Tell,
    ) -> None:
        self._record, self._index, self._tell = record, index, tell
        self._original = original
        elsewhere = None if is_here(place.store, here) else place.store
        folder = home.job(record.job_id)
        self._finished = finished_path(home, record)
        clip = None if record.check is None else record.clip_path(home)
        staging = Staging(here, place.store, place.fill, folder / "pieces", clip)
        self._stager = Stager(record, original, index, staging, tell)
        self._collector = Collector(here, elsewhere)
        self._chunks = {chunk.chunk_id: chunk for chunk in record.plan.chunks}
        self._cancelled = threading.Event()
        self._staging: list[Future[None]] = []
        self._stage_thread = ThreadPoolExecutor(1, "staging")
        self._fetch_threads = ThreadPoolExecutor(_FETCHES_AT_ONCE, "collecting")
        self._assembly_thread = ThreadPoolExecutor(1, "assembling")

    @property
    def is_staging(self) -> bool:
        """Whether chunks are still on their way to the queue."""
        self._staging = [each for each in self._staging if not each.done()]
        return bool(self._staging)

    def stage(self, chunk_ids: tuple[ChunkId, ...]) -> None:
        """Begin to stage chunks, after those that were asked for before."""
        self._staging.append(self._begin(self._stage_thread, lambda: self._stage(chunk_ids)))

    def fetch(self, chunk_id: ChunkId) -> None:
        """Begin to collect a chunk's segments."""
        self._begin(self._fetch_threads, lambda: self._fetch(self._chunks[chunk_id]))

    def assemble(self) -> None:
        """Begin to put the video together."""
        self._begin(self._assembly_thread, self._assemble)

    def give_up(self) -> None:
        """End what is under way as soon as it can be; nothing half-done stays."""
        self._cancelled.set()

    def close(self) -> None:
        """Give up and wait until nothing is under way."""
        self.give_up()
        self._stage_thread.shutdown(cancel_futures=True)
        self._fetch_threads.shutdown(cancel_futures=True)
        self._assembly_thread.shutdown(cancel_futures=True)

    def _begin(self, threads: ThreadPoolExecutor, call: Callable[[], None]) -> Future[None]:
        future = threads.submit(call)
        future.add_done_callback(self._look_for_crash)
        return future

    def _look_for_crash(self, future: Future[None]) -> None:
        if not future.cancelled() and (error := future.exception()) is not None:
            self._tell(Crashed(error))

    def _stage(self, chunk_ids: tuple[ChunkId, ...]) -> None:
        try:
            self._stager.stage(chunk_ids, self._cancelled)
        except Cancelled:
            return  # whoever asked knows
        except (SecondUnitError, WorkerError, OSError) as error:
            self._tell(events.StagingFailed(fault_of(error)))

    def _fetch(self, chunk: ChunkPlan) -> None:
        try:
            self._collector.fetch(chunk)
        except Spoiled:
            self._tell(events.ChunkSpoiled(chunk.chunk_id))
        except (WorkerError, OSError) as error:
            self._tell(events.StagingFailed(fault_of(error)))
        else:
            self._tell(events.ChunkFetched(chunk.chunk_id))

    def _assemble(self) -> None:
        try:
            rotten = self._missing() or self._put_together()
        except Cancelled:
            return  # whoever asked knows
        except (SecondUnitError, WorkerError, OSError) as error:
            self._tell(events.AssemblyFailed(self._assembly_fault(error)))
            return
        for chunk in rotten:
            self._collector.spoil(chunk)
            self._tell(events.ChunkSpoiled(chunk.chunk_id))
        if not rotten:
            self._tell(events.Assembled())

    def _assembly_fault(self, error: SecondUnitError | WorkerError | OSError) -> Fault:
        """Return ``error`` in words that fit writing, which is what it came from."""
        fault = fault_of(error)
        if fault.reason != "crashed":
            return fault
        output = Path(self._record.request.output_path)
        return replace(
            fault,
            sentence=f"{output.name} could not be written in {output.parent}.",
            advice="Check that the folder is there and can be written to, then resume the job.",
        )

    def _missing(self) -> list[ChunkPlan]:
        """Return the chunks that are not whole in the store."""
        return [chunk for chunk in self._record.plan.chunks if self._records(chunk) is None]

    def _records(self, chunk: ChunkPlan) -> tuple[SegmentRecord, ...] | None:
        try:
            return self._collector.fetch(chunk)
        except Spoiled:
            return None

    def _put_together(self) -> list[ChunkPlan]:
        """Write the finished video, or return the chunks that have to be rendered again."""
        files = self._collector.segment_files(self._record.plan)
        clear_half_written(self._record)
        self._original.require()  # what is not a picture comes from there
        try:
            video = assemble(self._request(files), self._share, self._cancelled)
        except SecondUnitError as error:
            rotten = self._rotten() if error.code == "segment_refused" else []
            if not rotten:
                raise
            return rotten
        self._original.require()
        records = [
            each for chunk in self._record.plan.chunks for each in self._records(chunk) or ()
        ]
        finished = Finished(
            video=video,
            concealed_frames=sum(len(record.concealed_frames) for record in records),
            missed_frames=sum(len(record.missed_frames) for record in records),
        )
        write_whole(self._finished, [canonical(finished).encode()])
        return []

    def _rotten(self) -> list[ChunkPlan]:
        """Return the chunks of which a segment's bytes are not those of its digest."""
        return [chunk for chunk in self._record.plan.chunks if not self._is_sound(chunk)]

    def _is_sound(self, chunk: ChunkPlan) -> bool:
        try:
            return all(digest_of_file(path) == blob for path, blob in self._collector.blobs(chunk))
        except Spoiled:
            return False

    def _share(self, done: int, total: int) -> None:
        del total
        self._tell(AssembledShare(done))

    def _request(self, files: tuple[SegmentFile, ...]) -> AssemblyRequest:
        record, video = self._record, self._record.report.video
        pts, asked = self._index.pts, record.request
        past_last = pts[0] + round(video.duration / self._index.time_base)
        return AssemblyRequest(
            source_path=record.report.path,
            video_stream=video.stream_index,
            time_base=self._index.time_base,
            pts=pts,
            start_frame=asked.start_frame,
            end_frame=asked.end_frame,
            end_pts=pts[asked.end_frame] if asked.end_frame < len(pts) else past_last,
            segments=files,
            output_path=asked.output_path,
            container=asked.container,
            label=Label(
                tool="Second Unit",
                version=metadata.version("secondunit"),
                made_at=record.made_at,
            ),
        )


def is_here(store: Store, here: FolderStore) -> bool:
    """Return whether workers' store is the one of this machine."""
    return isinstance(store, FolderStore) and store.root == here.root


def finished_path(home: Home, record: JobRecord) -> Path:
    """Return where what is known of the finished video lies."""
    return home.job(record.job_id) / "finished.json"


def read_finished(home: Home, record: JobRecord) -> Finished | None:
    """Return what is known of the finished video, None when there is none."""
    try:
        return from_text(Finished, finished_path(home, record).read_bytes())
    except (FileNotFoundError, ContractError):
        return None


def clear_half_written(record: JobRecord) -> None:
    """Remove what an assembly that was killed left beside the output; one runs at a time."""
    output = Path(record.request.output_path)
    for left in output.parent.glob(f".{escape(output.name[:40])}.*.part"):
        if _HALF_WRITTEN.search(left.name):
            with contextlib.suppress(OSError):  # what cannot be removed does no harm
                left.unlink(missing_ok=True)


def fault_of(error: SecondUnitError | WorkerError | OSError) -> Fault:
    """Return ``error`` as a job and a person keep it."""
    if isinstance(error, SecondUnitError):
        return Fault(error.code, error.sentence, error.advice)
    if isinstance(error, WorkerError):
        return Fault(error.reason, error.sentence, error.advice)
    name = Path(error.filename).name if isinstance(error.filename, str) else "a file"
    return Fault(
        "file_unusable",
        f"{name} cannot be used: {error.strerror or error}.",
        "Check the disk and the folder's permissions, then resume the job.",
    )
