"""Install FaceFusion on a cluster's volume: ``python -m remote_worker.engines.facefusion.in_pod``.

A Job runs it in the agents' own image.  Each line that it says is JSON, and whoever asked for
it hears them through the API server; what a killed pod left is gone on with by the next one.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from remote_worker.agent import EXIT_CONFIG, EXIT_DONE, EXIT_STOPPED, EXIT_UNAVAILABLE
from remote_worker.config import StoreConfig, open_store
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion.download import NetworkFailed, NotThere, Stopped
from remote_worker.engines.facefusion.environment import asked
from remote_worker.engines.facefusion.installation import (
    COMMIT,
    VERSION,
    Installation,
    ProvisionFailed,
    State,
)
from remote_worker.engines.facefusion.manifest import known_digest, manifest, read_pins
from remote_worker.engines.facefusion.origins import Published
from remote_worker.engines.facefusion.provision import Order, Origin, Progress, provision
from remote_worker.engines.facefusion.stored import Stored
from remote_worker.errors import WorkerError

_SAY_S = 1.0
_WAIT_S = 300.0
"""For the pod before, whose node fell silent, to be known as gone by the volume's server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PodPlan:
    """What the pod is told; it holds no secret."""

    root: str
    """Where the volume is mounted."""
    store: StoreConfig
    orders: Mapping[str, Order]
    """By system and Python, as :func:`kind_here` names them: the image decides which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What a volume holds."""

    version: str
    commit: str
    flavour: str
    onnxruntime: str
    models: tuple[str, ...]
    """All whose files are there, by name."""
    pins: Mapping[str, Digest]
    """Of those models whose digest the manifest does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of the pod's log."""

    kind: Literal["progress", "words", "failed", "done"]
    step: Literal["", "looking", "source", "packages", "unpacking", "models", "done"] = ""
    file: str = ""
    done_bytes: int = 0
    total_bytes: int = 0
    words: str = ""
    """A sentence: what is told, or what failed."""
    reason: str = ""
    advice: str = ""
    holds: Holds | None = field(default=None)


class VolumeUnusable(ProvisionFailed):
    """The volume cannot be written to."""

    reason = "engine_volume_unusable"
    advice = "Give the agents' user the right to write there, or choose another volume."


class ImageUnfit(ProvisionFailed):
    """FaceFusion's packages are not published for what the image is."""

    reason = "engine_image_unfit"
    advice = "Build the agent's image with a Python and for a system that are named."


def kind_here() -> str:
    """Return what the packages must fit, such as ``linux-x86_64/3.12``."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return f"{sys.platform}-{machine}/{sys.version_info.major}.{sys.version_info.minor}"


def read_pod_plan(path: Path) -> PodPlan:
    """Return the plan in a file.

    Raises:
        ContractError: it cannot be read or is none of this build's.
    """
    try:
        return from_text(PodPlan, path.read_bytes())
    except OSError as error:
        raise ContractError(f"{path} cannot be read ({error.strerror})") from error


def install(plan: PodPlan, stop: threading.Event) -> Holds:
    """Have FaceFusion on the volume.

    Raises:
        ProvisionFailed: a part cannot be had, or the volume cannot be used.
        WorkerError: it cannot be used once it is there.
        OSError: the volume fails.
    """
    order = plan.orders.get(kind_here())
    if order is None:
        fitting = ", ".join(sorted(plan.orders)) or "no image at all"
        raise ImageUnfit(f"The image is of {kind_here()}; these packages fit {fitting}.")
    installation = Installation(Path(plan.root))
    _require_writable(installation.folder)
    state = provision(
        order, installation, _origin(plan, order), _Saying(), stop, wait_s=_WAIT_S
    )  # fmt: skip
    told = asked(installation)
    _say(Said(kind="words", words=f"onnxruntime {told.get('onnxruntime')} runs."))
    return holds_of(installation, state)


def holds_of(installation: Installation, state: State) -> Holds:
    """Return what is installed in a folder."""
    pins = read_pins(installation.lock)
    there = sorted({path.stem for path in installation.models.glob("*.onnx")} & set(manifest()))
    return Holds(
        version=VERSION,
        commit=COMMIT,
        flavour=state.flavour,
        onnxruntime=state.onnxruntime,
        models=tuple(name for name in there if known_digest(manifest()[name], pins)),
        pins={name: pins[name] for name in there if name in pins},
    )


def _origin(plan: PodPlan, order: Order) -> Origin:
    published = Published(order.mirror)
    try:
        store = open_store(plan.store)
    except WorkerError as error:
        _tell_words(f"The cluster's storage is not asked: {error.sentence}")
        return published
    return Stored(store, published, _tell_words, shares_files=plan.store.kind == "folder")


def _require_writable(folder: Path) -> None:
    """Return when files can be made in the volume.

    Raises:
        VolumeUnusable: they cannot.
    """
    sign = folder / ".secondunit-writable"
    try:
        sign.write_bytes(b"")
        sign.unlink()
    except OSError as error:
        raise VolumeUnusable(
            f"The volume cannot be written to by user {os.getuid()}: {error.strerror}."
        ) from error


class _Saying:
    """Says now and then how far it is."""

    def __init__(self) -> None:
        self._at_s, self._step = -_SAY_S, ""

    def __call__(self, progress: Progress) -> None:
        now_s = time.monotonic()
        if now_s - self._at_s < _SAY_S and progress.step == self._step:
            return
        self._at_s, self._step = now_s, progress.step
        _say(
            Said(
                kind="progress",
                step=progress.step,
                file=progress.file,
                done_bytes=progress.done_bytes,
                total_bytes=progress.total_bytes,
            )
        )


def _tell_words(words: str) -> None:
    _say(Said(kind="words", words=words))


def _say(said: Said) -> None:
    print(canonical(said), flush=True)  # noqa: T201  # the pod's log is how it is heard


def _failed(error: Exception) -> int:
    """Say what failed; return the exit status: whether another pod may do better."""
    if isinstance(error, WorkerError):
        _say(Said(kind="failed", reason=error.reason, words=error.sentence, advice=error.advice))
    else:
        words = getattr(error, "strerror", None) or str(error)
        _say(Said(kind="failed", reason="engine_install_failed", words=f"It failed: {words}."))
    if isinstance(error, Stopped):
        return EXIT_STOPPED
    passes = isinstance(error, NetworkFailed) and not isinstance(error, NotThere)
    return EXIT_UNAVAILABLE if passes or isinstance(error, OSError) else EXIT_CONFIG


def main(arguments: list[str] | None = None) -> int:
    """Follow the plan in a file and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker.engines.facefusion.in_pod")
    parser.add_argument("--plan", type=Path, required=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        plan = read_pod_plan(parser.parse_args(arguments).plan)
        holds = install(plan, stop)
    except (WorkerError, ContractError, OSError) as error:
        return _failed(error)
    free_mib = shutil.disk_usage(plan.root).free >> 20
    _say(Said(kind="done", holds=holds, words=f"{free_mib} MiB are free on the volume."))
    return EXIT_DONE


if __name__ == "__main__":
    sys.exit(main())
