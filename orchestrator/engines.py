"""Say what an engine with its settings needs before it can render: people, photos, a sound."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from orchestrator.facefusion.errors import EngineNotInstalled
from remote_worker.contract.records import Box, Digest, FaceTrack
from remote_worker.engines.facefusion import options
from remote_worker.engines.facefusion.installation import Installation, default_folder
from remote_worker.errors import WorkerError

Pairs = tuple[tuple[str, str], ...]
FACEFUSION = "facefusion"
PROVIDERS = "SECONDUNIT_FACEFUSION_PROVIDERS"
"""The variable that says what FaceFusion computes with on a machine."""
AT_ONCE = "SECONDUNIT_FACEFUSION_FRAMES"
"""The variable that says how many frames it works on at once."""


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


def works_on_frames(engine: str, settings: Pairs) -> bool:
    """Whether every frame is changed, whoever is in it."""
    values = _values(engine, settings)
    if values is None:
        return False
    return any(name in options.FRAME_PROCESSORS for name in options.processors_of(values))


def needs_voice(engine: str, settings: Pairs) -> bool:
    """Whether lips are to follow the video's sound."""
    values = _values(engine, settings)
    return values is not None and options.needs_voice(values)


def typed_too_much(engine: str, settings: Pairs) -> str:
    """Return a setting that nobody may set, as it is settled from the video; empty if none is."""
    given = {name for name, value in settings if value} if engine == FACEFUSION else set()
    return next((name for name in options.INNER if name in given), "")


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


def lacking_here(engine: str, settings: Pairs) -> str:
    """Return what this machine lacks to run an engine: ``""``, ``engine``, or ``models``.

    It looks whether files are there and reads none, so it is quick.
    """
    values = _values(engine, settings)
    if values is None:
        return ""
    here = Installation(default_folder())
    if here.state() is None:
        return "engine"
    names = options.models_needed(values)
    return "" if all((here.models / f"{name}.onnx").is_file() for name in names) else "models"


def require_here(engine: str, settings: Pairs) -> None:
    """Return when this machine can run an engine with its settings.

    Raises:
        EngineNotInstalled: it, or one of its models, is not installed here.
    """
    lack = lacking_here(engine, settings)
    if lack == "engine":
        raise EngineNotInstalled(
            "FaceFusion is not installed on this machine.",
            "Install it under Settings, Engine, or with 'secondunit engine install'; or render"
            " with machines of your own account.",
        )
    if lack:
        raise EngineNotInstalled(
            "FaceFusion is installed on this machine, but not every model of this look.",
            "Fetch them under Settings, Engine, or with 'secondunit engine install'; or choose"
            " other models.",
        )


def with_model_set(engine: str, settings: Pairs) -> Pairs:
    """Return ``settings`` with the digest of the models of this machine, where they are here.

    Workers with other files of the same names then refuse, and segments of both are kept apart.
    """
    values = _values(engine, settings)
    if values is None or lacking_here(engine, settings):
        return settings
    from remote_worker.engines.facefusion import manifest

    try:
        refs = manifest.known_refs(options.models_needed(values), Installation(default_folder()))
    except WorkerError:
        return settings  # a file of which nobody wrote down a digest: nothing to compare with
    return tuple(sorted({**dict(settings), "model_set": manifest.model_set(refs)}.items()))
