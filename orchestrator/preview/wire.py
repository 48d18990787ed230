"""Carry scenes, questions and answers over a pipe: two lengths, a JSON header, raw bytes."""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from orchestrator.preview.scene import (
    Answer,
    Ask,
    Failed,
    Play,
    PlayEnded,
    Proof,
    ProofReady,
    Question,
    Scene,
    SeekTrouble,
    Share,
    Shown,
    Sound,
    StoredPart,
    Troubles,
)
from remote_worker.contract.coding import ContractError, from_plain, to_plain
from remote_worker.contract.records import Box, FaceTrack

_LENGTHS = struct.Struct("<IQ")
_LONGEST_HEADER_BYTES = 64 << 20
_LONGEST_RAW_BYTES = 1 << 30
_MOST_PX = 16_384
_BOX_NUMBERS = 5


class Readable(Protocol):
    """What messages are read from."""

    def read(self, size: int, /) -> bytes | None:
        """Return ``size`` bytes, fewer only at the end."""
        ...


class Writable(Protocol):
    """What messages are written to."""

    def write(self, data: bytes, /) -> int:
        """Write all of ``data``."""
        ...

    def flush(self) -> None:
        """Have it arrive."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Which finished segments there are now."""

    stored: tuple[StoredPart, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many frames of a play were shown or dropped so far."""

    number: int
    frames: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A question that needs no answer any more."""

    number: int


Word = Scene | Parts | Taken | Stop | Question
"""What the child is told."""
_WORDS: Mapping[str, Any] = {
    kind.__name__: kind for kind in (Parts, Taken, Stop, Ask, Play, Proof, SeekTrouble)
}
_ANSWERS: Mapping[str, Any] = {
    kind.__name__: kind for kind in (Shown, Sound, Share, ProofReady, Troubles, PlayEnded, Failed)
}
_AGAIN = "again:"
"""Before the name of an answer whose picture is the one before it."""
_RAW = {"Shown": "pixels", "Sound": "samples"}
"""The field that travels as it is."""


def packed_word(word: Word) -> bytes:
    """Return what is written for a word."""
    if isinstance(word, Scene):
        return _packed_scene(word)
    return _packed(type(word).__name__, to_plain(word), b"")


def read_word(stream: Readable) -> Word | None:
    """Return the next word, or None at the end.

    Raises:
        ContractError: it is none.
    """
    found = _read(stream)
    if found is None:
        return None
    name, plain, raw = found
    if name == "Scene":
        return _scene(plain, raw)
    word: Word = from_plain(_kind(_WORDS, name), plain)
    return word


class AnswerWriter:
    """Writes answers one after another; for one thread at a time."""

    def __init__(self, stream: Writable) -> None:
        """Write to ``stream``."""
        self._stream = stream
        self._last = b""

    def write(self, answer: Answer) -> None:
        """Write one answer; a picture that was just written is not written again."""
        name = type(answer).__name__
        field = _RAW.get(name)
        raw: bytes = getattr(answer, field) if field else b""
        names = (key for key in type(answer).__dataclass_fields__ if key != field)
        plain = {key: to_plain(getattr(answer, key)) for key in names}
        again = bool(raw) and raw is self._last
        self._last = raw if isinstance(answer, Shown) else self._last
        self._stream.write(_packed(_AGAIN + name if again else name, plain, b"" if again else raw))
        self._stream.flush()


class AnswerReader:
    """Reads answers one after another.

    The child opens files nobody vouches for, so nothing it says is believed unchecked.
    """

    def __init__(self, stream: Readable) -> None:
        """Read from ``stream``."""
        self._stream = stream
        self._last = b""

    def read(self) -> Answer | None:
        """Return the next answer, or None at the end.

        Raises:
            ContractError: it is none.
        """
        found = _read(self._stream)
        if found is None:
            return None
        name, plain, raw = found
        if name.startswith(_AGAIN):
            name, raw = name.removeprefix(_AGAIN), self._last
        if name in _RAW and isinstance(plain, dict):
            plain[_RAW[name]] = raw
        answer: Answer = from_plain(_kind(_ANSWERS, name), plain)
        if isinstance(answer, Shown):
            if not _fits(answer):
                raise ContractError("a picture is not of the size it says")
            self._last = answer.pixels
        return answer


def _fits(shown: Shown) -> bool:
    wide, high = shown.width_px, shown.height_px
    return 0 < wide <= _MOST_PX and 0 < high <= _MOST_PX and len(shown.pixels) == wide * high * 3


def _packed(name: str, plain: Any, raw: bytes) -> bytes:
    header = json.dumps([name, plain], separators=(",", ":"), allow_nan=False).encode()
    return b"".join((_LENGTHS.pack(len(header), len(raw)), header, raw))


def _read(stream: Readable) -> tuple[str, Any, bytes] | None:
    lengths = stream.read(_LENGTHS.size) or b""
    if len(lengths) < _LENGTHS.size:
        return None
    header_bytes, raw_bytes = _LENGTHS.unpack(lengths)
    if header_bytes > _LONGEST_HEADER_BYTES or raw_bytes > _LONGEST_RAW_BYTES:
        raise ContractError("a message is longer than any can be")
    header, raw = stream.read(header_bytes) or b"", stream.read(raw_bytes) or b""
    if len(header) < header_bytes or len(raw) < raw_bytes:
        return None
    try:
        name, plain = json.loads(header)
    except (ValueError, TypeError, RecursionError) as error:
        raise ContractError("not a message") from error
    return str(name), plain, raw


def _kind(kinds: Mapping[str, Any], name: str) -> Any:
    if name not in kinds:
        raise ContractError(f"nothing is called {name[:40]!r}")
    return kinds[name]


def _packed_scene(scene: Scene) -> bytes:
    """Pack the numbers of a long video as they are: as JSON they take seconds to read."""
    index = scene.source.index
    tracks = scene.cast.tracks if scene.cast is not None else ()
    boxes = array("d")
    for track in tracks:
        for box in track.boxes:
            boxes.extend((box.frame, box.left, box.top, box.right, box.bottom))
    bare = replace(
        scene,
        source=replace(scene.source, index=replace(index, pts=(), keyframes=())),
        cast=scene.cast
        and replace(scene.cast, tracks=tuple(replace(track, boxes=()) for track in tracks)),
    )
    counts = {
        "pts": len(index.pts),
        "keyframes": len(index.keyframes),
        "boxes": [len(track.boxes) for track in tracks],
    }
    raw = array("q", index.pts).tobytes() + array("q", index.keyframes).tobytes() + boxes.tobytes()
    return _packed("Scene", [to_plain(bare), counts], raw)


def _scene(plain: Any, raw: bytes) -> Scene:
    bare, counts = from_plain(Scene, plain[0]), plain[1]
    pts_end = counts["pts"] * 8
    keys_end = pts_end + counts["keyframes"] * 8
    pts, keyframes, boxes = array("q"), array("q"), array("d")
    pts.frombytes(raw[:pts_end])
    keyframes.frombytes(raw[pts_end:keys_end])
    boxes.frombytes(raw[keys_end:])
    index = replace(bare.source.index, pts=tuple(pts), keyframes=tuple(keyframes))
    cast = bare.cast and replace(
        bare.cast, tracks=_with_boxes(bare.cast.tracks, counts["boxes"], boxes)
    )
    return replace(bare, source=replace(bare.source, index=index), cast=cast)


def _with_boxes(
    tracks: tuple[FaceTrack, ...], counts: list[int], numbers: array[float]
) -> tuple[FaceTrack, ...]:
    made, at = [], 0
    for track, count in zip(tracks, counts, strict=True):
        own = range(at, at + count * _BOX_NUMBERS, _BOX_NUMBERS)
        boxes = tuple(Box(int(numbers[n]), *numbers[n + 1 : n + _BOX_NUMBERS]) for n in own)
        made.append(replace(track, boxes=boxes))
        at = own.stop
    return tuple(made)
