"""Tell the desk what the inspector's hands did, each as one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from gui.bridge import Bridge
from gui.cast.casting_of import cast_seats
from gui.inspector import wishes
from gui.inspector.engine_settings import Setting
from gui.inspector.wishes import Role
from orchestrator.desk import changes
from orchestrator.desk.cards import Seat
from orchestrator.desk.entries import EntryCast, EntryId, Look, Output

Ids = Collection[EntryId]


def cast_person(bridge: Bridge, seats: Sequence[Seat], face_id: str | None) -> None:
    """Put a face on a person in all of these videos, or take it off."""
    own = tuple(seats)
    bridge.tell(lambda desk: desk.change("cast", lambda e: cast_seats(e, own, face_id)))


def cast_stretches(bridge: Bridge, role: Role, casts: Sequence[EntryCast]) -> None:
    """Give a person of one video these faces, some of them for a stretch."""
    seat, own = role.seats[0], tuple(casts)
    bridge.tell(
        lambda desk: desk.change(
            "cast", lambda e: changes.cast(e, seat.entry_id, seat.person_id, own)
        )
    )


def set_setting(bridge: Bridge, ids: Ids, setting: Setting, value: str) -> None:
    """Set one setting of the look."""
    bridge.tell(
        lambda desk: desk.change("look", lambda e: wishes.with_setting(e, ids, setting, value))
    )


def choose_engine(bridge: Bridge, ids: Ids, engine: str) -> None:
    """Have these videos rendered by another engine, as that one usually does it."""
    bridge.tell(lambda desk: desk.change("look", lambda e: wishes.with_engine_of(e, ids, engine)))


def reset_look(bridge: Bridge, ids: Ids) -> None:
    """Set every setting of the look back."""
    bridge.tell(lambda desk: desk.change("look", lambda e: wishes.without_settings(e, ids)))


def change_output(bridge: Bridge, ids: Ids, change: Callable[[Output], Output]) -> None:
    """Change something of the output."""
    bridge.tell(lambda desk: desk.change("output", lambda e: wishes.with_output(e, ids, change)))


def apply_preset(bridge: Bridge, ids: Ids, look: Look, output: Output) -> None:
    """Give videos a preset's look and output."""
    bridge.tell(
        lambda desk: desk.change("preset", lambda e: wishes.with_preset(e, ids, look, output))
    )


def rest_of_output(output: Output) -> Output:
    """Return an output without its folder and name, to compare it with a preset's."""
    return replace(output, folder=None, name=None)
