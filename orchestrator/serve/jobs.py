"""Make entries of the queue from what is asked over HTTP, and say how they stand."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import cast

from orchestrator.cleaning import forget_looks, forget_render
from orchestrator.desk import changes
from orchestrator.desk.desk import new_entries
from orchestrator.desk.entries import (
    DRAFT,
    Entry,
    EntryCast,
    EntryId,
    Look,
    OnceLooked,
    Output,
    WhichPerson,
)
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.errors import JobBusy, SecondUnitError
from orchestrator.home import Home
from orchestrator.prepare import engine_spec
from orchestrator.serve import shapes
from orchestrator.serve.host import Host
from orchestrator.serve.limits import Limits
from orchestrator.serve.problems import ApiRefused, without_paths
from orchestrator.serve.served_faces import ServedFaces
from orchestrator.serve.tokens import served_folder
from orchestrator.serve.uploads import Uploads
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, digest_of, from_text
from remote_worker.contract.records import Digest
from remote_worker.contract.records import JobId as RenderId
from remote_worker.errors import WorkerError

OVER = frozenset({"refused", "failed", "cancelled", "done"})
_END_S = 60.0
"""What renders ends within so long of being told to: frames in hand are let go."""
_LOOKS, _LOOK_S = 30, 0.1
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the queue does not know of a job that came over HTTP."""

    entry_id: EntryId
    owner: str
    upload_id: str
    title: str
    key: str = ""
    """The caller's own name for the request, so that asking twice makes one job."""
    asked: str = ""
    """Digest of what was asked, to tell another request under the same name."""
    urgent: bool = False
    """As earlier versions wrote it; the entry itself knows."""


class ServedJobs:
    """The jobs of all callers; each sees their own. Use from any thread."""

    def __init__(
        self, home: Home, host: Host, uploads: Uploads, faces: ServedFaces, limits: Limits
    ) -> None:
        """Read what earlier runs left."""
        self._home, self._host, self._limits = home, host, limits
        self._uploads, self._faces = uploads, faces
        self._folder = served_folder(home) / "jobs"
        self._results = served_folder(home) / "results"
        for folder in (self._folder, self._results):
            folder.mkdir(exist_ok=True)
        self._lock = threading.RLock()
        self._notes = {note.entry_id: note for note in self._read()}

    # -- making and changing -------------------------------------------------------------------

    def submit(self, owner: str, wish: shapes.JobWish, key: str) -> tuple[shapes.Job, bool]:
        """Put a video in the queue; return it, and whether it is new.

        It is in the queue on disk when this returns.

        Raises:
            ApiRefused: an upload or a face is not there, or there are too many jobs.
            SecondUnitError: a face may not be used, or there is no such engine or setting.
            QueueBroken: the queue cannot be written.
        """
        with self._lock:  # two requests of one key, or two for the last place, come after another
            same = self._of_key(owner, key)
            asked = digest_of(wish.model_dump_json())
            if same is not None and same.asked != asked:
                raise ApiRefused(
                    422,
                    "key_of_another",
                    "Something else was asked under this idempotency-key before.",
                    "Use a key of its own for each job.",
                )
            if same is not None:
                return self.get(owner, same.entry_id), False
            if len(self._notes) >= self._limits.jobs:
                raise ApiRefused(
                    409, "too_many_jobs", "The queue is full.", "Delete jobs that are over."
                )
            path = self._uploads.path_of(owner, wish.source, "video")
            engine_spec(wish.look.engine, tuple(sorted(wish.look.settings.items())))
            for each in wish.casts:
                self._faces.require(owner, each.face)
            entry = self._entry(path, wish)
            upload = self._uploads.get(owner, wish.source).upload
            note = Note(
                entry_id=entry.entry_id,
                owner=owner,
                upload_id=wish.source,
                title=upload.title,
                key=key,
                asked=asked,
            )
            self._write(note)
            self._notes[note.entry_id] = note
            self._host.desk.change("add", lambda entries: changes.added(entries, [entry]))
            self._host.wait(lambda seen: seen.entry(entry.entry_id))
        return self.get(owner, entry.entry_id), True

    def cast(self, owner: str, entry_id: str, casts: Sequence[shapes.CastWish]) -> shapes.Job:
        """Set who is cast in a job that was looked at.

        Raises:
            ApiRefused: it is not there or not at rest, or a person or face is not.
        """
        entry = self._entry_of(owner, entry_id)
        if entry.state not in DRAFT or entry.facts is None:
            raise _not_now(entry, "Wait until it is 'ready', or cancel it first.")
        known = {person.id for person in self.people(owner, entry_id)}
        for each in casts:
            self._faces.require(owner, each.face)
            if each.person not in known:
                raise ApiRefused(
                    422,
                    "person_missing",
                    f"There is no {each.person} in this video.",
                    "GET …/people lists who is.",
                )
        wanted = tuple(_cast(each) for each in casts)
        return self._change(entry, "cast", lambda entries: _all_cast(entries, entry, wanted))

    def render(self, owner: str, entry_id: str) -> shapes.Job:
        """Have a job rendered, or tried again.

        Raises:
            ApiRefused: it is not there, or nothing can be rendered of it now.
        """
        entry = self._entry_of(owner, entry_id)
        if entry.state in ("queued", "rendering"):
            return self._shown(entry, self._host.snapshot)
        if entry.state == "done":
            raise _not_now(entry, "Submit it again for another video.")
        ids = {entry.entry_id}
        return self._change(
            entry, "render", lambda entries: changes.retried(changes.queued(entries, ids), ids)
        )

    def cancel(self, owner: str, entry_id: str) -> shapes.Job:
        """End a job for good, or take it out of the line.

        Raises:
            ApiRefused: it is not there.
        """
        entry = self._entry_of(owner, entry_id)
        if entry.state in ("new", "queued", "rendering"):
            self._host.desk.cancel(entry.entry_id)
            self._host.wait(lambda seen: _is_at_rest(seen, entry.entry_id), _END_S)
        return self.get(owner, entry_id)

    def delete(self, owner: str, entry_id: str) -> None:
        """End a job and delete it, with its video and its upload.

        What was seen in the upload and rendered of it goes too, unless another job has it.

        Raises:
            ApiRefused: it is not there.
            QueueBroken: the queue cannot be written; nothing was deleted.
        """
        entry = self._entry_of(owner, entry_id)
        self.cancel(owner, entry_id)
        name = entry.entry_id
        self._host.desk.change("remove", lambda entries: changes.removed(entries, {name}))
        self._host.wait(lambda seen: seen.entry(name) is None)
        if entry.job_id is not None:
            _forget_render(self._home, entry.job_id)
        if entry.facts is not None and not self._is_seen_elsewhere(entry.facts.digest):
            forget_looks(self._home, entry.facts.digest)
        self._forget(self._notes[name])

    # -- looking ---------------------------------------------------------------------------------

    def get(self, owner: str, entry_id: str) -> shapes.Job:
        """Return a job of ``owner``.

        Raises:
            ApiRefused: there is none; somebody else's is as if it were not there.
        """
        return self._shown(self._entry_of(owner, entry_id), self._host.snapshot)

    def of(self, owner: str) -> list[shapes.Job]:
        """Return every job of ``owner``, in the queue's order."""
        seen = self._host.snapshot
        return [
            self._shown(entry, seen)
            for entry in seen.entries
            if (note := self._notes.get(entry.entry_id)) is not None and note.owner == owner
        ]

    def people(self, owner: str, entry_id: str) -> tuple[shapes.Person, ...]:
        """Return who was found in a job's source.

        Raises:
            ApiRefused: it is not there, or was not looked at yet.
            SourceRefused: what was found was deleted since.
        """
        entry = self._entry_of(owner, entry_id)
        if entry.facts is None:
            raise _not_now(entry, "Wait until it was looked at.")
        return tuple(
            shapes.Person(
                id=seat.person_id,
                unsure=seat.unsure,
                seconds=round(seat.seconds, 2),
                appearances=seat.appearances,
                has_picture=bool(seat.crops),
            )
            for seat in self._host.desk.shelf.seats(entry)
        )

    def picture(self, owner: str, entry_id: str, person_id: str) -> Path:
        """Return the best picture of a person.

        Raises:
            ApiRefused: there is none.
        """
        entry = self._entry_of(owner, entry_id)
        seats = self._host.desk.shelf.seats(entry) if entry.facts is not None else ()
        for seat in seats:
            if seat.person_id == person_id and seat.crops and Path(seat.crops[0]).is_file():
                return Path(seat.crops[0])
        raise ApiRefused(
            404, "picture_missing", "There is no picture.", "GET …/people says who has one."
        )

    def video(self, owner: str, entry_id: str) -> tuple[Path, str]:
        """Return the finished video and its digest.

        Raises:
            ApiRefused: it is not done, or its video is gone.
        """
        entry = self._entry_of(owner, entry_id)
        if entry.state != "done" or entry.result is None:
            raise _not_now(entry, "Wait until it is 'done'.")
        path = Path(entry.result.output_path)
        if not path.is_file():
            raise ApiRefused(410, "video_gone", "The video is not there any more.", "Render again.")
        return path, entry.result.digest

    def title_of(self, entry: Entry) -> str | None:
        """Return what a job is called by who sent it, or None when it came otherwise."""
        note = self._notes.get(entry.entry_id)
        return note.title if note is not None else None

    def uses_face(self, face_id: str) -> bool:
        """Return whether a job that is not over is cast with a face."""
        return any(
            face_id in _faces_of(entry)
            for entry in self._host.snapshot.entries
            if entry.state in ("new", "queued", "rendering")
        )

    def used_uploads(self) -> frozenset[str]:
        """Return the uploads that jobs were made of."""
        return frozenset(note.upload_id for note in tuple(self._notes.values()))

    def kept_bytes(self) -> int:
        """Return how much uploads and finished videos take, those to come included."""
        told = sum(each.upload.size_bytes for each in self._uploads.all())
        return told + sum(p.stat().st_size for p in self._results.rglob("*") if p.is_file())

    # -- upkeep ------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Clear away what a kill left half made or half deleted; call once the queue is read."""
        seen = self._host.snapshot
        for note in tuple(self._notes.values()):
            if seen.entry(note.entry_id) is None:
                self._forget(note)
        for folder in tuple(self._results.iterdir()):
            if folder.name not in self._notes:
                shutil.rmtree(folder, ignore_errors=True)

    def remove_old_uploads(self) -> None:
        """Delete uploads that nothing uses and nobody added to for long."""
        self._uploads.remove_old(self.used_uploads())

    # -- inside ------------------------------------------------------------------------------------

    def _entry(self, path: Path, wish: shapes.JobWish) -> Entry:
        (entry,) = new_entries([path])
        folder = self._results / entry.entry_id
        folder.mkdir(mode=0o700)
        by_rule = next((c for c in wish.casts if not c.person.startswith("p")), None)
        return replace(
            entry,
            casts=() if by_rule is not None else tuple(_cast(each) for each in wish.casts),
            look=Look(engine=wish.look.engine, settings=tuple(sorted(wish.look.settings.items()))),
            output=Output(folder=str(folder), name="video", **wish.output.model_dump()),
            trim_in=_fraction(wish.trim_in),
            trim_out=_fraction(wish.trim_out),
            once_looked=OnceLooked(
                cast_face=by_rule.face if by_rule is not None else None,
                which=cast(WhichPerson, by_rule.person) if by_rule is not None else "longest",
                render=wish.render,
            ),
            urgent=wish.urgent,
        )

    def _change(self, entry: Entry, name: str, change: changes.Change) -> shapes.Job:
        """Change one entry and return it as it stands once that is written."""
        (wanted,) = change((entry,))
        if wanted == entry:
            raise _not_now(entry, "Nothing of it can be changed that way now.")
        self._host.desk.change(name, change)
        seen = self._host.wait(lambda seen: seen.entry(entry.entry_id) != entry)
        now = seen.entry(entry.entry_id)
        if now is None:
            raise _missing()
        return self._shown(now, seen)

    def _entry_of(self, owner: str, entry_id: str) -> Entry:
        note = self._notes.get(EntryId(entry_id))
        entry = self._host.snapshot.entry(EntryId(entry_id))
        if note is None or note.owner != owner or entry is None:
            raise _missing()
        return entry

    def _shown(self, entry: Entry, seen: DeskSnapshot) -> shapes.Job:
        note = self._notes.get(entry.entry_id)
        waiting = [e.entry_id for e in seen.entries if e.state in ("rendering", "queued")]
        trouble, result, receipt = entry.trouble, entry.result, entry.receipt
        return shapes.Job(
            id=entry.entry_id,
            title=note.title if note is not None else "",
            source=note.upload_id if note is not None else "",
            state=entry.state,
            is_over=entry.state in OVER,
            paused=seen.paused,
            ahead=waiting.index(entry.entry_id) if entry.state == "queued" else None,
            made_at=entry.added_at,
            people=entry.facts.people if entry.facts is not None else None,
            casts=[_shown_cast(each) for each in entry.casts],
            progress=_progress(entry, seen),
            trouble=None
            if trouble is None
            else shapes.Trouble(
                code=trouble.code,
                sentence=without_paths(trouble.sentence, self._home),
                advice=without_paths(trouble.advice, self._home),
            ),
            result=None
            if result is None or entry.state != "done"
            else shapes.JobResult(
                frames=result.frame_count,
                missed_frames=result.missed_frames,
                seconds=round(result.seconds, 2),
                sha256=result.digest,
                size_bytes=_size(Path(result.output_path)),
                finished_at=result.finished_at,
            ),
            usd=receipt.usd if receipt is not None else None,
        )

    def _is_seen_elsewhere(self, digest: Digest) -> bool:
        entries = self._host.snapshot.entries
        return any(e.facts is not None and e.facts.digest == digest for e in entries)

    def _of_key(self, owner: str, key: str) -> Note | None:
        mine = (n for n in self._notes.values() if key and (n.owner, n.key) == (owner, key))
        return next((n for n in mine if self._host.snapshot.entry(n.entry_id) is not None), None)

    def _forget(self, note: Note) -> None:
        """Delete what belongs to a job that is not in the queue any more."""
        shutil.rmtree(self._results / note.entry_id, ignore_errors=True)
        with self._lock:
            (self._folder / f"{note.entry_id}.json").unlink(missing_ok=True)
            self._notes.pop(note.entry_id, None)
        if note.upload_id not in self.used_uploads():
            with contextlib.suppress(ApiRefused):  # deleted before
                self._uploads.delete(note.owner, note.upload_id)

    def _write(self, note: Note) -> None:
        write_whole(self._folder / f"{note.entry_id}.json", [canonical(note).encode()])

    def _read(self) -> list[Note]:
        notes = []
        for path in self._folder.glob("*.json"):
            with contextlib.suppress(OSError, ContractError):  # a newer version's: not ours to show
                notes.append(from_text(Note, path.read_bytes()))
        return notes


def _forget_render(home: Home, job_id: RenderId) -> None:
    """Delete a render; what cannot be deleted now goes with the next clean-up."""
    pause = threading.Event()
    for _ in range(_LOOKS):
        try:
            forget_render(home, job_id)
        except JobBusy:
            pause.wait(_LOOK_S)  # the desk is just letting go of it
        except (SecondUnitError, WorkerError, OSError):
            return
        else:
            return


def _faces_of(entry: Entry) -> set[str | None]:
    once = entry.once_looked
    return {each.face_id for each in entry.casts} | {once.cast_face if once is not None else None}


def _all_cast(
    entries: changes.Entries, entry: Entry, casts: tuple[EntryCast, ...]
) -> changes.Entries:
    """Return ``entries`` with exactly these casts in one of them."""
    name = entry.entry_id
    people = {each.person_id for each in (*entry.casts, *casts)}
    for person in sorted(people):
        wanted = tuple(each for each in casts if each.person_id == person)
        entries = changes.cast(entries, name, person, wanted)
    return entries


def _cast(wish: shapes.CastWish) -> EntryCast:
    return EntryCast(
        person_id=wish.person,
        face_id=wish.face,
        start=_fraction(wish.start),
        end=_fraction(wish.end),
    )


def _shown_cast(each: EntryCast) -> shapes.Cast:
    return shapes.Cast(
        face=each.face_id,
        person=each.person_id,
        start=None if each.start is None else float(each.start),
        end=None if each.end is None else float(each.end),
    )


def _fraction(seconds: float | None) -> Fraction | None:
    """Return seconds to the microsecond: a float's own fraction has numbers that nobody meant."""
    return None if seconds is None else Fraction(round(seconds * _MICRO), _MICRO)


def _progress(entry: Entry, seen: DeskSnapshot) -> shapes.Progress | None:
    running, name = seen.running, entry.entry_id
    if running is not None and running.entry_id == name:
        now = running.seen
        return shapes.Progress(
            work=now.phase.value,
            done=now.frames_done,
            total=now.frames_total,
            frames_per_s=round(now.frames_per_s, 2),
            left_s=None if now.left_s is None else round(now.left_s, 1),
            interruptions=now.interruptions,
        )
    for doing in (seen.preparing, seen.looking):
        if doing is not None and doing.entry_id == name:
            return shapes.Progress(work=doing.work, done=doing.done, total=doing.total)
    return None


def _is_at_rest(seen: DeskSnapshot, entry_id: EntryId) -> bool:
    entry = seen.entry(entry_id)
    if entry is None:
        return True
    wants = entry.once_looked is not None and entry.once_looked.render
    return entry.state not in ("queued", "rendering") and not (entry.state == "new" and wants)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _missing() -> ApiRefused:
    return ApiRefused(404, "job_missing", "There is no such job.", "GET /v1/jobs lists yours.")


def _not_now(entry: Entry, advice: str) -> ApiRefused:
    return ApiRefused(409, "not_now", f"The job is {entry.state!r}.", advice)
