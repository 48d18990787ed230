"""Fetch what the stage shows of an entry; on whatever thread it is called, never on Qt's."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gui.stage.geometry import Share
from gui.stage.proofs import HardFace
from gui.stage.rows import PersonRow, people_rows
from orchestrator.desk.entries import Entry
from orchestrator.desk.hard_frames import HardFrame, hardest
from orchestrator.desk.timeline import Timeline, timeline_of
from orchestrator.faces.people import Scan
from orchestrator.faces.pick import FaceAt, faces_at

if TYPE_CHECKING:
    from orchestrator.desk.shelf import Shelf
    from orchestrator.home import Home
    from orchestrator.preview.scene import Scene, StoredPart
    from remote_worker.contract.records import JobId


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who is in an entry's source and when; known as soon as it was looked at."""

    digest: str
    timeline: Timeline
    scan: Scan | None
    rows: tuple[PersonRow, ...]


class Loader:
    """Keeps one shelf of its own, so that nothing is read twice."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._held: Shelf | None = None

    def people(self, entry: Entry) -> People:
        """Return the people of an entry's source.

        Raises:
            SourceRefused: it cannot be rendered any more.
            OSError: it is not there.
        """
        seen = self._shelf().seen(Path(entry.source))
        digest = seen.report.digest
        looks = self._shelf().people(digest, entry.corrections)
        timeline = timeline_of(looks.scan if looks else None, seen.index, digest)
        rows = (
            people_rows(looks.scan, looks.folder, entry, timeline, self._face_names(entry))
            if looks
            else ()
        )
        scan = looks.scan if looks else None
        return People(digest=digest, timeline=timeline, scan=scan, rows=rows)

    def scene(self, entry: Entry) -> Scene:
        """Return what is needed to show any frame of an entry.

        Raises:
            SecondUnitError: the source cannot be rendered, or a model is missing.
            OSError: the source is not there.
        """
        from orchestrator.desk.scenes import scene_of

        return scene_of(self._home, self._shelf(), entry)

    def stored(
        self, job_id: JobId | None, known: tuple[StoredPart, ...] = ()
    ) -> tuple[StoredPart, ...]:
        """Return the finished segments of a job; those that are ``known`` are not sought again."""
        from orchestrator.desk.scenes import stored_parts

        return stored_parts(self._home, job_id, known)

    @staticmethod
    def faces(people: People, frame: int) -> tuple[FaceAt, ...]:
        """Return the faces on one frame."""
        return faces_at(people.scan, people.digest, frame) if people.scan is not None else ()

    @classmethod
    def hardest(cls, people: People, person_ids: Sequence[str], count: int) -> tuple[HardFace, ...]:
        """Return the faces that are worth a look before a render."""
        if people.scan is None:
            return ()
        found = hardest(people.scan, people.timeline.index, person_ids, count)
        return tuple(HardFace(hard, cls._place(people, hard)) for hard in found)

    @classmethod
    def _place(cls, people: People, hard: HardFrame) -> Share:
        for face in cls.faces(people, hard.frame):
            if face.person_id == hard.person_id:
                return Share(face.box.left, face.box.top, face.box.right, face.box.bottom)
        return Share(0.0, 0.0, 1.0, 1.0)  # not reached: a hard frame is one with this face

    def _shelf(self) -> Shelf:
        with self._lock:
            if self._held is None:
                from orchestrator.desk.shelf import Shelf

                self._held = Shelf(self._home)
            return self._held

    def _face_names(self, entry: Entry) -> dict[str, str]:
        """Return what the source faces that an entry puts on are called."""
        if not entry.casts:
            return {}
        from orchestrator.prepare import faces_of

        return {face.face_id: face.name for face in faces_of(self._home).list()}
