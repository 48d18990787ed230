"""Bring FaceFusion's files from this machine to a cluster's storage: its pods ask nobody else."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.facefusion.bucket import Seeded, Share, fetched_packages, parts_of
from orchestrator.facefusion.errors import EngineInstallFailed, EngineNotInstalled
from orchestrator.facefusion.install import failing_in_words
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.line import Keys, shared_store
from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion.installation import Installation
from remote_worker.engines.facefusion.manifest import manifest
from remote_worker.engines.facefusion.origins import PREFIX, blob_key, pin_text, read_pin
from remote_worker.engines.facefusion.provision import Package
from remote_worker.engines.facefusion.stored import stored_pin_key
from remote_worker.errors import DiskFull, StoreUnavailable
from remote_worker.stores import Store

_FOLDERS = (f"{PREFIX}blobs", f"{PREFIX}pins")


def bring(
    cluster: Cluster,
    keys: Keys,
    installation: Installation,
    packages: Sequence[Package],
    folder: Path,
    share: Share,
    stop: threading.Event,
) -> Seeded:
    """Bring what is installed here, and the pods' own packages, to the cluster's storage.

    Args:
        cluster: whose storage.
        keys: to reach it with.
        installation: what is brought: its source and every model that is good.
        packages: of the pods' images, which are fetched to ``folder`` first.
        folder: where they are kept.
        share: hears which file it is, and how many bytes of how many.
        stop: set from another thread to stop; what was sent is found next time.

    Raises:
        EngineNotInstalled: nothing is installed here.
        EngineInstallFailed: a file is not what it should be or cannot be had, or it was stopped.
        RequestRefused: the storage is not chosen, or not mounted here.
        CloudUnreachable: the storage does not take it; what was sent is found next time.
    """
    if installation.state() is None:
        raise EngineNotInstalled(
            f"FaceFusion is not installed in {installation.folder}.",
            "Install it first: under Settings, Engine, or with `secondunit engine install`.",
        )
    sent: list[str] = []
    there: list[str] = []
    try:
        store = shared_store(cluster, keys, _FOLDERS)
        folder.mkdir(parents=True, exist_ok=True)
        for name, digest, path in _parts(installation, packages, folder, share, stop):
            if stop.is_set():
                raise EngineInstallFailed("It was stopped.", "Start it again.", "engine_stopped")
            share(name, 0, path.stat().st_size)
            (sent if _sent(store, digest, path) else there).append(name)
            share(name, path.stat().st_size, path.stat().st_size)
            _pin(store, name, digest)
    except (StoreUnavailable, DiskFull) as error:
        raise CloudUnreachable(error.sentence, error.advice) from error
    return Seeded(tuple(sent), tuple(there))


def _parts(
    installation: Installation,
    packages: Sequence[Package],
    folder: Path,
    share: Share,
    stop: threading.Event,
) -> Iterator[tuple[str, Digest, Path]]:
    with tempfile.TemporaryDirectory() as packed, failing_in_words():
        here = parts_of(installation, Path(packed))
        yield from chain(here, fetched_packages(packages, folder, share, stop))


def _sent(store: Store, digest: Digest, path: Path) -> bool:
    """Have a file in the store; return whether it was not there before."""
    if store.has(blob_key(digest)):
        return False
    store.put_file(blob_key(digest), path)
    return True


def _pin(store: Store, name: str, digest: Digest) -> None:
    """Say which file a model is, where the manifest does not.

    Raises:
        EngineInstallFailed: somebody said another one.
    """
    model = manifest().get(name)
    if model is None or model.digest is not None:
        return
    key = stored_pin_key(name)
    if not store.put(key, pin_text(digest), if_absent=True):
        with failing_in_words():
            held = read_pin(store.get(key))
        if held != digest:
            raise EngineInstallFailed(
                f"The cluster's storage knows {name} as another file than this machine has.",
                "Find out which one is FaceFusion's, remove the other, and install it again.",
            )
