"""Make the scene of an entry: its source, its casting, and what of it is rendered by now."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from orchestrator.casting import Cast, compile_tracks
from orchestrator.desk.entries import Entry, EntryCast, Look
from orchestrator.desk.shelf import Shelf
from orchestrator.engines import (
    lacking_here,
    needs_cast,
    needs_voice,
    own_tracks,
    settled,
    with_voice,
    works_on_frames,
)
from orchestrator.errors import (
    ConsentMissing,
    JobMissing,
    RequestRefused,
    SourceFaceMissing,
)
from orchestrator.faces.people import Scan
from orchestrator.home import Home
from orchestrator.jobs import read_record
from orchestrator.models import find_models
from orchestrator.prepare import (
    Seen,
    faces_of,
    frame_at,
    require_allowed_content,
)
from orchestrator.preview.scene import Scene, SceneCast, SceneSource, StoredPart
from orchestrator.sounds import VOICE_MODEL, voice_of
from orchestrator.sources import require_consent
from remote_worker.contract.records import Digest, EngineSpec, FaceTrack, JobId, SegmentRef
from remote_worker.engines.registry import engine_kind
from remote_worker.errors import OrderRefused, StoreUnavailable
from remote_worker.render import stored_record
from remote_worker.stores import blob_key
from remote_worker.stores.folder import FolderStore

_JOBS_AT_HAND = 8
_Photos = dict[str, dict[Digest, str]]
"""Digest and file of each photo, by the id of the source face."""


def scene_of(home: Home, shelf: Shelf, entry: Entry) -> Scene:
    """Return all that is needed to show an entry; it may take seconds, and reads files only.

    Casts that could not be rendered are left out: of people that are no longer told apart, and
    of source faces that are gone or that nobody stated consent for.

    Raises:
        SourceRefused: the source cannot be rendered.
        ContentRefused: the content check does not allow it.
        RequestRefused: the look is none that this build knows.
        SecondUnitError: a model is missing.
        OSError: the source is not there.
    """
    seen = shelf.seen(Path(entry.source))
    return Scene(
        source=_source(seen),
        cast=_cast(home, shelf, entry, seen),
        stored=stored_parts(home, entry.job_id) or _finished_video(entry, seen),
    )


def stored_parts(
    home: Home, job_id: JobId | None, known: Sequence[StoredPart] = ()
) -> tuple[StoredPart, ...]:
    """Return the finished segments of a job in order; only those not ``known`` are asked for.

    Quick enough to be called every second while the job renders, though not on the Qt thread.
    """
    if job_id is None:
        return ()
    there = {(part.start_frame, part.end_frame): part for part in known}
    try:
        store = FolderStore(home.store, create=False)
        found = tuple(_parts(store, _segments(home, job_id), there))
    except (JobMissing, StoreUnavailable):
        return ()  # nothing is shown of it; the render itself tells what is wrong
    return found


def _finished_video(entry: Entry, seen: Seen) -> tuple[StoredPart, ...]:
    """Return the finished video of an entry whose segments were cleared away."""
    result = entry.result
    if entry.state != "done" or result is None or not Path(result.output_path).is_file():
        return ()
    count = len(seen.index.pts)
    start = frame_at(seen, entry.trim_in) if entry.trim_in is not None else 0
    end = min(count, frame_at(seen, entry.trim_out)) if entry.trim_out is not None else count
    if end - start != result.frame_count:
        return ()
    return (StoredPart(result.output_path, start, end, is_video=True),)


def _parts(
    store: FolderStore,
    segments: Iterable[SegmentRef],
    there: dict[tuple[int, int], StoredPart],
) -> Iterator[StoredPart]:
    for ref in segments:
        part = there.get((ref.start_frame, ref.end_frame))
        if part is None:
            record = stored_record(store, ref)
            if record is None:
                continue
            path = str(store.path_of(blob_key(record.blob)))
            part = StoredPart(path, ref.start_frame, ref.end_frame, record.missed_frames)
        yield part


@functools.lru_cache(_JOBS_AT_HAND)
def _segments(home: Home, job_id: JobId) -> tuple[SegmentRef, ...]:
    """Return a job's segments in order; its record never changes, and is long."""
    plan = read_record(home, job_id).plan
    return tuple(ref for chunk in plan.chunks for ref in chunk.segments)


def _source(seen: Seen) -> SceneSource:
    report = seen.report
    return SceneSource(
        path=report.path,
        digest=report.digest,
        stream_index=report.video.stream_index,
        picture=report.video.picture,
        index=seen.index,
        has_sound=any(track.kind == "audio" for track in report.others),
    )


def _cast(home: Home, shelf: Shelf, entry: Entry, seen: Seen) -> SceneCast | None:
    """Return what the engine is to show, or None when it would change nothing."""
    engine, wanted = _shown_by(entry)
    settings = settled(engine.engine, engine.settings, is_cast=bool(entry.casts))
    photos = _photos(home, entry.casts)
    tracks = _tracks_of(shelf, entry, seen, photos, replace(engine, settings=settings))
    if tracks is None:
        return None
    require_allowed_content(home, seen, _nobody)  # it was checked before, so this only reads
    models: dict[str, Path] = {}
    if needs_voice(engine.engine, settings):
        voice, models[VOICE_MODEL] = voice_of(home, seen.report, seen.index, _nobody)
        settings = with_voice(settings, voice, seen.report.video.frame_rate)
    spec = _spec(engine.engine, settings)
    models |= find_models(model.name for model in spec.models if model.name not in models)
    return SceneCast(
        engine=spec,
        models={name: str(path) for name, path in models.items()},
        tracks=tracks,
        photos={digest: path for own in photos.values() for digest, path in own.items()},
        everywhere=works_on_frames(engine.engine, settings),
        stands_in_for=wanted if wanted != engine.engine else "",
    )


def _shown_by(entry: Entry) -> tuple[Look, str]:
    """Return the look that the preview shows, and the engine that the entry is rendered by.

    Where FaceFusion is not on this machine classic stands in, in its usual look.
    """
    wanted = entry.look
    if not lacking_here(wanted.engine, wanted.settings):
        return wanted, wanted.engine
    return Look(), wanted.engine


def _tracks_of(
    shelf: Shelf, entry: Entry, seen: Seen, photos: _Photos, look: Look
) -> tuple[FaceTrack, ...] | None:
    """Return the tracks that the engine follows; None when it has nothing to do."""
    first = next((tuple(photos[c.face_id]) for c in entry.casts if c.face_id in photos), ())
    if needs_cast(entry.look.engine, entry.look.settings) and not first:
        return None
    own = own_tracks(look.engine, look.settings, len(seen.index.pts), first)
    if own is not None:
        return own
    looks = shelf.people(seen.report.digest, entry.corrections)
    if looks is None or not entry.casts or entry.facts is None:
        return None
    if look.engine != entry.look.engine and not needs_cast(*_engine_of(entry)):
        return None  # classic would put a face on where none is to be put on
    return _tracks(entry.casts, looks.scan, seen, photos) or None


def _engine_of(entry: Entry) -> tuple[str, tuple[tuple[str, str], ...]]:
    return entry.look.engine, entry.look.settings


def _photos(home: Home, casts: Iterable[EntryCast]) -> _Photos:
    """Return the photos of every source face that is there and may be used."""
    library, found = faces_of(home), _Photos()
    for face_id in dict.fromkeys(cast.face_id for cast in casts):
        try:
            face = library.get(face_id)
            require_consent(face)
            paths = library.photo_paths(face_id)
        except (SourceFaceMissing, ConsentMissing):
            continue
        found[face_id] = dict(zip(face.photos, map(str, paths), strict=True))
    return found


def _tracks(
    casts: Iterable[EntryCast], scan: Scan, seen: Seen, photos: _Photos
) -> tuple[FaceTrack, ...]:
    sure = {person.person_id for person in scan.people if not person.unsure}
    usable = tuple(
        Cast(
            person_id=cast.person_id,
            face_id=cast.face_id,
            start_frame=frame_at(seen, cast.start) if cast.start is not None else 0,
            end_frame=frame_at(seen, cast.end) if cast.end is not None else None,
        )
        for cast in casts
        if cast.face_id in photos and cast.person_id in sure
    )
    digests = {face_id: tuple(own) for face_id, own in photos.items()}
    return compile_tracks(usable, scan, seen.report.digest, digests)


def _spec(engine: str, settings: tuple[tuple[str, str], ...]) -> EngineSpec:
    try:
        return engine_kind(engine).describe(dict(settings))
    except (OrderRefused, ValueError) as error:
        raise RequestRefused(
            f"This look cannot be shown: {error}.", "Reset the look to the engine's defaults."
        ) from error


def _nobody(done: int, total: int) -> None:
    del done, total
