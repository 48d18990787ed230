"""Be where FaceFusion is published: a small program, wheel and models, and a server with moods.

What is served is made here; what the product pins (digests of the source, names and digests of
models, addresses) is replaced by that of the small ones, in this process and, by
``SMALL_FACEFUSION``, in a child that runs this file.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import sys
import tarfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion import manifest, origins, provision, source
from remote_worker.engines.facefusion.download import Patience
from remote_worker.engines.facefusion.installation import COMMIT

SOURCE = {"facefusion.py": b"print('hello')\n", "facefusion/core.py": b"VERSION = 1\n"}
PINNED, UNPINNED = "yoloface_8n", "nsfw_1"
"""A model that the manifest names a digest for, and one that it does not."""
QUICK = Patience(quiet_s=2.0, tries=3, longest_pause_s=0.02)


@dataclass
class Mirror:
    """What lies where, what was asked, and what goes wrong; ``moods`` are by path, used up."""

    url: str = ""
    lies: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path, and the range that was asked for."""
    moods: dict[str, list[Any]] = field(default_factory=dict)
    """A status, ``("cut", bytes)``, ``"no ranges"``, or an event that is waited for."""
    halfway: threading.Event = field(default_factory=threading.Event)
    """Set when a server that waits has sent the half."""

    def paths(self) -> list[str]:
        """Return what was asked for, in order."""
        return [path for path, _ in self.asked]

    def order(self, *models: str) -> provision.Order:
        """Return the order for all that lies here."""
        data = wheel()
        package = provision.Package(
            file=WHEEL,
            url=f"{self.url}/packages/{WHEEL}",
            digest=sha256(data),
            package_bytes=len(data),
        )
        return provision.Order(
            flavour="cpu",
            onnxruntime="1.28.0",
            python_version=f"{sys.version_info.major}.{sys.version_info.minor}",
            packages=(package,),
            models=models or (PINNED, UNPINNED),
            pins={},
        )


WHEEL = "onnxruntime-1.28.0-py3-none-any.whl"


def sha256(data: bytes) -> Digest:
    """Return the digest of bytes."""
    return Digest(hashlib.sha256(data).hexdigest())


def model_bytes(name: str) -> bytes:
    """Return what a model here is: half a megabyte that nobody else has."""
    block = hashlib.sha512(name.encode()).digest()
    return block * (2**19 // len(block))


def wheel() -> bytes:
    """Return a wheel that can be imported as onnxruntime."""
    code = b"__version__ = '1.28.0'\n\n\ndef get_available_providers():\n    return ['CPU']\n"
    told = base64.urlsafe_b64encode(hashlib.sha256(code).digest()).rstrip(b"=").decode()
    name = "onnxruntime-1.28.0.dist-info/RECORD"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        files = (
            ("onnxruntime/__init__.py", code),
            (name, f"onnxruntime/__init__.py,sha256={told},{len(code)}\n{name},,\n".encode()),
        )
        for path, data in files:
            archive.writestr(zipfile.ZipInfo(path), data)
    return held.getvalue()


def source_archive(files: dict[str, bytes] | None = None) -> bytes:
    """Return the source as the place where it is published packs it: all in one folder."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        for name, data in (files or SOURCE).items():
            entry = tarfile.TarInfo(f"facefusion-{COMMIT}/{name}")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return held.getvalue()


def lay_out(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    """Write the source as a checkout; return it."""
    for name, data in (files or SOURCE).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def pins(url: str, checkout: Path) -> dict[str, Any]:
    """Return what the product is to pin instead of the real ones."""
    lay_out(checkout)
    archive = source.pack(checkout, checkout.with_suffix(".tar"))
    return {
        "tree": source.tree_digest(checkout),
        "archive": archive,
        "source": [f"{url}/source/{COMMIT}.tar.gz"],
        "hosts": [f"{url}/models/{{file}}", f"{url}/other/{{file}}"],
        "digests": {PINNED: sha256(model_bytes(PINNED))},
    }


def apply(told: dict[str, Any], put: Any = setattr) -> None:
    """Have the product pin these."""
    put(source, "TREE_DIGEST", told["tree"])
    put(source, "ARCHIVE_DIGEST", told["archive"])
    put(provision, "SOURCE_URLS", tuple(told["source"]))
    put(manifest, "HOSTS", tuple(told["hosts"]))
    small = {
        name: manifest.ModelFile(
            name=name, base="models-1", vendor="us", licence=licence, purpose="finds faces",
            about_bytes=len(model_bytes(name)), digest=told["digests"].get(name),
        )
        for name, licence in ((PINNED, "Non-Commercial"), (UNPINNED, "MIT"))
    }  # fmt: skip
    put(manifest, "manifest", lambda: small)


def apply_on_desktop(mirror: Mirror, put: Any) -> None:
    """Have what installs on this machine know the small parts, too; after :func:`apply`."""
    from orchestrator.facefusion import install

    order = mirror.order()
    put(install, "manifest", manifest.manifest)
    put(install, "packages_for", lambda *asked: order.packages)
    put(install, "models_needed", lambda settings: order.models)
    put(install, "flavour_here", lambda: "cpu")


@contextmanager
def engine_mirror(host: str = "127.0.0.1") -> Iterator[Mirror]:
    """Serve all of it until the end."""
    mirror = Mirror()
    with ThreadingHTTPServer((host, 0), _handler(mirror)) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        mirror.url = f"http://{host}:{server.server_address[1]}"
        mirror.lies[f"/source/{COMMIT}.tar.gz"] = source_archive()
        mirror.lies[f"/packages/{WHEEL}"] = wheel()
        for name in (PINNED, UNPINNED):
            data = model_bytes(name)
            mirror.lies[f"/models/{name}.onnx"] = data
            mirror.lies[f"/models/{name}.hash"] = format(zlib.crc32(data), "08x").encode()
        yield mirror
        server.shutdown()
        thread.join(10)


def _handler(mirror: Mirror) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mirror.asked.append((self.path, self.headers.get("Range", "")))
            moods = mirror.moods.get(self.path) or []
            mood = moods.pop(0) if moods else None
            data = mirror.lies.get(self.path)
            if data is None or isinstance(mood, int):
                self.send_error(mood if isinstance(mood, int) else 404)
                return
            self._send(data, mood)

        def _send(self, data: bytes, mood: Any) -> None:
            span = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            start = int(span.group(1)) if span and mood != "no ranges" else 0
            if start >= len(data):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(data)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            self._write(data[start:], mood)

        def _write(self, data: bytes, mood: Any) -> None:
            half = len(data) // 2
            if isinstance(mood, tuple):
                self.wfile.write(data[: mood[1]])
                self.close_connection = True
                return
            self.wfile.write(data[:half])
            self.wfile.flush()
            if isinstance(mood, threading.Event):
                mirror.halfway.set()
                mood.wait(30)
            try:
                self.wfile.write(data[half:])
            except OSError:  # whoever asked was killed
                self.close_connection = True

        def log_message(self, *given: Any) -> None:
            del given

    return Handler


def main() -> int:
    """Install what is told in ``SMALL_FACEFUSION`` into a folder: a process that can be killed."""
    from remote_worker.contract.coding import from_plain
    from remote_worker.engines.facefusion.installation import Installation

    told = json.loads(os.environ["SMALL_FACEFUSION"])
    apply(told["pins"])
    order = from_plain(provision.Order, told["order"])
    installation = Installation(Path(sys.argv[1]))
    origin = origins.Published(patience=QUICK)
    provision.provision(order, installation, origin, lambda told: None, threading.Event())
    return 0


if __name__ == "__main__":
    sys.exit(main())
