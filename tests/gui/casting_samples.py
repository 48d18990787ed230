"""Lend the tests of casting two people in two videos, and photos that need no models."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image

from orchestrator.desk.cards import Card, CardId, Seat
from orchestrator.desk.entries import Entry, EntryId, EntryState, Facts
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.sources import BASES, Consent, PreparedPhoto, statement
from remote_worker.contract.records import Box, Digest

BASIS = BASES[1]
CONSENT = Consent(
    stated_by="Ada",
    basis=BASIS,
    statement=statement(BASIS),
    stated_at="2026-01-31T12:00:00+00:00",
)


class PreparingByColour:
    """Finds in a photo what its colour says, as the guarded child would find it by looking.

    White: one face. Red: none. Green: two. Blue: one that is too dark. Black: refused.
    """

    def __call__(self, photo: Path, to: Path) -> PreparedPhoto:
        with Image.open(photo) as image:
            colour = image.convert("RGB").getpixel((2, 2))
            image.convert("RGB").save(to)
        one, other = Box(0, 0.1, 0.2, 0.4, 0.7), Box(0, 0.6, 0.2, 0.8, 0.5)
        match colour:
            case (255, 0, 0):
                return PreparedPhoto(0, allowed=True)
            case (0, 255, 0):
                return PreparedPhoto(2, allowed=True, hints=("two_faces",), boxes=(one, other))
            case (0, 0, 255):
                return PreparedPhoto(1, allowed=True, hints=("too_dark",), boxes=(one,))
            case (0, 0, 0):
                return PreparedPhoto(1, allowed=False)
        return PreparedPhoto(1, allowed=True, boxes=(one,))


def photo(folder: Path, name: str, colour: str = "white", side_px: int = 200) -> Path:
    """Write a photo of one colour."""
    path = folder / name
    Image.new("RGB", (side_px, side_px), colour).save(path)
    return path


def video(name: str, state: EntryState = "ready", **more: Any) -> Entry:
    """Return a video of the queue that was looked at."""
    return Entry(
        entry_id=EntryId(name),
        source=f"/videos/{name}.mp4",
        added_at="2026-01-01T00:00:00+00:00",
        state=state,
        facts=Facts(
            digest=digest(name),
            width_px=960,
            height_px=540,
            frame_rate=Fraction(30),
            frame_count=300,
            duration=Fraction(10),
            codec="h264",
            people=2,
        ),
        **more,
    )


def digest(name: str) -> Digest:
    """Return the digest of a video of that name."""
    return Digest(name.ljust(64, "_"))


def seat(entry: str, person: str, seconds: float = 5.0, **more: Any) -> Seat:
    """Return one person of a video."""
    made = Seat(
        entry_id=EntryId(entry),
        digest=digest(entry),
        person_id=person,
        unsure=False,
        embedding=(),
        crops=(),
        seconds=seconds,
        appearances=1,
    )
    return replace(made, **more)


def card(number: int, *seats: Seat, name: str = "") -> Card:
    """Return one card."""
    return Card(
        card_id=CardId(seats[0].key),
        number=number,
        name=name,
        unsure=all(each.unsure for each in seats),
        seats=seats,
    )


def two_videos() -> DeskSnapshot:
    """Return Person 1 in both videos, Person 2 in the first, unsure faces in the second."""
    cards = (
        card(1, seat("a", "p1", 8.0), seat("b", "p1", 6.0)),
        card(2, seat("a", "p2", 3.0)),
        card(3, seat("b", "p2", 1.0, unsure=True)),
    )
    return DeskSnapshot(entries=(video("a"), video("b")), loaded=True, cards=cards)
