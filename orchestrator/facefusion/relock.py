"""Resolve FaceFusion's packages anew: ``python -m orchestrator.facefusion.relock`` (needs uv).

For the publisher of this app.  Writes ``resources/facefusion/packages.json``: for each flavour,
system and Python the exact wheels with their addresses, sizes and SHA-256.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

import resources
from orchestrator.facefusion.packages import FLAVOURS

_FOLDER = Path(resources.__file__).parent / "facefusion"
_INDEX = "https://pypi.org/simple"
_PYTHONS = ((3, 11), (3, 12), (3, 13))
_SYSTEMS = {
    "linux-x86_64": "x86_64-manylinux_2_28",
    "linux-aarch64": "aarch64-manylinux_2_28",
    "macos-arm64": "aarch64-apple-darwin",
    "windows-amd64": "x86_64-pc-windows-msvc",
}
"""As uv names them."""
_CUDA_SYSTEMS = ("linux-x86_64", "windows-amd64")
_GLIBC = range(28, 4, -1)
_TIMEOUT_S = 120.0


def main() -> int:
    """Write the lock."""
    files: dict[str, dict[str, Any]] = {}
    sets: dict[str, list[str]] = {}
    for flavour, asked in FLAVOURS.items():
        for system in _CUDA_SYSTEMS if flavour != "cpu" else _SYSTEMS:
            for python in _PYTHONS:
                pins = _resolved(asked.requirement, system, python)
                wheels = [_wheel(pin, system, python) for pin in pins]
                files |= {wheel["digest"]: wheel for wheel in wheels}
                name = f"{flavour}/{system}/{python[0]}.{python[1]}"
                sets[name] = sorted(wheel["digest"] for wheel in wheels)
    used = sorted(files.values(), key=lambda wheel: str(wheel["file"]))
    told = {"files": used, "sets": dict(sorted(sets.items()))}
    (_FOLDER / "packages.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def _resolved(requirement: str, system: str, python: tuple[int, int]) -> list[Requirement]:
    text = (_FOLDER / "requirements.in").read_text(encoding="utf-8") + requirement + "\n"
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.in"
        asked.write_text(text, encoding="utf-8")
        command = [
            "uv", "pip", "compile", "--quiet", "--no-annotate", "--no-header",
            "--only-binary=:all:", f"--python-version={python[0]}.{python[1]}",
            f"--python-platform={_SYSTEMS[system]}", str(asked),
        ]  # fmt: skip
        told = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, timeout=_TIMEOUT_S,
            env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": "14.0"},
        )  # fmt: skip
    return [Requirement(line) for line in told.stdout.splitlines()]


_pages: dict[str, Any] = {}


def _wheel(pin: Requirement, system: str, python: tuple[int, int]) -> dict[str, Any]:
    """Return the best wheel of a pinned package for a system and Python."""
    version = next(iter(pin.specifier)).version
    if pin.name not in _pages:
        headers = {"Accept": "application/vnd.pypi.simple.v1+json"}
        request = urllib.request.Request(  # noqa: S310  # https
            f"{_INDEX}/{pin.name}/", headers=headers
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310  # https
            _pages[pin.name] = json.load(answer)
    order = {tag: rank for rank, tag in enumerate(_tags(system, python))}
    found = []
    for file in _pages[pin.name]["files"]:
        if not file["filename"].endswith(".whl") or file.get("yanked"):
            continue
        _, told, _, tags = parse_wheel_filename(file["filename"])
        ranks = [order[tag] for tag in tags if tag in order]
        if str(told) == version and ranks:
            found.append((min(ranks), file))
    if not found:
        raise SystemExit(f"{pin.name} {version} has no wheel for {system} {python}")
    best = min(found, key=lambda each: int(each[0]))[1]
    return {
        "file": best["filename"], "url": best["url"], "digest": best["hashes"]["sha256"],
        "package_bytes": best["size"],
    }  # fmt: skip


def _tags(system: str, python: tuple[int, int]) -> Iterable[Tag]:
    if system == "windows-amd64":
        platforms = ["win_amd64"]
    elif system == "macos-arm64":
        platforms = list(mac_platforms((14, 0), "arm64"))
    else:
        machine = system.removeprefix("linux-")
        platforms = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC]
        platforms += [f"manylinux2014_{machine}", f"linux_{machine}"]
    yield from cpython_tags(python, platforms=platforms)
    yield from compatible_tags(python, interpreter=f"cp{python[0]}{python[1]}", platforms=platforms)


if __name__ == "__main__":
    sys.exit(main())
