"""Keep TensorRT's engines over hosts: ``python -m remote_worker.engines.facefusion.keeping``.

To build them takes minutes for each kind of GPU, and they fit nothing but the versions they
were built with.  So they lie in the user's bucket under all that decides them, are fetched
before the agent starts, and are put there once, by a process beside the agent, when nothing
was added for a while: a spot notice leaves no time for gigabytes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import time
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from remote_worker.boot import BootPlan, read_plan
from remote_worker.bucket import (
    AlreadyThere,
    BucketFailed,
    Credentials,
    Place,
    fetch,
    put_file_if_absent,
    put_if_absent,
    read_if_there,
    role_credentials,
)
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion.installation import Installation, cache_name
from remote_worker.engines.facefusion.manifest import known_refs, model_set
from remote_worker.engines.facefusion.on_host import installation_of, read_order
from remote_worker.engines.facefusion.origins import PREFIX, blob_key, pin_text, read_pin
from remote_worker.engines.facefusion.provision import Order
from remote_worker.errors import EngineFailed

QUIET_S = 60.0
"""Engines are whole when none changed for so long."""
_LOOK_S = 5.0
_LARGEST_BYTES = 4_900_000_000
"""S3 takes no more in one piece."""
_ASKED_S = 20.0


def cache_key(order: Order, installation: Installation, architecture: str) -> str:
    """Return where the engines for one kind of GPU, these models and versions are noted.

    Raises:
        EngineFailed: a model's digest is not known.
    """
    name = cache_name(architecture, order.onnxruntime)
    models = model_set(known_refs(order.models, installation))
    return f"{PREFIX}caches/{name}/{models}.json"


def architecture_here() -> str:
    """Return the kind of this host's GPU, such as ``sm89``; empty where there is none."""
    asked = ["nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader"]
    try:
        told = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=_ASKED_S)
    except (subprocess.SubprocessError, OSError):
        return ""
    first = (told.stdout.split() or [""])[0].replace(".", "")
    return f"sm{first}" if first.isdigit() else ""


class Keeper:
    """Fetches and keeps the engines of one host."""

    def __init__(
        self, place: Place, key: str, folder: Path, credentials: Callable[[], Credentials]
    ) -> None:
        self._place, self._key, self._folder = place, key, folder
        self._credentials = credentials

    def restore(self) -> bool:
        """Fetch the engines unless some are here; return whether that was done.

        Raises:
            BucketFailed: the bucket does not answer, or what it holds is damaged.
            OSError: the disk fails.
        """
        if self._newest_ns() is not None:
            return False
        noted = read_if_there(self._place, self._key, self._credentials())
        if noted is None:
            return False
        building = self._folder.with_name(f".{uuid.uuid4().hex}")
        archive = building / "engines.tar"
        building.mkdir(parents=True)
        try:
            digest = read_pin(noted)
            fetch(self._place, blob_key(digest), archive, digest, self._credentials())
            with tarfile.open(archive) as tar:
                tar.extractall(building / "engines", filter="data")
            shutil.rmtree(self._folder, ignore_errors=True)
            (building / "engines").rename(self._folder)
        except tarfile.TarError as error:
            raise BucketFailed(f"the kept engines are damaged: {error}") from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
        return True

    def keep(self) -> bool:
        """Put the engines into the bucket unless some are there; return whether that was done.

        Raises:
            BucketFailed: the bucket does not take them.
            OSError: the disk fails.
        """
        if read_if_there(self._place, self._key, self._credentials()) is not None:
            return False
        archive = self._folder.with_name(f".{uuid.uuid4().hex}.tar")
        try:
            digest = _pack(self._folder, archive)
            if archive.stat().st_size > _LARGEST_BYTES:
                return False
            _unless_there(
                lambda: put_file_if_absent(
                    self._place, blob_key(digest), archive, digest, self._credentials()
                )
            )
            note = pin_text(digest)
            return _unless_there(
                lambda: put_if_absent(self._place, self._key, note, self._credentials())
            )
        finally:
            archive.unlink(missing_ok=True)

    def keep_when_quiet(
        self,
        lives: Callable[[], bool],
        *,
        quiet_s: float = QUIET_S,
        look_s: float = _LOOK_S,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> bool:
        """Wait until engines are whole and keep them; return whether any were kept.

        Without any, it ends with the agent.

        Raises:
            BucketFailed: the bucket does not take them.
            OSError: the disk fails.
        """
        while True:
            ended, newest_ns = not lives(), self._newest_ns()
            if newest_ns is not None and now_ns() - newest_ns >= quiet_s * 1e9:
                return self.keep()
            if ended:
                return False
            time.sleep(look_s)

    def _newest_ns(self) -> int | None:
        times = [path.stat().st_mtime_ns for path in _files(self._folder)]
        return max(times, default=None)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _pack(folder: Path, to: Path) -> Digest:
    with tarfile.open(to, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in _files(folder):
            entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
            entry.size, entry.mode = path.stat().st_size, 0o644
            with path.open("rb") as file:
                tar.addfile(entry, file)
    return digest_of_file(to)


def _unless_there(call: Callable[[], None]) -> bool:
    try:
        call()
    except AlreadyThere:
        return False
    return True


def keeper_of(plan: BootPlan, architecture: str) -> Keeper:
    """Return the keeper of a host with such a GPU.

    Raises:
        BucketFailed: the order is not there.
        EngineFailed: a model's digest is not known.
    """
    order, installation = read_order(plan), installation_of(plan)
    key = cache_key(order, installation, architecture)
    folder = installation.caches / cache_name(architecture, order.onnxruntime)
    return Keeper(plan.place, key, folder, partial(role_credentials, plan.metadata_url))


def main(arguments: list[str] | None = None) -> int:
    """Fetch the engines, or keep those that an agent builds."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker.engines.facefusion.keeping")
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--agent", type=int, help="keep what this process builds")
    asked = parser.parse_args(arguments)
    architecture = architecture_here()
    if not architecture:
        return 0
    try:
        keeper = keeper_of(read_plan(asked.plan), architecture)
        if asked.agent is None:
            keeper.restore()
        else:
            keeper.keep_when_quiet(partial(_lives, asked.agent))
    except (EngineFailed, BucketFailed, OSError, ValueError) as error:
        print(f"TensorRT's engines: {error}", file=sys.stderr)  # noqa: T201  # no agent needs them
        return 1
    return 0


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
