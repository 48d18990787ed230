"""Choose the packages that FaceFusion runs on: which onnxruntime, for which system."""

from __future__ import annotations

import functools
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from orchestrator.facefusion.errors import EngineUnsupported
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion.provision import Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """One kind of onnxruntime."""

    requirement: str
    onnxruntime: str
    driver: int
    """The least NVIDIA driver that it runs with; 0: it needs none."""


FLAVOURS: Mapping[str, Flavour] = {
    "cpu": Flavour(requirement="onnxruntime==1.28.0", onnxruntime="1.28.0", driver=0),
    "cuda12": Flavour(
        requirement="onnxruntime-gpu[cuda,cudnn]==1.24.4", onnxruntime="1.24.4", driver=525
    ),
    "cuda13": Flavour(
        requirement="onnxruntime-gpu[cuda,cudnn]==1.28.0", onnxruntime="1.28.0", driver=580
    ),
}
"""As FaceFusion's own installer chooses them; CUDA's least drivers are NVIDIA's."""
HOST_FLAVOUR, HOST_SYSTEM = "cuda12", "linux-x86_64"
"""For instances: it runs with every driver of the images that are used."""
_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}
_ASKED_S = 20.0


@dataclass(frozen=True, slots=True)
class _Lock:
    files: tuple[Package, ...]
    sets: Mapping[str, tuple[Digest, ...]]


def packages_for(flavour: str, system: str, python_version: str) -> tuple[Package, ...]:
    """Return the wheels of a flavour for a system and a Python, by name.

    Raises:
        EngineUnsupported: there is no such flavour there.
    """
    name = f"{flavour}/{system}/{python_version}"
    lock = _lock()
    if name not in lock.sets:
        raise EngineUnsupported(
            f"FaceFusion’s packages ({flavour}) are not published for {system}, "
            f"Python {python_version}.",
            "Choose another kind, such as cpu.",
        )
    wanted = set(lock.sets[name])
    return tuple(package for package in lock.files if package.digest in wanted)


def system_here() -> str:
    """Return the name of this system, such as ``linux-x86_64``."""
    machine = _MACHINES.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "win32":
        return "windows-amd64" if machine == "x86_64" else f"windows-{machine}"
    if sys.platform == "darwin":
        return "macos-arm64" if machine == "aarch64" else f"macos-{machine}"
    return f"{sys.platform}-{machine}"


def python_here() -> str:
    """Return the version of this Python, such as ``3.12``."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def flavour_for(driver: int) -> str:
    """Return the newest flavour that runs with a driver; 0: there is no NVIDIA card."""
    fitting = [name for name, each in FLAVOURS.items() if each.driver <= driver]
    return max(fitting, key=lambda name: FLAVOURS[name].driver)


def flavour_here() -> str:
    """Return the flavour that fits this machine; ``cpu`` where nothing better runs."""
    if sys.platform == "darwin" or f"cuda12/{system_here()}/{python_here()}" not in _lock().sets:
        return "cpu"
    return flavour_for(driver_here())


def driver_here() -> int:
    """Return the major version of the NVIDIA driver; 0 where there is none."""
    asked = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        told = subprocess.run(
            asked, check=True, capture_output=True, text=True, timeout=_ASKED_S,
            stdin=subprocess.DEVNULL,
        ).stdout  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        return 0
    major = told.strip().partition(".")[0]
    return int(major) if major.isdigit() else 0


@functools.cache
def _lock() -> _Lock:
    text = resources.files("resources").joinpath("facefusion", "packages.json").read_text("utf-8")
    return from_text(_Lock, text)
