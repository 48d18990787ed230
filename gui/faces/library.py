"""Know the source faces off the disk, and change them off the Qt thread."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gui.bridge import Bridge, Otherwise
from gui.faces.crop import cut_out
from gui.faces.pictures import Pictures
from gui.faces.views import FaceView, Uses, uses
from gui.words.errors import told_of
from orchestrator.desk import changes
from orchestrator.errors import SourceFaceMissing
from orchestrator.sources import CheckedPhoto, Consent, SourceFace
from remote_worker.contract.records import Digest

if TYPE_CHECKING:
    from orchestrator.sources import SourceFaces

T = TypeVar("T")


class FaceLibrary(QObject):
    """The source faces as the window knows them.

    Every change runs on another thread; ``then`` and ``otherwise`` are called on the Qt thread
    and :attr:`changed` is emitted before ``then``.

    Attributes:
        loaded: whether the faces were read from disk yet.
        pictures: what views draw photos and crops with.

    Signals:
        changed: the faces are others than before, or were read for the first time.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        """Prepare; nothing is read before :meth:`load`."""
        super().__init__(parent)
        self.loaded = False
        self.pictures = Pictures(bridge, self)
        self._bridge = bridge
        self._faces: tuple[FaceView, ...] = ()
        self._is_loading = False
        self._lock = threading.Lock()
        self._opened: SourceFaces | None = None
        self._numbers = itertools.count(1)
        self._newest = 0
        self._own_folder: Path | None = None

    # -- what there is -----------------------------------------------------------------------

    def faces(self) -> tuple[FaceView, ...]:
        """Return all faces, by name."""
        return self._faces

    def face(self, face_id: str) -> FaceView | None:
        """Return one face, or None."""
        return next((each for each in self._faces if each.face_id == face_id), None)

    def uses_of(self, face_id: str) -> Uses:
        """Return in how many videos of the queue a face is cast."""
        return uses(self._bridge.snapshot.entries, face_id)

    def load(self) -> None:
        """Read the faces unless they were read; views call it when they are first drawn."""
        if not self.loaded and not self._is_loading:
            self.reload()

    def reload(self) -> None:
        """Read the faces again."""
        self._is_loading = True
        self._bridge.run(self._read, self._take, self._on_unread)

    # -- changes -----------------------------------------------------------------------------

    def check(
        self,
        photo: Path,
        then: Callable[[CheckedPhoto], None],
        otherwise: Otherwise | None = None,
    ) -> None:
        """Re-encode and look at a photo; takes seconds. :meth:`let_go` it afterwards."""
        self._bridge.run(lambda: self._open().check(photo), then, otherwise)

    def let_go(self, checked: Sequence[CheckedPhoto]) -> None:
        """Delete checked photos that are not needed any more."""
        if checked:
            self._bridge.run(lambda: self._open().let_go(tuple(checked)))

    def cut_out(
        self,
        photo: CheckedPhoto,
        chosen: int,
        then: Callable[[CheckedPhoto], None],
        otherwise: Otherwise | None = None,
    ) -> None:
        """Cut the face of that number out of a checked photo and check what is left."""

        def cut() -> CheckedPhoto:
            part = self._folder() / f"{photo.digest}-{chosen}.png"
            cut_out(photo.path, photo.found.boxes, chosen, part)
            try:
                return self._open().check(part)
            finally:
                part.unlink(missing_ok=True)

        self._bridge.run(cut, then, otherwise)

    def keep_pasted(
        self, image: QImage, then: Callable[[Path], None], otherwise: Otherwise | None = None
    ) -> None:
        """Write a picture from the clipboard to a file that can be checked."""
        copy = image.copy()

        def keep() -> Path:
            path = self._folder() / f"pasted-{next(self._numbers)}.png"
            if not copy.save(str(path), "PNG"):  # type: ignore[call-overload]  # stub wants bytes
                raise OSError("the picture from the clipboard could not be written")
            return path

        self._bridge.run(keep, then, otherwise)

    def add(
        self,
        name: str,
        photos: Sequence[Path],
        consent: Consent | None,
        take_largest: bool = False,
        then: Callable[[SourceFace], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Keep a new face; without ``consent`` it is a draft."""
        paths = tuple(photos)
        self._change(
            lambda faces: faces.add(name, paths, consent, take_largest=take_largest),
            then,
            otherwise,
        )

    def add_photos(
        self,
        face_id: str,
        photos: Sequence[Path],
        then: Callable[[SourceFace], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Add photos of the same person; of several faces in one the largest is taken."""
        paths = tuple(photos)
        self._change(
            lambda faces: faces.add_photos(face_id, paths, take_largest=True), then, otherwise
        )

    def remove_photo(
        self,
        face_id: str,
        photo: Digest,
        then: Callable[[SourceFace], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Take one photo off a face."""
        self._change(lambda faces: faces.remove_photo(face_id, photo), then, otherwise)

    def state_consent(
        self,
        face_id: str,
        consent: Consent,
        then: Callable[[SourceFace], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Put a statement of consent on a face."""
        self._change(lambda faces: faces.state_consent(face_id, consent), then, otherwise)

    def rename(
        self,
        face_id: str,
        name: str,
        then: Callable[[SourceFace], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Give a face another name."""
        self._change(lambda faces: faces.rename(face_id, name), then, otherwise)

    def remove(
        self,
        face_id: str,
        then: Callable[[None], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Delete a face and its photos for good; where it is cast nobody is cast any more."""

        def remove(faces: SourceFaces) -> None:
            staged = faces.get(face_id).photos
            faces.remove(face_id)
            self._unstage(staged)

        if self.uses_of(face_id).drafts:
            self._bridge.tell(
                lambda desk: desk.change("cast", lambda e: changes.face_gone(e, face_id))
            )
        self._change(remove, then, otherwise)

    def close(self) -> None:
        """Delete what was kept for as long as the window is open."""
        if self._own_folder is not None:
            shutil.rmtree(self._own_folder, ignore_errors=True)

    # -- off the Qt thread -------------------------------------------------------------------

    def _open(self) -> SourceFaces:
        from orchestrator.prepare import faces_of

        with self._lock:
            if self._opened is None:
                self._opened = faces_of(self._bridge.home)
            return self._opened

    def _folder(self) -> Path:
        with self._lock:
            if self._own_folder is None:
                self._own_folder = Path(tempfile.mkdtemp(prefix="secondunit-faces-"))
                weakref.finalize(self, shutil.rmtree, self._own_folder, ignore_errors=True)
            return self._own_folder

    def _unstage(self, photos: Sequence[Digest]) -> None:
        """Delete the copies that lie ready for workers."""
        from remote_worker.stores import blob_key
        from remote_worker.stores.folder import FolderStore

        store = FolderStore(self._bridge.home.store)
        for photo in photos:
            store.delete(blob_key(photo))

    def _read(self) -> tuple[int, tuple[FaceView, ...]]:
        number, faces = next(self._numbers), self._open()
        return number, tuple(_view(faces, face) for face in faces.list())

    def _change(
        self,
        change: Callable[[SourceFaces], T],
        then: Callable[[T], None] | None,
        otherwise: Otherwise | None,
    ) -> None:
        def run() -> tuple[T, tuple[int, tuple[FaceView, ...]]]:
            answer = change(self._open())
            return answer, self._read()

        def done(told: tuple[T, tuple[int, tuple[FaceView, ...]]]) -> None:
            self._take(told[1])
            if then is not None:
                then(told[0])

        self._bridge.run(run, done, otherwise)

    # -- on the Qt thread --------------------------------------------------------------------

    def _take(self, read: tuple[int, tuple[FaceView, ...]]) -> None:
        number, faces = read
        self._is_loading = False
        if number < self._newest:
            return  # an older look that came in late
        self._newest = number
        if faces != self._faces or not self.loaded:
            self._faces, self.loaded = faces, True
            self.changed.emit()

    def _on_unread(self, error: Exception) -> None:
        self._is_loading = False
        self._bridge.troubled.emit(*told_of(error))


def _view(faces: SourceFaces, face: SourceFace) -> FaceView:
    try:
        paths = faces.photo_paths(face.face_id)
    except SourceFaceMissing:
        paths = ()
    return FaceView(face, paths, tuple(face.hints_of(photo) for photo in face.photos))
