"""Name an engine's code and libraries by one digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from remote_worker.contract.records import Digest

_SOURCES = (".py", ".json")


@cache
def fingerprint(sources: tuple[Path, ...], libraries: tuple[str, ...]) -> Digest:
    """Return the digest of ``sources`` and of the versions of ``libraries``.

    Args:
        sources: files, or folders that are searched for Python and JSON files; line endings
            do not count, so that a checkout on Windows has the same digest.
        libraries: names of installed distributions.
    """
    digest = hashlib.sha256()
    for name, path in sorted(_files(sources)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(content)}\n".encode() + content)
    for library in sorted(libraries):
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return Digest(digest.hexdigest())


def _files(sources: Iterable[Path]) -> Iterable[tuple[str, Path]]:
    for source in sources:
        if source.is_file():
            yield source.name, source
            continue
        for path in source.rglob("*"):
            if path.suffix in _SOURCES:
                yield f"{source.name}/{path.relative_to(source).as_posix()}", path
