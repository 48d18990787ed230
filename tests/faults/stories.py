"""Make jobs whose every frame says which one it is, and check what came out of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_frames, demo_portrait
from orchestrator.effects import read_finished
from orchestrator.home import Home
from orchestrator.job import (
    Phase,
)
from orchestrator.jobs import JobRecord, read_index, read_record, read_state, write_record
from orchestrator.plan import plan
from orchestrator.prepare import Wish, WishedCast, faces_of, find_people, look_at, prepare
from orchestrator.runner import drive
from orchestrator.sources import Consent, statement
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import SegmentRecord
from remote_worker.stores import blob_key, segment_key
from remote_worker.stores.folder import FolderStore
from tests.clips import barcode, make_clip, read_barcode, times_of

FACE_PX = (288, 324)
"""Width and height of the demo's left half as the classic engine gets it here."""
BAND_PX = 60
TIME_BASE = Fraction(1, 90_000)
_TEMPORARY = (".part", ".tmp", "-journal")


@dataclass(frozen=True, slots=True)
class Original:
    """A planned job, what it makes when nobody disturbs it, and how to read its frames."""

    home: Home
    record: JobRecord
    digest: str
    band_px: int
    """Height of the barcode at the bottom; 0 when the whole picture is one."""


def identity_original(
    folder: Path, *, frames: int, segment_frames: int, seed: int, preset: str | None = None
) -> Original:
    """Return a job of the identity engine, rendered once."""
    wish = identity_wish(folder, frames=frames, seed=seed)
    return _original(folder, replace(wish, segment_frames=segment_frames, preset=preset), band_px=0)


def identity_wish(folder: Path, *, frames: int, seed: int, first: int = 0) -> Wish:
    """Return the wish for a clip with B-frames, times without a rate, and sound."""
    chance = random.Random(seed)
    stamps = [0]
    while len(stamps) < frames:
        stamps.append(stamps[-1] + chance.choice((1500, 3000, 3000, 3003, 4500)))
    clip = make_clip(
        _fresh(folder) / "source.mp4",
        width=160,
        height=128,
        paint=lambda index, width_px, height_px: barcode(first + index, width_px, height_px),
        pts=stamps,
        time_base=TIME_BASE,
        options={"preset": "veryfast", "bf": "2", "g": "48"},
        audio_tracks=1,
        audio_s=stamps[-1] / 90_000,
    )
    return Wish(source=clip, output=folder / "out.mp4", engine="identity", workers=1)


def classic_original(folder: Path, *, frames: int, segment_frames: int) -> Original:
    """Return a job of the classic engine: a face that is cast, over a barcode."""
    pictures = [with_band(pixels, number) for number, pixels in enumerate(demo_frames(frames))]
    clip = make_clip(
        _fresh(folder) / "source.mp4",
        frames=frames,
        width=FACE_PX[0],
        height=FACE_PX[1] + BAND_PX,
        paint=lambda index, width_px, height_px: pictures[index],
        options={"preset": "veryfast", "bf": "2", "g": "30"},
        audio_tracks=1,
    )
    home = Home(folder / "home")
    photo = folder / FACE_TO_PUT_ON.file
    photo.write_bytes(demo_portrait(FACE_TO_PUT_ON))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    consent = Consent(
        stated_by="a test", basis="licensed", statement=statement("licensed"), stated_at=now
    )
    faces_of(home).add("grace", [photo], consent)
    scan, _ = find_people(home, (look_at(clip),), lambda done, total: None)
    person = next(person for person in scan.people if not person.unsure)
    casts = (WishedCast(person_id=person.person_id, face="grace"),)
    wish = Wish(source=clip, output=folder / "out.mp4", casts=casts, workers=1)
    original = _original(folder, replace(wish, segment_frames=segment_frames), band_px=BAND_PX)
    finished = read_finished(home, original.record)
    assert finished is not None
    assert finished.missed_frames == 0, "without a face the engine has nothing to do"
    return original


def twin(original: Original, folder: Path, *, workers: int) -> tuple[Home, JobRecord]:
    """Enter the same job in an empty home, divided for so many workers."""
    record, home = original.record, Home(_fresh(folder) / "home")
    request = replace(record.request, workers=workers, output_path=str(folder / "out.mp4"))
    divided = plan(record.plan.work, workers=workers, segment_frames=record.request.segment_frames)
    record = replace(record, request=request, plan=divided)
    write_record(home, record, read_index(original.home, record.job_id))
    return home, record


def check_result(original: Original, home: Home, record: JobRecord) -> int:
    """Check all that is to hold of a job that is done; return how many frames were read."""
    output = Path(record.request.output_path)
    assert sha256(output.read_bytes()).hexdigest() == original.digest, "other bytes"
    assert read_state(home, record.job_id).job.phase is Phase.DONE
    shown = list(codes_in(output, original.band_px))
    assert shown == list(range(len(shown))), "a frame is lost, doubled or moved"
    times = times_of(output)
    assert times == times_of(Path(record.request.source_path)), "a frame is shown at another time"
    assert len(shown) == len(times) == record.plan.work.frame_count
    check_nothing_is_left(home, record)
    return len(shown)


def check_nothing_is_left(home: Home, record: JobRecord) -> None:
    """Check that a done job left nothing half-written and nothing that nobody refers to."""
    store = FolderStore(home.store)
    store.sweep(older_than_s=0)  # the next job does it, when they are old enough to be nobody's
    folder = Path(record.request.output_path).parent
    left = [path for path in folder.rglob("*") if path.name.endswith(_TEMPORARY)]
    assert not left, left
    wanted = {segment_key(ref.segment_id) for chunk in record.plan.chunks for ref in chunk.segments}
    wanted |= {blob_key(from_text(SegmentRecord, store.get(key)).blob) for key in wanted}
    wanted |= {blob_key(digest) for digest, _ in (*record.photos, *record.models)}
    kept = set(store.keys("")) - set(store.keys("watch/"))  # that is for who watches jobs
    assert kept == wanted, kept ^ wanted
    job = home.job(record.job_id)
    known = {"job.json", "index.json", "journal.jsonl", "lock.sqlite", "finished.json", "workers"}
    more = {path.name for path in job.iterdir()} - known
    assert not more, more
    kept = {path.name for path in (job / "workers").glob("*/*")}
    assert kept <= {"config.json", "agent.log", "events.jsonl", "log.jsonl"}, kept


def codes_in(video: Path, band_px: int) -> Iterator[int]:
    """Yield which frame each decoded frame says it is."""
    with av.open(str(video)) as media:
        for frame in media.decode(video=0):
            yield read_barcode(frame.to_ndarray(format="bgr24")[-band_px:])


def _original(folder: Path, wish: Wish, *, band_px: int) -> Original:
    home = Home(folder / "home")
    record = read_record(home, prepare(home, wish))
    finished = drive(home, record.job_id).finished
    assert finished is not None
    original = Original(home, record, finished.video.digest, band_px)
    check_result(original, home, record)
    return original


def with_band(pixels: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
    """Return the left half of a frame of the demo over the barcode of its number."""
    face = cv2.resize(pixels[:, : pixels.shape[1] // 2], FACE_PX)
    return np.vstack([face, barcode(number, FACE_PX[0], BAND_PX)])


def _fresh(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
