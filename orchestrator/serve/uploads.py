"""Take files in parts that can be resumed; each is what its digest says, or it is not kept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

from orchestrator.home import Home, require_room
from orchestrator.serve.limits import Limits
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.tokens import served_folder
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text

UploadKind = Literal["video", "photo"]
_NOTE, _PART, _DATA = "upload.json", "part", "data"
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What was told of a file before it came; its name is for people and never a path."""

    upload_id: str
    owner: str
    kind: UploadKind
    title: str
    size_bytes: int
    sha256: str
    made_at: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Received:
    """An upload and how much of it is here."""

    upload: Upload
    received_bytes: int
    is_whole: bool


class Uploads:
    """One folder an upload, named by us; safe to use from any thread.

    What is here is the size of a file on disk, so that after a kill at any moment the sender
    goes on from there.
    """

    def __init__(self, home: Home, limits: Limits) -> None:
        """Use the folder in ``home``."""
        self._folder = served_folder(home) / "uploads"
        self._folder.mkdir(exist_ok=True)
        self._limits = limits
        self._lock = threading.Lock()
        self._busy: set[str] = set()
        self._hashes: dict[str, tuple[int, Any]] = {}
        """SHA-256 of the first so many bytes, of uploads that came in one run of the server."""

    def begin(
        self,
        owner: str,
        kind: UploadKind,
        title: str,
        size_bytes: int,
        sha256: str,
        used: frozenset[str] = frozenset(),
    ) -> Received:
        """Make room for a file and return what it is called; ``used`` are those of jobs.

        Raises:
            ApiRefused: it is larger than is taken, or there are too many.
            NoRoom: the disk has less room than it needs.
        """
        self._require_taken(owner, kind, size_bytes, used)
        upload = Upload(
            upload_id=secrets.token_hex(16),
            owner=owner,
            kind=kind,
            title=title,
            size_bytes=size_bytes,
            sha256=sha256,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        folder = self._folder / upload.upload_id
        folder.mkdir(mode=0o700)
        (folder / _PART).touch(mode=0o600)
        write_whole(folder / _NOTE, [canonical(upload).encode()])
        return Received(upload, 0, is_whole=False)

    def _require_taken(
        self, owner: str, kind: UploadKind, size_bytes: int, used: frozenset[str]
    ) -> None:
        most = self._limits.video_bytes if kind == "video" else self._limits.photo_bytes
        if size_bytes > most:
            raise ApiRefused(
                413, "too_large", f"A {kind} may have {most} bytes.", "Send a smaller one."
            )
        mine = (each.upload for each in self.all() if each.upload.owner == owner)
        if sum(each.upload_id not in used for each in mine) >= self._limits.uploads:
            raise ApiRefused(
                409, "too_many_uploads", "There are too many uploads.", "Use or delete some."
            )
        require_room(self._folder, size_bytes)

    def get(self, owner: str, upload_id: str) -> Received:
        """Return one upload of ``owner``.

        Raises:
            ApiRefused: there is none; somebody else's is as if it were not there.
        """
        found = self._read(upload_id)
        if found is None or found.upload.owner != owner:
            raise ApiRefused(
                404,
                "upload_missing",
                "There is no such upload.",
                "One that nothing uses is deleted after a day; send the file again.",
            )
        return found

    def all(self) -> tuple[Received, ...]:
        """Return every upload of everybody."""
        names = sorted(path.name for path in self._folder.iterdir())
        return tuple(found for name in names if (found := self._read(name)) is not None)

    def path_of(self, owner: str, upload_id: str, kind: UploadKind) -> Path:
        """Return the file of a whole upload of this kind.

        Raises:
            ApiRefused: there is none, it is not whole yet, or is of another kind.
        """
        found = self.get(owner, upload_id)
        if not found.is_whole:
            raise ApiRefused(
                409,
                "upload_not_whole",
                f"{found.received_bytes} of {found.upload.size_bytes} bytes are here.",
                "Send the rest first.",
            )
        if found.upload.kind != kind:
            raise ApiRefused(
                422, "wrong_kind", f"This upload is no {kind}.", f"Upload it as a {kind}."
            )
        return self._folder / upload_id / _DATA

    @contextlib.contextmanager
    def appending(self, received: Received, offset: int) -> Iterator[Appending]:
        """Give what takes the bytes from ``offset`` on; what came is kept however it ends.

        Raises:
            ApiRefused: ``offset`` is not where it ends, or it is being sent already.
        """
        upload_id = received.upload.upload_id
        with self._lock:
            if upload_id in self._busy:
                raise ApiRefused(
                    409,
                    "upload_busy",
                    "This upload is being sent already.",
                    "Wait for the other request, ask how much is here, then go on.",
                    {"retry-after": "2"},
                )
            self._busy.add(upload_id)
        try:
            with self._opened(upload_id, offset) as appending:
                yield appending
        finally:
            with self._lock:
                self._busy.discard(upload_id)

    @contextlib.contextmanager
    def _opened(self, upload_id: str, offset: int) -> Iterator[Appending]:
        now = self._read(upload_id)
        here = now.received_bytes if now is not None else -1
        if now is None or now.is_whole or offset != here:
            raise ApiRefused(
                409,
                "wrong_offset",
                f"{max(here, 0)} bytes are here.",
                "Send what follows them, with that number as upload-offset.",
                {"upload-offset": str(max(here, 0))},
            )
        with (self._folder / upload_id / _PART).open("ab") as file:
            at, hashing = self._hashes.pop(upload_id, (-1, None))
            if at != offset:
                hashing = hashlib.sha256() if offset == 0 else None
            appending = Appending(file, here, now.upload.size_bytes, hashing)
            try:
                yield appending
            finally:
                file.flush()
                if hashing is not None:
                    self._hashes[upload_id] = (appending.received_bytes, hashing)

    def finish(self, received: Received) -> Received:
        """Return the upload as it is; one that is complete is checked, and whole from now on.

        Raises:
            ApiRefused: its bytes are not those of its digest; nothing of it is kept.
        """
        upload, folder = received.upload, self._folder / received.upload.upload_id
        now = self._read(upload.upload_id)
        if now is None or now.is_whole or now.received_bytes < upload.size_bytes:
            return now or received
        at, hashing = self._hashes.pop(upload.upload_id, (-1, None))
        if hashing is None or at != upload.size_bytes:
            hashing = _hash_of(folder / _PART)
        if hashing.hexdigest() != upload.sha256:
            self._remove(upload.upload_id)
            raise ApiRefused(
                422,
                "wrong_digest",
                "What came is not what the digest says; nothing of it was kept.",
                "Check the file and its SHA-256, then send it anew.",
            )
        with (folder / _PART).open("rb+") as file:
            os.fsync(file.fileno())
        (folder / _PART).replace(folder / _DATA)
        return Received(upload, upload.size_bytes, is_whole=True)

    def delete(self, owner: str, upload_id: str) -> None:
        """Delete an upload with its file.

        Raises:
            ApiRefused: there is none, or it is being sent.
        """
        self.get(owner, upload_id)
        with self._lock:
            if upload_id in self._busy:
                raise ApiRefused(
                    409, "upload_busy", "This upload is being sent.", "End that request first."
                )
        self._remove(upload_id)

    def remove_old(self, used: frozenset[str], now_s: float | None = None) -> int:
        """Delete what nothing uses and nobody added to for long; return how many."""
        now_s = time.time() if now_s is None else now_s
        old = 0
        for folder in tuple(self._folder.iterdir()):
            is_wanted = folder.name in used or folder.name in self._busy
            if not is_wanted and now_s - _changed_s(folder) > self._limits.upload_age_s:
                self._remove(folder.name)
                old += 1
        return old

    def _read(self, upload_id: str) -> Received | None:
        folder = self._folder / upload_id
        try:
            upload = from_text(Upload, (folder / _NOTE).read_bytes())
        except (OSError, ContractError):
            return None  # not begun whole, or being deleted
        if (folder / _DATA).is_file():
            return Received(upload, upload.size_bytes, is_whole=True)
        try:
            return Received(upload, (folder / _PART).stat().st_size, is_whole=False)
        except OSError:
            return None

    def _remove(self, upload_id: str) -> None:
        self._hashes.pop(upload_id, None)
        folder = self._folder / upload_id
        (folder / _NOTE).unlink(missing_ok=True)  # from here on it is not there
        shutil.rmtree(folder, ignore_errors=True)


class Appending:
    """Takes the bytes of one part; used by one request."""

    def __init__(self, file: BinaryIO, received_bytes: int, size_bytes: int, hashing: Any) -> None:
        """Append to ``file``, which holds ``received_bytes`` of ``size_bytes``."""
        self._file, self._hashing = file, hashing
        self.received_bytes, self._size_bytes = received_bytes, size_bytes

    def write(self, data: bytes) -> None:
        """Take some bytes.

        Raises:
            ApiRefused: there would be more than were told; they are not taken.
        """
        if self.received_bytes + len(data) > self._size_bytes:
            raise ApiRefused(
                413,
                "more_than_told",
                f"The file was told to have {self._size_bytes} bytes.",
                "Begin a new upload with the right size.",
            )
        self._file.write(data)
        if self._hashing is not None:
            self._hashing.update(data)
        self.received_bytes += len(data)


def _hash_of(path: Path) -> Any:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_READ_BYTES):
            found.update(part)
    return found


def _changed_s(folder: Path) -> float:
    times = [0.0]
    for path in (folder, folder / _PART, folder / _DATA):
        with contextlib.suppress(OSError):
            times.append(path.stat().st_mtime)
    return max(times)
