"""Find and delete what no open job needs: ended jobs, stored blobs and records, old scans."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.jobs import (
    JobRecord,
    forget_job,
    is_open,
    list_jobs,
    lock_path,
    read_record,
    read_state,
)
from orchestrator.journal import is_driven
from orchestrator.prepare import scan_folder
from orchestrator.watching.words import forget_words
from remote_worker.contract.coding import ContractError, from_text
from remote_worker.contract.records import ChunkOrder, Digest, JobId, SegmentRecord
from remote_worker.errors import BlobMissing
from remote_worker.stores import blob_key, check_key, done_key, failure_key, order_key, segment_key
from remote_worker.stores.folder import FolderStore

_FAILURES_KEPT = 5


@dataclass(frozen=True, slots=True)
class Clutter:
    """What can be deleted without an open job missing it."""

    ended: tuple[JobId, ...]
    keys: tuple[str, ...]
    """In the store."""
    scans: tuple[Path, ...]
    file_bytes: int

    @property
    def jobs(self) -> int:
        """How many jobs have ended."""
        return len(self.ended)


def clutter(home: Home) -> Clutter:
    """Return what can be deleted now; a job that cannot be read is left alone, with all it has.

    Raises:
        WorkerError: the store does not answer.
    """
    store = FolderStore(home.store)
    ended, kept = [], set[str]()
    for job_id in list_jobs(home):
        try:
            state = read_state(home, job_id)
        except SecondUnitError:
            return Clutter((), (), (), 0)  # which segments it needs is not known
        if is_open(state) or is_driven(lock_path(home, job_id)):
            kept.update(_keys_of(state.record, store))
        else:
            ended.append(job_id)
    keys = tuple(key for key in store.keys("") if key not in kept)
    scans = () if kept else tuple(home.scans.iterdir())
    paths = [*(store.path_of(key) for key in keys), *_files(scans), *_files(_folders(home, ended))]
    return Clutter(tuple(ended), keys, scans, sum(_size(path) for path in paths))


def clear(home: Home, found: Clutter, share: Callable[[int, int], None]) -> None:
    """Delete ``found``; ``share`` hears how much is done.

    Raises:
        JobBusy: a job was begun again since.
        WorkerError: the store does not answer.
    """
    store, total = FolderStore(home.store), len(found.keys) + len(found.ended)
    for number, job_id in enumerate(found.ended, start=1):
        forget_job(home, job_id)
        share(number, total)
    for number, key in enumerate(found.keys, start=len(found.ended) + 1):
        store.delete(key)
        share(number, total)
    for scan in found.scans:
        if scan.is_dir():
            shutil.rmtree(scan)
        else:
            scan.unlink(missing_ok=True)
    store.sweep()


def forget_render(home: Home, job_id: JobId) -> None:
    """Delete an ended job, with everything in the store that no other job names.

    Raises:
        JobMissing: there is none.
        JobBusy: it is being driven.
        WorkerError: the store does not answer.
    """
    store, record = FolderStore(home.store), read_record(home, job_id)
    forget_job(home, job_id)
    others = [read_record(home, other) for other in list_jobs(home)]
    kept = {key for other in others for key in _names_of(other)}
    for chunk in record.plan.chunks:
        for ref in chunk.segments:
            _forget_segment(store, segment_key(ref.segment_id), kept)
    for digest, _ in record.photos:
        if blob_key(digest) not in kept:
            store.delete(blob_key(digest))
    forget_words(store, job_id)


def _forget_segment(store: FolderStore, key: str, kept: set[str]) -> None:
    if key in kept:
        return
    try:
        blob = from_text(SegmentRecord, store.get(key)).blob
    except (BlobMissing, ContractError):
        return
    store.delete(key)
    # Another segment of the same bytes is rendered again should it be wanted: that is rare.
    store.delete(blob_key(blob))


def _names_of(record: JobRecord) -> Iterator[str]:
    """Yield the keys that a job names itself; nothing is read from the store."""
    yield from (blob_key(digest) for digest, _ in record.photos)
    for chunk in record.plan.chunks:
        yield from (segment_key(ref.segment_id) for ref in chunk.segments)


def forget_looks(home: Home, digest: Digest) -> None:
    """Delete what was seen in one source: who is in it, their pictures, its thumbnail."""
    shutil.rmtree(scan_folder(home, (digest,)), ignore_errors=True)
    for left in (home.cache / "thumbnails").glob(f"{digest}*"):
        left.unlink(missing_ok=True)


def _keys_of(record: JobRecord, store: FolderStore) -> Iterator[str]:
    """Yield every key that a job may still read."""
    for digest, _ in (*record.photos, *record.models):
        yield blob_key(digest)
    if record.check is not None:
        yield from (blob_key(record.check.clip), check_key(record.check.check_id))
    for chunk in record.plan.chunks:
        yield from (order_key(chunk.chunk_id), done_key(chunk.chunk_id))
        yield from (failure_key(chunk.chunk_id, number) for number in range(1, _FAILURES_KEPT + 1))
        try:
            order = from_text(ChunkOrder, store.get(order_key(chunk.chunk_id)))
            yield blob_key(order.piece.digest)
        except (BlobMissing, ContractError):
            pass  # not staged: it is cut again when it is needed
        for ref in chunk.segments:
            yield segment_key(ref.segment_id)
            try:
                text = store.get(segment_key(ref.segment_id))
                yield blob_key(from_text(SegmentRecord, text).blob)
            except (BlobMissing, ContractError):
                pass  # not rendered yet


def _folders(home: Home, jobs: list[JobId]) -> tuple[Path, ...]:
    return tuple(home.job(job_id) for job_id in jobs)


def _files(places: tuple[Path, ...]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from (path for path in place.rglob("*") if path.is_file())
        else:
            yield place


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0  # it went while we looked
