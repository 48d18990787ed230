"""Make entries of a queue for tests, in any state."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from orchestrator.desk.entries import Entry, EntryCast, EntryId, Facts, Look, Trouble
from remote_worker.contract.records import Digest, JobId

STATES = (
    "new", "refused", "ready", "queued", "rendering", "stopped", "failed", "cancelled", "done",
)  # fmt: skip
WHY = Trouble("broken", "It broke.", "Mend it.")


def facts(digest: str = "a" * 64, *, frames: int = 300, size_px: tuple[int, int] = (640, 360)):
    return Facts(
        digest=Digest(digest),
        width_px=size_px[0],
        height_px=size_px[1],
        frame_rate=Fraction(30),
        frame_count=frames,
        duration=Fraction(frames, 30),
        codec="h264",
        people=1,
    )


def entry(name: str, state: str = "new", **more) -> Entry:
    """Return an entry called ``name``; one that was looked at has facts."""
    known = None if state in ("new", "refused") else facts()
    made = Entry(
        entry_id=EntryId(name),
        source=f"/videos/{name}.mp4",
        added_at="2026-01-01T00:00:00+00:00",
        state=state,
        facts=known,
    )
    if state in ("rendering", "stopped", "cancelled", "done"):
        made = replace(made, job_id=JobId(f"job-{name}"), output_path=f"/videos/{name}-out.mp4")
    if state in ("failed", "refused"):
        made = replace(made, trouble=WHY)
    return replace(made, **more)


def cast_as(face: str, person: str = "p1") -> tuple[EntryCast, ...]:
    return (EntryCast(person_id=person, face_id=face),)


def names(entries) -> str:
    return "".join(each.entry_id for each in entries)


IDENTITY = Look(engine="identity")
