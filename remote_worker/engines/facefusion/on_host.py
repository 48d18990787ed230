"""Install FaceFusion on a rented host: ``python -m remote_worker.engines.facefusion.on_host``.

The boot runs it once the worker's own environment is there.  The order, and every file that
an earlier host had, come from the user's bucket; what the bucket lacks is fetched from the
internet once and put there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from remote_worker.boot import EXIT_HOPELESS, BootPlan, read_plan
from remote_worker.bucket import BucketFailed, fetch, role_credentials
from remote_worker.contract.coding import ContractError, from_text
from remote_worker.engines.facefusion.download import NetworkFailed, NotThere
from remote_worker.engines.facefusion.environment import EnvironmentFailed, asked
from remote_worker.engines.facefusion.installation import Installation
from remote_worker.engines.facefusion.origins import Bucketed, Published, order_key
from remote_worker.engines.facefusion.provision import Order, Progress, provision
from remote_worker.errors import EngineFailed
from remote_worker.first import sign_path

_SAY_S = 5.0
_WAIT_S = 1800.0
"""For another boot on this host, whose line broke, to be done."""


def installation_of(plan: BootPlan) -> Installation:
    """Return where FaceFusion lies on this host."""
    return Installation(Path(plan.root) / "facefusion")


def read_order(plan: BootPlan) -> Order:
    """Return what is to be installed, from the bucket.

    Raises:
        BucketFailed: it is not there, or is damaged.
        ContractError: it is none of this build's.
    """
    root = Path(plan.root)
    kept = root / "engine-order.json"
    credentials = role_credentials(plan.metadata_url)
    fetch(plan.place, order_key(plan.engine), kept, plan.engine, credentials)
    return from_text(Order, kept.read_bytes())


def install(plan: BootPlan, say: Callable[[str], None]) -> None:
    """Have FaceFusion on this host.

    Raises:
        EngineFailed: a part cannot be had.
        BucketFailed: the bucket does not answer.
        ContractError: the order is none of this build's.
        OSError: the disk fails.
    """
    order = read_order(plan)
    credentials = partial(role_credentials, plan.metadata_url)
    origin = Bucketed(plan.place, credentials, Published(order.mirror), say)
    tell = _Saying(say, sign_path(Path(plan.root)))
    installation = installation_of(plan)
    provision(order, installation, origin, tell, threading.Event(), wait_s=_WAIT_S)
    told = asked(installation)
    say(f"onnxruntime {told.get('onnxruntime')}: {told.get('providers')}")
    if order.flavour != "cpu" and shutil.which("nvidia-smi") and "CUDA" not in str(told):
        raise EnvironmentFailed("onnxruntime does not find the graphics card's libraries.")


class _Saying:
    """Says now and then how far it is, and touches the sign: this host is in use."""

    def __init__(self, say: Callable[[str], None], sign: Path) -> None:
        self._say, self._sign, self._at_s = say, sign, -_SAY_S
        self._step = ""

    def __call__(self, progress: Progress) -> None:
        now_s = time.monotonic()
        if now_s - self._at_s < _SAY_S and progress.step == self._step:
            return
        self._at_s, self._step = now_s, progress.step
        self._sign.touch()
        done, total = progress.done_bytes >> 20, progress.total_bytes >> 20
        self._say(f"{progress.step} {progress.file} {done} of {total} MiB".replace("  ", " "))


def _is_hopeless(error: Exception) -> bool:
    """Return whether another host would fail as this one did: nobody has the right files."""
    if isinstance(error, NetworkFailed):
        return isinstance(error, NotThere)
    return isinstance(error, EngineFailed | ContractError)


def _print(words: str) -> None:
    try:
        print(f"engine: {words}", flush=True)  # noqa: T201  # the boot's own lines
    except OSError:  # the line to the desktop broke; the host is made ready all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: list[str] | None = None) -> int:
    """Follow the engine's part of the plan in a file."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker.engines.facefusion.on_host")
    parser.add_argument("--plan", type=Path, required=True)
    try:
        install(read_plan(parser.parse_args(arguments).plan), _print)
    except (EngineFailed, BucketFailed, ContractError, OSError, ValueError) as error:
        print(f"FaceFusion could not be installed: {error}", file=sys.stderr)  # noqa: T201  # the boot's own lines
        return EXIT_HOPELESS if _is_hopeless(error) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
