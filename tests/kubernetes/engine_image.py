"""Have pods install the stand-in for FaceFusion, from a mirror of this machine."""

from __future__ import annotations

import base64
import hashlib
import io
import sysconfig
import tarfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion import source
from remote_worker.engines.facefusion.installation import COMMIT, Installation
from remote_worker.engines.facefusion.provision import Package
from tests.fakes.engine_mirror import Mirror
from tests.fakes.facefusion_home import STAND_IN
from tests.kubernetes.kubelet import Image

WHEEL = "runtime-1.0-py3-none-any.whl"
_PACKAGES = "/opt/packages"
"""Where pods find the packages of this environment, wherever it lies here."""
_PINNED = """from remote_worker.engines.facefusion import manifest, source
manifest.known_digest = lambda model, pins: pins.get(model.name)
source.TREE_DIGEST, source.ARCHIVE_DIGEST = {tree!r}, {archive!r}
"""


def wheel() -> bytes:
    """Return a wheel that has an environment find the packages of this one, here or in a pod."""
    packages = f"{sysconfig.get_path('purelib')}\n{_PACKAGES}\n".encode()
    told = base64.urlsafe_b64encode(hashlib.sha256(packages).digest()).rstrip(b"=").decode()
    name = "runtime-1.0.dist-info/RECORD"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo("runtime.pth"), packages)
        record = f"runtime.pth,sha256={told},{len(packages)}\n{name},,\n"
        archive.writestr(zipfile.ZipInfo(name), record)
    return held.getvalue()


def package() -> Package:
    """Return that wheel, as a lock has it; it is published nowhere but at the mirror."""
    data = wheel()
    digest = Digest(hashlib.sha256(data).hexdigest())
    return Package(file=WHEEL, url="", digest=digest, package_bytes=len(data))


def fill(mirror: Mirror, here: Installation) -> None:
    """Have a mirror serve the stand-in, the wheel, and the stub models of ``here``."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        tar.add(STAND_IN, f"facefusion-{COMMIT}", filter=_without_caches)
    mirror.lies.clear()
    mirror.lies[f"/source/facefusion-{COMMIT}.tar.gz"] = held.getvalue()
    mirror.lies[f"/packages/{WHEEL}"] = wheel()
    for path in here.models.glob("*.onnx"):
        data = path.read_bytes()
        mirror.lies[f"/models/{path.name}"] = data
        mirror.lies[f"/models/{path.stem}.hash"] = format(zlib.crc32(data), "08x").encode()


def _without_caches(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in entry.name else entry


def pinned(folder: Path, image: Image, put: Any) -> Image:
    """Return an image whose code pins the stand-in, as this process's does from here on."""
    archive = source.pack(STAND_IN, folder / "stand-in.tar")
    told = {"tree": source.tree_digest(STAND_IN), "archive": archive}
    put(source, "TREE_DIGEST", told["tree"])
    put(source, "ARCHIVE_DIGEST", told["archive"])
    (folder / "pinned").mkdir()
    (folder / "pinned" / "sitecustomize.py").write_text(_PINNED.format(**told))
    packages = Path(sysconfig.get_path("purelib"))
    layers = {**image.layers, "/opt/pinned": folder / "pinned", _PACKAGES: packages}
    env = {**image.env, "PYTHONPATH": f"{image.env['PYTHONPATH']}:/opt/pinned"}
    return replace(image, layers=layers, env=env)
