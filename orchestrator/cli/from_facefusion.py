"""Settle what a FaceFusion command line asks for: whose face, on whom, of which frames."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from orchestrator.cli.report import Reporter
from orchestrator.cli.sources import consent_stated
from orchestrator.engines import FACEFUSION, needs_cast
from orchestrator.errors import CastingRefused, RequestRefused
from orchestrator.facefusion_line import Reference, Translated, translate
from orchestrator.faces.people import Appearance, Scan
from orchestrator.home import Home
from orchestrator.prepare import Seen, Wish, WishedCast, faces_of, find_people
from remote_worker.contract.records import Box

Look = Callable[[Path], Seen]
EVERYBODY = "everybody"
"""Who is cast where FaceFusion itself chooses the faces; no id of a person."""
_Sides = tuple[float, float, float, float]


def wish_from(home: Home, asked: Namespace, wish: Wish, reporter: Reporter, look: Look) -> Wish:
    """Return ``wish`` with all that the command line says; what was typed beside it goes first.

    Raises:
        RequestRefused: the line cannot be rendered, or no source face is meant by it.
        SecondUnitError: the video cannot be read.
    """
    line = translate(asked.from_facefusion)
    for note in line.notes:
        reporter.say(f"{note.flag}: {note.told}")
    source = _source(asked, line)
    chosen = dict(line.settings)
    if wish.casts:  # who is typed goes before whom FaceFusion would choose
        chosen = {k: v for k, v in chosen.items() if not k.startswith("face_selector_")}
    settings = tuple(sorted({**chosen, **dict(wish.settings)}.items()))
    with reporter.doing("probing"):
        seen = look(source)
    wish = replace(
        _with_output(wish, line),
        source=source,
        output=wish.output or (_path(line.output) if line.output else None),
        engine=FACEFUSION,
        settings=settings,
        trim_in=wish.trim_in if wish.trim_in is not None else _seconds(seen, line.trim_start),
        trim_out=wish.trim_out if wish.trim_out is not None else _seconds(seen, line.trim_end),
    )
    if wish.casts:
        return wish
    if needs_cast(FACEFUSION, settings):
        face = _face(home, asked, line, reporter)
        person = _person(home, seen, face, line, reporter)
        return replace(wish, casts=(WishedCast(person_id=person, face=face),))
    if line.reference is not None:
        reporter.say(
            "Nobody's face is replaced, so every face is worked on; FaceFusion would take the"
            f" one it finds in frame {line.reference.frame}."
        )
    return wish


def _person(home: Home, seen: Seen, face: str, line: Translated, reporter: Reporter) -> str:
    """Return on whom ``face`` is put: who is at the line's reference, or everybody."""
    if line.reference is None:
        return EVERYBODY
    with reporter.doing("finding faces") as step:
        scan, _ = find_people(home, (seen,), step)
    person = person_in(scan, seen.report.digest, line.reference)
    reporter.say(f"{face} is put on {person}, who is in frame {line.reference.frame}.")
    return person


def _source(asked: Namespace, line: Translated) -> Path:
    if asked.video is not None:
        return Path(asked.video)
    if line.target is None:
        raise RequestRefused(
            "The FaceFusion command line names no --target.", "Name the video before the options."
        )
    return _path(line.target)


def _path(typed: str) -> Path:
    """Return a path of the line; the shell left what stands between quotes as it is."""
    return Path(typed).expanduser()


def _with_output(wish: Wish, line: Translated) -> Wish:
    """Return the wish encoded as the line says, unless something of it was typed beside it."""
    if wish.codec != "h264" or wish.hardware:
        return wish
    return replace(
        wish,
        codec=line.codec or "h264",
        hardware=line.hardware,
        quality=line.quality if wish.quality is None else wish.quality,
        preset=_preset(line) if wish.preset is None else wish.preset,
    )


def _preset(line: Translated) -> str | None:
    return None if line.codec == "av1" else line.preset  # AV1's encoder counts its speeds


def _seconds(seen: Seen, frame: int | None) -> Fraction | None:
    pts, base = seen.index.pts, seen.index.time_base
    if frame is None or frame >= len(pts):
        return None
    return (pts[frame] - pts[0]) * base


def _face(home: Home, asked: Namespace, line: Translated, reporter: Reporter) -> str:
    """Return the name of the source face that is meant, keeping it first if that was asked for."""
    if asked.face is not None:
        return str(asked.face)
    if not line.photos:
        raise RequestRefused(
            "The FaceFusion command line names no --source picture.",
            "Say whose face it is with --face NAME; 'secondunit list-faces' lists them.",
        )
    name = Path(line.photos[0].replace("\\", "/")).stem
    library = faces_of(home)
    if any(face.name == name for face in library.list()):
        return name
    if asked.consent is None:
        photos = " ".join(line.photos)
        raise RequestRefused(
            f"There is no source face called {name!r} yet, and nobody stated consent for it.",
            f"Say 'secondunit add-face {name} {photos} --consent ...' first, add --consent ... to"
            " this command, or name another face with --face NAME.",
        )
    with reporter.doing("looking at the photos"):
        consent = consent_stated(asked.consent, None)
        library.add(name, [_path(photo) for photo in line.photos], consent)
    return name


def person_in(scan: Scan, source_digest: str, reference: Reference) -> str:
    """Return the person whose face is at a place of a frame, in FaceFusion's order.

    Raises:
        CastingRefused: nobody is there.
    """
    there: list[tuple[_Sides, str]] = []
    for person in scan.people:
        for appearance in person.appearances:
            is_there = appearance.start_frame <= reference.frame < appearance.end_frame
            if is_there and appearance.source_digest == source_digest:
                there.append((_sides_at(appearance, reference.frame), person.person_id))
    there.sort(key=lambda each: _KEYS[reference.order](each[0]))
    if reference.position >= len(there):
        known = ", ".join(person.person_id for person in scan.people) or "none"
        raise CastingRefused(
            f"Frame {reference.frame} shows {len(there)} faces, so none is number"
            f" {reference.position} (from 0).",
            f"Say who is meant with --cast PERSON=FACE; the people found are: {known}.",
        )
    return there[reference.position][1]


def _area(sides: _Sides) -> float:
    return (sides[2] - sides[0]) * (sides[3] - sides[1])


_KEYS: dict[str, Callable[[_Sides], float]] = {
    "left-right": lambda sides: sides[0],
    "right-left": lambda sides: -sides[0],
    "top-bottom": lambda sides: sides[1],
    "bottom-top": lambda sides: -sides[1],
    "small-large": _area,
    "large-small": lambda sides: -_area(sides),
    "best-worst": lambda sides: -_area(sides),
    "worst-best": _area,
}
"""How FaceFusion sorts faces; how sure its detector is, is taken for how large they are."""


def _sides_at(appearance: Appearance, frame: int) -> _Sides:
    before, after = _around(appearance.boxes, frame)
    share = (frame - before.frame) / max(1, after.frame - before.frame)
    pairs = zip(_sides(before), _sides(after), strict=True)
    left, top, right, bottom = (a + (b - a) * share for a, b in pairs)
    return left, top, right, bottom


def _around(boxes: Sequence[Box], frame: int) -> tuple[Box, Box]:
    before = [box for box in boxes if box.frame <= frame] or [boxes[0]]
    after = [box for box in boxes if box.frame >= frame] or [boxes[-1]]
    return before[-1], after[0]


def _sides(box: Box) -> _Sides:
    return box.left, box.top, box.right, box.bottom
