"""Keep the source faces of callers: in the home's library, each seen by its owner only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.errors import SourceFaceMissing
from orchestrator.home import Home
from orchestrator.prepare import faces_of
from orchestrator.serve import shapes
from orchestrator.serve.limits import Limits
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.tokens import served_folder
from orchestrator.serve.uploads import Uploads
from orchestrator.sources import BASES, Consent, SourceFace, require_consent, statement
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text


@dataclass(frozen=True, slots=True)
class _Owner:
    owner: str


class ServedFaces:
    """Faces by owner; use from any thread."""

    def __init__(self, home: Home, uploads: Uploads, limits: Limits) -> None:
        """Use the library of ``home``."""
        self._library = faces_of(home)
        self._uploads, self._limits = uploads, limits
        self._folder = served_folder(home) / "faces"
        self._folder.mkdir(exist_ok=True)
        self._adding = threading.Lock()

    def add(self, owner: str, wish: shapes.FaceWish) -> shapes.Face:
        """Keep a face with its consent; the uploads of its photos are deleted.

        Raises:
            ApiRefused: a photo is not there, or there are too many faces.
            SecondUnitError: the statement is not in the words that are asked for, or a photo
                shows no face, several, or explicit content.
        """
        paths = [self._uploads.path_of(owner, name, "photo") for name in wish.photos]
        consent = Consent(
            stated_by=wish.consent.stated_by,
            basis=wish.consent.basis,
            statement=wish.consent.statement,
            stated_at=datetime.now(UTC).isoformat(timespec="seconds"),
            note=wish.consent.note,
        )
        with self._adding:  # each takes a guarded child with models: one after the other
            if len(self.of(owner)) >= self._limits.faces:
                raise ApiRefused(
                    409, "too_many_faces", "There are too many faces.", "Delete some first."
                )
            face = self._library.add(wish.name, paths, consent, take_largest=wish.take_largest)
            write_whole(self._note(face.face_id), [canonical(_Owner(owner)).encode()])
        for name in set(wish.photos):
            self._uploads.delete(owner, name)
        return _shown(face)

    def of(self, owner: str) -> list[shapes.Face]:
        """Return the faces of ``owner``, by name."""
        mine = [face for face in self._library.list() if self._owner_of(face.face_id) == owner]
        return [_shown(face) for face in mine if face.consent is not None]

    def require(self, owner: str, face_id: str) -> SourceFace:
        """Return a face of ``owner`` that may be rendered.

        Raises:
            ApiRefused: there is none.
            ConsentMissing: nobody stated consent.
        """
        if self._owner_of(face_id) != owner:
            raise _missing()
        try:
            face = self._library.get(face_id)
        except SourceFaceMissing as error:
            raise _missing() from error
        require_consent(face)
        return face

    def remove(self, owner: str, face_id: str, is_used: Callable[[str], bool]) -> None:
        """Delete a face with its photos.

        Raises:
            ApiRefused: there is none, or a job that is not over needs it.
        """
        self.require(owner, face_id)
        if is_used(face_id):
            raise ApiRefused(
                409, "face_in_use", "A job that is not over needs this face.", "Cancel it first."
            )
        self._library.remove(face_id)
        self._note(face_id).unlink(missing_ok=True)

    def _owner_of(self, face_id: str) -> str | None:
        try:
            return from_text(_Owner, self._note(face_id).read_bytes()).owner
        except (OSError, ContractError):
            return None

    def _note(self, face_id: str) -> Path:
        return self._folder / f"{face_id}.json"


def wordings() -> list[shapes.Wording]:
    """Return the statements of consent that are accepted, word for word."""
    return [shapes.Wording(basis=basis, statement=statement(basis)) for basis in BASES]


def _shown(face: SourceFace) -> shapes.Face:
    consent = face.consent
    assert consent is not None  # noqa: S101  # drafts are not shown: see the callers
    return shapes.Face(
        id=face.face_id,
        name=face.name,
        photos=len(face.photos),
        stated_by=consent.stated_by,
        basis=consent.basis,
        stated_at=consent.stated_at,
    )


def _missing() -> ApiRefused:
    return ApiRefused(404, "face_missing", "There is no such face.", "GET /v1/faces lists yours.")
