"""Delete jobs with all that is theirs; what they have elsewhere is ended first, whatever it takes.

A job's folder knows what was launched for it and what that costs: it goes only when nothing of the
job is left elsewhere and its bill was written.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from orchestrator.cleaning import forget_looks, forget_render
from orchestrator.desk import changes
from orchestrator.desk.elsewhere import read_where
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.desk.turn import phase_of
from orchestrator.errors import JobBusy, JobMissing, RequestRefused, SecondUnitError
from orchestrator.home import Home
from orchestrator.runner import cancel
from orchestrator.serve.host import Host, Upkeep
from orchestrator.serve.notes import Note, Notes
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.uploads import Uploads
from remote_worker.contract.records import Digest
from remote_worker.contract.records import JobId as RenderId
from remote_worker.errors import WorkerError

_AGAIN_S = 20.0
"""An account or a cluster that does not answer is asked again so often."""
_LOOKS, _LOOK_S = 30, 0.1
_log = logging.getLogger(__name__)


class Farewells:
    """Sees jobs off; use from any thread."""

    def __init__(
        self, home: Home, host: Host, notes: Notes, results: Path, uploads: Uploads
    ) -> None:
        """Prepare; what takes long is done between :meth:`start` and :meth:`stop`."""
        self._home, self._host, self._notes = home, host, notes
        self._results, self._uploads = results, uploads
        self._lock = threading.Lock()
        self._to_end: set[EntryId] = set()
        self._told: dict[EntryId, str] = {}
        self._upkeep: Upkeep | None = None

    def start(self) -> None:
        """Go on with those that an earlier run did not come to the end of."""
        self._upkeep = Upkeep(self.go_on, _AGAIN_S)

    def stop(self) -> None:
        """Leave what is under way to the next start."""
        if self._upkeep is not None:
            self._upkeep.stop()

    # -- asked for -----------------------------------------------------------------------------

    def see_off(self, note: Note) -> None:
        """Delete a job that has something elsewhere as soon as that is gone; nobody waits for it.

        Raises:
            OSError: it could not be noted; nothing was begun.
        """
        self._notes.keep(replace(note, leaving=True))
        self._wake()

    def end_soon(self, entry_id: EntryId) -> None:
        """End what a job that is kept has elsewhere; nobody waits for it."""
        with self._lock:
            self._to_end.add(entry_id)
        self._wake()

    def forget(self, note: Note) -> None:
        """Delete a job that has nothing elsewhere, with its video and its upload.

        Raises:
            QueueBroken: the queue cannot be written; nothing was deleted.
        """
        name = note.entry_id
        entry = self._host.snapshot.entry(name)
        if entry is not None:
            self._host.desk.change("remove", lambda entries: changes.removed(entries, {name}))
            self._host.wait(lambda seen: seen.entry(name) is None)
            if entry.job_id is not None:
                _forget_render(self._home, entry.job_id)
            if entry.facts is not None and not self._is_seen_elsewhere(entry.facts.digest):
                forget_looks(self._home, entry.facts.digest)
        self.forget_note(note)

    def forget_note(self, note: Note) -> None:
        """Delete what belongs to a job that is not in the queue any more."""
        self._forget_files(note)
        self._notes.drop(note.entry_id)

    def _forget_files(self, note: Note) -> None:
        shutil.rmtree(self._results / note.entry_id, ignore_errors=True)
        others = (each for each in self._notes.all() if each.entry_id != note.entry_id)
        if note.upload_id not in {each.upload_id for each in others if not each.leaving}:
            with contextlib.suppress(ApiRefused):  # deleted before
                self._uploads.delete(note.owner, note.upload_id)

    # -- on a thread of its own ------------------------------------------------------------------

    def go_on(self) -> None:
        """See off everybody who is leaving, as far as that can be done now."""
        for note in self._notes.all():
            if note.leaving:
                self._try(note.entry_id, partial(self._see_off, note))
        with self._lock:
            to_end = tuple(self._to_end)
        for entry_id in to_end:
            self._try(entry_id, partial(self._end, entry_id))

    def _try(self, entry_id: EntryId, call: Callable[[], None]) -> None:
        try:
            call()
        except (SecondUnitError, WorkerError, OSError) as error:
            if self._told.get(entry_id) != str(error):  # it may be tried again for days
                self._told[entry_id] = str(error)
                _log.warning("The end of job %s has to wait: %s", entry_id, error)
        else:
            self._told.pop(entry_id, None)

    def _see_off(self, note: Note) -> None:
        self._host.desk.cancel(note.entry_id)
        seen = self._host.wait(lambda seen: is_at_rest(seen, note.entry_id))
        entry = seen.entry(note.entry_id)
        self._forget_files(note)  # nothing reads them any more, however long the rest takes
        if entry is not None:
            end_elsewhere(self._host, self._home, entry)
        self.forget(note)

    def _end(self, entry_id: EntryId) -> None:
        entry = self._host.snapshot.entry(entry_id)
        if entry is not None and entry.state not in ("queued", "rendering"):
            end_elsewhere(self._host, self._home, entry)
        with self._lock:
            self._to_end.discard(entry_id)

    def _wake(self) -> None:
        if self._upkeep is not None:
            self._upkeep.wake()

    def _is_seen_elsewhere(self, digest: Digest) -> bool:
        entries = self._host.snapshot.entries
        return any(e.facts is not None and e.facts.digest == digest for e in entries)


def has_elsewhere(home: Home, entry: Entry) -> bool:
    """Return whether something of an entry's job may be on machines other than this one."""
    if entry.job_id is None:
        return False
    kind = read_where(home, entry.job_id).kind
    return kind == "kubernetes" or (kind == "aws" and not _is_settled(home, entry.job_id))


def _is_settled(home: Home, job_id: RenderId) -> bool:
    """Return whether a job's bill was written, with the proof that nothing is left.

    The entry's own receipt may be that of a job that it was before.
    """
    from orchestrator.fleet.ec2.receipt import receipts  # with it comes the SDK

    return any(each.job_id == job_id and each.proof.holds for each in receipts(home))


def end_elsewhere(host: Host, home: Home, entry: Entry) -> None:
    """End what an entry's job has on machines other than this one, and have its bill written.

    Raises:
        JobBusy: it is still being driven.
        SecondUnitError: the account or the cluster does not answer; it can be done again.
    """
    if entry.job_id is None or not has_elsewhere(home, entry):
        return
    where, was_over = read_where(home, entry.job_id), phase_of(home, entry.job_id) is None
    with contextlib.suppress(JobMissing, RequestRefused):  # it is done, or was deleted
        if not cancel(home, entry.job_id):
            raise JobBusy("The job is still being ended.", "Wait a moment.")
    try:
        host.places(where).clear(home, entry.job_id)
    except SecondUnitError:
        if where.kind == "aws" or not was_over:
            raise
        # A cluster's part of a job that came to its end was removed then.


def is_at_rest(seen: DeskSnapshot, entry_id: EntryId) -> bool:
    """Return whether nothing is being done for an entry, and nothing will be by itself."""
    entry = seen.entry(entry_id)
    if entry is None:
        return True
    wants = entry.once_looked is not None and entry.once_looked.render
    return entry.state not in ("queued", "rendering") and not (entry.state == "new" and wants)


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
