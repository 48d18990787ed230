"""Make the worker's environment on a host and start the agent in it.

The environment is a folder of packages named by the digest of the wheelhouse it was made
from: a tar of wheels that lies in the bucket, so that nothing is asked of the internet.  A
host that was made from a baked image has it already.  Standard library only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remote_worker.bucket import METADATA_URL, BucketFailed, Place, fetch, role_credentials
from remote_worker.wheels import WheelRefused, unpack_all

WHOLE = ".whole"
"""Written last: an environment without it was being made when its maker was killed."""
ENVIRONMENT = "SECONDUNIT_ENVIRONMENT"
"""Variable that tells the agent the digest of its environment, for its hello."""
ENGINE_HOME = "SECONDUNIT_FACEFUSION_HOME"
"""Variable that tells the agent where the engine of the plan was installed."""
_ENGINE = "remote_worker.engines.facefusion"
_SAY_S = 5.0


EXIT_HOPELESS = 3
"""Exit status when this host cannot be made ready, and another could not be either."""


class EngineNotThere(Exception):
    """The engine that the plan names could not be installed; ``status`` is the exit status."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class BootPlan:
    """What a host needs to be told to start its agent; it holds no secret."""

    root: str
    place: Place
    wheelhouse_digest: str
    wheelhouse_key: str
    agent: dict[str, Any]
    """An :class:`~remote_worker.config.AgentConfig` as JSON."""
    metadata_url: str = METADATA_URL
    engine: str = ""
    """Digest of the order for an engine that is not part of the environment; empty: none is."""


def read_plan(path: Path) -> BootPlan:
    """Return the plan in a file.

    Raises:
        ValueError: it is none.
    """
    fields = json.loads(path.read_text(encoding="utf-8"))
    try:
        return BootPlan(**{**fields, "place": Place(**fields["place"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"{path} is no plan: {error}") from error


def environment_folder(root: Path, wheelhouse_digest: str) -> Path:
    """Return where the environment of a wheelhouse lies, on a host or in a baked image."""
    return root / "environments" / wheelhouse_digest


def make_environment(plan: BootPlan) -> Path:
    """Return the environment's folder, made unless it is there.

    Raises:
        BucketFailed: the wheelhouse is not there, or is not whole.
        WheelRefused: a package cannot be unpacked.
        OSError: there is no room.
    """
    folder = environment_folder(Path(plan.root), plan.wheelhouse_digest)
    if (folder / WHOLE).exists():
        return folder
    building = folder.with_name(f".{uuid.uuid4().hex}")
    wheels = building / "wheels"
    wheels.mkdir(parents=True)
    try:
        _fetch_wheels(plan, building / "wheelhouse.tar", wheels)
        unpack_all(wheels, building / "made")
        (building / "made" / WHOLE).touch()
        if not (folder / WHOLE).exists():  # or another line's boot was first, and an agent uses it
            shutil.rmtree(folder, ignore_errors=True)  # half of one is none
            (building / "made").rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def start_agent(plan: BootPlan, environment: Path) -> int:
    """Start the agent, to go on when we end; return its process id.

    Raises:
        OSError: it does not start.
    """
    root = Path(plan.root)
    config = root / "agent.json"
    config.write_text(json.dumps(plan.agent), encoding="utf-8")
    known = {**_environ(environment), ENVIRONMENT: plan.wheelhouse_digest}
    if plan.engine:
        known[ENGINE_HOME] = str(root / "facefusion")
    with (root / "agent.log").open("ab") as log:
        agent = subprocess.Popen(
            [sys.executable, "-m", "remote_worker", f"--config={config}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            cwd=root,
            env=known,
            start_new_session=True,
        )
    return agent.pid


def install_engine(plan: BootPlan, plan_path: Path, environment: Path) -> None:
    """Have the engine of the plan on this host; it says on our output how far it is.

    Raises:
        EngineNotThere: it could not be installed; what had arrived is used next time.
    """
    if not plan.engine:
        return
    argv = [sys.executable, "-m", f"{_ENGINE}.on_host", f"--plan={plan_path}"]
    done = subprocess.run(argv, check=False, env=_environ(environment), stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise EngineNotThere("its engine could not be installed", done.returncode)
    argv = [sys.executable, "-m", f"{_ENGINE}.keeping", f"--plan={plan_path}"]
    subprocess.run(argv, check=False, env=_environ(environment), stdin=subprocess.DEVNULL)


def keep_engine(plan: BootPlan, plan_path: Path, environment: Path, agent: int) -> None:
    """Start what keeps, beside the agent, the engine's caches for later hosts.

    Raises:
        OSError: it does not start.
    """
    if not plan.engine:
        return
    argv = [sys.executable, "-m", f"{_ENGINE}.keeping", f"--plan={plan_path}", f"--agent={agent}"]
    with (Path(plan.root) / "keeping.log").open("ab") as log:
        subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=_environ(environment),
            start_new_session=True,
        )


def prepare(plan: BootPlan, plan_path: Path) -> Path:
    """Have all on this host that an agent needs; return the environment's folder.

    Raises:
        BucketFailed, WheelRefused, EngineNotThere, OSError: something of it cannot be had.
    """
    environment = make_environment(plan)
    install_engine(plan, plan_path, environment)
    return environment


def _environ(environment: Path) -> dict[str, str]:
    """Return the variables of a process of ours that has the environment."""
    code = Path(__file__).parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(code), str(environment)))}


def _fetch_wheels(plan: BootPlan, archive: Path, to: Path) -> None:
    credentials = role_credentials(plan.metadata_url)
    fetch(plan.place, plan.wheelhouse_key, archive, plan.wheelhouse_digest, credentials)
    with tarfile.open(archive) as tar:
        tar.extractall(to, filter="data")
    archive.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Follow the plan in a file; print the agent's process id."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker.boot", description=__doc__)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument(
        "--prepare-only", action="store_true", help="start no agent: an image is made of this host"
    )
    threading.Thread(target=_say_at_work, daemon=True).start()
    try:
        asked = parser.parse_args(arguments)
        path = asked.plan.absolute()
        plan = read_plan(path)
        environment = prepare(plan, path)
        if asked.prepare_only:
            return 0
        agent = start_agent(plan, environment)
        keep_engine(plan, path, environment, agent)
    except (BucketFailed, EngineNotThere, WheelRefused, OSError, ValueError) as error:
        print(f"the agent could not be started: {error}", file=sys.stderr)  # noqa: T201  # the desktop reads it
        return error.status if isinstance(error, EngineNotThere) else 1
    print(agent)  # noqa: T201  # whoever started us reads it
    return 0


def _say_at_work() -> None:
    """Write a line now and then: whoever waits for us knows that this host is not frozen."""
    while True:
        print("at work", flush=True)  # noqa: T201  # so does who waits for its end
        time.sleep(_SAY_S)


if __name__ == "__main__":
    sys.exit(main())
