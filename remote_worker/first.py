"""Do the first things on a fresh host, as root, from its user-data.

In this order, as each protects what follows: start the watchdog; publish the host's key, so
that nobody has to trust it on first use; and, where no desktop will come, fetch the worker
and start it.  Standard library only.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from remote_worker.bucket import (
    METADATA_URL,
    AlreadyThere,
    BucketFailed,
    Credentials,
    Place,
    fetch,
    put_if_absent,
    role_credentials,
)
from remote_worker.notices import Metadata

_LEAST_LIFE_S = 60.0
HOST_KEY = Path("/etc/ssh/ssh_host_ed25519_key.pub")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPlan:
    """What a fresh host is told; it holds no secret."""

    root: str
    """Folder of everything that is ours on the host."""
    owner: str = ""
    """Who that folder is given to: whoever a desktop reaches the host as."""
    prefix: str
    """Of the job's keys in the bucket; empty or ends in a slash."""
    place: Place
    idle_s: float
    life_s: float
    alone_s: float = 60.0
    """The watchdog's :class:`~remote_worker.watchdog.Limits`."""
    ends_at: str = ""
    """When the host is to be gone at the latest, UTC, ISO 8601; empty: only its life counts."""
    publish_host_key: bool
    archive_digest: str = ""
    """Of the worker that is to be fetched and started; empty when a desktop brings it."""
    python: str = ""
    """What runs the worker; empty: what runs this."""
    boot: dict[str, Any] | None = None
    """A :class:`~remote_worker.boot.BootPlan` as JSON, to be followed after that."""
    metadata_url: str = METADATA_URL


def read_plan(path: Path) -> FirstPlan:
    """Return the plan in a file.

    Raises:
        ValueError: it is none.
    """
    fields = json.loads(path.read_text(encoding="utf-8"))
    try:
        return FirstPlan(**{**fields, "place": Place(**fields["place"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"{path} is no plan: {error}") from error


def host_key_name(prefix: str, instance_id: str) -> str:
    """Return the key under which an instance publishes its host key, once."""
    return f"{prefix}hosts/{instance_id}.json"


def follow(plan: FirstPlan, *, host_key: Path = HOST_KEY) -> None:
    """Do what the plan says.

    Raises:
        BucketFailed: the bucket does not take or give what it should.
        OSError: something is missing on the host.
    """
    root = Path(plan.root)
    root.mkdir(parents=True, exist_ok=True)
    if plan.owner:
        shutil.chown(root, plan.owner)
    _start_watchdog(plan, root)
    credentials = role_credentials(plan.metadata_url)
    if plan.publish_host_key:
        _publish(plan, host_key, credentials)
    if plan.archive_digest and plan.boot is not None:
        _start_worker(plan, root, credentials)


def sign_path(root: Path) -> Path:
    """Return the file that is touched by whoever has use for the host."""
    return root / "in-use"


def life_left_s(plan: FirstPlan, now: datetime) -> float:
    """Return how long the host may live from now on, a minute at least."""
    if not plan.ends_at:
        return plan.life_s
    left_s = (datetime.fromisoformat(plan.ends_at) - now).total_seconds()
    return min(plan.life_s, max(_LEAST_LIFE_S, left_s))


def _start_watchdog(plan: FirstPlan, root: Path) -> None:
    life_s = life_left_s(plan, datetime.now(UTC))
    limits = [f"--idle-s={plan.idle_s}", f"--life-s={life_s}", f"--alone-s={plan.alone_s}"]
    files = [f"--sign={sign_path(root)}", f"--alive={root / 'alive'}"]
    argv = [sys.executable, "-m", "remote_worker.watchdog", *files, *limits]
    with (root / "watchdog.log").open("ab") as log:
        subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=Path(__file__).parents[1],
            start_new_session=True,
        )


def _publish(plan: FirstPlan, host_key: Path, credentials: Credentials) -> None:
    instance_id = Metadata(plan.metadata_url).get("latest/meta-data/instance-id")
    if instance_id is None:
        raise BucketFailed("this host does not know its own id")
    words = host_key.read_text(encoding="ascii").split()[:2]
    told = {"instance_id": instance_id, "host_key": " ".join(words)}
    key = host_key_name(plan.prefix, instance_id)
    try:
        put_if_absent(plan.place, key, json.dumps(told).encode(), credentials)
    except AlreadyThere:
        print("the host key was published before", file=sys.stderr)  # noqa: T201  # a second boot


def _start_worker(plan: FirstPlan, root: Path, credentials: Credentials) -> None:
    archive = root / f"worker-{plan.archive_digest}.tar"
    key = f"{plan.prefix}worker/{plan.archive_digest}.tar"
    fetch(plan.place, key, archive, plan.archive_digest, credentials)
    code = root / f"worker-{plan.archive_digest}"
    code.mkdir(exist_ok=True)
    with tarfile.open(archive) as tar:
        tar.extractall(code, filter="data")
    told = root / "boot.json"
    told.write_text(json.dumps(plan.boot), encoding="utf-8")
    argv = [plan.python or sys.executable, "-m", "remote_worker.boot", f"--plan={told}"]
    if plan.owner:
        for path in (code, *code.rglob("*"), archive, told):
            shutil.chown(path, plan.owner)
    # As whoever a desktop reaches the host as: it has to read what the agent writes.
    subprocess.run(argv, check=True, cwd=code, timeout=1800, user=plan.owner or None)


def main(arguments: list[str] | None = None) -> int:
    """Follow the plan in a file; what fails is on standard error, in the host's boot log."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker.first", description=__doc__)
    parser.add_argument("--plan", type=Path, required=True)
    try:
        follow(read_plan(parser.parse_args(arguments).plan))
    except (BucketFailed, OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"the host could not be made ready: {error}", file=sys.stderr)  # noqa: T201  # the host's log
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
