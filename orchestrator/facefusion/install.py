"""Install FaceFusion on this machine, say what that would bring, check it, remove it."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from orchestrator.facefusion.errors import (
    EngineInstallFailed,
    EngineLicenceOpen,
    EngineNotInstalled,
)
from orchestrator.facefusion.packages import (
    FLAVOURS,
    flavour_here,
    packages_for,
    python_here,
    system_here,
)
from orchestrator.facefusion.tensorrt import folder_of, kept_for
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion import source
from remote_worker.engines.facefusion.download import NotThere, Share, Wanted
from remote_worker.engines.facefusion.environment import asked, damaged_files
from remote_worker.engines.facefusion.installation import (
    UNFINISHED,
    VERSION,
    Installation,
    State,
    default_folder,
)
from remote_worker.engines.facefusion.licences import PROGRAM_LICENCE
from remote_worker.engines.facefusion.manifest import (
    known_digest,
    manifest,
    model_files,
    read_pins,
)
from remote_worker.engines.facefusion.options import models_needed
from remote_worker.engines.facefusion.origins import Given, Published
from remote_worker.engines.facefusion.provision import (
    Kind,
    Order,
    Origin,
    Tell,
    holding,
    provision,
)
from remote_worker.errors import EngineFailed

PartState = Literal["good", "missing", "damaged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that is or would be installed."""

    name: str
    purpose: str
    licence: str
    """FaceFusion's own label, or that of the package."""
    vendor: str
    commercial: bool
    """Whether the label allows commercial use."""
    part_bytes: int | None
    """About; None: nobody said."""
    state: PartState
    is_model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is installed in a folder, and what is not."""

    folder: Path
    state: State | None
    """None: no whole installation is there."""
    flavour: str
    """What is installed, else what would be."""
    parts: tuple[Part, ...]
    used_bytes: int
    providers: str = ""
    """What onnxruntime can run on here; only known after a check."""

    @property
    def missing_bytes(self) -> int:
        """About how much has to be fetched."""
        return sum(part.part_bytes or 0 for part in self.parts if part.state != "good")

    @property
    def ready(self) -> bool:
        """Whether everything is there and good, as far as it was looked at."""
        return self.state is not None and all(part.state == "good" for part in self.parts)

    @property
    def restricted(self) -> tuple[Part, ...]:
        """What may not be used commercially by its label."""
        return tuple(part for part in self.parts if not part.commercial)


def installation_here() -> Installation:
    """Return where FaceFusion is, or would be, installed on this machine."""
    return Installation(default_folder())


def default_models() -> tuple[str, ...]:
    """Return the models that the default settings need."""
    return models_needed({})


def models_for(settings: Iterable[Mapping[str, str]], names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the models that any of these settings need, and those called ``names``, sorted.

    Raises:
        EngineInstallFailed: a setting or name is unknown.
    """
    wanted = set(names)
    try:
        for each in settings:
            wanted.update(models_needed(each))
        return tuple(model.name for model in model_files(wanted))
    except (ValueError, EngineFailed) as error:
        raise EngineInstallFailed(str(error), "Look at `secondunit engine check --all`.") from error


def look(
    installation: Installation, models: Iterable[str] | None = None, flavour: str = ""
) -> Standing:
    """Return what is there, at a glance: files that are there are taken for good.

    Args:
        installation: where.
        models: what is wanted; the default settings' models and what is there, if not given.
        flavour: what would be installed; what fits this machine, if not given.

    Raises:
        EngineUnsupported: that flavour is not to be had for this system.
    """
    state = installation.state()
    chosen = flavour or (state.flavour if state else flavour_here())
    wanted = default_models() if models is None else tuple(models)
    there = {path.stem for path in installation.models.glob("*.onnx")} & set(manifest())
    parts = (
        *_program_parts(installation, state, chosen),
        *(_model_part(installation, name) for name in sorted({*wanted, *there})),
    )
    return Standing(
        folder=installation.folder,
        state=state,
        flavour=chosen,
        parts=parts,
        used_bytes=_bytes_in(installation.folder),
    )


def look_quickly() -> tuple[State | None, int, tuple[str, ...]]:
    """Return what is installed here, how many models, and which default ones are missing."""
    here = installation_here()
    there = {path.stem for path in here.models.glob("*.onnx")} & set(manifest())
    missing = tuple(name for name in default_models() if name not in there)
    return here.state(), len(there), missing


def install(
    installation: Installation,
    models: Iterable[str],
    *,
    tell: Tell,
    stop: threading.Event,
    accepted: bool,
    given: str = "",
    flavour: str = "",
    offline: bool = False,
) -> State:
    """Have FaceFusion and these models here; what is here and good stays.

    Args:
        installation: where.
        models: which.
        tell: hears how far it is, on this thread.
        stop: set from another thread to stop; what had arrived is kept.
        accepted: whether somebody has agreed to the licences of the parts.
        given: a folder of the user's, or the address of a mirror, which is asked first; empty:
            where it is published.
        flavour: which onnxruntime; what fits this machine, if not given.
        offline: whether what ``given`` lacks is not asked for where it is published.

    Raises:
        EngineLicenceOpen: a part that is missing may not be used commercially, and nobody agreed.
        EngineInstallFailed: a part cannot be had; ``code`` says why, such as ``engine_stopped``.
        EngineUnsupported: that flavour is not to be had for this system.
        OSError: the folder cannot be written to.
    """
    wanted = tuple(models)
    standing = look(installation, wanted, flavour)
    open_ = [part.name for part in standing.restricted if part.state != "good"]
    if open_ and not accepted:
        raise EngineLicenceOpen(
            f"By their labels these are not for commercial use: {', '.join(open_)}.",
            "Read the licences, then accept them to install.",
        )
    order = order_here(installation, wanted, standing.flavour, mirror=_mirror(given))
    with failing_in_words():
        origin = _origin(given, installation, offline=offline)
        return provision(order, installation, origin, tell, stop)


def order_here(
    installation: Installation, models: tuple[str, ...], flavour: str, *, mirror: str = ""
) -> Order:
    """Return what is to be installed on this machine.

    Raises:
        EngineUnsupported: that flavour is not to be had for this system.
    """
    return Order(
        flavour=flavour,
        onnxruntime=FLAVOURS[flavour].onnxruntime if flavour in FLAVOURS else "",
        python_version=python_here(),
        packages=(
            *packages_for(flavour, system_here(), python_here()),
            *kept_for(installation, flavour, system_here()),
        ),
        models=models,
        pins={},
        mirror=mirror,
    )


def check(installation: Installation, stop: threading.Event) -> Standing:
    """Return what is there after reading every byte of it.

    Raises:
        EngineNotInstalled: nothing is there.
        EngineInstallFailed: it was stopped, or the Python in it does not start.
    """
    state = installation.state()
    if state is None:
        raise EngineNotInstalled(
            f"FaceFusion {VERSION} is not installed in {installation.folder}.",
            "Install it under Settings, Engine, or with `secondunit engine install`.",
        )
    with failing_in_words():
        parts = [_checked(installation, part, stop) for part in look(installation).parts]
        told = asked(installation) if parts[1].state == "good" else {}
    return Standing(
        folder=installation.folder,
        state=state,
        flavour=state.flavour,
        parts=tuple(parts),
        used_bytes=_bytes_in(installation.folder),
        providers=told.get("providers", ""),
    )


def remove(installation: Installation) -> int:
    """Remove all of it, also what a stopped installation left; return how many bytes that freed.

    Raises:
        EngineNotInstalled: nothing is there.
        EngineInstallFailed: another process installs into it.
        OSError: a file is in use; what is left can be removed again.
    """
    folder = installation.folder
    if not _is_ours(folder):
        raise EngineNotInstalled(
            f"There is no FaceFusion of this app in {folder}.", "Nothing has to be removed."
        )
    freed_bytes = _bytes_in(folder)
    with failing_in_words(), holding(installation, threading.Event(), 0.0):
        installation.state_file.unlink(missing_ok=True)  # half of one is none
        going = folder / f"{UNFINISHED}{uuid.uuid4().hex}"
        going.mkdir()
        for name in _NAMES:
            with contextlib.suppress(FileNotFoundError):  # it was never installed
                (folder / name).rename(going / name)
        for unfinished in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(unfinished)
    with contextlib.suppress(OSError):  # all that takes room is gone
        (folder / "install-lock.sqlite").unlink(missing_ok=True)
        folder.rmdir()  # unless something of somebody else's is in it
    return freed_bytes


_NAMES = ("source", "environment", "models", "caches", "parts", "tensorrt", "models.lock.json")


@contextlib.contextmanager
def failing_in_words() -> Iterator[None]:
    """Map what fails in the installing itself to this side's error.

    Raises:
        EngineInstallFailed: with the same words.
    """
    try:
        yield
    except EngineFailed as error:
        raise EngineInstallFailed(error.sentence, error.advice, error.reason) from error


def lock_models(folder: Path, stop: threading.Event) -> Mapping[str, Digest]:
    """Return the digest of every known model below a folder: for the publisher's manifest.

    Raises:
        EngineNotInstalled: none is there.
        EngineInstallFailed: it was stopped, or a file is not the one the manifest names.
    """
    known, found = manifest(), {}
    for path in sorted(folder.rglob("*.onnx")):
        if path.stem not in known:
            continue
        _require_going(stop)
        digest = digest_of_file(path)
        expected = known[path.stem].digest
        if expected is not None and digest != expected:
            raise EngineInstallFailed(
                f"{path} is not the file that the manifest names.", "Look where it came from."
            )
        found[path.stem] = digest
    if not found:
        raise EngineNotInstalled(f"No model of FaceFusion lies in {folder}.", "Name another.")
    return found


# -- parts ----------------------------------------------------------------------------------


def _program_parts(
    installation: Installation, state: State | None, flavour: str
) -> tuple[Part, Part]:
    packages = packages_for(flavour, system_here(), python_here())
    program = Part(
        name=f"FaceFusion {VERSION}",
        purpose="the program",
        licence=PROGRAM_LICENCE,
        vendor="Henry Ruhs",
        commercial=True,
        part_bytes=4 << 20,
        state="good" if installation.source.is_dir() else "missing",
    )
    runtime = Part(
        name=f"onnxruntime {FLAVOURS[flavour].onnxruntime} ({flavour})",
        purpose="what it runs on",
        licence="MIT, BSD, Apache-2.0" + (", NVIDIA" if flavour != "cpu" else ""),
        vendor="PyPI",
        commercial=True,
        part_bytes=sum(package.package_bytes for package in packages),
        state="good" if state is not None and state.flavour == flavour else "missing",
    )
    return program, runtime


def _model_part(installation: Installation, name: str) -> Part:
    model = manifest()[name]
    path = installation.models / model.file
    return Part(
        name=name,
        purpose=model.purpose,
        licence=model.licence,
        vendor=model.vendor,
        commercial=model.commercial,
        part_bytes=path.stat().st_size if path.exists() else model.about_bytes,
        state="good" if path.exists() else "missing",
        is_model=True,
    )


def _checked(installation: Installation, part: Part, stop: threading.Event) -> Part:
    _require_going(stop)
    if part.state == "missing":
        return part
    if part.is_model:
        good = _is_good_model(installation, part.name)
    elif part.purpose == "the program":
        good = source.tree_digest(installation.source) == source.TREE_DIGEST
    else:
        good = not damaged_files(installation, stop)
    return _with_state(part, "good" if good else "damaged")


def _is_good_model(installation: Installation, name: str) -> bool:
    model = manifest()[name]
    expected = known_digest(model, read_pins(installation.lock))
    return digest_of_file(installation.models / model.file) == expected


def _with_state(part: Part, state: PartState) -> Part:
    return replace(part, state=state)


def _require_going(stop: threading.Event) -> None:
    if stop.is_set():
        raise EngineInstallFailed("It was stopped.", "Start it again.", "engine_stopped")


# -- where it comes from --------------------------------------------------------------------


def _mirror(given: str) -> str:
    return given if urlsplit(given).scheme in ("http", "https") else ""


@dataclass(frozen=True, slots=True)
class _First:
    """A folder first, and elsewhere what it lacks."""

    folder: Given
    elsewhere: Origin

    def fetch(
        self, kind: Kind, wanted: Wanted, to: Path, share: Share, stop: threading.Event
    ) -> Digest:
        """Copy it, else ask elsewhere; a wrong file in the folder is said and not passed over."""
        try:
            return self.folder.fetch(kind, wanted, to, share, stop)
        except NotThere:
            if not wanted.urls:
                raise
        return self.elsewhere.fetch(kind, wanted, to, share, stop)

    def keep_source(self, checkout: Path) -> None:
        """Keep nothing."""
        del checkout


def _origin(given: str, installation: Installation, *, offline: bool) -> Origin:
    """Return where parts come from: what a user brought for good is always looked at first."""
    return _First(Given(folder_of(installation)), _asked_place(given, offline=offline))


def _asked_place(given: str, *, offline: bool) -> Origin:
    if not given or _mirror(given):
        if offline:
            raise EngineInstallFailed(
                "Nothing is fetched offline.", "Name a folder with the parts."
            )
        return Published(given)
    folder = Path(given).expanduser().absolute()
    if not folder.is_dir():
        raise EngineInstallFailed(
            f"{folder} is no folder.", "Choose a folder, or an address that begins with https."
        )
    return Given(folder) if offline else _First(Given(folder), Published())


def _is_ours(folder: Path) -> bool:
    return any((folder / name).exists() for name in (*_NAMES, "installed.json"))


def _bytes_in(folder: Path) -> int:
    total = 0
    for base, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # it went while we looked
                total += Path(base, name).lstat().st_size
    return total
