"""Make the virtual environment that the project's commands run in; standard library only.

Run it with any Python 3: it looks for one that the project supports, makes ``.venv``
beside the project, and installs exactly what the lock files name, checked by hash.
A second run finds a stamp and does nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import debian

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
LOCKS = PROJECT / "installer" / "locks"
OLDEST, NEWEST = (3, 11), (3, 13)
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

PROFILES = {
    "run": ("run.lock", "models.lock"),
    "dev": ("dev.lock", "models.lock", "media.lock"),
}
"""Which lock files each profile installs; ``dev`` holds all that ``run`` does."""
WITHOUT_DEPENDENCIES = {"models.lock", "media.lock"}
"""Packages taken for the files they carry: what they ask for is not wanted."""


class SetUpFailed(Exception):
    """The environment cannot be made; the message says what to do."""


def main(argv: Sequence[str]) -> int:
    """Set up the profile named in ``argv`` (``run`` or ``dev``); return an exit status."""
    profile = argv[0] if argv else "run"
    if profile not in PROFILES:
        print(f"unknown profile {profile!r}: choose one of {', '.join(PROFILES)}")
        return 2
    try:
        make_environment(profile)
    except SetUpFailed as failure:
        print(f"set-up stopped: {failure}", file=sys.stderr)
        return 1
    return 0


def make_environment(profile: str) -> None:
    """Bring ``.venv`` to what the profile's lock files say.

    Raises:
        SetUpFailed: no suitable Python, no venv module, or an install that failed.
    """
    wanted = _fingerprint(profile)
    if _is_current(profile, wanted):
        print(f"set-up: .venv is current ({profile})")
        return
    began = time.monotonic()
    steps = [*PROFILES[profile], "secondunit"]
    print(f"set-up: making .venv for '{profile}' in {len(steps) + 1} steps", flush=True)
    print(f"  [1/{len(steps) + 1}] virtual environment", flush=True)
    _ensure_venv()
    debian.install_missing(profile)
    for number, step in enumerate(steps, start=2):
        print(f"  [{number}/{len(steps) + 1}] {_named(step)}", flush=True)
        _install(step)
    for other in PROFILES:
        _stamp(other).unlink(missing_ok=True)
    _stamp(profile).write_text(wanted)
    print(f"set-up: done in {time.monotonic() - began:.0f} s", flush=True)


def _fingerprint(profile: str) -> str:
    digest = hashlib.sha256((PROJECT / "pyproject.toml").read_bytes())
    digest.update((PROJECT / "installer" / "debian.py").read_bytes())
    for name in PROFILES[profile]:
        digest.update((LOCKS / name).read_bytes())
    return digest.hexdigest()


def _stamp(profile: str) -> Path:
    return VENV / f".secondunit-{profile}"


def _is_current(profile: str, wanted: str) -> bool:
    stamps = [_stamp(profile)]
    if profile == "run":  # a developer's environment can run too
        return _is_current("dev", _fingerprint("dev")) or _reads(stamps[0], wanted)
    return _reads(stamps[0], wanted)


def _reads(stamp: Path, wanted: str) -> bool:
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted


def _named(step: str) -> str:
    if step == "secondunit":
        return "the project itself, editable"
    packages = sum("==" in line for line in (LOCKS / step).read_text().splitlines())
    return f"{packages} packages of {step}, checked by hash"


def _ensure_venv() -> None:
    if PYTHON.exists() and _works(PYTHON):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    python = _find_python()
    if _run([python, "-m", "venv", str(VENV)], quiet=True):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    _install_debian_venv()
    if not _run([python, "-m", "venv", str(VENV)], quiet=False):
        raise SetUpFailed(f"{python} cannot make a virtual environment")


def _works(python: Path) -> bool:
    return _run([str(python), "-c", "import pip"], quiet=True)


def _find_python() -> str:
    names = [sys.executable, "python3.11", "python3.12", "python3.13", "python3", "python"]
    for name in names:
        path = shutil.which(name)
        if path and OLDEST <= _version_of(path) <= NEWEST:
            return path
    low, high = (".".join(map(str, version)) for version in (OLDEST, NEWEST))
    raise SetUpFailed(f"no Python from {low} to {high} was found; install one and run this again")


def _version_of(python: str) -> tuple[int, ...]:
    ask = "import sys; print(*sys.version_info[:2])"
    done = subprocess.run(
        [python, "-c", ask], check=False, capture_output=True, text=True, timeout=60
    )
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else (0, 0)


def _install_debian_venv() -> None:
    if not shutil.which("apt-get"):
        raise SetUpFailed("this Python has no 'venv' module; install it and run this again")
    if os.name != "posix" or os.geteuid() != 0:
        raise SetUpFailed("python3-venv is missing; run 'sudo apt-get install python3-venv'")
    print("        python3-venv is missing: installing Debian's package", flush=True)
    for command in (["update", "-q"], ["install", "-q", "-y", "python3-venv"]):
        if not _run(["apt-get", *command], quiet=False):
            raise SetUpFailed(f"'apt-get {' '.join(command)}' failed")


def _install(step: str) -> None:
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    if not sys.stdout.isatty():
        pip.append("--progress-bar=off")
    if step == "secondunit":
        command = [*pip, "-q", "--no-deps", "--no-build-isolation", "--editable", str(PROJECT)]
    elif step in WITHOUT_DEPENDENCIES:
        command = [*pip, "-q", "--require-hashes", "--no-deps", "--no-build-isolation"]
        command += ["-r", str(LOCKS / step)]
    else:
        # A lock names every package; left to resolve, pip would look past it for extras.
        command = [*pip, "-q", "--require-hashes", "--no-deps", "-r", str(LOCKS / step)]
    if not _run(command, quiet=False):
        raise SetUpFailed(f"installing {step} failed; the lines above say why. Nothing is lost")


def _run(command: Sequence[str], *, quiet: bool) -> bool:
    sink = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, check=False, stdout=sink, stderr=sink, timeout=3600, cwd=PROJECT)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
