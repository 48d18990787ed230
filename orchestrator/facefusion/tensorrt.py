"""Keep NVIDIA's TensorRT wheel that a user brings: it is not on the package index.

What lies there under its name is a stub that asks NVIDIA's own index while it is installed.
So the wheel is downloaded by the user, looked at, kept under its digest, and from then on part
of the environment here (where it fits the system) and of that of instances.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from orchestrator.facefusion.errors import EngineInstallFailed
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion.installation import Installation
from remote_worker.engines.facefusion.provision import Package

FLAVOUR = "cuda12"
"""The onnxruntime that TensorRT 10 goes with."""
_NAME = re.compile(r"tensorrt_cu12_libs-10\.[0-9.]+(post[0-9]+)?-[a-z0-9.]+-none-[a-z0-9_.]+\.whl")
_TAGS = {"linux-x86_64": "manylinux", "windows-amd64": "win_amd64"}
_LIBRARY = re.compile(r"tensorrt_libs/(libnvinfer\.so\.10|nvinfer_10\.dll)")
_WHERE = "Download tensorrt_cu12_libs 10 (a wheel of about 2 GB) from NVIDIA’s package index."


def folder_of(installation: Installation) -> Path:
    """Return where the wheels that a user brought are kept."""
    return installation.folder / "tensorrt"


def keep_wheel(installation: Installation, wheel: Path) -> Package:
    """Take over a wheel of TensorRT; return what orders say of it.

    Raises:
        EngineInstallFailed: it is another file.
        OSError: it cannot be copied.
    """
    if not _NAME.fullmatch(wheel.name) or not _has_library(wheel):
        raise EngineInstallFailed(f"{wheel.name} is no wheel of TensorRT 10 for CUDA 12.", _WHERE)
    folder = folder_of(installation)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / wheel.name
    part = kept.with_name(f".{kept.name}.part")
    try:
        shutil.copyfile(wheel, part)
        part.replace(kept)
    finally:
        part.unlink(missing_ok=True)
    package = Package(
        file=kept.name, url="", digest=digest_of_file(kept), package_bytes=kept.stat().st_size
    )
    write_whole(kept.with_suffix(".json"), [canonical(package).encode()])
    return package


def kept_for(installation: Installation, flavour: str, system: str) -> tuple[Package, ...]:
    """Return the wheel for a flavour and system, the newest by name; none is no fault."""
    tag = _TAGS.get(system)
    if tag is None or flavour != FLAVOUR:
        return ()
    for note in sorted(folder_of(installation).glob("*.json"), reverse=True):
        if tag not in note.name:
            continue
        try:
            package = from_text(Package, note.read_bytes())
        except (ContractError, OSError):
            continue
        if (folder_of(installation) / package.file).is_file():
            return (package,)
    return ()


def _has_library(wheel: Path) -> bool:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return any(_LIBRARY.fullmatch(name) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
