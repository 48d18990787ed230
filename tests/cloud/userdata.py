"""Read user-data as cloud-init would, as far as the test cloud's hosts can follow it."""

from __future__ import annotations

import base64
import email
import gzip
import shlex
from typing import Any

import yaml  # type: ignore[import-untyped] # its types are a package we do not need else

LONGEST_BYTES = 16 * 1024
_KNOWN = {
    "ssh_keys", "ssh_authorized_keys", "write_files", "runcmd", "bootcmd",
    "ssh_deletekeys", "ssh_genkeytypes", "disable_root", "ssh_pwauth", "no_ssh_fingerprints",
    "package_update", "package_upgrade", "ssh_publish_hostkeys", "preserve_hostname",
    "manage_etc_hosts", "growpart", "resize_rootfs",
}  # fmt: skip
"""Keys that are followed, or whose omission changes nothing a test could see."""


class Unreadable(Exception):
    """User-data that the test cloud cannot follow; better said than ignored."""


def read(data: bytes) -> dict[str, Any]:
    """Return what a host does at its first boot: files, keys, scripts, in this order."""
    plan: dict[str, Any] = {"files": [], "host_keys": {}, "authorized": [], "scripts": []}
    late: list[str] = []
    for part in _parts(data):
        _take_part(part, plan, late)
    plan["scripts"] += late  # user scripts come after runcmd, as cloud-init has it
    return plan


def _parts(data: bytes) -> list[str]:
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    text = data.decode()
    if not text.lower().startswith(("content-type:", "mime-version:")):
        return [text] if text.strip() else []
    message = email.message_from_string(text)
    payloads = (part.get_payload(decode=True) for part in message.walk())
    return [payload.decode() for payload in payloads if isinstance(payload, bytes)]


def _take_part(text: str, plan: dict[str, Any], late: list[str]) -> None:
    first = text.lstrip().partition("\n")[0].strip()
    if first.startswith("#!"):
        late.append(text.lstrip())
    elif first == "#cloud-boothook":
        plan["scripts"].insert(0, text.lstrip().partition("\n")[2])
    elif first == "#cloud-config":
        _take_config(yaml.safe_load(text) or {}, plan)
    else:
        raise Unreadable(f"user-data that begins with {first!r}")


def _take_config(config: dict[str, Any], plan: dict[str, Any]) -> None:
    unknown = set(config) - _KNOWN
    if unknown:
        raise Unreadable(f"cloud-config keys the test cloud does not know: {sorted(unknown)}")
    plan["host_keys"] |= config.get("ssh_keys", {})
    plan["authorized"] += config.get("ssh_authorized_keys", [])
    plan["files"] += [_file(file) for file in config.get("write_files", [])]
    for key in ("bootcmd", "runcmd"):
        if config.get(key):
            plan["scripts"].append("#!/bin/sh\n" + "\n".join(map(_line, config[key])) + "\n")


def _line(command: str | list[str]) -> str:
    return command if isinstance(command, str) else shlex.join(map(str, command))


def _file(file: dict[str, Any]) -> dict[str, Any]:
    content: str | bytes = file.get("content", "")
    raw = content if isinstance(content, bytes) else content.encode()
    encoding = file.get("encoding", "text/plain")
    if encoding in ("b64", "base64", "gz+b64", "gz+base64", "gzip+base64"):
        raw = base64.b64decode(raw)
    if encoding.startswith("gz"):
        raw = gzip.decompress(raw)
    mode = file.get("permissions", "0644")
    return {
        "path": file["path"],
        "content": base64.b64encode(raw).decode(),
        "mode": mode if isinstance(mode, int) else int(str(mode), 8),
        "owner": file.get("owner", ""),
        "append": bool(file.get("append", False)),
    }
