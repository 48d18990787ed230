"""Keep source faces: their photos, and who stated that they may be used, and how."""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
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
from remote_worker.contract.records import Box, Digest
from remote_worker.digests import digest_of_file

Basis = Literal["self", "permission", "licensed"]
"""On what a consent rests: I am this person, they allowed it, the portrait is free to use."""

BASES: tuple[Basis, ...] = ("self", "permission", "licensed")

PhotoHint = Literal["too_small", "too_dark", "too_bright", "flat", "blurred", "turned", "two_faces"]
"""What makes a photo a poorer source face; ``two_faces``: several, the largest is taken."""
DEMO_STATED_BY = "Second Unit, by the demo's attribution"
"""Who states that the demo's face is free to use; it is known by this, whatever its name."""
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
_ADDING, _REMOVED, _CHECKED = ".adding-", ".removed-", ".checked-"
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
    note: str = ""
    """What the person wishes to keep with it: its scope, or where the written consent lies."""


@dataclass(frozen=True, slots=True)
class PhotoHints:
    """What a person should know of one photo of a face."""

    photo: Digest
    hints: tuple[PhotoHint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFace:
    """One face that can be put on people."""

    face_id: str
    name: str
    photos: tuple[Digest, ...]
    """Of the re-encoded PNG files, in the order they were given."""
    consent: Consent | None
    """None for a draft, which is kept but never rendered."""
    hints: tuple[PhotoHints, ...] = ()
    """Of photos that have any; records of the first version hold none."""

    def hints_of(self, photo: Digest) -> tuple[PhotoHint, ...]:
        """Return what a person should know of one photo."""
        return next((each.hints for each in self.hints if each.photo == photo), ())


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """What was found in a photo while it was re-encoded."""

    face_count: int
    allowed: bool
    """Whether the content check allows it."""
    hints: tuple[PhotoHint, ...] = ()
    boxes: tuple[Box, ...] = ()
    """Where the faces are, the largest first, in fractions of the photo; their frame is 0."""


@dataclass(frozen=True, slots=True)
class CheckedPhoto:
    """A photo that was re-encoded and looked at, and waits to become one of a face."""

    path: Path
    """The re-encoded PNG; gone once it was let go."""
    digest: Digest
    found: PreparedPhoto


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
        self._lock = threading.Lock()
        self._found: dict[Digest, PreparedPhoto] = {}
        """What was found in the PNG of that digest, which needs no second look."""
        self._sweep()

    def check(self, photo: Path) -> CheckedPhoto:
        """Look at a photo before it becomes one of a face; what it shows is not judged yet.

        The PNG it gives can be handed to :meth:`add` and :meth:`add_photos` and is not looked
        at again then.  :meth:`let_go` deletes it, and so does a later start.

        Raises:
            ContentRefused: it shows explicit content.
            PhotoUnreadable: it is not a picture that can be read.
            OSError: it could not be written.
        """
        made = self._folder / f"{_CHECKED}{uuid.uuid4().hex}.png"
        try:
            digest, found = self._look_at(photo, made)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
        return CheckedPhoto(made, digest, found)

    def let_go(self, checked: Sequence[CheckedPhoto]) -> None:
        """Delete what :meth:`check` made."""
        for each in checked:
            each.path.unlink(missing_ok=True)

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
            bare = SourceFace(face_id=face_id, name=name, photos=(), consent=consent)
            face = _with_photos(bare, stored)
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
        with self._lock:
            face = self.get(face_id)
            _check(consent, face.name)
            return self._rewrite(replace(face, consent=consent))

    def rename(self, face_id: str, name: str) -> SourceFace:
        """Give a face another name.

        Raises:
            SourceFaceMissing: there is no such face.
        """
        with self._lock:
            return self._rewrite(replace(self.get(face_id), name=name))

    def add_photos(
        self, face_id: str, photos: Sequence[Path], *, take_largest: bool = False
    ) -> SourceFace:
        """Add photos of the same person to a face, after those it has.

        Who agreed for themselves, or gave permission, agreed for all their photos.  A licence
        is for one portrait: with another one the face is a draft until that is stated too.

        Raises:
            SourceFaceMissing: there is no such face.
            PhotoRefused: a photo shows no face, or several.
            ContentRefused: a photo shows explicit content.
            PhotoUnreadable: a photo is not a picture that can be read.
            OSError: it could not be written; the face is as it was.
        """
        home = self._home(face_id)
        self.get(face_id)  # before the photos are looked at, which takes seconds
        building = self._folder / f"{_ADDING}{uuid.uuid4().hex}"
        building.mkdir()
        try:
            stored = [self._store(photo, building, take_largest=take_largest) for photo in photos]
            with self._lock:
                face = self.get(face_id)
                for each in set(stored):
                    (building / f"{each.photo}.png").replace(home / f"{each.photo}.png")
                return self._rewrite(_with_photos(face, stored))
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def remove_photo(self, face_id: str, photo: Digest) -> SourceFace:
        """Take one photo off a face.

        Raises:
            SourceFaceMissing: there is no such face.
            PhotoRefused: it is the only one.
        """
        with self._lock:
            face = self.get(face_id)
            left = tuple(each for each in face.photos if each != photo)
            if not left:
                raise PhotoRefused(
                    f"This is the only photo of {face.name}.",
                    "Add another one first, or remove the face.",
                )
            hints = tuple(each for each in face.hints if each.photo != photo)
            less = self._rewrite(replace(face, photos=left, hints=hints))
            (self._home(face_id) / f"{photo}.png").unlink(missing_ok=True)
            return less

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

    def _rewrite(self, face: SourceFace) -> SourceFace:
        write_whole(self._home(face.face_id) / _RECORD, [canonical(face).encode()])
        return face

    def _store(self, photo: Path, home: Path, *, take_largest: bool) -> PhotoHints:
        made = home / f".{uuid.uuid4().hex}.png"
        try:
            digest, found = self._look_at(photo, made)
            _require_one_face(photo, found.face_count, take_largest=take_largest)
            made.replace(home / f"{digest}.png")
        except BaseException:
            made.unlink(missing_ok=True)
            raise
        return PhotoHints(digest, found.hints)

    def _look_at(self, photo: Path, made: Path) -> tuple[Digest, PreparedPhoto]:
        """Write the PNG of ``photo`` to ``made``; one that we made and looked at is copied."""
        known = self._found_in(photo)
        if known is not None:
            shutil.copyfile(photo, made)
            return digest_of_file(made), known
        found = self._prepare(photo, made)
        if not found.allowed:
            raise ContentRefused(
                f"{photo.name} shows explicit content.",
                "Choose another photo; the check cannot be turned off.",
            )
        digest = digest_of_file(made)
        self._found[digest] = found
        return digest, found

    def _found_in(self, photo: Path) -> PreparedPhoto | None:
        """Return what was found in a PNG of ours; a file that was changed since is none."""
        if photo.parent != self._folder or not photo.is_file():
            return None
        return self._found.get(digest_of_file(photo))

    def _sweep(self) -> None:
        for left in self._folder.iterdir():
            old = _age_s(left) > _ABANDONED_AFTER_S
            if left.name.startswith(_CHECKED) and old:
                left.unlink(missing_ok=True)
            elif left.name.startswith(_REMOVED) or (left.name.startswith(_ADDING) and old):
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


def _with_photos(face: SourceFace, stored: Sequence[PhotoHints]) -> SourceFace:
    """Return ``face`` with more photos, each once; a licence does not reach to new ones."""
    told = {each.photo: each for each in (*face.hints, *stored)}
    names = tuple(dict.fromkeys((*face.photos, *(each.photo for each in stored))))
    hints = tuple(told[name] for name in names if name in told and told[name].hints)
    licensed = face.consent is not None and face.consent.basis == "licensed"
    outgrown = licensed and bool(face.photos) and names != face.photos
    return replace(face, photos=names, hints=hints, consent=None if outgrown else face.consent)


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
