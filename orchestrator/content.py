"""Judge whether a clip or a photo shows explicit content, before anything is rendered.

The check has no switch: it finds its own model and decides by constants.  A check that cannot
be carried out raises; it never allows.  It opens media that nobody vouches for, so it is run
in a guarded child process.
"""

from __future__ import annotations

import bisect
import io
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from orchestrator.errors import ContentRefused, PhotoUnreadable
from orchestrator.models import find_models, model_refs
from remote_worker.contract.records import Digest, Picture
from remote_worker.engines import Pixels
from remote_worker.errors import EngineFailed, SourceUnreadable
from remote_worker.frames.decode import Decoded, decode_range
from remote_worker.frames.keyframes import decode_keyframes
from remote_worker.pipeline import Ahead

CONTENT_MODEL = "content-check"
LOOK_EACH_S = Fraction(1)
"""Time between two frames that are looked at, in seconds."""
EXPLICIT_SCORE = 0.5
"""From here on a frame is judged explicit: the model holds it for likelier than not."""
_REACH_S = Fraction(1)
"""A keyframe so near stands for the frame that would be looked at: it needs no other decoded."""
_RUN_GAP_S = Fraction(10)
"""Looks that are no keyframes are decoded in runs; a longer gap is jumped over."""
MOST_EXPLICIT = Fraction(1, 10)
"""A clip is refused when a larger share of the frames looked at is explicit."""
_FEWEST_LOOKS = 5
_RESIZED_PX = 256
_SEEN_PX = 224
_MEAN_BGR = np.array((104, 117, 123), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRequest:
    """One clip to check; the file is opened where the check runs."""

    path: str
    stream_index: int
    time_base: Fraction
    pts: tuple[int, ...]
    """Presentation times of the whole clip, strictly rising, in ``time_base``."""
    keyframes: tuple[int, ...]
    """Frames at which a decoder may start from nothing, rising."""
    picture: Picture


@dataclass(frozen=True, slots=True)
class PhotosRequest:
    """Source photos to check: re-encoded PNG files, never photos from elsewhere."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From ``start`` to ``end`` (exclusive), in seconds of the source's own times."""

    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True)
class ContentVerdict:
    """What was decided, about what and by which model."""

    allowed: bool
    ranges: tuple[TimeRange, ...]
    """Where explicit content was seen; may hold some when the clip is allowed.  For photos
    the seconds are places in the request: photo 2 is from 2 to 3."""
    frames_looked_at: int
    model_digest: Digest


@dataclass(frozen=True, slots=True)
class ContentProgress:
    """How far a check has got, in frames of the clip."""

    frames_done: int
    frames_total: int


class Judge(Protocol):
    """Says how surely a picture is explicit."""

    def score(self, pixels: Pixels) -> float:
        """Return 0 to 1 for ``pixels`` (uint8 BGR, height x width x 3)."""
        ...


class ContentJudge:
    """Yahoo's Open NSFW net on one thread, so that the same pixels give the same score."""

    def __init__(self, session: Any) -> None:
        """Take a session: ``input:0`` of N x 224 x 224 x 3 to N x 2 (harmless, explicit)."""
        self._session = session

    def score(self, pixels: Pixels) -> float:
        """Return how surely ``pixels`` (uint8 BGR, height x width x 3) are explicit, 0 to 1.

        Raises:
            EngineFailed: the model does not answer with a probability.
        """
        try:
            answer = self._session.run(None, {"input:0": _as_the_net_sees(pixels)[None]})[0]
            score = float(np.asarray(answer).reshape(1, 2)[0, 1])
        except Exception as error:  # onnxruntime raises what its C++ raised, of no common kind
            raise EngineFailed(f"The content check could not look at a frame: {error}") from error
        if not (math.isfinite(score) and 0 <= score <= 1):
            raise EngineFailed(f"The content check answered {score}, which is no probability.")
        return score


def check(
    request: ContentRequest, on_progress: Callable[[ContentProgress], None] | None = None
) -> ContentVerdict:
    """Return the verdict on a whole clip, looked at about once a second.

    Raises:
        ModelMissing, ModelCorrupt: the model is not installed as it should be.
        EngineFailed: the model does not load or does not answer.
        SourceUnreadable: the clip has no frames or does not decode.
    """
    if not request.pts:
        raise SourceUnreadable("There is no frame to check.")
    looks = frames_to_look_at(request.pts, request.time_base, request.keyframes)
    judge = _open_judge()
    with Ahead(frames_of(request, looks, on_progress), depth=2, name="content check") as frames:
        return judge_frames(frames, request.pts, request.time_base, looks, judge)


def check_photos(request: PhotosRequest) -> ContentVerdict:
    """Return the verdict on source photos; one that is explicit refuses them all.

    Raises:
        ModelMissing, ModelCorrupt: the model is not installed as it should be.
        EngineFailed: the model does not load or does not answer.
        PhotoUnreadable: there is no photo, or one is not a picture.
    """
    if not request.paths:
        raise PhotoUnreadable("There is no photo to check.", "Choose a photo.")
    return judge_photos([_read(Path(path)) for path in request.paths], _open_judge())


def require_allowed(verdict: ContentVerdict) -> None:
    """Return when ``verdict`` allows rendering.

    Raises:
        ContentRefused: it does not.
    """
    if not verdict.allowed:
        raise ContentRefused(
            "This contains explicit content, so no face is put on anybody in it.",
            "Choose other material; the check cannot be turned off.",
        )


def frames_to_look_at(
    pts: Sequence[int], time_base: Fraction, keyframes: Sequence[int] = ()
) -> tuple[int, ...]:
    """Return the frame indices that are looked at: about one a second, at least five if there are.

    Of the frames within a second of when one is to be looked at, a keyframe is taken where
    there is one.  Two looks that would fall on one keyframe are one, so that between two
    looks there are never more than three seconds.
    """
    duration_s = (pts[-1] - pts[0]) * time_base
    count = max(_FEWEST_LOOKS, math.ceil(duration_s / LOOK_EACH_S) + 1)
    if count >= len(pts):
        return tuple(range(len(pts)))
    times = [pts[0] + Fraction((pts[-1] - pts[0]) * at, count - 1) for at in range(count)]
    chosen = np.searchsorted(np.array(pts, np.int64), [math.ceil(time) for time in times])
    looks = sorted({int(index) for index in chosen})
    reach = _REACH_S / time_base
    near = sorted({_nearest(keyframes, pts, look, reach) for look in looks})
    return tuple(near if len(near) >= _FEWEST_LOOKS else looks)


def _nearest(keyframes: Sequence[int], pts: Sequence[int], look: int, reach: Fraction) -> int:
    """Return the keyframe nearest to ``look`` if it is within ``reach``, else ``look``."""
    place = bisect.bisect_left(keyframes, look)
    around = keyframes[max(0, place - 1) : place + 1]
    best = min(around, key=lambda keyframe: abs(pts[keyframe] - pts[look]), default=look)
    return best if abs(pts[best] - pts[look]) <= reach else look


def judge_frames(
    frames: Iterable[Pixels],
    pts: Sequence[int],
    time_base: Fraction,
    looks: Sequence[int],
    judge: Judge,
) -> ContentVerdict:
    """Return the verdict on ``frames``, which are those of ``looks`` in order.

    Raises:
        SourceUnreadable: fewer frames came than were to be looked at.
        EngineFailed: the judge gave no answer.
    """
    explicit = [judge.score(pixels) >= EXPLICIT_SCORE for pixels in frames]
    if len(explicit) != len(looks) or not looks:
        raise SourceUnreadable(f"{len(explicit)} of {len(looks)} frames could be checked.")
    ends = [*looks[1:], len(pts)]
    seen = [
        TimeRange(pts[start] * time_base, _time_of(end, pts) * time_base)
        for start, end, is_explicit in zip(looks, ends, explicit, strict=True)
        if is_explicit
    ]
    allowed = Fraction(sum(explicit), len(explicit)) <= MOST_EXPLICIT
    return ContentVerdict(allowed, _joined(seen), len(looks), _model_digest())


def judge_photos(photos: Sequence[Pixels], judge: Judge) -> ContentVerdict:
    """Return the verdict on ``photos``; one that is explicit refuses them all.

    Raises:
        EngineFailed: the judge gave no answer.
    """
    explicit = [at for at, pixels in enumerate(photos) if judge.score(pixels) >= EXPLICIT_SCORE]
    ranges = _joined([TimeRange(Fraction(at), Fraction(at + 1)) for at in explicit])
    return ContentVerdict(not explicit, ranges, len(photos), _model_digest())


def frames_of(
    request: ContentRequest,
    looks: Sequence[int],
    on_progress: Callable[[ContentProgress], None] | None,
) -> Iterator[Pixels]:
    """Yield the frames of ``looks``, in order: keyframes alone where they do, else all between.

    Raises:
        SourceUnreadable: the clip does not decode.
    """
    keyframes = set() if request.picture.deinterlace else set(request.keyframes)
    for run, alone in _runs(looks, keyframes, request):
        found = _keyframes(request, run) if alone else _decoded(request, run)
        for index, pixels in found:
            yield pixels
            if on_progress is not None:
                on_progress(ContentProgress(index + 1, len(request.pts)))
    if on_progress is not None:
        on_progress(ContentProgress(len(request.pts), len(request.pts)))


def _runs(
    looks: Sequence[int], keyframes: set[int], request: ContentRequest
) -> Iterator[tuple[list[int], bool]]:
    """Divide ``looks`` into runs, each with whether its frames are decoded alone."""
    run: list[int] = []
    for look in looks:
        alike = run and (run[-1] in keyframes) == (look in keyframes)
        gap = (request.pts[look] - request.pts[run[-1]]) * request.time_base if run else 0
        if run and (not alike or (look not in keyframes and gap > _RUN_GAP_S)):
            yield run, run[0] in keyframes
            run = []
        run.append(look)
    if run:
        yield run, run[0] in keyframes


def _keyframes(request: ContentRequest, run: Sequence[int]) -> Iterator[tuple[int, Pixels]]:
    """Yield the frames of ``run``, decoding nothing else unless one of them does not decode."""
    left = deque(run)
    for index, pixels in decode_keyframes(
        Path(request.path),
        time_base=request.time_base,
        pts=request.pts,
        wanted=run,
        picture=request.picture,
        stream_index=request.stream_index,
    ):
        while left and left[0] < index:
            yield from _decoded(request, [left.popleft()])
        if left and left[0] == index:
            yield left.popleft(), pixels
    for index in left:
        yield from _decoded(request, [index])


def _decoded(request: ContentRequest, run: Sequence[int]) -> Iterator[tuple[int, Pixels]]:
    """Yield the frames of ``run``, each exactly or as its neighbour, decoding all between them."""
    left = deque(run)
    try:
        for decoded in _between(request, run[0], run[-1] + 1):
            if decoded.index == left[0]:
                yield left.popleft(), decoded.pixels
    except SourceUnreadable:
        if run[0] == 0:
            raise
        # Nothing decodes there: what is rendered repeats the last frame that does.
        for decoded in _between(request, 0, run[-1] + 1):
            if left and decoded.index == left[0]:
                yield left.popleft(), decoded.pixels


def _between(request: ContentRequest, start: int, end: int) -> Iterator[Decoded]:
    return decode_range(
        Path(request.path),
        time_base=request.time_base,
        first_frame=0,
        pts=request.pts,
        wanted=range(start, end),
        picture=request.picture,
        stream_index=request.stream_index,
    )


def _time_of(frame: int, pts: Sequence[int]) -> int:
    """Return when ``frame`` begins; the end of the clip is one frame after its last."""
    if frame < len(pts):
        return pts[frame]
    return pts[-1] + (pts[-1] - pts[-2] if len(pts) > 1 else 1)


def _joined(ranges: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    joined: list[TimeRange] = []
    for one in ranges:
        if joined and joined[-1].end == one.start:
            joined[-1] = TimeRange(joined[-1].start, one.end)
        else:
            joined.append(one)
    return tuple(joined)


def _model_digest() -> Digest:
    (model,) = model_refs([CONTENT_MODEL])
    return model.digest


def _open_judge() -> ContentJudge:
    import onnxruntime

    path = find_models([CONTENT_MODEL])[CONTENT_MODEL]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return ContentJudge(
            onnxruntime.InferenceSession(
                path.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        )
    except Exception as error:  # onnxruntime raises what its C++ raised, of no common kind
        raise EngineFailed(f"The content check {path.name} does not load.") from error


def _as_the_net_sees(pixels: Pixels) -> NDArray[np.float32]:
    """Return ``pixels`` as the net was trained on them: squeezed, through JPEG, its middle."""
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    small = image.resize((_RESIZED_PX, _RESIZED_PX), Image.Resampling.BILINEAR)
    held = io.BytesIO()
    small.save(held, "JPEG")
    edge = (_RESIZED_PX - _SEEN_PX) // 2
    seen = np.asarray(Image.open(held), np.float32)[edge:-edge, edge:-edge, ::-1]
    return np.ascontiguousarray(seen - _MEAN_BGR, np.float32)


def _read(photo: Path) -> Pixels:
    try:
        with Image.open(photo, formats=["PNG"]) as image:
            return np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8)[:, :, ::-1])
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable(
            f"{photo.name} is not a picture that can be read.", "Choose another photo."
        ) from error
