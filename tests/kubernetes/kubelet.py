"""Run pods as real processes: mounts, user, environment, SIGTERM, and SIGKILL after the grace."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Object = dict[str, Any]
_BOX = Path(__file__).with_name("box.py")
_OPEN = [("/root", 0o711)]


@dataclass(frozen=True)
class Image:
    """What a container is started from."""

    entrypoint: list[str]
    env: Mapping[str, str]
    layers: Mapping[str, Path]
    """Folders of this machine by where the image has them."""
    user: str = ""
    root: Path | None = None
    """Its whole root filesystem; None: this machine's, with the layers in it."""


@dataclass
class Log:
    """A container's log, each line with its time, as a kubelet keeps it."""

    lines: list[tuple[float, str]] = field(default_factory=list)
    ended: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, text: str) -> None:
        with self.changed:
            self.lines.append((time.time(), text))
            self.changed.notify_all()

    def end(self) -> None:
        with self.changed:
            self.ended = True
            self.changed.notify_all()


def stamp(seconds: float) -> str:
    """Return a time as a kubelet writes it before each line."""
    whole = datetime.fromtimestamp(int(seconds), UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{int((seconds % 1) * 1e9):09d}Z"


class NotYet(Exception):
    """A container cannot be started now; its reason is what Kubernetes calls it."""


class Container:
    """One pod's container, which is one process with an own root."""

    def __init__(
        self, pod: Object, images: Mapping[str, Image], objects: Any, folder: Path
    ) -> None:
        """Start it, or say by its name why not."""
        self.log, self.code = Log(), -1
        self._folder = folder
        self.spec = _spec(pod, images, objects, folder)
        argv = [sys.executable, "-I", "-S", str(_BOX), json.dumps(self.spec)]
        self._process = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        self.ended = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def stop(self) -> None:
        """Send SIGTERM, as a kubelet does."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL; the kernel ends all processes of the box with it."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, number)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.log.add(line.rstrip("\n"))
        code = self._process.wait()
        self._process.stdout.close()
        self.code = code if code >= 0 else 128 - code
        self.log.end()
        shutil.rmtree(self._folder, ignore_errors=True)
        self.ended.set()


def _spec(pod: Object, images: Mapping[str, Image], objects: Any, folder: Path) -> Object:
    """Return what the box is told; every mount and variable comes from the pod's own words."""
    spec, container = pod["spec"], pod["spec"]["containers"][0]
    image = images.get(container["image"])
    if image is None:
        raise NotYet("ErrImagePull")
    context, own = spec.get("securityContext", {}), container.get("securityContext", {})
    uid = int(context.get("runAsUser", image.user or 0))
    if context.get("runAsNonRoot") and uid == 0:
        raise NotYet("CreateContainerConfigError")
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    env = {**image.env, **_environment(pod, container, objects)}
    argv = [*container.get("command", image.entrypoint), *container.get("args", [])]
    mounts = [[str(path), at, True] for at, path in image.layers.items()]
    if image.root is None:
        mounts += [[sys.prefix, sys.prefix, True], [sys.base_prefix, sys.base_prefix, True]]
    mounts += _volumes(pod, container, objects, folder)
    box = folder / "box"
    box.mkdir()
    return {
        "folder": str(box),
        "lower": str(image.root or "/"),
        "open": _OPEN if image.root is None else [],
        "mounts": mounts,
        "read_only": bool(own.get("readOnlyRootFilesystem")),
        "uid": uid,
        "gid": int(context.get("runAsGroup", uid)),
        "groups": [int(context["fsGroup"])] if "fsGroup" in context else [],
        "cwd": "/",
        "argv": [_expanded(each, env) for each in argv],
        "env": env,
    }


def _expanded(text: str, env: Mapping[str, str]) -> str:
    for name, value in env.items():
        text = text.replace(f"$({name})", value)
    return text


def _environment(pod: Object, container: Object, objects: Any) -> dict[str, str]:
    env: dict[str, str] = {}
    for each in container.get("envFrom", ()):
        found = objects.get(("Secret", each["secretRef"]["name"]))
        if found is None:
            raise NotYet("CreateContainerConfigError")
        env |= {key: base64.b64decode(v).decode() for key, v in found.get("data", {}).items()}
    for each in container.get("env", ()):
        path = each.get("valueFrom", {}).get("fieldRef", {}).get("fieldPath")
        env[each["name"]] = pod["metadata"]["name"] if path == "metadata.name" else each["value"]
    return env


def _volumes(pod: Object, container: Object, objects: Any, folder: Path) -> list[list[Any]]:
    sources = {each["name"]: each for each in pod["spec"].get("volumes", ())}
    group = int(pod["spec"].get("securityContext", {}).get("fsGroup", 0))
    mounts = []
    for mount in container.get("volumeMounts", ()):
        source = sources[mount["name"]]
        path = folder / "volumes" / mount["name"]
        path.mkdir(parents=True)
        if "configMap" in source:
            found = objects.get(("ConfigMap", source["configMap"]["name"]))
            if found is None:
                raise NotYet("ContainerCreating")
            for name, text in found["data"].items():
                (path / name).write_text(text)
        elif "persistentVolumeClaim" in source:
            claim = objects[("PersistentVolumeClaim", source["persistentVolumeClaim"]["claimName"])]
            path = Path(claim["folder"])
        else:
            os.chown(path, 0, group)
            path.chmod(0o2777)
        mounts.append([str(path), mount["mountPath"], bool(mount.get("readOnly"))])
    return mounts
