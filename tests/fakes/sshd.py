"""Run the system's own sshd on a port of this machine, with a key that a test knows."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from orchestrator.transfer.ssh import Door, KeyPair, new_key_pair

_SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_START_S = 10.0


def why_not() -> str:
    """Return why there can be no sshd here; empty when there can."""
    if sys.platform == "win32":
        return "Windows has no sshd of this kind"
    return "" if _SSHD else "openssh-server is not installed"


@dataclass
class Sshd:
    """A running server and what opens it."""

    door: Door
    key: KeyPair
    log: Path
    process: subprocess.Popen[bytes]

    def cut_sessions(self) -> int:
        """Kill every connection that is open, the server itself stays; return how many."""
        sessions = psutil.Process(self.process.pid).children(recursive=False)
        for session in sessions:
            session.kill()
        return len(sessions)


@contextmanager
def sshd(folder: Path) -> Iterator[Sshd]:
    """Run a server until the end."""
    assert _SSHD is not None
    folder.mkdir()
    host, key = new_key_pair(), new_key_pair()
    _private(folder / "host_key", host.private_pem)
    _private(folder / "authorized_keys", key.public_line + "\n")
    port = _free_port()
    config = folder / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder / 'host_key'}\n"
        f"AuthorizedKeysFile {folder / 'authorized_keys'}\nPidFile {folder / 'pid'}\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\n"
        "StrictModes no\nPermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n"
        "LogLevel VERBOSE\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    log = folder / "log"
    argv = [_SSHD, "-D", "-f", str(config), "-E", str(log)]
    with subprocess.Popen(argv, stderr=subprocess.DEVNULL) as process:
        try:
            _await(port, log)
            user = getpass.getuser()
            door = Door(
                host="127.0.0.1", port=port, user=user, instance_id="i-1", host_key=host.public_line
            )
            yield Sshd(door, key, log, process)
        finally:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()


def _private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(port: int, log: Path) -> None:
    give_up_s = time.monotonic() + _START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < give_up_s, log.read_text()
            time.sleep(0.02)
