"""Where FaceFusion's files come from: the internet or a mirror, a folder, the user's bucket."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from remote_worker.bucket import (
    AlreadyThere,
    BucketFailed,
    Credentials,
    Place,
    fetch,
    is_there,
    put_file_if_absent,
    put_if_absent,
    read_if_there,
)
from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion import source
from remote_worker.engines.facefusion.download import (
    NotThere,
    Patience,
    Share,
    Stopped,
    Wanted,
    WrongFile,
    crc32_of,
    download,
    full_disk_named,
)
from remote_worker.engines.facefusion.installation import COMMIT
from remote_worker.engines.facefusion.provision import Kind, Origin

PREFIX = "shared/engines/facefusion/"
"""What every key of FaceFusion's parts in a bucket begins with."""
_PART_BYTES = 1 << 20
_GIT_S = 120.0


@dataclass(frozen=True, slots=True)
class Published:
    """The places where the files are published, a mirror asked first."""

    mirror: str = ""
    patience: Patience = field(default_factory=Patience)

    def fetch(
        self, kind: Kind, wanted: Wanted, to: Path, share: Share, stop: threading.Event
    ) -> Digest:
        """Download it; see :func:`~remote_worker.engines.facefusion.download.download`."""
        parts = to.parent if kind != "packages" else to.parent.parent
        return download(self._mirrored(kind, wanted), to, parts, share, stop, self.patience)

    def keep_source(self, checkout: Path) -> None:
        """Keep nothing."""
        del checkout

    def _mirrored(self, kind: Kind, wanted: Wanted) -> Wanted:
        if not self.mirror:
            return wanted
        base = f"{self.mirror.rstrip('/')}/{kind}/"
        beside = base + wanted.file.removesuffix(".onnx") + ".hash"
        return replace(
            wanted,
            urls=(base + wanted.file, *wanted.urls),
            crc_urls=(*wanted.crc_urls, beside) if wanted.crc_urls else (),
        )


@dataclass(frozen=True, slots=True)
class Given:
    """A folder of the user's: a mirror on disk, or whatever of FaceFusion lies in it.

    Models and wheels are found anywhere below by their names; the source may be a checkout,
    a clone (also a bare one) or an archive.
    """

    folder: Path

    def fetch(
        self, kind: Kind, wanted: Wanted, to: Path, share: Share, stop: threading.Event
    ) -> Digest:
        """Copy it.

        Raises:
            NotThere: the folder does not hold it.
            WrongFile: what it holds under that name is another file.
        """
        to.parent.mkdir(parents=True, exist_ok=True)
        if kind == "source":
            return self._source(wanted, to, share, stop)
        found = next(iter(sorted(self.folder.rglob(wanted.file))), None)
        if found is None:
            raise NotThere(f"{wanted.file} is not in {self.folder}.")
        return _copied(found, wanted, to, share, stop)

    def keep_source(self, checkout: Path) -> None:
        """Keep nothing."""
        del checkout

    def _source(self, wanted: Wanted, to: Path, share: Share, stop: threading.Event) -> Digest:
        for place in (self.folder, *sorted(self.folder.glob("*"))):
            if place.is_dir() and _is_clone(place) and _archived(place, to):
                return Digest("")
            if (place / "facefusion.py").is_file():
                return source.pack(place, to)
        for name in (wanted.file, f"facefusion-{COMMIT}.tar", f"{COMMIT}.tar.gz"):
            for found in sorted(self.folder.rglob(name)):
                return _copied(found, wanted, to, share, stop)
        raise NotThere(f"{self.folder} holds no source of FaceFusion (commit {COMMIT[:8]}).")


@dataclass(frozen=True, slots=True)
class Bucketed:
    """The user's bucket first; what it lacks comes from elsewhere, once, and is put there.

    Everything lies under its own digest and is checked when it is read, so nobody who may
    write here can make another take other bytes.
    """

    place: Place
    credentials: Callable[[], Credentials]
    elsewhere: Origin
    say: Callable[[str], None]

    def fetch(
        self, kind: Kind, wanted: Wanted, to: Path, share: Share, stop: threading.Event
    ) -> Digest:
        """Take it from the bucket, or from elsewhere and put it there.

        Raises:
            ProvisionFailed: it cannot be had.
            BucketFailed: the bucket does not answer.
        """
        if stop.is_set():
            raise Stopped("The installation was stopped.")
        to.parent.mkdir(parents=True, exist_ok=True)
        digest = source.ARCHIVE_DIGEST if kind == "source" else wanted.digest
        name = wanted.file.removesuffix(".onnx")
        pinned = digest or self._pin(name)
        if pinned is not None and self._taken(pinned, wanted.file, to):
            return pinned
        self.say(f"{wanted.file}: from the internet, this once")
        if kind == "source":
            return self.elsewhere.fetch(kind, wanted, to, share, stop)
        got = self.elsewhere.fetch(kind, replace(wanted, digest=pinned), to, share, stop)
        self._put(got, to)
        if digest is None:
            self._pin_down(name, got)
        return got

    def keep_source(self, checkout: Path) -> None:
        """Put the checkout in the bucket, in the one form that always has the same bytes."""
        if is_there(self.place, blob_key(source.ARCHIVE_DIGEST), self.credentials()):
            return
        archive = checkout.with_name(f"{checkout.name}.tar")
        try:
            digest = source.pack(checkout, archive)
            self._put(digest, archive)
        finally:
            archive.unlink(missing_ok=True)

    def _taken(self, digest: Digest, file: str, to: Path) -> bool:
        key = blob_key(digest)
        if not is_there(self.place, key, self.credentials()):
            return False
        try:
            with full_disk_named(file):
                fetch(self.place, key, to, digest, self.credentials())
        except BucketFailed as error:
            self.say(f"{file}: {error}")
            return False
        self.say(f"{file}: from the bucket")
        return True

    def _put(self, digest: Digest, path: Path) -> None:
        try:
            put_file_if_absent(self.place, blob_key(digest), path, digest, self.credentials())
        except AlreadyThere:
            return
        except BucketFailed as error:  # the next host asks the internet again, and that is all
            self.say(f"{path.name}: not kept in the bucket: {error}")

    def _pin(self, name: str) -> Digest | None:
        held = read_if_there(self.place, pin_key(name), self.credentials())
        return read_pin(held) if held is not None else None

    def _pin_down(self, name: str, digest: Digest) -> None:
        """Say for all later hosts which file this model is.

        Raises:
            WrongFile: another host said another one meanwhile.
        """
        try:
            put_if_absent(self.place, pin_key(name), pin_text(digest), self.credentials())
        except AlreadyThere as error:
            if self._pin(name) != digest:
                raise WrongFile(f"{name} is another file here than on another host.") from error
        except BucketFailed as error:
            self.say(f"{name}: its digest is not kept in the bucket: {error}")


def blob_key(digest: Digest) -> str:
    """Return where a file of FaceFusion's lies in a bucket."""
    return f"{PREFIX}blobs/{digest}"


def order_key(digest: str) -> str:
    """Return where an order for hosts lies in a bucket."""
    return f"{PREFIX}orders/{digest}.json"


def pin_key(name: str) -> str:
    """Return where a bucket holds the digest of a model that the manifest has none for."""
    return f"{PREFIX}pins/{name}.json"


def pin_text(digest: Digest) -> bytes:
    """Return what a pin says."""
    return json.dumps({"sha256": digest}).encode()


def read_pin(text: bytes) -> Digest:
    """Return the digest that a pin says.

    Raises:
        WrongFile: it says none.
    """
    try:
        digest = str(json.loads(text)["sha256"])
        if len(bytes.fromhex(digest)) == 32:
            return Digest(digest.lower())
    except (ValueError, KeyError, TypeError):
        pass
    raise WrongFile("The bucket's note of a model's digest cannot be read.")


def _copied(found: Path, wanted: Wanted, to: Path, share: Share, stop: threading.Event) -> Digest:
    part = to.with_name(f"{to.name}.part")
    seen, had, total = hashlib.sha256(), 0, found.stat().st_size
    try:
        with full_disk_named(wanted.file), found.open("rb") as held, part.open("wb") as file:
            while data := held.read(_PART_BYTES):
                if stop.is_set():
                    raise Stopped(f"Copying {wanted.file} was stopped.")
                seen.update(data)
                file.write(data)
                had += len(data)
                share(had, total)
        digest = Digest(seen.hexdigest())
        _require_wanted(found, part, wanted, digest)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return digest


def _require_wanted(found: Path, part: Path, wanted: Wanted, digest: Digest) -> None:
    if wanted.digest is not None and digest != wanted.digest:
        raise WrongFile(f"{found} is not the file it should be.")
    beside = found.with_suffix(".hash")
    if wanted.digest is None and wanted.crc_urls and beside.is_file():
        told = beside.read_text(encoding="ascii", errors="replace").strip().lower()
        if told != crc32_of(part):
            raise WrongFile(f"{found} does not have the checksum that lies beside it.")


def _is_clone(folder: Path) -> bool:
    return (folder / ".git").exists() or (folder / "HEAD").is_file()


def _archived(clone: Path, to: Path) -> bool:
    """Write the pinned state of a clone to ``to``; return whether the clone has it."""
    git = shutil.which("git")
    if git is None:
        return False
    command = [git, "-C", str(clone), "archive", "--format=tar", f"--output={to}", COMMIT]
    try:
        subprocess.run(
            command, check=True, capture_output=True, timeout=_GIT_S, stdin=subprocess.DEVNULL
        )
    except (subprocess.SubprocessError, OSError):
        to.unlink(missing_ok=True)
        return False
    return True
