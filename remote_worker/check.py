"""Have an engine's own content check look at a source once, for every worker that renders it.

Frames are looked at as FaceFusion does it: one in as many as there are in a second, over the
whole source, which is refused when more than a tenth of them are explicit.  Whoever needs the
verdict first makes it and stores it; two that make it at once make the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol, runtime_checkable

import av
import numpy as np

from remote_worker.contract import VERSION
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import CheckVerdict, ContentCheck, Digest, TimeRange
from remote_worker.engines import Engine, Frame, Pixels
from remote_worker.errors import BlobMissing, ContentRefused, EngineFailed, SourceUnreadable
from remote_worker.frames.opening import first_video, open_media
from remote_worker.stores import Store, check_key

MOST_EXPLICIT = Fraction(1, 10)
"""A source is refused when a larger share of the frames looked at is explicit."""
_RANGES_TOLD = 6


@runtime_checkable
class Judging(Protocol):
    """An engine that has a content check of its own."""

    def judge(self, frames: Iterable[Frame]) -> Iterator[bool]:
        """Yield of each frame, in order, whether it is explicit.

        Raises:
            EngineFailed: a frame could not be judged.
        """
        ...


@dataclass(frozen=True, slots=True)
class Look:
    """One frame that is looked at."""

    index: int
    """Which of the frames looked at this is."""
    pixels: Pixels
    time: Fraction
    """Seconds from the source's first frame."""


class _Over(Exception):
    """Nobody wants the verdict any more."""


def frames_to_look_at(frame_count: int, frame_rate: Fraction) -> range:
    """Return the frames that FaceFusion's check looks at: every ``int(frame_rate)``-th."""
    return range(0, frame_count, max(1, int(frame_rate)))


def require_allowed(
    check: ContentCheck,
    store: Store,
    clip: Callable[[], Path],
    engine: Engine,
    is_over: Callable[[], bool],
    on_frame: Callable[[int], None] | None = None,
) -> bool:
    """Return True when the source is allowed, False when ``is_over`` said to end before.

    ``clip`` fetches the frames to look at; it is only called when no verdict is stored.
    ``on_frame`` hears how many of them are looked at.

    Raises:
        ContentRefused: the source is not allowed.
        EngineFailed: it could not be judged, so nothing is rendered.
        WorkerError: the store does not answer, or the clip is not there whole.
    """
    verdict = stored_verdict(store, check.check_id)
    if verdict is None:
        try:
            verdict = verdict_on(check.check_id, clip(), engine, is_over, on_frame)
        except _Over:
            return False
        store_verdict(store, verdict)
    if not verdict.allowed:
        raise ContentRefused(refusal(verdict.ranges))
    return True


def stored_verdict(store: Store, check_id: Digest) -> CheckVerdict | None:
    """Return the verdict that is stored, None when there is none that this version reads.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    try:
        verdict = from_text(CheckVerdict, store.get(check_key(check_id)))
    except (BlobMissing, ContractError):
        return None
    is_it = verdict.version == VERSION and verdict.check_id == check_id
    return verdict if is_it else None


def store_verdict(store: Store, verdict: CheckVerdict) -> None:
    """Store a verdict unless one is there.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    key, text = check_key(verdict.check_id), canonical(verdict).encode()
    if not store.put(key, text, if_absent=True) and stored_verdict(store, verdict.check_id) is None:
        store.put(key, text)  # what was there cannot be read


def verdict_on(
    check_id: Digest,
    clip: Path,
    engine: Engine,
    is_over: Callable[[], bool] = lambda: False,
    on_frame: Callable[[int], None] | None = None,
) -> CheckVerdict:
    """Return what the engine's own check decides about the frames in ``clip``.

    Raises:
        EngineFailed: the engine has no check, or did not judge every frame.
        SourceUnreadable: the clip does not decode or is empty.
    """
    if not isinstance(engine, Judging):
        raise EngineFailed("This engine has no content check of its own.")
    times: list[Fraction] = []
    explicit: list[bool] = []
    for is_so in engine.judge(_noted(looks_in(clip), times, is_over)):
        explicit.append(bool(is_so))
        if on_frame is not None:
            on_frame(len(explicit))
    if not times or len(explicit) != len(times):
        raise EngineFailed(f"{len(explicit)} of {len(times)} frames were judged.")
    return CheckVerdict(
        check_id=check_id,
        allowed=Fraction(sum(explicit), len(explicit)) <= MOST_EXPLICIT,
        ranges=_ranges(times, explicit),
        frames_looked_at=len(explicit),
    )


def _noted(
    looks: Iterable[Look], times: list[Fraction], is_over: Callable[[], bool]
) -> Iterator[Look]:
    for look in looks:
        if is_over():
            raise _Over
        times.append(look.time)
        yield look


def looks_in(clip: Path) -> Iterator[Look]:
    """Yield every frame of a clip of frames to look at.

    Raises:
        SourceUnreadable: it does not open or decode.
    """
    try:
        with open_media(clip) as container:
            for number, frame in enumerate(container.decode(first_video(container))):
                pixels = np.ascontiguousarray(frame.to_ndarray(format="bgr24"), np.uint8)
                seconds = Fraction(frame.pts or 0) * (frame.time_base or 0)
                yield Look(number, pixels, seconds)
    except (av.FFmpegError, LookupError) as error:
        raise SourceUnreadable(f"The frames to check cannot be decoded: {error}") from error


def _ranges(times: Sequence[Fraction], explicit: Sequence[bool]) -> tuple[TimeRange, ...]:
    """Return from when to when explicit frames were seen, each lasting to the next look."""
    usual_s = times[1] - times[0] if len(times) > 1 else Fraction(1)
    ends = [*times[1:], times[-1] + usual_s]
    joined: list[TimeRange] = []
    for start, end, is_so in zip(times, ends, explicit, strict=True):
        if is_so and joined and joined[-1].end == start:
            joined[-1] = TimeRange(joined[-1].start, end)
        elif is_so:
            joined.append(TimeRange(start, end))
    return tuple(joined)


def refusal(ranges: Sequence[TimeRange]) -> str:
    """Return the sentence that refuses a source, with where explicit content was seen."""
    told = ", ".join(f"{_clock(r.start)}-{_clock(r.end)}" for r in ranges[:_RANGES_TOLD])
    more = " ..." if len(ranges) > _RANGES_TOLD else ""
    where = f" ({told}{more})" if told else ""
    return f"This contains explicit content{where}, so no face is put on anybody in it."


def _clock(seconds: Fraction) -> str:
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
