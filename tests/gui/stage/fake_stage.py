"""Be the player and the loader of a stage under test; everything is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtGui import QColor, QImage

from gui.bridge import Bridge
from gui.stage.loading import Loader, People
from gui.stage.player import Pictures, Player, SoundState
from gui.stage.rows import people_rows
from orchestrator.desk.entries import Entry, EntryId, Facts
from orchestrator.desk.timeline import timeline_of
from orchestrator.faces.people import Appearance, Person, PersonId, Scan
from orchestrator.media.report import FrameIndex
from orchestrator.preview.scene import Scene, StoredPart
from remote_worker.contract.records import Box, Digest

DIGEST = Digest("d" * 64)
RED, BLUE = QColor("#ff0000"), QColor("#0000ff")


def an_image(colour: QColor, width: int = 160, height: int = 90) -> QImage:
    """Return a picture of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def an_index(frames: int, base: Fraction = Fraction(1, 30)) -> FrameIndex:
    """Return the index of an even video."""
    return FrameIndex(base, tuple(range(frames)), (0,))


def a_person(
    number: int, runs: Sequence[tuple[int, int]], left: float, *, unsure: bool = False
) -> Person:
    """Return a person who keeps still at ``left`` of the picture, a fifth of it wide."""
    return Person(
        person_id=PersonId(f"p{number}"),
        unsure=unsure,
        appearances=tuple(
            Appearance(
                source_digest=DIGEST,
                start_frame=start,
                end_frame=end,
                boxes=tuple(
                    Box(frame, left=left, top=0.2, right=left + 0.2, bottom=0.6)
                    for frame in dict.fromkeys((start, end - 1))
                ),
            )
            for start, end in runs
        ),
        embedding=(),
        crops=(),
    )


def a_scan(*people: Person) -> Scan:
    """Return a scan of one source."""
    return Scan(source_digests=(DIGEST,), people=people, frames_looked_at=1, models_digest="m")


TWO = a_scan(a_person(1, ((0, 100), (150, 300)), 0.1), a_person(2, ((50, 200),), 0.6))


def an_entry(name: str = "e1", **changed: Any) -> Entry:
    """Return an entry that was looked at: 1600 x 900, 300 frames at 30 a second."""
    entry = Entry(
        entry_id=EntryId(name),
        source=f"/videos/{name}.mp4",
        added_at="2026-01-01T00:00:00+00:00",
        state="ready",
        facts=Facts(
            digest=DIGEST,
            width_px=1600,
            height_px=900,
            frame_rate=Fraction(30),
            frame_count=300,
            duration=Fraction(10),
            codec="h264",
            people=2,
        ),
    )
    return replace(entry, **changed)


class PlayerOnPaper(Player):
    """Writes down what it is asked; a test says what comes of it."""

    def __init__(self, bridge: Bridge) -> None:
        # The real one's own state is not needed, only its signals.
        super().__init__(bridge)
        self.asked: list[tuple[Any, ...]] = []
        self.shown: Any = None
        self.at = 0
        self.is_playing = False
        self.hearing: SoundState = "ready"

    @property
    def scene(self) -> Any:
        return self.shown

    @property
    def frame(self) -> int:
        return self.at

    @property
    def playing(self) -> bool:
        return self.is_playing

    def show(self, scene: Any) -> None:
        self.shown = scene
        self.asked.append(("show", scene))

    def refresh_stored(self, parts: Sequence[StoredPart]) -> None:
        self.asked.append(("stored", tuple(parts)))

    def go_to(self, frame: int) -> None:
        self.at = frame
        self.asked.append(("go to", frame))

    def step(self, frames: int) -> None:
        self.asked.append(("step", frames))

    def play(self, start: int | None = None, end: int | None = None, *, loop: bool = False) -> None:
        self.asked.append(("play", start, end, loop))
        self._set_playing(playing=True)

    def pause(self) -> None:
        self.asked.append(("pause",))
        self._set_playing(playing=False)

    def set_sides(self, *, before: bool, after: bool) -> None:
        self.asked.append(("sides", before, after))

    def set_size(self, longest_px: int) -> None:
        self.asked.append(("size", longest_px))

    def set_muted(self, muted: bool) -> None:
        self.asked.append(("muted", muted))

    def proof(self, start: int, end: int) -> None:
        self.asked.append(("proof", start, end))

    def seek_trouble(self, start: int, end: int) -> None:
        self.asked.append(("seek", start, end))

    def cancel(self) -> None:
        self.asked.append(("cancel",))

    def sound_state(self) -> SoundState:
        return self.hearing

    def close(self) -> None:
        self.asked.append(("close",))

    def last(self, what: str) -> tuple[Any, ...] | None:
        """Return the newest thing of a kind that was asked."""
        return next((each for each in reversed(self.asked) if each[0] == what), None)

    def show_picture(self, frame: int, *, missed: bool = False) -> None:
        """Give both sides of a frame: red before, blue after."""
        self.picture.emit(Pictures(frame, an_image(RED), an_image(BLUE), "preview", missed))

    def _set_playing(self, *, playing: bool) -> None:
        self.is_playing = playing
        self.playing_changed.emit(playing)


class LoaderOnPaper(Loader):
    """Knows a scan and an index for every entry; scenes are what a test says."""

    def __init__(self, scan: Scan = TWO, frames: int = 300) -> None:
        self.scan, self.index = scan, an_index(frames)
        self.scenes_made: list[Entry] = []
        self.failing: Exception | None = None
        self.parts: tuple[StoredPart, ...] = ()
        self.cast: Any = SimpleNamespace(engine=SimpleNamespace(name="classic"), stands_in_for="")
        self.names = {"f1": "Grace"}

    def people(self, entry: Entry) -> People:
        timeline = timeline_of(self.scan, self.index, DIGEST)
        rows = people_rows(self.scan, Path("/scans"), entry, timeline, self.names)
        return People(digest=DIGEST, timeline=timeline, scan=self.scan, rows=rows)

    def scene(self, entry: Entry) -> Any:
        if self.failing is not None:
            raise self.failing
        self.scenes_made.append(entry)
        cast = self.cast if entry.casts else None
        return Scene(source=entry.source, cast=cast, stored=self.parts)  # type: ignore[arg-type]  # only its name is looked at

    def stored(self, job_id: Any, known: tuple[StoredPart, ...] = ()) -> tuple[StoredPart, ...]:
        return self.parts
