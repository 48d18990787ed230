"""Make a job out of what a user asks for, refusing at the door what cannot be rendered."""

from __future__ import annotations

import bisect
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import psutil

from orchestrator.casting import Cast, Correction, compile_tracks, corrected
from orchestrator.content import ContentRequest, ContentVerdict, require_allowed
from orchestrator.engine_check import ClipAtHand, has_own_check, require_allowed_by_engine
from orchestrator.engines import (
    FACEFUSION,
    needs_cast,
    needs_people,
    needs_voice,
    own_tracks,
    require_here,
    settled,
    typed_too_much,
    with_model_set,
    with_voice,
)
from orchestrator.errors import JobMissing, JournalBroken, RequestRefused, SourceChanged
from orchestrator.faces.people import Scan
from orchestrator.faces.request import SCAN_MODELS, ScanRequest, scan_source
from orchestrator.home import Home, require_room
from orchestrator.jobs import (
    CLIP_NAME,
    Container,
    JobRecord,
    RenderRequest,
    is_open,
    list_jobs,
    may_write,
    new_job_id,
    read_record,
    read_state,
    write_record,
)
from orchestrator.licences import require_accepted
from orchestrator.media.guarded import (
    check_content,
    prepare_photo,
    probe_source,
    scan_faces,
)
from orchestrator.media.report import FrameIndex, SourceReport
from orchestrator.models import find_models, model_refs
from orchestrator.named import named_face
from orchestrator.plan import SEGMENT_FRAMES, QualityRange, RenderPlan, Work, plan
from orchestrator.sounds import VOICE_MODEL, voice_of
from orchestrator.sources import SourceFaces, require_consent
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, digest_of, from_text
from remote_worker.contract.records import (
    Codec,
    Digest,
    EncoderSettings,
    EngineSpec,
    FaceTrack,
    JobId,
)
from remote_worker.engines.registry import engine_kind
from remote_worker.errors import EncoderRefused, OrderRefused
from remote_worker.frames.encoders import settings_for

Share = Callable[[int, int], None]
"""Hears how much is done, of how much."""
Doing = Callable[[str], AbstractContextManager[Share]]
"""Told what is begun; gives who hears how far it is."""
_SCAN_VERSION = 1
_SCAN_FILE = "scan.json"
_CONTAINERS: dict[str, Container] = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "mkv"}
_WORKER_BYTES = 2 << 30
_MOST_WORKERS = 4
_Photos = dict[str, tuple[tuple[Digest, str], ...]]
"""Digest and file of each photo, by the id of the source face."""
_BYTES_A_PIXEL_FRAME = 0.02
"""About what a rendered frame takes on disk, a pixel."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A probed source."""

    report: SourceReport
    index: FrameIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asks for, with nothing filled in yet."""

    source: Path
    digest: Digest | None = None
    """Of the source as it was cast; None: whatever is there."""
    output: Path | None = None
    casts: tuple[WishedCast, ...] = ()
    corrections: tuple[Correction, ...] = ()
    trim_in: Fraction | None = None
    """Seconds from the video's first frame; None for its beginning."""
    trim_out: Fraction | None = None
    engine: str = "classic"
    settings: tuple[tuple[str, str], ...] = ()
    codec: Codec = "h264"
    quality: int | None = None
    quality_at: tuple[WishedQuality, ...] = ()
    preset: str | None = None
    hardware: bool = False
    workers: int | None = None
    segment_frames: int = SEGMENT_FRAMES
    replace_output: bool = False
    elsewhere: bool = False
    """Whether other machines than this one render."""
    urgent: bool = False
    """Whether it goes before jobs that are not, where both wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishedCast:
    """One person, the source face to put on, and when in seconds."""

    person_id: str
    face: str
    """Name or id of a source face."""
    start: Fraction | None = None
    end: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WishedQuality:
    """Another quality from ``start`` to ``end``, in seconds from the video's first frame."""

    quality: int
    start: Fraction | None = None
    end: Fraction | None = None


def faces_of(home: Home) -> SourceFaces:
    """Return the library of source faces."""
    return SourceFaces(home.faces, prepare_photo)


def look_at(source: Path) -> Seen:
    """Probe a source in a guarded child.

    Raises:
        SourceRefused: it cannot be rendered.
    """
    return Seen(*probe_source(source))


def find_people(
    home: Home, seen: tuple[Seen, ...], share: Share, cancelled: threading.Event | None = None
) -> tuple[Scan, Path]:
    """Return who is in the sources and the folder of their crops; kept for the next time.

    Raises:
        SecondUnitError: a model is missing, or a source cannot be read.
    """
    folder = scan_folder(home, tuple(each.report.digest for each in seen))
    found = kept_scan(folder)
    if found is not None:
        return found, folder
    shutil.rmtree(folder, ignore_errors=True)  # half of a scan is none
    folder.mkdir(parents=True)
    paths = {model: str(path) for model, path in find_models(SCAN_MODELS).items()}
    request = ScanRequest(
        sources=tuple(scan_source(each.report, each.index) for each in seen),
        models=paths,
        models_digest=digest_of(model_refs(SCAN_MODELS)),
        crops_folder=str(folder),
    )
    scan = scan_faces(request, share, cancelled)
    write_whole(folder / _SCAN_FILE, [canonical(scan).encode()])
    return scan, folder


def scan_folder(home: Home, digests: tuple[Digest, ...]) -> Path:
    """Return the folder in which the scan of these sources and its crops are kept."""
    models = model_refs(SCAN_MODELS)
    return home.scans / digest_of([_SCAN_VERSION, list(digests), models])


def kept_scan(folder: Path) -> Scan | None:
    """Return the scan that a folder holds, or None when it holds no whole one."""
    try:
        return from_text(Scan, (folder / _SCAN_FILE).read_bytes())
    except (OSError, ContractError):
        return None


def require_allowed_content(
    home: Home, seen: Seen, share: Share, cancelled: threading.Event | None = None
) -> None:
    """Return when the content check allows the whole source; its verdict is kept.

    Raises:
        ContentRefused: it does not.
        SecondUnitError: it could not be checked, so nothing is rendered.
    """
    (model,) = model_refs(["content-check"])
    kept = home.scans / f"content-{digest_of([seen.report.digest, model])}.json"
    try:
        verdict = from_text(ContentVerdict, kept.read_bytes())
    except (OSError, ContractError):
        verdict = check_content(_content_request(seen), share, cancelled)
        write_whole(kept, [canonical(verdict).encode()])
    require_allowed(verdict)


def _content_request(seen: Seen) -> ContentRequest:
    return ContentRequest(
        path=seen.report.path,
        stream_index=seen.report.video.stream_index,
        time_base=seen.index.time_base,
        pts=seen.index.pts,
        keyframes=seen.index.keyframes,
        picture=seen.report.video.picture,
    )


def prepare(
    home: Home,
    wish: Wish,
    doing: Doing | None = None,
    cancelled: threading.Event | None = None,
    *,
    job_id: JobId | None = None,
    look: Callable[[Path], Seen] = look_at,
) -> JobId:
    """Probe, check, scan if faces are cast, plan, and enter a job in the book.

    ``job_id`` is what the job is to be called, chosen if not given; ``look`` probes.

    Raises:
        SecondUnitError: it cannot be rendered; nothing was entered.
        Cancelled: ``cancelled`` was set; nothing was entered.
    """
    doing = doing or _unheard
    output, container = _output(wish)
    _require_free(home, output)
    wish = _settled(home, wish)
    with doing("probing"):
        seen = look(wish.source)
    _require_same(wish, seen)
    casts, photos = _cast(home, wish, seen)
    # What is wrong with it is said before anybody waits.
    _work(wish, seen, engine_spec(wish.engine, wish.settings), ())
    with doing("checking content") as share:
        require_allowed_content(home, seen, share, cancelled)
        wish, models = with_sound(home, wish, seen, share, cancelled)
        wish = replace(wish, settings=with_model_set(wish.engine, wish.settings))
        engine = engine_spec(wish.engine, wish.settings)
        models |= _found(engine, models)
        clip = _checked_by_engine(home, seen, engine, models, share, cancelled)
    scan = _scanned(home, seen, wish, doing, cancelled)
    work = _work(wish, seen, engine, _tracks(wish, scan, seen, casts, photos))
    request = RenderRequest(
        source_path=seen.report.path,
        output_path=str(output),
        container=container,
        start_frame=work.start_frame,
        end_frame=work.end_frame,
        casts=casts,
        workers=wish.workers or default_workers(wish.engine),
        segment_frames=wish.segment_frames,
        urgent=wish.urgent,
    )
    divided = plan(
        work,
        workers=request.workers,
        segment_frames=request.segment_frames,
        travels=wish.elsewhere,
    )
    needs = Needs(photos=photos, models=models, clip=clip)
    return _enter(home, job_id or new_job_id(), request, seen, divided, needs)


def _settled(home: Home, wish: Wish) -> Wish:
    """Return ``wish`` with its settings written out; what is wrong with them is said first."""
    if inner := typed_too_much(wish.engine, wish.settings):
        raise RequestRefused(f"{inner} is settled from the video itself.", "Leave it out.")
    wish = replace(wish, settings=settled(wish.engine, wish.settings, is_cast=bool(wish.casts)))
    engine_spec(wish.engine, wish.settings)
    require_accepted(home, wish.engine, wish.settings)
    if not wish.elsewhere:
        require_here(wish.engine, wish.settings)
    return wish


def default_workers(engine: str = "classic") -> int:
    """Return how many agents suit this machine: each keeps about two processors busy.

    FaceFusion has one: it keeps every processor, or the one graphics card, busy by itself.
    """
    if engine == FACEFUSION:
        return 1
    memory = psutil.virtual_memory().total // _WORKER_BYTES
    return int(max(1, min((psutil.cpu_count() or 1) // 2, memory, _MOST_WORKERS)))


def _require_same(wish: Wish, seen: Seen) -> None:
    """Return when the source is the one that was cast: in another, ``p1`` is somebody else."""
    if wish.digest is not None and seen.report.digest != wish.digest:
        raise SourceChanged(
            f"{wish.source.name} was replaced by another file since it was looked at.",
            "Look at it again and check who is cast, then render.",
        )


def _scanned(
    home: Home, seen: Seen, wish: Wish, doing: Doing, cancelled: threading.Event | None
) -> Scan | None:
    if not wish.casts or not needs_people(wish.engine, wish.settings):
        return None
    with doing("finding faces") as share:
        scan, _ = find_people(home, (seen,), share, cancelled)
    return corrected(scan, wish.corrections)


def _tracks(
    wish: Wish, scan: Scan | None, seen: Seen, casts: tuple[Cast, ...], photos: _Photos
) -> tuple[FaceTrack, ...]:
    digests = {face: tuple(digest for digest, _ in own) for face, own in photos.items()}
    first = digests[casts[0].face_id] if casts else ()
    own = own_tracks(wish.engine, wish.settings, len(seen.index.pts), first)
    if own is not None or scan is None:
        return own or ()
    return compile_tracks(casts, scan, seen.report.digest, digests)


def with_sound(
    home: Home, wish: Wish, seen: Seen, share: Share, cancelled: threading.Event | None = None
) -> tuple[Wish, dict[str, Path]]:
    """Return the wish with the sound that lips follow, and its file by the model's name.

    Raises:
        SourceRefused: lips are to follow the sound and there is none.
        Cancelled: ``cancelled`` was set.
    """
    if not needs_voice(wish.engine, wish.settings):
        return wish, {}
    voice, path = voice_of(home, seen.report, seen.index, share, cancelled)
    rate = seen.report.video.frame_rate
    return replace(wish, settings=with_voice(wish.settings, voice, rate)), {VOICE_MODEL: path}


def _found(engine: EngineSpec, given: Mapping[str, Path]) -> dict[str, Path]:
    """Return the file of each model that the engine names and that was not ``given``."""
    return find_models(model.name for model in engine.models if model.name not in given)


def _checked_by_engine(
    home: Home,
    seen: Seen,
    engine: EngineSpec,
    models: Mapping[str, Path],
    share: Share,
    cancelled: threading.Event | None,
) -> ClipAtHand | None:
    if not has_own_check(engine.name):
        return None
    content = _content_request(seen)
    return require_allowed_by_engine(home, seen.report, content, engine, models, share, cancelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The files that workers are to be given besides the video."""

    photos: _Photos
    models: Mapping[str, Path]
    clip: ClipAtHand | None


def _enter(
    home: Home,
    job_id: JobId,
    request: RenderRequest,
    seen: Seen,
    divided: RenderPlan,
    needs: Needs,
) -> JobId:
    work = divided.work
    needed_bytes = _needed_bytes(work, seen.report)
    require_room(home.root, needed_bytes)
    output_folder = Path(request.output_path).parent
    require_room(output_folder, needed_bytes // 2, "Free some space, or choose another output.")
    models, clip = work.engine.models, needs.clip
    record = JobRecord(
        job_id=job_id,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        request=request,
        report=seen.report,
        plan=divided,
        photos=tuple(pair for own in needs.photos.values() for pair in own),
        models=tuple((model.digest, str(needs.models[model.name])) for model in models),
        piece_folder_bytes=needed_bytes,
        check=None if clip is None else clip.check,
    )
    write_record(home, record, seen.index, {} if clip is None else {CLIP_NAME: clip.path})
    return record.job_id


@contextmanager
def _unheard(name: str) -> Iterator[Share]:
    del name
    yield _nobody


def _nobody(done: int, total: int) -> None:
    del done, total


def _output(wish: Wish) -> tuple[Path, Container]:
    output = wish.output or wish.source.with_name(f"{wish.source.stem}-secondunit.mp4")
    output = output.absolute()
    container = _CONTAINERS.get(output.suffix.lower())
    if container is None:
        raise RequestRefused(
            f"{output.name} does not end in a name that says its format.",
            f"Choose a name that ends in {', '.join(_CONTAINERS)}.",
        )
    if container == "mov" and wish.codec == "av1":
        raise RequestRefused(
            "A MOV file cannot hold AV1.", "Choose .mp4 or .mkv, or another codec."
        )
    if output == wish.source.absolute():
        raise RequestRefused("The output would replace the source.", "Choose another output name.")
    if output.exists() and not wish.replace_output:
        raise RequestRefused(
            f"{output} is there already.", "Choose another name, or say --force to replace it."
        )
    if not output.parent.is_dir():
        raise RequestRefused(f"There is no folder {output.parent}.", "Make it, then try again.")
    if not os.access(output.parent, os.W_OK):
        raise RequestRefused(
            f"Nothing may be written in {output.parent}.", "Choose another folder for the output."
        )
    return output, container


def _require_free(home: Home, output: Path) -> None:
    """Return when no job that may still go on is to write ``output``."""
    for job_id in list_jobs(home):
        try:
            if not may_write(home, job_id, output):
                continue
            if read_record(home, job_id).request.output_path != str(output):
                continue
            state = read_state(home, job_id)
        except (JobMissing, JournalBroken):
            continue  # it cannot go on and write anything
        if is_open(state):
            raise RequestRefused(
                f"Job {job_id} is to write {output} and is not done.",
                "Choose another name, or resume or cancel that job.",
            )


def engine_spec(engine: str, settings: tuple[tuple[str, str], ...]) -> EngineSpec:
    """Return the engine of that name with these settings.

    Raises:
        RequestRefused: there is none, or it has no such setting.
    """
    try:
        return engine_kind(engine).describe(dict(settings))
    except OrderRefused as error:
        raise RequestRefused(error.sentence, "Choose one of these engines.") from error
    except ValueError as error:
        raise RequestRefused(f"{str(error)[:1].upper()}{str(error)[1:]}.", "Correct it.") from error


def _cast(home: Home, wish: Wish, seen: Seen) -> tuple[tuple[Cast, ...], _Photos]:
    """Return the casts in frames, and each source face's photos; consent is required here."""
    if not wish.casts:
        if needs_cast(wish.engine, wish.settings):
            raise RequestRefused(
                "Nobody is cast, so there is nothing to render.",
                "Say whose face goes on whom with --cast p1=NAME; 'secondunit faces' lists people.",
            )
        return (), {}
    library = faces_of(home)
    casts: list[Cast] = []
    photos: _Photos = {}
    for wished in wish.casts:
        face = named_face(library, wished.face)
        require_consent(face)
        paths = library.photo_paths(face.face_id)
        photos[face.face_id] = tuple(zip(face.photos, map(str, paths), strict=True))
        start_frame, end_frame = _frames_of(wished, seen, f"the cast of {wished.person_id}")
        casts.append(
            Cast(
                person_id=wished.person_id,
                face_id=face.face_id,
                start_frame=start_frame,
                end_frame=end_frame if wished.end is not None else None,
            )
        )
    return tuple(casts), photos


def frame_at(seen: Seen, seconds: Fraction) -> int:
    """Return the first frame shown at ``seconds`` from the first frame, or later."""
    pts, base = seen.index.pts, seen.index.time_base
    wanted = pts[0] + seconds / base
    return bisect.bisect_left(pts, wanted)


def _frames_of(part: WishedCast | WishedQuality, seen: Seen, what: str) -> tuple[int, int]:
    """Return the frames of a part, the end excluded.

    Raises:
        RequestRefused: there is none in it, so that the wish would be passed over in silence.
    """
    count = len(seen.index.pts)
    start = frame_at(seen, part.start) if part.start is not None else 0
    end = frame_at(seen, part.end) if part.end is not None else count
    if start >= min(end, count):
        raise RequestRefused(
            f"There is no frame between the start and the end of {what}.",
            f"The start comes first, and the video lasts {_length_s(seen)} seconds.",
        )
    return start, end


def _length_s(seen: Seen) -> str:
    return f"{float(seen.report.video.duration):.2f}"


def _work(wish: Wish, seen: Seen, engine: EngineSpec, tracks: tuple[FaceTrack, ...]) -> Work:
    video = seen.report.video
    count = len(seen.index.pts)
    start = frame_at(seen, wish.trim_in) if wish.trim_in is not None else 0
    end = min(count, frame_at(seen, wish.trim_out)) if wish.trim_out is not None else count
    if not 0 <= start < end:
        raise RequestRefused(
            "There is no frame between the trim's start and end.",
            f"The start comes first, and the video lasts {_length_s(seen)} seconds.",
        )
    encoder = _encoder(wish, seen, wish.quality)
    return Work(
        source_digest=seen.report.digest,
        time_base=seen.index.time_base,
        frame_rate=video.frame_rate,
        frame_count=count,
        start_frame=start,
        end_frame=end,
        picture=video.picture,
        engine=engine,
        encoder=encoder,
        tracks=tracks,
        quality_ranges=_quality_ranges(wish, seen),
    )


def _quality_ranges(wish: Wish, seen: Seen) -> tuple[QualityRange, ...]:
    if wish.quality_at and wish.hardware:
        raise RequestRefused(
            "A GPU's encoder has one quality for the whole video.",
            "Leave out the ranges, or encode in software.",
        )
    ranges = []
    for each in wish.quality_at:
        start, end = _frames_of(each, seen, f"the part of quality {each.quality}")
        quality = _encoder(wish, seen, each.quality).quality
        ranges.append(QualityRange(start_frame=start, end_frame=end, quality=quality))
    return tuple(ranges)


def _encoder(wish: Wish, seen: Seen, quality: int | None) -> EncoderSettings:
    try:
        return settings_for(
            wish.codec,
            quality=quality,
            preset=wish.preset,
            hardware=wish.hardware,
            picture=seen.report.video.picture,
        )
    except EncoderRefused as error:
        raise RequestRefused(error.sentence, error.advice) from error


def _needed_bytes(work: Work, report: SourceReport) -> int:
    picture = work.picture
    frames = work.end_frame - work.start_frame
    rendered = frames * picture.width_px * picture.height_px * _BYTES_A_PIXEL_FRAME
    return int(2 * rendered + report.size_bytes * frames / work.frame_count * 2)
