"""Find who is in one or several videos: look, follow, compare, group.

It opens media that nobody vouches for, so it is run in a guarded child process.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from orchestrator.faces.follow import Follower, Track, look_over
from orchestrator.faces.gallery import Gallery
from orchestrator.faces.groups import Group, group
from orchestrator.faces.people import Appearance, Person, PersonId, Scan
from orchestrator.faces.reader import Stretch, square_size, stretches
from orchestrator.faces.request import ScanProgress, ScanRequest, ScanSource
from remote_worker.contract.records import Box
from remote_worker.detection.faces import Detection, FaceDetector
from remote_worker.detection.mesh import FaceMesh

T = TypeVar("T")
OnProgress = Callable[[ScanProgress], None]

WIDE_PX = 736
"""Every second look is this large, and every look beside a cut."""
NARROW_PX = 320
_LOOKERS = 3
"""One more than the cores of a small machine: the reader and the follower pause in between."""
_LOOKS_AHEAD = 6
_ROUNDED = 6
"""Decimals of a box's fractions: a thousandth of a pixel."""


@dataclass(frozen=True, slots=True)
class _Nets:
    detector: FaceDetector
    mesh: FaceMesh


@dataclass(frozen=True, slots=True)
class _Looked:
    stretch: Stretch
    faces: Future[tuple[Detection, ...]]


def scan(request: ScanRequest, on_progress: OnProgress) -> Scan:
    """Return the people of the request's sources, their crops written to its folder.

    Raises:
        EngineFailed: a model does not load.
        SourceUnreadable: a source does not open or has no such track.
        OSError: a crop cannot be written.
    """
    nets = _load(request)
    total = sum(len(source.index.pts) for source in request.sources)
    identity = Path(request.models["face-identity"])
    gallery = Gallery(nets.mesh, identity, Path(request.crops_folder))
    done = looked = 0
    with closing(gallery):
        for number, source in enumerate(request.sources):
            follower = Follower(nets.detector, gallery, first_number=gallery.track_count)
            gallery.open_source(number, source)
            for look in _looks(nets.detector, source):
                follower.step(look.stretch, look.faces.result())
                done += len(look.stretch.frames)
                looked += 1
                on_progress(ScanProgress(done, total))
            follower.finish()
        groups = group(gallery.looks())
        people = tuple(_person(request, gallery, g, n) for n, g in enumerate(groups, start=1))
    return Scan(
        source_digests=tuple(source.digest for source in request.sources),
        people=people,
        frames_looked_at=looked,
        models_digest=request.models_digest,
    )


def _load(request: ScanRequest) -> _Nets:
    return _Nets(
        FaceDetector(Path(request.models["face-detector"])),
        FaceMesh(Path(request.models["face-mesh"])),
    )


def _looks(detector: FaceDetector, source: ScanSource) -> Iterator[_Looked]:
    """Yield each stretch with its faces on the way, found a few looks ahead."""
    with ThreadPoolExecutor(_LOOKERS, thread_name_prefix="look") as pool:

        def begin() -> Iterator[_Looked]:
            wide = False
            for stretch in stretches(source):
                wide = stretch.begins_shot or not wide
                longest_px = WIDE_PX if wide else NARROW_PX
                faces = pool.submit(
                    look_over,
                    detector,
                    stretch.look,
                    longest_px=longest_px,
                )
                yield _Looked(stretch, faces)

        yield from _ahead(begin(), _LOOKS_AHEAD)


def _ahead(items: Iterator[T], depth: int) -> Iterator[T]:
    """Yield ``items``, made on a thread of their own, up to ``depth`` of them early."""
    line: queue.Queue[T | _End] = queue.Queue(depth)
    stopped = threading.Event()

    def put(value: T | _End) -> None:
        while not stopped.is_set():
            try:
                line.put(value, timeout=0.1)
            except queue.Full:
                continue
            return

    def make() -> None:
        try:
            for item in items:
                put(item)
                if stopped.is_set():
                    return
            put(_End(None))
        except BaseException as error:  # handed to the thread that reads, whatever it is
            put(_End(error))

    thread = threading.Thread(target=make, name="read", daemon=True)
    thread.start()
    try:
        yield from _drawn(line)
    finally:
        stopped.set()
        thread.join()


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing comes any more."""

    error: BaseException | None
    """What ended it, if it did not come to its end."""


def _drawn(line: queue.Queue[T | _End]) -> Iterator[T]:
    while not isinstance(value := line.get(), _End):
        yield value
    if value.error is not None:
        raise value.error


def _person(request: ScanRequest, gallery: Gallery, found: Group, number: int) -> Person:
    person_id = PersonId(f"p{number}")
    tracks = [gallery.taken(member) for member in found.members]
    return Person(
        person_id=person_id,
        unsure=found.unsure,
        appearances=tuple(
            _appearance(request.sources[taken.source], taken.track) for taken in tracks
        ),
        embedding=found.embedding,
        crops=gallery.keep_crops(found.members, person_id),
    )


def _appearance(source: ScanSource, track: Track) -> Appearance:
    width, height = square_size(source.picture)
    boxes = tuple(_box(spot.frame, spot.face, width, height) for spot in track.spots)
    return Appearance(
        source_digest=source.digest,
        start_frame=track.start_frame,
        end_frame=track.end_frame,
        boxes=boxes,
    )


def _box(frame: int, face: Detection, width: int, height: int) -> Box:
    return Box(
        frame,
        left=_fraction(face.left, width),
        top=_fraction(face.top, height),
        right=_fraction(face.right, width),
        bottom=_fraction(face.bottom, height),
    )


def _fraction(length: float, whole: int) -> float:
    return round(min(max(length / whole, 0.0), 1.0), _ROUNDED)
