"""Keep source faces: their photos, and who stated that they may be used, and how."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from orchestrator.errors import ConsentMissing, ContentRefused, PhotoRefused, SourceFaceMissing
from remote_worker.checkpoint import make_names_durable, write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file

Basis = Literal["self", "permission", "licensed"]
"""On what a consent rests: I am this person, they allowed it, the portrait is free to use."""

BASES: tuple[Basis, ...] = ("self", "permission", "licensed")
WORDING_VERSION = 1
_WORDINGS: dict[int, dict[Basis, str]] = {
    1: {
        "self": "I am this person, and I agree to my face being put into videos.",
        "permission": "I have this person's consent to put their face into videos.",
        "licensed": (
            "This portrait is in the public domain or licensed for this use, "
            "and I do not use it to deceive or to harm."
        ),
    },
}
_RECORD = "face.json"
_ID = re.compile(r"[0-9a-f]{32}")
_ADDING, _REMOVED = ".adding-", ".removed-"
_ABANDONED_AFTER_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One person's statement that a face may be used; see :func:`statement`."""

    stated_by: str
    """Who made the statement."""
    basis: Basis
    statement: str
    """The exact words that were shown and agreed to."""
    stated_at: str
    """When, ISO 8601 in UTC, such as ``2026-01-31T12:00:00+00:00``."""
    wording_version: int = WORDING_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFace:
    """One face that can be put on people."""

    face_id: str
    name: str
    photos: tuple[Digest, ...]
    """Of the re-encoded PNG files, in the order they were given."""
    consent: Consent | None
    """None for a draft, which is kept but never rendered."""


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """What was found in a photo while it was re-encoded."""

    face_count: int
    allowed: bool
    """Whether the content check allows it."""


Prepare = Callable[[Path, Path], PreparedPhoto]
"""Re-encode the photo at the first path to a PNG without metadata at the second, and look at
it.  It opens files that nobody vouches for, so it works in a guarded child process."""


class SourceFaces:
    """A folder of source faces; a face is there whole, photos and record, or not at all."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        """Open ``folder``, made if need be, and clear what a crash left behind."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._prepare = prepare
        self._sweep()

    def add(
        self,
        name: str,
        photos: Sequence[Path],
        consent: Consent | None,
        *,
        take_largest: bool = False,
    ) -> SourceFace:
        """Store a face; without ``consent`` it is a draft.

        Args:
            name: what the user calls the person.
            photos: one or several photos of one person, the best first.
            consent: the statement, or None.
            take_largest: whether a person agreed to take the largest of several faces.

        Raises:
            PhotoRefused: there is no photo, or one shows no face, or several.
            ContentRefused: a photo shows explicit content.
            PhotoUnreadable: a photo is not a picture that can be read.
            ConsentMissing: the consent that is given is not a full statement.
            OSError: it could not be written; nothing was kept.
        """
        if not photos:
            raise PhotoRefused("There is no photo.", "Choose at least one photo of the face.")
        if consent is not None:
            _check(consent, name)
        face_id = uuid.uuid4().hex
        building = self._folder / f"{_ADDING}{face_id}"
        building.mkdir()
        try:
            stored = [self._store(photo, building, take_largest=take_largest) for photo in photos]
            face = SourceFace(
                face_id=face_id,
                name=name,
                photos=tuple(dict.fromkeys(stored)),
                consent=consent,
            )
            write_whole(building / _RECORD, [canonical(face).encode()])
            building.rename(self._folder / face_id)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        make_names_durable(self._folder)
        return face

    def get(self, face_id: str) -> SourceFace:
        """Return one face.

        Raises:
            SourceFaceMissing: there is none of this id, or its record cannot be read.
        """
        try:
            face = from_text(SourceFace, (self._home(face_id) / _RECORD).read_bytes())
        except (OSError, ContractError) as error:
            raise _missing(face_id) from error
        if face.face_id != face_id:
            raise _missing(face_id)
        return face

    def list(self) -> tuple[SourceFace, ...]:
        """Return all faces that can be read, sorted by name."""
        faces = []
        for home in self._folder.iterdir():
            if _ID.fullmatch(home.name):
                with contextlib.suppress(SourceFaceMissing):  # a broken one is told by get()
                    faces.append(self.get(home.name))
        return tuple(sorted(faces, key=lambda face: (face.name.casefold(), face.face_id)))

    def photo_paths(self, face_id: str) -> tuple[Path, ...]:
        """Return the PNG files of a face, the best first, each checked against its digest.

        Raises:
            SourceFaceMissing: there is no such face, or a photo is not the one stored.
        """
        face, home = self.get(face_id), self._home(face_id)
        paths = tuple(home / f"{digest}.png" for digest in face.photos)
        for path, digest in zip(paths, face.photos, strict=True):
            if not path.is_file() or digest_of_file(path) != digest:
                raise _missing(face_id)
        return paths

    def state_consent(self, face_id: str, consent: Consent) -> SourceFace:
        """Put ``consent`` on a face, so that a draft can be rendered.

        Raises:
            SourceFaceMissing: there is no such face.
            ConsentMissing: the consent is not a full statement.
        """
        face = self.get(face_id)
        _check(consent, face.name)
        stated = replace(face, consent=consent)
        write_whole(self._home(face_id) / _RECORD, [canonical(stated).encode()])
        return stated

    def remove(self, face_id: str) -> None:
        """Remove a face with its photos; from the first step on it is no longer there.

        Raises:
            SourceFaceMissing: there is no such face.
            OSError: a file could not be deleted; it is deleted at the next start.
        """
        home = self._home(face_id)
        leaving = self._folder / f"{_REMOVED}{uuid.uuid4().hex}"
        try:
            home.rename(leaving)
        except FileNotFoundError as error:
            raise _missing(face_id) from error
        make_names_durable(self._folder)
        shutil.rmtree(leaving)

    def _home(self, face_id: str) -> Path:
        if not _ID.fullmatch(face_id):
            raise _missing(face_id)
        return self._folder / face_id

    def _store(self, photo: Path, building: Path, *, take_largest: bool) -> Digest:
        made = building / f".{uuid.uuid4().hex}.png"
        prepared = self._prepare(photo, made)
        if not prepared.allowed:
            raise ContentRefused(
                f"{photo.name} shows explicit content.",
                "Choose another photo; the check cannot be turned off.",
            )
        _require_one_face(photo, prepared.face_count, take_largest=take_largest)
        digest = digest_of_file(made)
        made.replace(building / f"{digest}.png")
        return digest

    def _sweep(self) -> None:
        for left in self._folder.iterdir():
            abandoned = left.name.startswith(_ADDING) and _age_s(left) > _ABANDONED_AFTER_S
            if abandoned or left.name.startswith(_REMOVED):
                shutil.rmtree(left, ignore_errors=True)  # tried again at the next start


def statement(basis: Basis) -> str:
    """Return the words, of the newest wording, that a person is asked to agree to."""
    return _WORDINGS[WORDING_VERSION][basis]


def require_consent(face: SourceFace) -> None:
    """Return when ``face`` may be rendered.

    Raises:
        ConsentMissing: nobody stated consent, or not in words that were ever shown.
    """
    if face.consent is None:
        raise _no_consent(face.name, "nobody has stated consent")
    _check(face.consent, face.name)


def _check(consent: Consent, name: str) -> None:
    shown = _WORDINGS.get(consent.wording_version, {}).get(consent.basis)
    if shown is None or consent.statement != shown:
        raise _no_consent(name, "the statement is not in the words that are asked for")
    if not consent.stated_by.strip():
        raise _no_consent(name, "it is not told who stated it")
    try:
        offset = datetime.fromisoformat(consent.stated_at).utcoffset()
    except ValueError:
        offset = None
    if offset != timedelta(0):
        raise _no_consent(name, "it is not told when it was stated")


def _no_consent(name: str, because: str) -> ConsentMissing:
    return ConsentMissing(
        f"{name} cannot be put on anybody: {because}.",
        "State that you are this person, have their consent, or that the portrait is free to use.",
    )


def _require_one_face(photo: Path, face_count: int, *, take_largest: bool) -> None:
    if face_count == 0:
        raise PhotoRefused(
            f"No face was found in {photo.name}.", "Choose a photo that shows the face clearly."
        )
    if face_count > 1 and not take_largest:
        raise PhotoRefused(
            f"There are {face_count} faces in {photo.name}.",
            "Choose a photo of one person, crop it, or say that the largest face is meant.",
        )


def _missing(face_id: str) -> SourceFaceMissing:
    return SourceFaceMissing(
        f"There is no whole source face {face_id[:40]!r}.", "Add the face's photos again."
    )


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
