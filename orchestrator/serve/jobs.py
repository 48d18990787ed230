"""Take, change, show and end the jobs that come over HTTP; each caller sees their own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from orchestrator.desk import changes
from orchestrator.desk.desk import new_entries
from orchestrator.desk.entries import DRAFT, Entry, EntryId, Where
from orchestrator.errors import QueueBroken
from orchestrator.home import Home
from orchestrator.prepare import engine_spec
from orchestrator.serve import shapes
from orchestrator.serve.farewells import Farewells, has_elsewhere, is_at_rest
from orchestrator.serve.host import Host
from orchestrator.serve.limits import Limits
from orchestrator.serve.notes import Note, Notes
from orchestrator.serve.place_shapes import QuoteShown
from orchestrator.serve.places import Offer, chosen, require_offered
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.served_faces import ServedFaces
from orchestrator.serve.tokens import served_folder
from orchestrator.serve.uploads import Uploads
from orchestrator.serve.views import job_of, quote_of
from orchestrator.serve.wishes import all_cast, asked_of, cast_of, entry_of, faces_of, look_of
from remote_worker.contract.coding import digest_of

_END_S = 60.0
"""What renders ends within so long of being told to: frames in hand are let go."""


class ServedJobs:
    """The jobs of all callers; each sees their own. Use from any thread."""

    def __init__(
        self, home: Home, host: Host, uploads: Uploads, faces: ServedFaces, limits: Limits
    ) -> None:
        """Read what earlier runs left."""
        self._home, self._host, self._limits = home, host, limits
        self._uploads, self._faces = uploads, faces
        self._notes = Notes(served_folder(home) / "jobs")
        self._results = served_folder(home) / "results"
        self._results.mkdir(exist_ok=True)
        self._lock = threading.RLock()
        self.farewells = Farewells(home, host, self._notes, self._results, uploads)

    # -- making and changing -------------------------------------------------------------------

    def submit(
        self, owner: str, wish: shapes.JobWish, key: str, offers: Sequence[Offer]
    ) -> tuple[shapes.Job, bool]:
        """Put a video in the queue; return it, and whether it is new.

        It is in the queue on disk when this returns.

        Raises:
            ApiRefused: an upload or a face is not there, there are too many jobs, or ``offers``
                do not have the place that is asked for.
            SecondUnitError: a face may not be used, or there is no such engine or setting.
            QueueBroken: the queue cannot be written.
        """
        with self._lock:  # two requests of one key, or two for the last place, come after another
            asked = digest_of(asked_of(wish))
            if (same := self._same(owner, key, asked)) is not None:
                return self.get(owner, same.entry_id), False
            if len(self._notes) >= self._limits.jobs:
                raise ApiRefused(
                    409, "too_many_jobs", "The queue is full.", "Delete jobs that are over."
                )
            where = chosen(wish.where, offers)
            entry_id = self._put_in(owner, wish, where, key, asked)
        return self.get(owner, entry_id), True

    def _same(self, owner: str, key: str, asked: str) -> Note | None:
        """Return the job that was made under the same key, if one was."""
        mine = (n for n in self._notes.all() if key and (n.owner, n.key) == (owner, key))
        seen = self._host.snapshot
        there = (n for n in mine if not n.leaving and seen.entry(n.entry_id) is not None)
        same = next(there, None)
        if same is not None and same.asked != asked:
            raise ApiRefused(
                422,
                "key_of_another",
                "Something else was asked under this idempotency-key before.",
                "Use a key of its own for each job.",
            )
        return same

    def _put_in(
        self, owner: str, wish: shapes.JobWish, where: Where, key: str, asked: str
    ) -> EntryId:
        path = self._uploads.path_of(owner, wish.source, "video")
        look = look_of(wish)
        engine_spec(look.engine, look.settings)
        for each in wish.casts:
            self._faces.require(owner, each.face)
        (draft,) = new_entries([path])
        folder = self._results / draft.entry_id
        folder.mkdir(mode=0o700)
        entry = entry_of(draft, wish, where, folder)
        upload = self._uploads.get(owner, wish.source).upload
        note = Note(
            entry_id=entry.entry_id,
            owner=owner,
            upload_id=wish.source,
            title=upload.title,
            key=key,
            asked=asked,
        )
        self._notes.keep(note)
        self._host.desk.change("add", lambda entries: changes.added(entries, [entry]))
        self._host.wait(lambda seen: seen.entry(entry.entry_id))
        return entry.entry_id

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
        wanted = tuple(cast_of(each) for each in casts)
        return self._change(entry, "cast", lambda entries: all_cast(entries, entry, wanted))

    def place(
        self, owner: str, entry_id: str, wish: shapes.PlaceWish, offers: Sequence[Offer]
    ) -> shapes.Job:
        """Set where a job that is at rest is rendered.

        Raises:
            ApiRefused: it is not there or not at rest, or ``offers`` do not have the place.
        """
        entry, ids = self._entry_of(owner, entry_id), {EntryId(entry_id)}
        where = chosen(wish.where, offers)
        if entry.where == where:
            return self.get(owner, entry_id)
        if entry.state not in DRAFT:
            raise _not_now(entry, "Wait until it is 'ready', or cancel it first.")
        return self._change(
            entry, "where", lambda entries: changes.with_where(entries, ids, lambda _: where)
        )

    def render(self, owner: str, entry_id: str, offers: Sequence[Offer]) -> shapes.Job:
        """Have a job rendered, or tried again.

        Raises:
            ApiRefused: it is not there, nothing can be rendered of it now, or its place is not
                offered any more.
        """
        entry = self._entry_of(owner, entry_id)
        if entry.state in ("queued", "rendering"):
            return self.get(owner, entry_id)
        if entry.state == "done":
            raise _not_now(entry, "Submit it again for another video.")
        require_offered(entry.where, offers)
        ids = {entry.entry_id}
        return self._change(
            entry, "render", lambda entries: changes.retried(changes.queued(entries, ids), ids)
        )

    def cancel(self, owner: str, entry_id: str) -> shapes.Job:
        """End a job for good, or take it out of the line; its machines are ended.

        A job on machines elsewhere that needs longer for that is returned as it stands.

        Raises:
            ApiRefused: it is not there.
        """
        entry = self._entry_of(owner, entry_id)
        if entry.state in ("new", "queued", "rendering"):
            self._host.desk.cancel(entry.entry_id)
            self._await_rest(entry)
            now = self._host.snapshot.entry(entry.entry_id)
            if now is not None and now.state == "stopped" and has_elsewhere(self._home, now):
                self.farewells.end_soon(now.entry_id)
        return self.get(owner, entry_id)

    def _await_rest(self, entry: Entry) -> None:
        try:
            self._host.wait(lambda seen: is_at_rest(seen, entry.entry_id), _END_S)
        except QueueBroken:
            if entry.where.kind == "here":
                raise  # an account takes its time, and says meanwhile how it stands

    def delete(self, owner: str, entry_id: str) -> None:
        """End a job and delete it, with its video and its upload.

        What was seen in the upload and rendered of it goes too, unless another job has it. What
        it has elsewhere is ended soon after this returns.

        Raises:
            ApiRefused: it is not there.
            QueueBroken: the queue cannot be written; nothing was deleted.
        """
        note, entry = self._note_of(owner, entry_id), self._entry_of(owner, entry_id)
        if entry.where.kind == "here" or entry.state != "rendering":
            self.cancel(owner, entry_id)  # else it takes longer than anybody waits
            entry = self._entry_of(owner, entry_id)
        if entry.state == "rendering" or has_elsewhere(self._home, entry):
            self.farewells.see_off(note)
        else:
            self.farewells.forget(note)

    # -- looking ---------------------------------------------------------------------------------

    def get(self, owner: str, entry_id: str) -> shapes.Job:
        """Return a job of ``owner``.

        Raises:
            ApiRefused: there is none; somebody else's is as if it were not there.
        """
        entry, note = self._entry_of(owner, entry_id), self._notes.get(EntryId(entry_id))
        return job_of(entry, note, self._host.snapshot, self._home)

    def of(self, owner: str) -> list[shapes.Job]:
        """Return every job of ``owner``, in the queue's order."""
        seen = self._host.snapshot
        return [
            job_of(entry, note, seen, self._home)
            for entry in seen.entries
            if (note := self._notes.of(owner, entry.entry_id)) is not None
        ]

    def quote(
        self, owner: str, entry_id: str, wish: shapes.PlaceWish, offers: Sequence[Offer]
    ) -> QuoteShown:
        """Return what a job would take and cost in the account; AWS is asked, for seconds.

        Raises:
            ApiRefused: it is not there or not looked at yet, or the place is not offered or has
                no prices.
            CloudError: nothing can be had, or AWS does not answer.
        """
        entry = self._entry_of(owner, entry_id)
        where = chosen(wish.where, offers)
        if entry.facts is None:
            raise _not_now(entry, "Wait until it was looked at.")
        if where.kind != "aws":
            raise ApiRefused(
                422, "no_prices", "Nobody says what a render costs there.", "Ask for 'aws'."
            )
        return quote_of(self._host.cloud.quote((replace(entry, where=where),)), where)

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
            face_id in faces_of(entry)
            for entry in self._host.snapshot.entries
            if entry.state in ("new", "queued", "rendering")
        )

    def used_uploads(self) -> frozenset[str]:
        """Return the uploads that jobs were made of."""
        return self._notes.used_uploads()

    def kept_bytes(self) -> int:
        """Return how much uploads and finished videos take, those to come included."""
        told = sum(each.upload.size_bytes for each in self._uploads.all())
        return told + sum(p.stat().st_size for p in self._results.rglob("*") if p.is_file())

    # -- upkeep ------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Clear away what a kill left half made or half deleted; call once the queue is read."""
        seen = self._host.snapshot
        for note in self._notes.all():
            if seen.entry(note.entry_id) is None:
                self.farewells.forget_note(note)
        for folder in tuple(self._results.iterdir()):
            if self._notes.get(EntryId(folder.name)) is None:
                shutil.rmtree(folder, ignore_errors=True)

    def remove_old_uploads(self) -> None:
        """Delete uploads that nothing uses and nobody added to for long."""
        self._uploads.remove_old(self.used_uploads())

    # -- inside ------------------------------------------------------------------------------------

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
        return job_of(now, self._notes.get(now.entry_id), seen, self._home)

    def _note_of(self, owner: str, entry_id: str) -> Note:
        note = self._notes.of(owner, EntryId(entry_id))
        if note is None:
            raise _missing()
        return note

    def _entry_of(self, owner: str, entry_id: str) -> Entry:
        note = self._note_of(owner, entry_id)
        entry = self._host.snapshot.entry(note.entry_id)
        if entry is None:
            raise _missing()
        return entry


def _missing() -> ApiRefused:
    return ApiRefused(404, "job_missing", "There is no such job.", "GET /v1/jobs lists yours.")


def _not_now(entry: Entry, advice: str) -> ApiRefused:
    return ApiRefused(409, "not_now", f"The job is {entry.state!r}.", advice)
