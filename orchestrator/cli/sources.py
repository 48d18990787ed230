"""Keep source faces with their consent, list them, and take them away again."""

from __future__ import annotations

import getpass
import shlex
from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.named import named_face
from orchestrator.prepare import faces_of
from orchestrator.sources import Basis, Consent, SourceFace, statement
from remote_worker.stores import blob_key
from remote_worker.stores.folder import FolderStore

_LONGEST_NAME = 80
"""As in the window."""


@dataclass(frozen=True, slots=True)
class FaceLine:
    """One source face as a command shows it."""

    name: str
    face_id: str
    photos: int
    consent: Consent | None


def add(asked: Namespace, reporter: Reporter) -> Exit:
    """Store a face; without consent it is a draft that cannot be rendered."""
    _require_name(asked.name)
    library = faces_of(Home.default())
    if any(face.name == asked.name for face in library.list()):
        raise RequestRefused(
            f"There is a source face called {asked.name!r} already.",
            "Choose another name, or remove that face first.",
        )
    consent = consent_stated(asked.consent, asked.stated_by) if asked.consent else None
    with reporter.doing("looking at the photos"):
        face = library.add(asked.name, asked.photos, consent, take_largest=asked.take_largest)
    reporter.result(_line(face), lambda console: _print_added(console, face))
    return Exit.DONE if consent else Exit.CONSENT_MISSING


def _require_name(name: str) -> None:
    """Refuse a name that cannot be typed or shown again."""
    if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
        raise RequestRefused(
            "That is no name for a face; nothing was kept.",
            f"Write one line of 1 to {_LONGEST_NAME} characters, such as grace.",
        )


def show(asked: Namespace, reporter: Reporter) -> Exit:
    """List all source faces."""
    del asked
    faces = tuple(_line(face) for face in faces_of(Home.default()).list())
    reporter.result(faces, lambda console: _print_faces(console, faces))
    return Exit.DONE


def remove(asked: Namespace, reporter: Reporter) -> Exit:
    """Delete a source face: its record, its photos, and copies staged for workers."""
    home = Home.default()
    library = faces_of(home)
    face = named_face(library, asked.name)
    library.remove(face.face_id)
    store = FolderStore(home.store)
    for photo in face.photos:
        store.delete(blob_key(photo))
    line = _line(face)
    reporter.result(line, lambda console: console.print(f"Removed {face.name}.", markup=False))
    return Exit.DONE


def consent_stated(basis: Basis, stated_by: str | None) -> Consent:
    """Return a statement of consent that is made now, by the user if nobody is named."""
    return Consent(
        stated_by=stated_by or getpass.getuser(),
        basis=basis,
        statement=statement(basis),
        stated_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _line(face: SourceFace) -> FaceLine:
    return FaceLine(face.name, face.face_id, len(face.photos), face.consent)


def _print_added(console: Console, face: SourceFace) -> None:
    console.print(f"Kept {face.name} with {len(face.photos)} photo(s).", markup=False)
    if face.consent is None:
        console.print(
            "It is a draft: nobody stated consent, so it cannot be rendered. State it in the"
            f" window, or remove it ('secondunit remove-face {shlex.quote(face.name)}') and add it"
            " again with --consent.",
            markup=False,
        )
    else:
        said = f"{face.consent.stated_by} stated: {face.consent.statement!r}"
        console.print(said, markup=False)


def _print_faces(console: Console, faces: tuple[FaceLine, ...]) -> None:
    if not faces:
        console.print("There are no source faces yet; 'secondunit add-face' adds one.")
        return
    rows = [
        (face.name, str(face.photos), _consent_words(face.consent), face.face_id) for face in faces
    ]
    console.print(table("", ("name", "photos", "consent", "id"), rows))


def _consent_words(consent: Consent | None) -> str:
    if consent is None:
        return "none: a draft"
    return f"{consent.basis}, by {consent.stated_by}, {consent.stated_at[:10]}"
