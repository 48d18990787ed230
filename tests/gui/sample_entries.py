"""Make a queue with one video in every state, with values such as real ones, to look at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from PIL import Image, ImageOps

from orchestrator.casting import Correction
from orchestrator.desk.cards import Corrections, Seat
from orchestrator.desk.entries import (
    Entry,
    EntryCast,
    EntryId,
    EntryState,
    Facts,
    Look,
    Output,
    Result,
    Trouble,
)
from orchestrator.desk.likeness import cards
from orchestrator.desk.snapshot import DeskSnapshot, Doing, Running
from orchestrator.events import LeaseId
from orchestrator.home import Home
from orchestrator.job import LeaseState, Phase
from orchestrator.media.report import Notice
from orchestrator.snapshot import ChunkState, ChunkView, Interruption, Snapshot
from remote_worker.contract.records import ChunkId, Digest, JobId

FOLDER = "/home/ada/Videos"
PICTURES = Path(__file__).parents[2] / "resources"
FILM_RATE = Fraction(24000, 1001)
CHUNK_FRAMES = 300
LONG_NAME = (
    "2026-03-14 Harbour documentary, second unit, camera B, the long walk along the quay after "
    "the rain (colour corrected, final, really final, with sound from the recorder) v12.mov"
)
RTL_NAME = "مقابلة مع البحّارة قبل الفجر.mp4"
EMOJI_NAME = "🎬🌊 夏日海邊的最後一天 👩‍👩‍👧 v2.mp4"


def digest_of_name(name: str) -> Digest:
    """Return a digest that is always the same for one name."""
    return Digest(hashlib.sha256(name.encode()).hexdigest())


def facts(
    name: str,
    *,
    seconds: int = 62,
    people: int = 2,
    size: tuple[int, int] = (1920, 1080),
    rate: Fraction = FILM_RATE,
    codec: str = "h264",
    notices: tuple[Notice, ...] = (),
) -> Facts:
    """Return what a look at a video of this name told."""
    count = round(seconds * rate)
    return Facts(
        digest=digest_of_name(name),
        width_px=size[0],
        height_px=size[1],
        frame_rate=rate,
        frame_count=count,
        duration=count / rate,
        codec=codec,
        people=people,
        notices=notices,
    )


def entry(
    entry_id: str,
    name: str,
    state: EntryState = "ready",
    *,
    known: Facts | None = None,
    casts: tuple[EntryCast, ...] = (),
    corrections: tuple[Correction, ...] = (),
    look: Look | None = None,
    output: Output | None = None,
    trim: tuple[Fraction | None, Fraction | None] = (None, None),
    job_id: str | None = None,
    trouble: Trouble | None = None,
    result: Result | None = None,
) -> Entry:
    """Return one video of the queue."""
    return Entry(
        entry_id=EntryId(entry_id),
        source=f"{FOLDER}/{name}",
        added_at="2026-03-14T09:26:53+00:00",
        state=state,
        facts=known,
        casts=casts,
        corrections=corrections,
        look=look or Look(),
        output=output or Output(),
        trim_in=trim[0],
        trim_out=trim[1],
        job_id=JobId(job_id) if job_id else None,
        output_path=f"{FOLDER}/{Path(name).stem}-secondunit.mp4" if job_id else None,
        trouble=trouble,
        result=result,
    )


CAST_ONE = (EntryCast(person_id="p1", face_id="grace"),)
CAST_TWO = (*CAST_ONE, EntryCast(person_id="p2", face_id="michael"))
NO_VIDEO = Trouble("no_video", "There is no video in this file, only sound.", "Drop a video file.")
NOT_ALLOWED = Trouble(
    "content_refused",
    "The content check does not allow this video: nudity between 0:12 and 0:31.",
    "Trim that part away, or choose another video.",
)
NO_ROOM = Trouble(
    "no_room",
    "This needs about 1840 MiB in /home/ada, which has 212 MiB free.",
    "Free some space, then go on.",
)
RENDERING = EntryId("e-rendering")
RESULT = Result(
    output_path=f"{FOLDER}/Pier at noon-secondunit.mp4",
    digest=digest_of_name("result"),
    frame_count=1487,
    missed_frames=0,
    seconds=187.4,
    finished_at="2026-03-14T10:02:11+00:00",
    rendered_frames=1487,
)
MISSED = replace(RESULT, output_path=f"{FOLDER}/Crowd at the lock-secondunit.mp4", missed_frames=41)


def sample_entries() -> tuple[Entry, ...]:
    """Return one video of every state, and those with odd names."""
    return (
        entry(
            RENDERING, "Interview take 3.mp4", "rendering",
            known=facts("Interview take 3", seconds=151), casts=CAST_TWO,
            job_id="20260314-101122-ab12",
        ),
        entry(
            "e-resumes", "Lighthouse drone.mov", "queued",
            known=facts("Lighthouse drone", seconds=48, people=1, size=(3840, 2160)),
            casts=CAST_ONE, job_id="20260314-095001-cd34",
        ),
        entry(
            "e-queued", "Ferry deck wide.mp4", "queued",
            known=facts("Ferry deck wide", seconds=214), casts=CAST_TWO,
            trim=(Fraction(12), Fraction(95)),
        ),
        entry("e-looking", "Market walkthrough.mp4", "new"),
        entry("e-new", "Market close-ups.mp4", "new"),
        entry(
            "e-uncast", "Rehearsal.mp4", "ready",
            known=facts("Rehearsal", seconds=1325, people=5, size=(1080, 1920)),
        ),
        entry("e-cast", "Two at the table.mp4", "ready", known=facts("Two at the table"),
              casts=CAST_TWO),
        entry("e-nobody", "Empty street.mp4", "ready", known=facts("Empty street", people=0)),
        entry(
            "e-stopped", "Night tram.mp4", "stopped", known=facts("Night tram", seconds=95),
            casts=CAST_ONE, job_id="20260313-184455-ef56",
        ),
        entry("e-refused", "Voice memo 12.m4a", "refused", trouble=NO_VIDEO),
        entry("e-notallowed", "Beach b-roll.mp4", "refused", trouble=NOT_ALLOWED),
        entry(
            "e-failed", "Harbour crane.mp4", "failed", known=facts("Harbour crane", seconds=71),
            casts=CAST_ONE, job_id="20260313-171203-0a1b", trouble=NO_ROOM,
        ),
        entry("e-cancelled", "Old titles.mp4", "cancelled", known=facts("Old titles", seconds=9),
              casts=CAST_ONE, job_id="20260312-090000-2c3d"),
        entry("e-done", "Pier at noon.mp4", "done", known=facts("Pier at noon"), casts=CAST_TWO,
              job_id="20260314-095822-4e5f", result=RESULT),
        entry("e-missed", "Crowd at the lock.mp4", "done",
              known=facts("Crowd at the lock", people=9), casts=CAST_TWO,
              job_id="20260314-100500-6a7b", result=MISSED),
        entry("e-long", LONG_NAME, "ready", known=facts(LONG_NAME, seconds=7512, people=12),
              casts=CAST_ONE),
        entry("e-rtl", RTL_NAME, "ready", known=facts(RTL_NAME, seconds=33), casts=CAST_ONE),
        entry("e-emoji", EMOJI_NAME, "ready", known=facts(EMOJI_NAME, seconds=27, people=3)),
    )  # fmt: skip


def _chunk(number: int, total: int, state: ChunkState, holder: int | None, done: int) -> ChunkView:
    start = number * CHUNK_FRAMES
    return ChunkView(
        chunk_id=ChunkId(f"chunk-{number:04d}"),
        start_frame=start,
        end_frame=min(start + CHUNK_FRAMES, total),
        state=state,
        holder=LeaseId(f"lease-{holder}") if holder is not None else None,
        frames_done=done,
    )


def sample_chunks(total: int = 3620) -> tuple[ChunkView, ...]:
    """Return chunks of every state: fetched first, two in hand, one buried, the rest waiting."""
    count = -(-total // CHUNK_FRAMES)
    states = [ChunkState.FETCHED] * 3 + [ChunkState.STORED] + [ChunkState.RENDERING] * 2
    states += [ChunkState.BURIED]
    states += [ChunkState.WAITING] * (count - len(states))
    holders = {4: (1, 210), 5: (3, 75)}
    whole = (ChunkState.FETCHED, ChunkState.STORED)
    return tuple(
        _chunk(n, total, state, *holders.get(n, (None, CHUNK_FRAMES if state in whole else 0)))
        for n, state in enumerate(states[:count])
    )


def sample_render(phase: Phase = Phase.RENDERING) -> Snapshot:
    """Return a render in the middle, with one interruption behind it."""
    chunks = sample_chunks()
    done = sum(chunk.frames_done for chunk in chunks)
    return Snapshot(
        phase=phase,
        frames_done=done,
        frames_total=3620,
        chunks=chunks,
        segments_rendered=14,
        segments_reused=2,
        frames_per_s=11.3,
        left_s=(3620 - done) / 11.3,
        leases=((LeaseId("lease-1"), LeaseState.READY), (LeaseId("lease-3"), LeaseState.READY)),
        interruptions=1,
        interrupted_at=(Interruption(1640, LeaseId("lease-2")),),
        assembled_frames=2410 if phase is Phase.ASSEMBLING else 0,
        fault=None,
    )


def sample_running(phase: Phase = Phase.RENDERING) -> Running:
    """Return the render that has its turn."""
    return Running(RENDERING, JobId("20260314-101122-ab12"), 0.0, sample_render(phase))


def sample_seats(entries: Iterable[Entry]) -> tuple[Seat, ...]:
    """Return who is in those videos that were looked at; the first person is the same in all."""
    return tuple(
        Seat(
            entry_id=each.entry_id,
            digest=each.facts.digest,
            person_id=f"p{number + 1}",
            unsure=False,
            embedding=_embedding(each.entry_id if number else "the same", number),
            crops=(str(PICTURES / "demo" / ("hopper.jpg", "collins.jpg")[number % 2]),),
            seconds=float(each.facts.duration) / (number + 2),
            appearances=3 + number,
        )
        for each in entries
        if each.facts is not None
        for number in range(each.facts.people)
    )


def _embedding(name: str, number: int) -> tuple[float, ...]:
    raw = hashlib.sha512(f"{name}/{number}".encode()).digest() * 2
    row = [byte - 127.5 for byte in raw]
    length = sum(value * value for value in row) ** 0.5
    return tuple(value / length for value in row)


def sample_snapshot() -> DeskSnapshot:
    """Return a desk in the middle of its work."""
    entries = sample_entries()
    return DeskSnapshot(
        entries=entries,
        loaded=True,
        looking=Doing(EntryId("e-looking"), "finding faces", 40, 100),
        running=sample_running(),
        cards=cards(sample_seats(entries), Corrections()),
        undo="render",
    )


def many_entries(count: int) -> tuple[Entry, ...]:
    """Return a long queue: the sample's states over and over, each entry with its own id."""
    kinds = sample_entries()
    rendering = kinds[0]
    rest = [
        replace(
            kinds[1 + number % (len(kinds) - 1)],
            entry_id=EntryId(f"e{number}"),
            source=f"{FOLDER}/Card {number // 100:02d}/Clip {number:05d}.mp4",
        )
        for number in range(count - 1)
    ]
    return (rendering, *rest)


def draw_thumbnails(home: Home, entries: Iterable[Entry]) -> None:
    """Put a thumbnail of every video that was looked at where the desk puts them."""
    folder = home.cache / "thumbnails"
    folder.mkdir(parents=True, exist_ok=True)
    photos = [Image.open(PICTURES / "demo" / name) for name in ("hopper.jpg", "collins.jpg")]
    for number, each in enumerate(entries):
        if each.facts is None:
            continue
        photo = photos[number % 2].convert("RGB")
        shrink = 320 / max(each.facts.width_px, each.facts.height_px)
        size = (round(each.facts.width_px * shrink), round(each.facts.height_px * shrink))
        made = ImageOps.fit(photo, size, centering=(0.5, 0.2 + number % 5 * 0.1))
        made.save(folder / f"{each.facts.digest}.jpg", quality=85)
    for opened in photos:
        opened.close()
