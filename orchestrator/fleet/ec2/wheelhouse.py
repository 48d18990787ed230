"""Make the one file that a host's environment is unpacked from, and keep it in the bucket.

The lock names every package with its digest, for the image's Python and platform; a host asks
nothing of the internet, and whoever has the digest has exactly these packages.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.errors import SecondUnitError
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.setup import Account
from orchestrator.fleet.ec2.upload import Share, upload_once
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file

_PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux2014_x86_64")
_DOWNLOAD_S = 1800.0
_LAST_WORDS = 600


class WheelhouseFailed(SecondUnitError):
    """The worker's packages could not be fetched; nothing was staged."""


@dataclass(frozen=True, slots=True)
class Wheelhouse:
    """A tar of wheels, named by its digest."""

    path: Path
    digest: Digest

    @property
    def key(self) -> str:
        """Where it lies in the bucket, for all jobs."""
        return wheelhouse_key(self.digest)


def wheelhouse_key(digest: Digest) -> str:
    """Return where a wheelhouse lies in the bucket, for all jobs."""
    return f"shared/wheelhouses/{digest}.tar"


def lock_name(lock: Path, python_version: str) -> str:
    """Return what packages are called by, before they are fetched: the digest of their lock."""
    return hashlib.sha256(f"{python_version}\n".encode() + lock.read_bytes()).hexdigest()


def make_wheelhouse(
    lock: Path, python_version: str, folder: Path, *, pip: Sequence[str] = ()
) -> Wheelhouse:
    """Return the wheelhouse of a lock file, from ``folder`` where it was made before.

    Args:
        lock: every package with its version and hashes, without markers.
        python_version: of the image, such as ``3.12``.
        folder: is kept between runs.
        pip: how pip is called; this Python's own unless given.

    Raises:
        WheelhouseFailed: a package cannot be had, or is not the one of the lock.
        OSError: there is no room.
    """
    name = lock_name(lock, python_version)
    made = folder / f"{name}.tar"
    if not made.exists():
        wheels = folder / name
        wheels.mkdir(parents=True, exist_ok=True)
        _download(lock, python_version, wheels, pip or (sys.executable, "-m", "pip"))
        pack(sorted(wheels.glob("*.whl")), made)
        for wheel in wheels.iterdir():
            wheel.unlink()
        wheels.rmdir()
    return Wheelhouse(made, digest_of_file(made))


def pack(wheels: Sequence[Path], to: Path) -> None:
    """Write wheels into a tar: the same wheels make the same bytes on every machine.

    Raises:
        OSError: there is no room, and nothing is left at ``to``.
    """
    part = to.with_name(f".{to.name}.part")
    try:
        with tarfile.open(part, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for wheel in sorted(wheels, key=lambda each: each.name):
                entry = tarfile.TarInfo(wheel.name)
                entry.size, entry.mode = wheel.stat().st_size, 0o644
                with wheel.open("rb") as file:
                    tar.addfile(entry, file)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def stage_wheelhouse(
    clients: Clients, account: Account, wheelhouse: Wheelhouse, share: Share
) -> bool:
    """Have the wheelhouse in the bucket; return whether it had to be sent.

    Raises:
        CloudError: AWS does not answer; what was sent is found next time.
        OSError: the file cannot be read.
    """
    s3 = clients("s3")
    return upload_once(s3, account.bucket, wheelhouse.key, wheelhouse.path, share)


def _download(lock: Path, python_version: str, to: Path, pip: Sequence[str]) -> None:
    platforms = [f"--platform={name}" for name in _PLATFORMS]
    command = [
        *pip, "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
        "--require-hashes", "--only-binary=:all:", "--implementation=cp",
        f"--python-version={python_version}", *platforms, f"--dest={to}", f"--requirement={lock}",
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_DOWNLOAD_S)
    except subprocess.CalledProcessError as error:
        raise _failed(str(error.stderr).strip()[-_LAST_WORDS:]) from error
    except (subprocess.TimeoutExpired, OSError) as error:
        raise _failed(str(error)) from error


def _failed(why: str) -> WheelhouseFailed:
    return WheelhouseFailed(
        f"The worker's packages could not be fetched: {why}",
        "Check the connection to the package index, then try again.",
    )
