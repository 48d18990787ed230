"""Assemble the agent's image as its Containerfile says, as far as a test needs no registry.

What ``COPY``, ``ENV``, ``USER`` and ``ENTRYPOINT`` of the last stage say is taken from the file;
the packages that its earlier stages install are those of the environment that the tests run in.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from pathlib import Path

import remote_worker
from tests.kubernetes.kubelet import Image

CONTAINERFILE = Path(remote_worker.__file__).with_name("Containerfile")
CONTEXT = CONTAINERFILE.parent.parent
DIGEST = "a" * 64
NAME = f"registry.test/secondunit-agent@sha256:{DIGEST}"
SLOW_FRAME_S = 0.03
SLOW = f"""import threading
from remote_worker.engines import identity
plain = identity.IdentityEngine.render
def slow(self, frames, wanted, casting):
    for rendered in plain(self, frames, wanted, casting):
        threading.Event().wait({SLOW_FRAME_S})
        yield rendered
identity.IdentityEngine.render = slow
"""


def instructions(text: str) -> list[tuple[str, str]]:
    """Return what a Containerfile says, line by line, continued lines joined."""
    plain = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", plain)
    pairs = (line.strip().partition(" ") for line in joined.splitlines() if line.strip())
    return [(word, rest.strip()) for word, _, rest in pairs]


def last_stage(text: str) -> list[tuple[str, str]]:
    """Return the instructions of the stage that becomes the image."""
    found = instructions(text)
    last = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[last:]


def agent_image(folder: Path, context: Path = CONTEXT, *, slow: bool = True) -> Image:
    """Return the agent's image; ``slow``: the identity engine takes its time for each frame."""
    env: dict[str, str] = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    layers: dict[str, Path] = {}
    entrypoint: list[str] = []
    user = ""
    for word, rest in last_stage(CONTAINERFILE.read_text()):
        match word:
            case "COPY":
                _copy(rest, layers, context, folder)
            case "ENV":
                env |= dict(each.split("=", 1) for each in shlex.split(rest))
            case "USER":
                user = rest.partition(":")[0]
            case "ENTRYPOINT":
                entrypoint = json.loads(rest)
    if slow:
        (folder / "slow").mkdir()
        (folder / "slow" / "sitecustomize.py").write_text(SLOW)
        layers["/opt/slow"] = folder / "slow"
        env["PYTHONPATH"] += ":/opt/slow"
    return Image(entrypoint, env, layers, user)


def built_image(root: Path) -> Image:
    """Return an image that was built from the Containerfile, by its unpacked root filesystem."""
    said = dict(last_stage(CONTAINERFILE.read_text()))
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    env |= dict(each.split("=", 1) for each in shlex.split(said["ENV"]))
    return Image(json.loads(said["ENTRYPOINT"]), env, {}, said["USER"].partition(":")[0], root)


def _copy(rest: str, layers: dict[str, Path], context: Path, folder: Path) -> None:
    *flags, source, target = rest.split()
    if flags:  # from an earlier stage: the packages are those of this environment
        if source.endswith("/env"):
            layers[target] = Path(sys.prefix)
        return
    copied = folder / "copied" / source
    shutil.copytree(
        context / source,
        copied,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    layers[target] = copied
