"""Make an entry of the queue, and its casts, from what is asked over HTTP; pure but for ids."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import cast

from orchestrator.desk import changes
from orchestrator.desk.entries import (
    Entry,
    EntryCast,
    Look,
    OnceLooked,
    Output,
    Where,
    WhichPerson,
)
from orchestrator.serve import shapes

_MICRO = 1_000_000


def entry_of(draft: Entry, wish: shapes.JobWish, where: Where, folder: Path) -> Entry:
    """Return ``draft`` as it is wished; its video goes into ``folder``."""
    by_rule = next((c for c in wish.casts if not c.person.startswith("p")), None)
    return replace(
        draft,
        casts=() if by_rule is not None else tuple(cast_of(each) for each in wish.casts),
        look=look_of(wish),
        output=Output(folder=str(folder), name="video", **wish.output.model_dump()),
        trim_in=_fraction(wish.trim_in),
        trim_out=_fraction(wish.trim_out),
        once_looked=OnceLooked(
            cast_face=by_rule.face if by_rule is not None else None,
            which=cast(WhichPerson, by_rule.person) if by_rule is not None else "longest",
            render=wish.render,
        ),
        urgent=wish.urgent,
        where=where,
    )


def look_of(wish: shapes.JobWish) -> Look:
    """Return which engine is wished, and how."""
    return Look(engine=wish.look.engine, settings=tuple(sorted(wish.look.settings.items())))


def cast_of(wish: shapes.CastWish) -> EntryCast:
    """Return one cast as the queue keeps it."""
    return EntryCast(
        person_id=wish.person,
        face_id=wish.face,
        start=_fraction(wish.start),
        end=_fraction(wish.end),
    )


def all_cast(
    entries: changes.Entries, entry: Entry, casts: tuple[EntryCast, ...]
) -> changes.Entries:
    """Return ``entries`` with exactly these casts in one of them."""
    name = entry.entry_id
    people = {each.person_id for each in (*entry.casts, *casts)}
    for person in sorted(people):
        wanted = tuple(each for each in casts if each.person_id == person)
        entries = changes.cast(entries, name, person, wanted)
    return entries


def faces_of(entry: Entry) -> set[str | None]:
    """Return the faces that an entry is cast with, or will be once it was looked at."""
    once = entry.once_looked
    return {each.face_id for each in entry.casts} | {once.cast_face if once is not None else None}


def asked_of(wish: shapes.JobWish) -> str:
    """Return what was asked, word for word; where nothing is said of a place, as before."""
    says_where = "where" in wish.model_fields_set
    return wish.model_dump_json(exclude=None if says_where else {"where"})


def _fraction(seconds: float | None) -> Fraction | None:
    """Return seconds to the microsecond: a float's own fraction has numbers that nobody meant."""
    return None if seconds is None else Fraction(round(seconds * _MICRO), _MICRO)
