"""Say what an engine with its settings needs before it can render: people, photos, a sound."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from remote_worker.contract.records import Box, Digest, FaceTrack
from remote_worker.engines.facefusion import options

Pairs = tuple[tuple[str, str], ...]
FACEFUSION = "facefusion"


def needs_cast(engine: str, settings: Pairs) -> bool:
    """Whether a source face has to be put on somebody; settings that are none need one."""
    if engine == "identity":
        return False
    values = _values(engine, settings)
    return values is None or options.needs_photos(values)


def needs_people(engine: str, settings: Pairs) -> bool:
    """Whether the people of the video have to be told apart, for faces that are cast."""
    values = _values(engine, settings)
    if values is None:
        return True
    return options.uses_faces(values) and not options.selects_itself(values)


def needs_voice(engine: str, settings: Pairs) -> bool:
    """Whether lips are to follow the video's sound."""
    values = _values(engine, settings)
    return values is not None and options.needs_voice(values)


def settled(engine: str, settings: Pairs, *, is_cast: bool) -> Pairs:
    """Return ``settings`` with what follows from whether somebody is cast.

    Where FaceFusion puts no face on anybody and nobody is chosen, it works on everybody.
    """
    values = _values(engine, settings)
    if values is None or is_cast or options.needs_photos(values):
        return settings
    if not options.uses_faces(values) or options.selects_itself(values):
        return settings
    return tuple(sorted({**dict(settings), "face_selector_mode": "many"}.items()))


def with_voice(settings: Pairs, voice: Digest, frame_rate: Fraction) -> Pairs:
    """Return ``settings`` with the sound that lips follow, and the rate of the frames."""
    rate = f"{frame_rate.numerator}/{frame_rate.denominator}"
    return tuple(sorted({**dict(settings), "voice": voice, "frame_rate": rate}.items()))


def own_tracks(
    engine: str, settings: Pairs, frame_count: int, photos: tuple[Digest, ...]
) -> tuple[FaceTrack, ...] | None:
    """Return the tracks where FaceFusion chooses the faces itself; None where the casting does.

    One track over the whole picture and the whole video carries the source face.
    """
    values = _values(engine, settings)
    if values is None or needs_people(engine, settings):
        return None
    if not options.uses_faces(values):
        return ()
    whole = Box(frame=0, left=0.0, top=0.0, right=1.0, bottom=1.0)
    return (FaceTrack(start_frame=0, end_frame=frame_count, boxes=(whole,), photos=photos),)


def _values(engine: str, settings: Pairs) -> Mapping[str, str] | None:
    """Return FaceFusion's options that count; None of another engine, or where they are none."""
    if engine != FACEFUSION:
        return None
    try:
        return options.check(dict(settings))
    except ValueError:
        return None
