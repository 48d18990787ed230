"""Say where FaceFusion lies on this machine: its source, its Python, its models, its caches.

Nothing of FaceFusion is part of this product.  ``orchestrator.facefusion`` installs it on a
desktop, ``provision`` on a rented host; both lay it out as described here.  Standard library
only, so that a host can use it before anything is installed.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from remote_worker.errors import EngineFailed

COMMIT = "33cc6b40a4a538023e12893a0439ce5062e56e36"
"""The one state of FaceFusion (3.8.1 and one change of wording) that this build speaks to."""
VERSION = "3.8.1"
VARIABLE = "SECONDUNIT_FACEFUSION_HOME"
"""Names the folder, where it is not the default one."""
CACHES_VARIABLE = "SECONDUNIT_FACEFUSION_CACHES"
"""Names the folder for what is compiled, where the installation itself is only read."""
HOST_FOLDER = Path("/opt/secondunit/facefusion")
UNFINISHED = ".secondunit-"
"""What the names of half-made folders begin with; an installation sweeps them up."""
STATE_NAME = "installed.json"
"""Written when source and environment are whole; models are looked at one by one."""


class ProvisionFailed(EngineFailed):
    """FaceFusion could not be installed; what had arrived is kept and used next time."""

    reason = "engine_install_failed"
    retry = False


class EngineMissing(EngineFailed):
    """FaceFusion is not installed on this machine; trying again does not help."""

    reason = "engine_missing"
    retry = False
    advice = "Install it under Settings, Engine, or with `secondunit engine install`."


@dataclass(frozen=True, slots=True)
class Installation:
    """One folder with all of FaceFusion in it."""

    folder: Path

    @property
    def source(self) -> Path:
        """The checkout at the pinned commit; FaceFusion must be run with it as current folder."""
        return self.folder / "source" / COMMIT

    @property
    def environment(self) -> Path:
        """The virtual environment with FaceFusion's requirements, and nothing of ours."""
        return self.folder / "environment"

    @property
    def python(self) -> Path:
        """The interpreter of :attr:`environment`."""
        if sys.platform == "win32":
            return self.environment / "Scripts" / "python.exe"
        return self.environment / "bin" / "python"

    @property
    def models(self) -> Path:
        """``<name>.onnx`` beside ``<name>.hash``, as FaceFusion wants them."""
        return self.folder / "models"

    @property
    def caches(self) -> Path:
        """TensorRT engine caches; one folder in it per :func:`cache_name`."""
        return self.folder / "caches"

    @property
    def lock(self) -> Path:
        """SHA-256 digests of models that the manifest does not name one for."""
        return self.folder / "models.lock.json"

    @property
    def state_file(self) -> Path:
        """What is installed, as JSON; see :class:`State`."""
        return self.folder / STATE_NAME

    def state(self) -> State | None:
        """Return what is installed besides models; None when that is not whole or not ours."""
        try:
            fields = json.loads(self.state_file.read_text(encoding="utf-8"))
            state = State(**fields)
        except (OSError, ValueError, TypeError):
            return None
        whole = self.source.is_dir() and self.python.exists()
        return state if whole and state.commit == COMMIT else None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What one installation holds besides its models."""

    commit: str
    tree_digest: str
    """Digest of the source's files; see ``source.tree_digest``."""
    flavour: str
    """Which onnxruntime: ``cpu``, ``cuda12`` or ``cuda13``."""
    environment_digest: str
    """SHA-256 of the list of packages that the environment was made of."""
    onnxruntime: str
    """Its version, such as ``1.24.4``."""


def cache_name(architecture: str, onnxruntime: str, tensorrt: str = "") -> str:
    """Return the folder name of TensorRT engines built for one kind of GPU.

    Args:
        architecture: such as ``sm89``.
        onnxruntime: its version.
        tensorrt: its version; engines of one are refused by another.
    """
    parts = (architecture, f"ort{onnxruntime}", f"trt{tensorrt}" if tensorrt else "")
    return "-".join(part for part in parts if part)


def default_folder() -> Path:
    """Return where FaceFusion is looked for, and installed to, on this machine.

    ``SECONDUNIT_FACEFUSION_HOME``, else ``facefusion`` in the app's own folder, else (on a
    host, which has no app) ``/opt/secondunit/facefusion``.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).absolute()
    home = os.environ.get("SECONDUNIT_HOME")
    if home:
        return Path(home).absolute() / "facefusion"
    try:
        import platformdirs
    except ImportError:
        return HOST_FOLDER
    return Path(platformdirs.user_data_path("SecondUnit", appauthor=False)) / "facefusion"


def find_installation() -> Installation:
    """Return the installation of this machine.

    Raises:
        EngineMissing: there is none, or it is not whole.
    """
    installation = Installation(default_folder())
    if installation.state() is None:
        raise EngineMissing(f"FaceFusion {VERSION} is not installed in {installation.folder}.")
    return installation
