"""Decide when a statement of consent is whole, and make it; no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from orchestrator.sources import DEMO_STATED_BY, Basis, Consent, SourceFace, statement

Missing = Literal["name", "basis", "stated_by", "agreed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDraft:
    """What was filled in so far."""

    name: str = ""
    """Of the face."""
    stated_by: str = ""
    basis: Basis | None = None
    agreed: bool = False
    """Whether the box beside the statement is ticked."""
    note: str = ""


def missing(draft: ConsentDraft) -> tuple[Missing, ...]:
    """Return what is not filled in yet, in the order in which it is asked for."""
    lacks: list[Missing] = []
    if not draft.name.strip():
        lacks.append("name")
    if draft.basis is None:
        lacks.append("basis")
    if not draft.stated_by.strip():
        lacks.append("stated_by")
    if not draft.agreed:
        lacks.append("agreed")
    return tuple(lacks)


def stated(draft: ConsentDraft, now: datetime) -> Consent | None:
    """Return the statement, with the exact words that were shown; None while it is not whole."""
    if draft.basis is None or missing(draft):
        return None
    return Consent(
        stated_by=draft.stated_by.strip(),
        basis=draft.basis,
        statement=statement(draft.basis),
        stated_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        note=draft.note.strip(),
    )


def who_stated_last(faces: Iterable[SourceFace]) -> str:
    """Return who made the newest statement: most likely the one who makes the next.

    What the app itself stated of the demo's face says nothing of who sits before it.
    """
    stated = (face.consent for face in faces if face.consent is not None)
    consents = [consent for consent in stated if consent.stated_by != DEMO_STATED_BY]
    newest = max(consents, key=lambda consent: consent.stated_at, default=None)
    return newest.stated_by if newest is not None else ""
