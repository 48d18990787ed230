"""Translate a FaceFusion command line, of any version from 2.0 to 3.8, into what is wished here.

Every flag that is not taken over as it stands is told in words: what becomes of it, and why.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath, PureWindowsPath
from typing import Literal

from orchestrator.errors import RequestRefused
from orchestrator.facefusion_words import (
    AGES,
    ALIASES,
    DROPPED,
    ENCODERS,
    FLAGS,
    NOT_OFFERED,
    RENAMED,
    SOUNDS,
    VALUES,
)
from remote_worker.contract.records import Codec
from remote_worker.engines.facefusion.option_kinds import Choice, Number, Several, Whole
from remote_worker.engines.facefusion.options import OPTIONS, PIXEL_BOOSTS, check, differing

_PROGRAMS = ("run.py", "facefusion.py", "facefusion", "run-batch.py")
_RENDERS = ("run", "headless-run", "job-add-step", "job-insert-step", "job-remix-step")
_OTHERS = (
    "batch-run", "force-download", "benchmark", "job-list", "job-create", "job-submit",
    "job-submit-all", "job-delete", "job-delete-all", "job-remove-step", "job-run",
    "job-run-all", "job-retry", "job-retry-all",
)  # fmt: skip
_WITHOUT_CHECK = re.compile(
    r"nsfw|(skip|no|disable|without|bypass|ignore)-?content|content-?filter"
)
_NEGATIVE = re.compile(r"-\d")
_DRIVE = re.compile(r"[A-Za-z]:\\")
_SPACES = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
"""Which of the numbers given stands for top, right, bottom and left, as FaceFusion takes them."""


@dataclass(frozen=True, slots=True)
class Note:
    """What became of one flag that is not taken over as it stands."""

    flag: str
    told: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The one person that FaceFusion is told to replace: a face in a frame."""

    frame: int
    position: int
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """What a command line asks for."""

    photos: tuple[str, ...]
    """Pictures of the source face, as typed."""
    target: str | None
    output: str | None
    settings: tuple[tuple[str, str], ...]
    """Of the engine ``facefusion``; only what differs from its own defaults."""
    reference: Reference | None
    """None where FaceFusion's own rules choose the faces, or no face is worked on."""
    codec: Codec | None
    hardware: bool
    quality: int | None
    """In the encoder's own scale; None: its default."""
    preset: str | None
    trim_start: int | None
    """First frame."""
    trim_end: int | None
    """One past the last frame."""
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Reading:
    """What was understood so far."""

    old: bool
    """Whether it is a line of 2.x, which had other defaults."""
    photos: list[str] = field(default_factory=list)
    target: str | None = None
    output: str | None = None
    settings: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    mode: str = "reference"
    order: str | None = None
    codec: Codec | None = None
    hardware: bool = False
    quality: int | None = None
    preset: str | None = None
    notes: list[Note] = field(default_factory=list)

    def note(self, flag: str, told: str) -> None:
        self.notes.append(Note(flag, told))


def translate(line: str | Sequence[str]) -> Translated:
    """Return what ``line`` asks for; a text is split as a shell does it, but never run.

    Raises:
        RequestRefused: it renders nothing, cannot be split, or is to be rendered without the
            content check.
    """
    words = _words(line)
    command, flags = _command(words)
    _require_render(command)
    old = command is None and any(w in ("--headless", "--frame-processors") for w in words)
    reading = _Reading(old=old or any(w.startswith("--face-analyser") for w in words))
    for flag, values in _pairs(flags):
        _read(reading, flag, values)
    return _finished(reading)


def _words(line: str | Sequence[str]) -> list[str]:
    if not isinstance(line, str):
        return list(line)
    joined = re.sub(r"[\\^`]\r?\n", " ", line)
    posix = _DRIVE.search(joined) is None  # else every backslash of a path would be eaten
    try:
        words = shlex.split(joined, posix=posix, comments=posix)
    except ValueError as error:
        raise RequestRefused(
            f"The FaceFusion command line cannot be read ({error}).", "Check its quotes."
        ) from error
    return words if posix else [word.strip("\"'") for word in words]


def _command(words: list[str]) -> tuple[str | None, list[str]]:
    """Return FaceFusion's own command, if it has one, and what follows it."""
    names = [PureWindowsPath(word).name for word in words]
    start = max((at + 1 for at, name in enumerate(names) if name in _PROGRAMS), default=0)
    rest = words[start:]
    if rest and rest[0] in (*_RENDERS, *_OTHERS):
        return rest[0], rest[1:]
    first = next((at for at, word in enumerate(rest) if word.startswith("-")), len(rest))
    return None, rest[first:]


def _require_render(command: str | None) -> None:
    if command not in _OTHERS:
        return
    advice = "Translate the line of a single render."
    if command == "batch-run":
        advice = "Put the videos in the queue with 'secondunit queue add', or watch a folder."
    raise RequestRefused(f"FaceFusion's '{command}' renders no single video.", advice)


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each flag with its values; what stands before the first one belongs to none."""
    flag: str | None = None
    values: list[str] = []
    for word in words:
        if not word.startswith("-") or _NEGATIVE.match(word) or word == "-":
            values.append(word)
            continue
        if flag is not None:
            yield flag, values
        flag, equals, value = word.partition("=")
        values = [value] if equals else []
    if flag is not None:
        yield flag, values


def _read(reading: _Reading, typed: str, values: list[str]) -> None:
    flag = _whole(typed)
    if _WITHOUT_CHECK.search(flag):
        raise RequestRefused(
            f"{typed} would leave out the content check.",
            "The check cannot be turned off. Leave the flag out.",
        )
    name = RENAMED.get(flag, flag).lstrip("-").replace("-", "_")
    if flag in _HANDLERS:
        _HANDLERS[flag](reading, typed, values)
    elif name in OPTIONS:
        _set(reading, typed, name, values)
    elif flag in DROPPED:
        reading.note(typed, DROPPED[flag])
    else:
        reading.note(typed, "is no flag of FaceFusion that is known here; it is left out.")


def _whole(typed: str) -> str:
    """Return a flag as FaceFusion knows it, which takes any unmistakable beginning for it."""
    if typed in FLAGS or not typed.startswith("--"):
        return ALIASES.get(typed, typed)
    fitting = [flag for flag in FLAGS if flag.startswith(typed)]
    whole = fitting[0] if len(fitting) == 1 else typed
    return ALIASES.get(whole, whole)


def _set(reading: _Reading, typed: str, name: str, values: list[str]) -> None:
    """Take over an option of the engine, in the spelling of 3.8."""
    option = OPTIONS[name]
    words = [VALUES.get((name, value), value) for value in values]
    if name == "face_mask_padding" and len(words) in _SPACES:
        words = [words[at] for at in _SPACES[len(words)]]
    known = (
        [word for word in words if word in option.choices]
        if isinstance(option, Choice | Several)
        else words
    )
    for word in dict.fromkeys(word for word in words if word not in known):
        usual = f"; {option.usual} is used" if not known and option.usual else ""
        reading.note(typed, f"{word} is not known to FaceFusion 3.8{usual}.")
    try:
        if known:
            reading.settings[name] = option.spelled(" ".join(known))
    except ValueError as error:
        reading.note(typed, f"{error}; {option.usual} is used.")
        return
    if isinstance(option, Number | Whole) and not words:
        reading.note(typed, f"has no value; {option.usual} is used.")


# -- flags that mean something of their own --------------------------------------------------


def _on_source(reading: _Reading, typed: str, values: list[str]) -> None:
    for value in values:
        if PurePath(value).suffix.lower() in SOUNDS:
            reading.note(
                typed,
                f"{PureWindowsPath(value).name}: lips follow the video's own sound here; put this"
                " sound into the video first.",
            )
        else:
            reading.photos.append(value)


def _on_target(reading: _Reading, typed: str, values: list[str]) -> None:
    del typed
    reading.target = values[0] if values else reading.target


def _on_output(reading: _Reading, typed: str, values: list[str]) -> None:
    del typed
    reading.output = values[0] if values else reading.output


def _on_processors(reading: _Reading, typed: str, values: list[str]) -> None:
    offered = [value for value in values if value not in NOT_OFFERED]
    for value in values:
        if value in NOT_OFFERED:
            reading.note(f"{typed} {value}", NOT_OFFERED[value])
    if not offered and values:
        raise RequestRefused(
            f"Nothing of '{typed} {' '.join(values)}' is offered here.",
            f"{values[0]} {NOT_OFFERED.get(values[0], '')}",
        )
    _set(reading, typed, "processors", offered)


def _on_mode(reading: _Reading, typed: str, values: list[str]) -> None:
    mode = values[0] if values else "reference"
    if mode in ("many", "one", "reference"):
        reading.mode = mode
    else:
        reading.note(typed, f"{mode} is not known to FaceFusion 3.8; reference is used.")


def _on_many(reading: _Reading, typed: str, values: list[str]) -> None:
    del typed, values
    reading.mode = "many"


def _on_order(reading: _Reading, typed: str, values: list[str]) -> None:
    before = reading.settings.get("face_selector_order")
    _set(reading, typed, "face_selector_order", values)
    reading.order = reading.settings.get("face_selector_order", before)


def _on_age(reading: _Reading, typed: str, values: list[str]) -> None:
    ages = AGES.get(values[0]) if values else None
    if ages is None:
        reading.note(typed, "is not understood; every age is taken.")
        return
    reading.settings |= {
        "face_selector_age_start": str(ages[0]),
        "face_selector_age_end": str(ages[1]),
    }


def _on_number(reading: _Reading, typed: str, values: list[str]) -> None:
    try:
        reading.numbers[_whole(typed)] = max(0, int(values[0]))
    except (IndexError, ValueError):
        reading.note(typed, "needs a whole number; it is left out.")


def _on_distance(reading: _Reading, typed: str, values: list[str]) -> None:
    del values
    reading.note(typed, "people are told apart by Second Unit's own means, which need no distance.")


def _on_encoder(reading: _Reading, typed: str, values: list[str]) -> None:
    encoder = values[0] if values else ""
    known = ENCODERS.get(encoder)
    if known is None:
        reading.note(typed, f"{encoder or 'nothing'} is not offered here; H.264 is made.")
        return
    reading.codec, reading.hardware, told = known
    if told:
        reading.note(typed, told)


def _on_quality(reading: _Reading, typed: str, values: list[str]) -> None:
    try:
        percent = float(values[0])
    except (IndexError, ValueError):
        reading.note(typed, "needs a number; the encoder's own quality is used.")
        return
    reading.quality = max(1, min(51, round(51 - percent * 0.51)))


def _on_preset(reading: _Reading, typed: str, values: list[str]) -> None:
    del typed
    reading.preset = values[0] if values else None


def _on_volume(reading: _Reading, typed: str, values: list[str]) -> None:
    if values != ["100"]:
        reading.note(typed, "the sound is carried over as it is; mute it where it is played.")


_HANDLERS = {
    "--source": _on_source,
    "--target": _on_target,
    "--output": _on_output,
    "--processors": _on_processors,
    "--frame-processors": _on_processors,
    "--face-selector-mode": _on_mode,
    "--many-faces": _on_many,
    "--face-selector-order": _on_order,
    "--face-analyser-order": _on_order,
    "--face-analyser-age": _on_age,
    "--reference-face-position": _on_number,
    "--reference-frame-number": _on_number,
    "--reference-face-distance": _on_distance,
    "--trim-frame-start": _on_number,
    "--trim-frame-end": _on_number,
    "--output-video-encoder": _on_encoder,
    "--output-video-quality": _on_quality,
    "--output-video-preset": _on_preset,
    "--output-audio-volume": _on_volume,
}


# -- all of it together ------------------------------------------------------------------------


def _finished(reading: _Reading) -> Translated:
    if reading.mode in ("many", "one"):
        reading.settings["face_selector_mode"] = reading.mode
        if reading.old:  # 2.x took the leftmost where nothing else was said
            reading.settings.setdefault("face_selector_order", "left-right")
    settings = _fitting(reading)
    _tell_filters(reading)
    swaps_by_identity = reading.mode == "reference" and "face_selector_mode" in check(settings)
    return Translated(
        photos=tuple(reading.photos),
        target=reading.target,
        output=reading.output,
        settings=tuple(sorted(differing(settings).items())),
        reference=_reference(reading) if swaps_by_identity else None,
        codec=reading.codec,
        hardware=reading.hardware,
        quality=reading.quality,
        preset=_fitting_preset(reading),
        trim_start=reading.numbers.get("--trim-frame-start"),
        trim_end=reading.numbers.get("--trim-frame-end"),
        notes=tuple(reading.notes),
    )


def _reference(reading: _Reading) -> Reference:
    usual = "left-right" if reading.old else "large-small"
    return Reference(
        frame=reading.numbers.get("--reference-frame-number", 0),
        position=reading.numbers.get("--reference-face-position", 0),
        order=reading.order or usual,
    )


def _fitting(reading: _Reading) -> dict[str, str]:
    """Return the settings without what does not go together; that is told."""
    settings = dict(reading.settings)
    model = settings.get("face_swapper_model", OPTIONS["face_swapper_model"].usual)
    boost = settings.get("face_swapper_pixel_boost")
    if boost is not None and boost not in PIXEL_BOOSTS[model]:
        del settings["face_swapper_pixel_boost"]
        reading.note("--face-swapper-pixel-boost", f"{model} cannot be run at {boost}.")
    for flag, names in _TOGETHER.items():
        try:
            check(settings)
        except ValueError as error:
            dropped = [settings.pop(name) for name in names if name in settings]
            if dropped:
                reading.note(flag, f"{error}; it is left out.")
    return settings


_TOGETHER = {
    "--face-detector-size": ("face_detector_size",),
    "--face-selector-age": ("face_selector_age_start", "face_selector_age_end"),
}


def _tell_filters(reading: _Reading) -> None:
    if reading.mode != "reference":
        return
    for name in ("gender", "race", "age_start"):
        if f"face_selector_{name}" in reading.settings:
            flag = f"--face-selector-{name.removesuffix('_start')}"
            reading.note(flag, "whoever is cast is replaced, whatever their age, gender or race.")


_HARDWARE_PRESETS: dict[str, Literal["p2", "p4", "p6"]] = {
    **dict.fromkeys(("ultrafast", "superfast", "veryfast", "faster", "fast"), "p2"),
    "medium": "p4",
    **dict.fromkeys(("slow", "slower", "veryslow"), "p6"),
}
"""NVENC's fast, medium and slow, to which FaceFusion brings its words."""


def _fitting_preset(reading: _Reading) -> str | None:
    preset = reading.preset
    if preset is None or not reading.hardware:
        return preset if preset in (None, *_HARDWARE_PRESETS) else None
    return _HARDWARE_PRESETS.get(preset)
