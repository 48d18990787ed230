"""Run the demo: swap a face in a video, kill a worker on the way, and prove nothing was lost."""

from __future__ import annotations

import shutil
import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console

from orchestrator.cli.driving import line_of
from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, Step, table
from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_portrait, make_footage
from orchestrator.demo.sheet import contact_sheet
from orchestrator.errors import StorageFailed
from orchestrator.faces.people import Person
from orchestrator.fleet import Fleet, Tell
from orchestrator.fleet.local import LocalFleet, LocalPlace
from orchestrator.home import Home
from orchestrator.jobs import JobRecord, read_index, read_record, write_record
from orchestrator.prepare import Wish, WishedCast, faces_of, find_people, look_at, prepare
from orchestrator.runner import Outcome, drive
from orchestrator.snapshot import Snapshot
from orchestrator.sources import Consent, statement
from remote_worker.contract.records import Digest

_SHEET_FRAMES = (20, 120, 215, 330)
_SEGMENT_FRAMES = 60
_KILL_AT = 0.45
"""Share of the frames after which a worker is killed."""
_FACE = "grace"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLine:
    """What the demo did, for machines and for the table."""

    frames: int
    chunks: int
    segments_rendered: int
    segments_reused: int
    workers_killed: int
    frames_per_s: float
    digest: Digest
    uninterrupted_digest: Digest
    video: str
    contact_sheet: str


class Killer:
    """Kills one worker with SIGKILL (or what the system has for it) in the middle."""

    def __init__(self) -> None:
        self.killed = 0
        self._fleet: LocalFleet | None = None

    def fleet_for(self, home: Home, record: JobRecord, queue_path: Path, tell: Tell) -> Fleet:
        """Make the local fleet and remember it."""
        workers = home.job(record.job_id) / "workers"
        self._fleet = LocalFleet(LocalPlace(workers, queue_path, home.store), tell)
        return self._fleet

    def look(self, seen: Snapshot) -> bool:
        """Kill one worker the first time enough is rendered; return whether it was now."""
        if self.killed or self._fleet is None or seen.frames_done < _KILL_AT * seen.frames_total:
            return False
        for pid in self._fleet.pids().values():
            psutil.Process(pid).kill()
            self.killed += 1
            return True
        return False


def demo(asked: Namespace, reporter: Reporter) -> Exit:
    """Make the footage, cast, render with a kill, render again without, compare, and show."""
    folder: Path = asked.folder.absolute()
    source, sheet = folder / "before.mp4", folder / "before-after.png"
    home, twin_home = _fresh(folder / "home"), _fresh(folder / "twin-home")
    with reporter.doing("making the demo video"):
        make_footage(source)
    with reporter.doing("keeping the demo face"):
        _keep_face(home, folder)
    record = _prepared(home, source, folder / "after.mp4", reporter)
    killer = Killer()
    outcome, seconds = _render(home, record, killer, "rendering", reporter)
    twin = _twin(twin_home, record, folder / "after-uninterrupted.mp4", home)
    undisturbed, _ = _render(twin_home, twin, None, "rendering once more, undisturbed", reporter)
    with reporter.doing("laying frames side by side"):
        contact_sheet(source, folder / "after.mp4", _SHEET_FRAMES, sheet)
    line = _line(outcome, undisturbed, killer.killed, seconds, sheet)
    reporter.result(line, lambda console: _print(console, line))
    shutil.rmtree(twin_home.root)
    return Exit.DONE if line.digest == line.uninterrupted_digest else Exit.FAILED


def _fresh(folder: Path) -> Home:
    """Return a home with nothing in it, so that there is something to render."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return Home(folder)


def _keep_face(home: Home, folder: Path) -> None:
    photo = folder / FACE_TO_PUT_ON.file
    photo.write_bytes(demo_portrait(FACE_TO_PUT_ON))
    consent = Consent(
        stated_by="the makers of the demo",
        basis="licensed",
        statement=statement("licensed"),
        stated_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    faces_of(home).add(_FACE, [photo], consent)


def _prepared(home: Home, source: Path, output: Path, reporter: Reporter) -> JobRecord:
    with reporter.doing("finding faces") as step:
        scan, _ = find_people(home, (look_at(source),), step)
    person = min((p for p in scan.people if not p.unsure), key=_how_far_right)
    reporter.say(f"found {len(scan.people)} people; casting {person.person_id} as {_FACE}")
    wish = Wish(
        source=source,
        output=output,
        casts=(WishedCast(person_id=person.person_id, face=_FACE),),
        workers=1,
        segment_frames=_SEGMENT_FRAMES,
        replace_output=True,
    )
    return read_record(home, prepare(home, wish, reporter.doing))


def _how_far_right(person: Person) -> float:
    boxes = [box for appearance in person.appearances for box in appearance.boxes]
    return sum(box.left for box in boxes) / len(boxes)


def _twin(twin_home: Home, record: JobRecord, output: Path, home: Home) -> JobRecord:
    """Enter the same job in an empty home, where nothing can be used again."""
    twin = replace(record, request=replace(record.request, output_path=str(output)))
    write_record(twin_home, twin, read_index(home, record.job_id))
    return twin


def _render(
    home: Home, record: JobRecord, killer: Killer | None, label: str, reporter: Reporter
) -> tuple[Outcome, float]:
    began_s = time.monotonic()
    with reporter.doing(label) as step:
        watch = _watching(step, killer, reporter)
        if killer is None:
            outcome = drive(home, record.job_id, watch=watch)
        else:
            outcome = drive(home, record.job_id, watch=watch, fleet_for=killer.fleet_for)
    if outcome.finished is None:
        fault = outcome.last.fault
        raise StorageFailed(
            fault.sentence if fault else f"The demo is {outcome.last.phase.value}.",
            fault.advice if fault else "Run it again.",
        )
    return outcome, time.monotonic() - began_s


def _watching(step: Step, killer: Killer | None, reporter: Reporter) -> Callable[[Snapshot], None]:
    def watch(seen: Snapshot) -> None:
        step(seen.frames_done, seen.frames_total, seen.phase.value)
        if killer is not None and killer.look(seen):
            reporter.say("a worker was killed in the middle of a segment; a new one takes over")

    return watch


def _line(
    outcome: Outcome, undisturbed: Outcome, killed: int, seconds: float, sheet: Path
) -> DemoLine:
    done, again = outcome.finished, undisturbed.finished
    assert done is not None  # noqa: S101  # a render that did not finish has raised
    assert again is not None  # noqa: S101  # so has this
    rendered = line_of(outcome)
    return DemoLine(
        frames=done.video.frame_count,
        chunks=rendered.chunks,
        segments_rendered=rendered.segments_rendered,
        segments_reused=rendered.segments_reused,
        workers_killed=killed,
        frames_per_s=round(done.video.frame_count / seconds, 1),
        digest=done.video.digest,
        uninterrupted_digest=again.video.digest,
        video=done.video.output_path,
        contact_sheet=str(sheet),
    )


def _print(console: Console, line: DemoLine) -> None:
    same = line.digest == line.uninterrupted_digest
    rows = [
        ("frames", str(line.frames)),
        ("chunks", str(line.chunks)),
        ("segments", f"{line.segments_rendered} rendered, {line.segments_reused} reused"),
        ("workers killed", str(line.workers_killed)),
        ("frames per second", f"{line.frames_per_s} with the kill and the assembly"),
        ("sha-256", str(line.digest)),
        ("undisturbed", "the same bytes" if same else f"DIFFERS: {line.uninterrupted_digest}"),
        ("video", line.video),
        ("before and after", line.contact_sheet),
    ]
    console.print(table("", ("", ""), rows))
