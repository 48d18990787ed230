"""Make the Python that FaceFusion runs in out of checked wheels, and check it later.

Nothing is resolved, compiled or run: the wheels are those of a lock, and unpacking them is
all that importing needs (see ``remote_worker.wheels``).
"""

from __future__ import annotations

import base64
import csv
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion.download import Stopped, WrongFile, full_disk_named
from remote_worker.engines.facefusion.installation import (
    UNFINISHED,
    Installation,
    ProvisionFailed,
)
from remote_worker.wheels import WheelRefused, unpack

_VENV_S = 300.0
_ASKED_S = 120.0
WHOLE = ".whole"
"""In an environment, written last: the digest of the packages it was made of."""


class EnvironmentFailed(ProvisionFailed):
    """The Python that FaceFusion runs in could not be made; nothing was changed."""

    reason = "engine_environment"
    advice = "Send the job's diagnostics to the developers."


_ASKING = """
import ctypes, os, sys
import onnxruntime
capi = os.path.join(os.path.dirname(onnxruntime.__file__), "capi")

def loads(kind):
    path = os.path.join(capi, "libonnxruntime_providers_" + kind + ".so")
    if sys.platform == "win32" or not os.path.exists(path):
        return True
    try:
        ctypes.CDLL(os.path.join(capi, "libonnxruntime_providers_shared.so"), ctypes.RTLD_GLOBAL)
        ctypes.CDLL(path)
    except OSError:
        return False
    return True

kinds = {"CUDAExecutionProvider": "cuda", "TensorrtExecutionProvider": "tensorrt"}
found = [each for each in onnxruntime.get_available_providers() if loads(kinds.get(each, each))]
print("onnxruntime", onnxruntime.__version__)
print("providers", " ".join(found))
"""
"""Onnxruntime names all that it was built for; here those count whose libraries load."""


def environment_digest(wheels: Iterable[Digest], python_version: str) -> Digest:
    """Return what names an environment: its packages, for one version of Python."""
    text = "\n".join((python_version, *sorted(wheels)))
    return Digest(hashlib.sha256(text.encode()).hexdigest())


def is_made(installation: Installation, digest: Digest) -> bool:
    """Return whether the environment is there, whole, of these packages."""
    try:
        told = (installation.environment / WHOLE).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    return told == digest and installation.python.exists()


def make_environment(
    installation: Installation,
    wheels: Sequence[Path],
    digest: Digest,
    unpacked: Callable[[Path], None],
) -> None:
    """Make the environment anew of wheels that were checked already.

    ``unpacked`` hears of each wheel, and may raise to stop.

    Raises:
        EnvironmentFailed: this Python cannot make one.
        WrongFile: a wheel cannot be unpacked.
        NoSpace: the disk is full.
    """
    building = Installation(installation.folder / f"{UNFINISHED}{uuid.uuid4().hex}")
    try:
        with full_disk_named("FaceFusion's packages"):
            _make_venv(building.environment)
            _unpack_all(wheels, site_packages(building), unpacked)
            (building.environment / WHOLE).write_text(digest, encoding="ascii")
            shutil.rmtree(installation.environment, ignore_errors=True)
            building.environment.rename(installation.environment)
    except WheelRefused as error:
        raise WrongFile(str(error)) from error
    finally:
        shutil.rmtree(building.folder, ignore_errors=True)


def _unpack_all(wheels: Sequence[Path], to: Path, unpacked: Callable[[Path], None]) -> None:
    with ThreadPoolExecutor() as pool:
        going = {pool.submit(unpack, wheel, to): wheel for wheel in wheels}
        try:
            for done in as_completed(going):
                done.result()
                unpacked(going[done])
        finally:
            pool.shutdown(cancel_futures=True)


def site_packages(installation: Installation) -> Path:
    """Return where the environment's packages lie."""
    if sys.platform == "win32":
        return installation.environment / "Lib" / "site-packages"
    library = installation.environment / "lib"  # of the Python it was made with, not of ours
    found = sorted(library.glob("python3.*/site-packages"))
    return found[0] if found else library / "site-packages"


def library_folders(installation: Installation) -> tuple[Path, ...]:
    """Return where the environment has CUDA's and TensorRT's libraries, for the loader's path."""
    packages = site_packages(installation)
    found = (*packages.glob("nvidia/**/*"), *packages.glob("tensorrt_libs/*"))
    kinds = {path.parent for path in found if ".so" in path.name or path.suffix == ".dll"}
    return tuple(sorted(kinds))


def child_environ(installation: Installation) -> dict[str, str]:
    """Return what a child that runs FaceFusion needs among its variables, beside our own.

    Without them onnxruntime does not find the CUDA that was installed for it.
    """
    name = "PATH" if sys.platform == "win32" else "LD_LIBRARY_PATH"
    own = [str(folder) for folder in library_folders(installation)]
    told = [*own, *filter(None, [os.environ.get(name, "")])]
    return {name: os.pathsep.join(told)} if own else {}


def damaged_files(installation: Installation, stop: threading.Event) -> tuple[str, ...]:
    """Return the files of the environment that are not what their wheels recorded.

    Raises:
        Stopped: ``stop`` was set meanwhile.
    """
    packages = site_packages(installation)
    bad: list[str] = []
    for record in sorted(packages.glob("*.dist-info/RECORD")):
        with record.open(newline="", encoding="utf-8") as lines:
            for row in csv.reader(lines):
                if stop.is_set():
                    raise Stopped("Reading FaceFusion's files was stopped.")
                if len(row) == 3 and _bad(packages, *row):
                    bad.append(row[0])
    return tuple(bad)


def asked(installation: Installation) -> dict[str, str]:
    """Ask the environment itself for its onnxruntime and what that can run on here.

    Raises:
        EnvironmentFailed: it does not start, or onnxruntime cannot be imported.
    """
    environ = {**os.environ, **child_environ(installation)}
    try:
        told = subprocess.run(
            [str(installation.python), "-I", "-c", _ASKING],
            check=True, capture_output=True, text=True, timeout=_ASKED_S, env=environ,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        words = str(getattr(error, "stderr", None) or error).strip()[-400:]
        raise EnvironmentFailed(f"FaceFusion's Python does not work: {words}") from error
    lines = (line.partition(" ") for line in told.stdout.splitlines())
    return {name: rest for name, _, rest in lines if name in ("onnxruntime", "providers")}


def _make_venv(folder: Path) -> None:
    command = [sys.executable, "-I", "-m", "venv", "--without-pip", str(folder)]
    try:
        subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=_VENV_S,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        words = str(getattr(error, "stderr", None) or error).strip()[-400:]
        raise EnvironmentFailed(f"No Python environment could be made: {words}") from error


def _bad(packages: Path, name: str, told: str, size: str) -> bool:
    kind, _, expected = told.partition("=")
    if kind != "sha256" or _not_unpacked(name):
        return False
    try:
        with (packages / name).open("rb") as file:
            seen = hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return True
    return base64.urlsafe_b64encode(seen).rstrip(b"=").decode() != expected and bool(size)


def _not_unpacked(name: str) -> bool:
    """Return whether a file of a wheel goes elsewhere, as commands do."""
    first, _, _ = name.partition("/")
    return first.endswith(".data") or name.startswith("..")
