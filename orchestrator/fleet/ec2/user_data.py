"""Write what a fresh instance is told at its first boot; it holds no secret."""

from __future__ import annotations

import base64
import gzip
import io
import json
import math
import tarfile
from datetime import datetime
from pathlib import Path

import remote_worker
from remote_worker.contract.coding import to_plain
from remote_worker.first import FirstPlan

LIMIT_BYTES = 16 * 1024
"""EC2 takes no more, before it is encoded."""
ROOT = "/opt/secondunit"
_MODULES = ("__init__", "bucket", "first", "notices", "watchdog")
_LINE_LETTERS = 76


def user_data(plan: FirstPlan) -> str:
    """Return the script; its first order is the host's own end, which nothing can forget.

    Raises:
        ValueError: it is longer than EC2 takes, or the life is none.
    """
    if plan.life_s <= 0:
        raise ValueError("a host lives longer than nothing")
    minutes = math.ceil(plan.life_s / 60)
    text = "\n".join(
        (
            "#!/bin/bash",
            f"shutdown -P +{_minutes(minutes, plan.ends_at)}",
            "set -eu",
            f"mkdir -p {ROOT}/first",
            f"cd {ROOT}/first",
            "base64 -d <<'END' | tar -xz",
            *_lines(_packed(plan)),
            "END",
            "exec python3 -m remote_worker.first --plan=plan.json",
            "",
        )
    )
    if len(text) > LIMIT_BYTES:
        raise ValueError(f"the script has {len(text)} bytes, and EC2 takes {LIMIT_BYTES}")
    return text


def _minutes(most: int, ends_at: str) -> str:
    """Return for the shell in how many minutes a host ends, whose clock knows the time."""
    if not ends_at:
        return str(most)
    at = int(datetime.fromisoformat(ends_at).timestamp())
    left = f"n=$(( ({at} - $(date +%s) + 59) / 60 ))"
    return f"$({left}; [ $n -gt {most} ] && n={most}; [ $n -lt 1 ] && n=1; echo $n)"


def _packed(plan: FirstPlan) -> bytes:
    made = io.BytesIO()
    # mtime: the same plan makes the same script, as a launch asked for again has to be the same
    with (
        gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w") as tar,
    ):
        for name in _MODULES:
            path = Path(remote_worker.__file__).with_name(f"{name}.py")
            _add(tar, f"remote_worker/{name}.py", path.read_bytes())
        _add(tar, "plan.json", json.dumps(to_plain(plan)).encode())
    return made.getvalue()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o644
    tar.addfile(entry, io.BytesIO(data))


def _lines(data: bytes) -> list[str]:
    text = base64.b64encode(data).decode()
    return [text[at : at + _LINE_LETTERS] for at in range(0, len(text), _LINE_LETTERS)]
