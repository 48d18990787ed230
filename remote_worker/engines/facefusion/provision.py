"""Install FaceFusion into one folder: its source, its Python, the models that are asked for.

The same steps serve a desktop and a rented host; they differ in where files come from
(:class:`Origin`).  Every step is skipped when it was done, a kill at any moment leaves what
had arrived, and what is there is used only after it was checked.  Standard library only.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from remote_worker.checkpoint import write_whole
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion import source
from remote_worker.engines.facefusion.download import (
    Share,
    Stopped,
    Wanted,
    crc32_of,
    full_disk_named,
    require_space,
)
from remote_worker.engines.facefusion.environment import (
    environment_digest,
    is_made,
    make_environment,
)
from remote_worker.engines.facefusion.installation import (
    COMMIT,
    UNFINISHED,
    Installation,
    ProvisionFailed,
    State,
)
from remote_worker.engines.facefusion.manifest import (
    ModelFile,
    known_digest,
    model_files,
    read_pins,
    write_pins,
)

Kind = Literal["source", "packages", "models"]
SOURCE_URLS = (f"https://github.com/facefusion/facefusion/archive/{COMMIT}.tar.gz",)
_SOURCE_BYTES = 4 << 20
_UNPACKED = 3
"""About how often the size of its wheels an environment needs while it is made."""
_LOOK_S = 0.5


class Busy(ProvisionFailed):
    """Another process installs into the folder; nothing was changed."""

    reason = "engine_busy"
    advice = "Wait for it to end, or look at the other window."


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One wheel of a lock."""

    file: str
    url: str
    """Empty: it is published nowhere, and lies where whoever ordered it brought it."""
    digest: Digest
    package_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be installed; it holds no secret, and hosts get it as JSON."""

    flavour: str
    onnxruntime: str
    python_version: str
    """Such as ``3.12``: what the packages are for."""
    packages: tuple[Package, ...]
    models: tuple[str, ...]
    pins: Mapping[str, Digest]
    """Digests that the manifest does not name and whoever orders knows."""
    mirror: str = ""
    """Address to ask first, which has ``source/``, ``packages/`` and ``models/``; or empty."""

    @property
    def environment_digest(self) -> Digest:
        """What names the environment."""
        return environment_digest((each.digest for each in self.packages), self.python_version)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an installation is."""

    step: Literal["looking", "source", "packages", "unpacking", "models", "done"]
    file: str
    done_bytes: int
    """Of everything that has to be fetched."""
    total_bytes: int
    """About; it grows when a file turns out to be larger than was said."""


Tell = Callable[[Progress], None]


class Origin(Protocol):
    """Where files come from."""

    def fetch(
        self, kind: Kind, wanted: Wanted, to: Path, share: Share, stop: threading.Event
    ) -> Digest:
        """Have a file at ``to``, whole and checked; return its digest.

        Raises:
            ProvisionFailed: it cannot be had.
        """
        ...

    def keep_source(self, checkout: Path) -> None:
        """Hear that a checkout was found to be the pinned one."""
        ...


def provision(
    order: Order,
    installation: Installation,
    origin: Origin,
    tell: Tell,
    stop: threading.Event,
    *,
    wait_s: float = 0.0,
) -> State:
    """Have everything of ``order`` installed; return what is installed.

    Raises:
        Busy: another process has installed into the folder for longer than ``wait_s``.
        ProvisionFailed: a part cannot be had, is another one, or there is no room.
        OSError: the folder cannot be written to.
    """
    installation.folder.mkdir(parents=True, exist_ok=True)
    with holding(installation, stop, wait_s), full_disk_named("FaceFusion"):
        return _Installer(order, installation, origin, tell, stop).run()


@contextlib.contextmanager
def holding(installation: Installation, stop: threading.Event, wait_s: float) -> Iterator[None]:
    """Keep others from installing into the folder; the system lets go when we die.

    Raises:
        Busy: another process has it.
        Stopped: ``stop`` was set meanwhile.
    """
    until_s = time.monotonic() + wait_s
    path = installation.folder / "install-lock.sqlite"
    while (base := _taken(path)) is None:
        if stop.wait(_LOOK_S if wait_s else 0):
            raise Stopped("The installation was stopped.")
        if time.monotonic() >= until_s:
            raise Busy(f"Another process installs FaceFusion into {installation.folder}.")
    try:
        yield
    finally:
        base.close()


def _taken(path: Path) -> sqlite3.Connection | None:
    base = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        base.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        base.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        base.close()
        return None
    return base


class _Installer:
    def __init__(
        self,
        order: Order,
        installation: Installation,
        origin: Origin,
        tell: Tell,
        stop: threading.Event,
    ) -> None:
        self._order, self._installation, self._origin = order, installation, origin
        self._tell, self._stop = tell, stop
        self._parts = installation.folder / "parts"
        self._done_bytes = self._total_bytes = 0

    def run(self) -> State:
        self._tell(Progress("looking", "", 0, 0))
        pins = self._merged_pins()
        has_source = self._has_source()
        has_packages = is_made(self._installation, self._order.environment_digest)
        missing = [each for each in model_files(self._order.models) if not self._good(each, pins)]
        self._plan(has_source=has_source, has_packages=has_packages, missing=missing)
        if not has_source:
            self._install_source()
        if not has_packages:
            self._install_packages()
        state = self._write_state()  # what needs no other model can be rendered from here on
        for model in missing:
            self._install_model(model, pins)
        self._sweep()
        self._tell(Progress("done", "", self._total_bytes, self._total_bytes))
        return state

    def _merged_pins(self) -> Mapping[str, Digest]:
        write_pins(self._installation.lock, self._order.pins)
        return read_pins(self._installation.lock)

    def _has_source(self) -> bool:
        try:
            return source.tree_digest(self._installation.source) == source.TREE_DIGEST
        except OSError:
            return False

    def _good(self, model: ModelFile, pins: Mapping[str, Digest]) -> bool:
        """Return whether a model is there and is what it should be; its hash is made anew."""
        path = self._installation.models / model.file
        self._require_going()
        try:
            digest = digest_of_file(path)
        except OSError:
            return False
        if digest != known_digest(model, pins):
            return False
        self._write_hash(model)
        return True

    def _plan(self, *, has_source: bool, has_packages: bool, missing: list[ModelFile]) -> None:
        wheels = 0 if has_packages else sum(each.package_bytes for each in self._order.packages)
        models = sum(model.about_bytes or 0 for model in missing)
        self._total_bytes = wheels + models + (0 if has_source else _SOURCE_BYTES)
        here = sum(part.stat().st_size for part in self._parts.glob("*.part"))
        needed = max(0, wheels + models - here) + wheels * _UNPACKED
        require_space(self._installation.folder, needed)

    def _install_source(self) -> None:
        wanted = Wanted(
            file=f"facefusion-{COMMIT}.tar.gz",
            urls=SOURCE_URLS,
            digest=None,
            by_content=True,
            about_bytes=_SOURCE_BYTES,
        )
        archive = self._parts / wanted.file
        self._fetch("source", wanted, archive)
        try:
            source.unpack(archive, self._installation.source)
        finally:
            archive.unlink(missing_ok=True)
        self._origin.keep_source(self._installation.source)

    def _install_packages(self) -> None:
        folder = self._parts / "packages"
        wheels = []
        for package in self._order.packages:
            wheel = folder / package.file
            wanted = Wanted(
                file=package.file,
                urls=(package.url,) if package.url else (),
                digest=package.digest,
                about_bytes=package.package_bytes,
            )
            self._fetch("packages", wanted, wheel, known=True)
            wheels.append(wheel)
        self._say("unpacking", "", self._done_bytes)
        digest = self._order.environment_digest
        make_environment(self._installation, wheels, digest, self._unpacked)
        for wheel in wheels:
            wheel.unlink()

    def _unpacked(self, wheel: Path) -> None:
        self._require_going()
        self._say("unpacking", wheel.name, self._done_bytes)

    def _install_model(self, model: ModelFile, pins: Mapping[str, Digest]) -> None:
        wanted = Wanted(
            file=model.file,
            urls=model.urls(),
            digest=known_digest(model, pins),
            crc_urls=model.hash_urls(),
            about_bytes=model.about_bytes,
        )
        arrived = self._parts / model.file
        digest = self._fetch("models", wanted, arrived)
        if model.digest is None:
            write_pins(self._installation.lock, {model.name: digest})
        self._installation.models.mkdir(exist_ok=True)
        arrived.replace(self._installation.models / model.file)
        self._write_hash(model)

    def _fetch(self, kind: Kind, wanted: Wanted, to: Path, *, known: bool = False) -> Digest:
        """Have a file at ``to``; one that is ``known`` to have arrived is not asked for."""
        self._require_going()
        began = self._done_bytes
        told = wanted.about_bytes or 0
        self._say(kind, wanted.file, began)
        if wanted.digest is not None and known and _is_file(to, wanted.digest):
            digest = wanted.digest
        else:
            self._parts.mkdir(exist_ok=True)
            digest = self._origin.fetch(kind, wanted, to, self._share(kind, wanted), self._stop)
        self._done_bytes = began + to.stat().st_size
        self._total_bytes += to.stat().st_size - told
        return digest

    def _share(self, kind: Kind, wanted: Wanted) -> Share:
        began = self._done_bytes

        def share(have: int, total: int | None) -> None:
            del total
            self._say(kind, wanted.file, began + have)

        return share

    def _say(
        self, step: Literal["source", "packages", "unpacking", "models"], file: str, done: int
    ) -> None:
        self._tell(Progress(step, file, done, max(done, self._total_bytes)))

    def _write_hash(self, model: ModelFile) -> None:
        """Put beside a checked model what FaceFusion itself looks for: its CRC32."""
        beside = self._installation.models / f"{model.name}.hash"
        told = crc32_of(self._installation.models / model.file)
        if not beside.exists() or beside.read_text(encoding="ascii", errors="replace") != told:
            write_whole(beside, [told.encode()])

    def _write_state(self) -> State:
        state = State(
            commit=COMMIT,
            tree_digest=source.TREE_DIGEST,
            flavour=self._order.flavour,
            environment_digest=self._order.environment_digest,
            onnxruntime=self._order.onnxruntime,
        )
        write_whole(self._installation.state_file, [json.dumps(asdict(state)).encode()])
        return state

    def _sweep(self) -> None:
        """Remove what earlier tries left behind."""
        folder = self._installation.folder
        for left in (*folder.glob(f"{UNFINISHED}*"), *folder.glob(f"source/{UNFINISHED}*")):
            _removed(left)
        _removed(self._parts)

    def _require_going(self) -> None:
        if self._stop.is_set():
            raise Stopped("The installation was stopped.")


def _removed(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):  # it is in the way of nothing
            path.unlink()


def _is_file(path: Path, digest: Digest) -> bool:
    return path.exists() and digest_of_file(path) == digest
