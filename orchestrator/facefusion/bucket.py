"""Have hosts find FaceFusion in the user's bucket: what they are to install, and its parts."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.facefusion.errors import EngineInstallFailed, EngineNotInstalled
from orchestrator.facefusion.install import failing_in_words
from orchestrator.facefusion.packages import (
    FLAVOURS,
    HOST_FLAVOUR,
    HOST_SYSTEM,
    packages_for,
)
from orchestrator.facefusion.tensorrt import folder_of, kept_for
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.image import PYTHON
from orchestrator.fleet.ec2.setup import Account
from orchestrator.fleet.ec2.upload import upload_once
from remote_worker.contract.coding import canonical
from remote_worker.contract.records import Digest, EngineSpec
from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion import source
from remote_worker.engines.facefusion.download import Wanted, download
from remote_worker.engines.facefusion.installation import Installation
from remote_worker.engines.facefusion.manifest import known_digest, manifest, read_pins, write_pins
from remote_worker.engines.facefusion.options import models_needed
from remote_worker.engines.facefusion.origins import (
    blob_key,
    order_key,
    pin_key,
    pin_text,
    read_pin,
)
from remote_worker.engines.facefusion.provision import Order, Package
from remote_worker.errors import BlobMissing, WorkerError
from remote_worker.stores.s3 import Bucket, S3Store

HOST_GIB = 16
"""What a host needs for FaceFusion: packages twice, models, TensorRT's engines."""
HOST_BOOT_S = 1800.0
"""How long the first host of an account may take, which asks the internet for all of it."""
Share = Callable[[str, int, int], None]
"""Hears which file it is, and how many bytes of how many are there."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was brought to the bucket."""

    sent: tuple[str, ...]
    there: tuple[str, ...]
    """What was there before."""


def host_order(
    models: Iterable[str], pins: Mapping[str, Digest], installation: Installation
) -> Order:
    """Return what a host is to install; the same order has the same bytes."""
    names = tuple(sorted(set(models)))
    return Order(
        flavour=HOST_FLAVOUR,
        onnxruntime=FLAVOURS[HOST_FLAVOUR].onnxruntime,
        python_version=PYTHON,
        packages=(
            *packages_for(HOST_FLAVOUR, HOST_SYSTEM, PYTHON),
            *kept_for(installation, HOST_FLAVOUR, HOST_SYSTEM),
        ),
        models=names,
        pins={name: pins[name] for name in names if name in pins},
    )


def stage_order(
    clients: Clients, account: Account, engine: EngineSpec, installation: Installation
) -> str:
    """Have in the bucket what hosts of a job need to install; return the order's digest.

    Empty when the job's engine is part of every worker.

    Raises:
        CloudError: AWS does not answer.
        EngineInstallFailed: this machine's lock of models cannot be read.
    """
    if engine.name != "facefusion":
        return ""
    models = models_needed(dict(engine.settings))
    learn_pins(clients, account, models, installation)
    with failing_in_words():
        pins = read_pins(installation.lock)
    text = canonical(host_order(models, pins, installation))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "order.json"
        path.write_bytes(text.encode())
        digest = digest_of_file(path)
        upload_once(clients("s3"), account.bucket, order_key(digest), path, _unheard)
    return digest


def learn_pins(
    clients: Clients, account: Account, names: Iterable[str], installation: Installation
) -> tuple[str, ...]:
    """Take over the digests that hosts of the account have found; return what stays unknown.

    Raises:
        CloudError: AWS does not answer.
        EngineInstallFailed: the bucket names another digest than this machine knows.
    """
    s3, found, unknown = clients("s3"), {}, []
    with failing_in_words():
        held = read_pins(installation.lock)
        for name in sorted(set(names)):
            if known_digest(manifest()[name], held) is not None:
                continue
            text = _read(s3, account.bucket, pin_key(name))
            if text is None:
                unknown.append(name)
            else:
                found[name] = read_pin(text)
        if found:
            write_pins(installation.lock, found)
    return tuple(unknown)


def seed(
    clients: Clients,
    account: Account,
    installation: Installation,
    share: Share,
    stop: threading.Event,
    *,
    packages: Path | None = None,
) -> Seeded:
    """Bring what is installed here to the bucket, so that no host asks the internet for it.

    Args:
        clients: of the account.
        account: whose bucket.
        installation: what is brought: its source and every model that is good.
        share: hears how far it is.
        stop: set from another thread to stop; what was sent is found next time.
        packages: folder to fetch the hosts' packages to, which are not those of this machine;
            None: the first host fetches them.

    Raises:
        EngineNotInstalled: nothing is installed here.
        EngineInstallFailed: a file is not what it should be, or it was stopped.
        CloudError: AWS does not answer; what was sent is found next time.
    """
    if installation.state() is None:
        raise EngineNotInstalled(
            f"FaceFusion is not installed in {installation.folder}.",
            "Install it first: under Settings, Engine, or with `secondunit engine install`.",
        )
    s3 = clients("s3")
    sent: list[str] = []
    there: list[str] = []
    with tempfile.TemporaryDirectory() as folder, failing_in_words():
        wheels = packages_for(HOST_FLAVOUR, HOST_SYSTEM, PYTHON)
        kept = kept_for(installation, HOST_FLAVOUR, HOST_SYSTEM)
        here = parts_of(installation, Path(folder), kept)
        fetched = () if packages is None else fetched_packages(wheels, packages, share, stop)
        for name, digest, path in chain(here, fetched):
            if stop.is_set():
                raise EngineInstallFailed("It was stopped.", "Start it again.", "engine_stopped")
            told = _told(share, name)
            new = upload_once(s3, account.bucket, blob_key(digest), path, told)
            (sent if new else there).append(name)
            _pin(s3, account.bucket, name, digest, Path(folder))
    return Seeded(tuple(sent), tuple(there))


def parts_of(
    installation: Installation, folder: Path, kept: Iterable[Package] = ()
) -> Iterator[tuple[str, Digest, Path]]:
    """Give what is installed here: the source, packed into ``folder``, each model, kept wheels.

    Raises:
        EngineInstallFailed: one is not what it should be.
    """
    archive = folder / "source.tar"
    digest = source.pack(installation.source, archive)
    _require("FaceFusion’s source", digest, source.ARCHIVE_DIGEST)
    yield "source", digest, archive
    pins = read_pins(installation.lock)
    for path in sorted(installation.models.glob("*.onnx")):
        model = manifest().get(path.stem)
        if model is not None:
            digest = digest_of_file(path)
            _require(model.name, digest, known_digest(model, pins))
            yield model.name, digest, path
    for package in kept:
        path = folder_of(installation) / package.file
        _require(package.file, digest_of_file(path), package.digest)
        yield package.file, package.digest, path


def fetched_packages(
    packages: Iterable[Package], folder: Path, share: Share, stop: threading.Event
) -> Iterator[tuple[str, Digest, Path]]:
    """Give packages that are not this machine's, fetched to ``folder`` where they are not there.

    Raises:
        ProvisionFailed: one cannot be had.
    """
    for package in packages:
        wanted = Wanted(file=package.file, urls=(package.url,), digest=package.digest)
        path = folder / package.file
        if not path.exists() or digest_of_file(path) != package.digest:
            download(wanted, path, folder, _filled(share, package.file), stop)
        yield package.file, package.digest, path


def _require(name: str, digest: Digest, expected: Digest | None) -> None:
    if digest != expected:
        raise EngineInstallFailed(
            f"{name} is not what it should be; nothing of it was sent.",
            "Install it again under Settings, Engine, or with `secondunit engine install`.",
        )


def _pin(s3: Any, bucket: str, name: str, digest: Digest, folder: Path) -> None:
    """Say in the bucket which file a model is, where the manifest does not."""
    model = manifest().get(name)
    if model is None or model.digest is not None:
        return
    held = _read(s3, bucket, pin_key(name))
    if held is None:
        path = folder / f"{name}.pin"
        path.write_bytes(pin_text(digest))
        upload_once(s3, bucket, pin_key(name), path, _unheard)
    elif read_pin(held) != digest:
        raise EngineInstallFailed(
            f"The account's hosts know {name} as another file than this machine has.",
            "Find out which one is FaceFusion's, remove the other, and install it again.",
        )


def _read(s3: Any, bucket: str, key: str) -> bytes | None:
    try:
        return S3Store(Bucket(name=bucket), client=s3).get(key)
    except BlobMissing:
        return None
    except WorkerError as error:
        raise CloudUnreachable(error.sentence, error.advice) from error


def _told(share: Share, name: str) -> Callable[[int, int], None]:
    return lambda done, total: share(name, done, total)


def _filled(share: Share, name: str) -> Callable[[int, int | None], None]:
    return lambda done, total: share(name, done, total or done)


def _unheard(done: int, total: int) -> None:
    del done, total
