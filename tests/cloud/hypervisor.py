"""Start, cut, freeze and end hosts on the orders of the cloud's server.

A small process of one thread, so that forking it is safe and its children can ask the
kernel to die with it. It ends, and everything with it, when the server's socket closes.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cloud import kernel, machine, wiring
from tests.cloud.cells import Cells

STATE = Path("/run/secondunit-cloud")
IMAGES = Path("/dev/shm")  # noqa: S108 - a lower layer must lie on another file system than /
SLOTS = 16
MESSAGE_BYTES = 200_000
_ORDERLY_S = 2.0
_BOOT_S = 20.0


@dataclass(slots=True)
class Host:
    """One running host as the hypervisor sees it."""

    number: int
    pid: int
    ctrl: socket.socket
    line: wiring.Line = field(default_factory=wiring.Line)
    frozen: bool = False
    how: str = ""
    """Why it is ending; empty while nobody has asked."""
    deadline: float | None = None
    """Monotonic time after which it is ended by force; None: nobody is waiting."""


class Hypervisor:
    """Every verb of the protocol is a method with the same name behind ``do_``."""

    def __init__(self, server: socket.socket, slot: int, port: int) -> None:
        self._server = server
        self._network = wiring.Network(slot)
        self._port = port
        self._cells = Cells(slot)
        self._state = STATE / str(slot)
        self._hosts: dict[str, Host] = {}
        self._made = 0
        self._pids_fd = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def run(self) -> None:
        """Serve until the server's end of the socket closes."""
        waker, wake = socket.socketpair()
        for end in (waker, wake):
            end.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        selector = selectors.DefaultSelector()
        selector.register(waker, selectors.EVENT_READ)
        selector.register(self._server, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select(self._next_deadline_s()):
                if key.fileobj is waker:
                    waker.recv(4096)
                elif not self._serve():
                    signal.set_wakeup_fd(-1)
                    return
            self._reap()
            self._force_late_ones()

    def _serve(self) -> bool:
        data = self._server.recv(MESSAGE_BYTES)
        if not data:
            return False
        order = json.loads(data)
        do: Callable[..., dict[str, Any]] = getattr(self, f"do_{order['verb']}")
        fds: list[int] = []
        try:
            answer = do(fds, **order["with"])
        except Exception as error:
            answer = {"trouble": f"{order['verb']}: {error!r}"}
        reply = json.dumps({"re": order["id"], **answer}).encode()
        socket.send_fds(self._server, [reply], fds)
        for fd in fds:
            os.close(fd)
        return True

    def do_launch(self, fds: list[int], **order: Any) -> dict[str, Any]:
        """Start a host; hand back the socket on which its metadata is to be served."""
        self._made += 1
        number = self._made
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        kernel.unshare(kernel.NEW_PIDS)
        pid = os.fork()
        if pid == 0:
            self._become_host(order, theirs, number)
        kernel.enter(self._pids_fd, kernel.NEW_PIDS)
        theirs.close()
        host = Host(number, pid, ours)
        self._hosts[order["host_id"]] = host
        try:
            fds.append(self._wire_up(order["host_id"], order["address"], host))
        except OSError:
            os.kill(pid, signal.SIGKILL)
            raise
        return {"pid": pid}

    def _become_host(self, order: dict[str, Any], ctrl: socket.socket, number: int) -> None:
        try:
            kernel.die_with_parent()
            os.setsid()
            signal.set_wakeup_fd(-1)
            console = os.open(order.pop("console"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            null = os.open("/dev/null", os.O_RDONLY)
            for target, fd in ((0, null), (1, console), (2, console)):
                os.dup2(fd, target)
            kept = ctrl.fileno()
            os.closerange(3, kept)
            os.closerange(kept + 1, 1024)  # the slot's lock and other hosts' lines among them
            be = machine.be_a_laptop if order.pop("laptop") else machine.be_the_machine
            lists: dict[str, Any] = {
                name: tuple(order.pop(name)) for name in ("layers", "visible", "keys")
            }
            be(machine.Order(network=self._network, **lists, **order), ctrl)
        finally:
            os._exit(72)

    def _wire_up(self, host_id: str, address: str, host: Host) -> int:
        host.ctrl.settimeout(_BOOT_S)
        if host.ctrl.recv(64) != b"unshared":
            raise OSError(f"{host_id} ended before it had a network")
        self._cells.put(host_id, host.pid)
        wiring.plug_in(self._network, self._cable(host), address, host.pid)
        host.ctrl.send(b"plugged")
        _, fds, _, _ = socket.recv_fds(host.ctrl, 64, 1)
        if not fds:
            raise OSError(f"{host_id} ended before it had an address")
        host.ctrl.settimeout(None)
        return fds[0]

    def _cable(self, host: Host) -> str:
        return f"suc{self._network.slot}h{host.number}"

    def do_end(self, _: list[int], host_id: str, how: str) -> dict[str, Any]:
        """End a host: by its power button ("orderly", or "stopped" to be started again),
        by a "crash", or "silent", its cable cut first.
        """
        host = self._hosts.get(host_id)
        if host is None:
            return {}
        host.how = host.how or how
        if how == "silent":
            host.line.cut_in = host.line.cut_out = True
            self._filter(host)
        if how in ("orderly", "stopped") and not host.frozen:
            host.deadline = time.monotonic() + _ORDERLY_S
            with contextlib.suppress(OSError):
                host.ctrl.send(b"poweroff")
        else:
            self._kill(host_id, host)
        return {}

    def do_freeze(self, _: list[int], host_id: str, frozen: bool) -> dict[str, Any]:
        """Stop or resume every process of a host; its kernel goes on answering."""
        self._cells.freeze(host_id, frozen=frozen)
        self._hosts[host_id].frozen = frozen
        return {}

    def do_line(self, _: list[int], host_id: str, **changes: Any) -> dict[str, Any]:
        """Change what happens on a host's cable."""
        host = self._hosts.get(host_id)
        if host is None:
            return {}
        for name, value in changes.items():
            setattr(host.line, name, value)
        self._filter(host)
        if "rate_in_kbit" in changes or "rate_out_kbit" in changes:
            wiring.shape(self._cable(host), host.pid, host.line)
        return {}

    def _filter(self, host: Host) -> None:
        cable = self._cable(host)
        wiring.filter_line(self._network, cable, host.number, self._port, host.line)

    def do_disk(self, _: list[int], host_id: str, full: bool, disk_bytes: int) -> dict[str, Any]:
        """Make a host's disk as small as what is on it, or as large as it was."""
        stage = str(self._state / "stage")
        pid = str(self._hosts[host_id].pid)
        inside = ["nsenter", "-t", pid, "-m", "-p"]
        if full:
            used = os.statvfs(f"/proc/{pid}/root/")
            disk_bytes = (used.f_blocks - used.f_bfree) * used.f_frsize
        wiring.run([*inside, "mount", "-o", f"remount,size={disk_bytes}", "/.disk"])
        return {"stage": stage}

    def do_neighbour(self, _: list[int], host_id: str, address: str) -> dict[str, Any]:
        """Let a laptop know the hardware address of a host, so that silence stays silence."""
        pid = str(self._hosts[host_id].pid)
        mac = wiring.mac_of(address)
        wiring.run(["nsenter", "-t", pid, "-n", "ip", "neigh", "replace", address, "lladdr", mac,
                    "dev", "eth0", "nud", "permanent"])  # fmt: skip
        return {}

    def do_bake(self, _: list[int], host_id: str, image: str) -> dict[str, Any]:
        """Copy what a host has written into a layer that later hosts can stand on."""
        pid = self._hosts[host_id].pid
        layer = IMAGES / f"secondunit-cloud-{self._network.slot}" / image
        (layer / ".kept" / "home").mkdir(parents=True)
        for source, target in (("upper", layer), ("hidden/home", layer / ".kept" / "home")):
            _copy_tree(pid, f"/.disk/{source}", target)
        return {"layer": str(layer)}

    def do_move_client(self, _: list[int], number: int, drop: int | None) -> dict[str, Any]:
        """Give the tests' machine another address."""
        return {"address": wiring.move_client(self._network, number, drop=drop)}

    def do_clear(self, _: list[int]) -> dict[str, Any]:
        """End every host at once; return when all are gone."""
        for host_id, host in list(self._hosts.items()):
            host.how = host.how or "cleared"
            self._kill(host_id, host)
        end = time.monotonic() + _BOOT_S
        while self._hosts and time.monotonic() < end:
            self._reap()
            time.sleep(0.002)
        self._drop_images()
        return {"left": list(self._hosts)}

    def _drop_images(self) -> None:
        layers = IMAGES / f"secondunit-cloud-{self._network.slot}"
        shutil.rmtree(layers, ignore_errors=True)

    def _kill(self, host_id: str, host: Host) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(host.pid, signal.SIGKILL)
        if host.frozen:  # a frozen process dies when it is thawed
            host.frozen = False
            self._cells.freeze(host_id, frozen=False)

    def _next_deadline_s(self) -> float | None:
        deadlines = [host.deadline for host in self._hosts.values() if host.deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _force_late_ones(self) -> None:
        for host_id, host in self._hosts.items():
            if host.deadline is not None and time.monotonic() >= host.deadline:
                host.deadline = None
                self._kill(host_id, host)

    def _reap(self) -> None:
        """Bury the hosts that have ended, and tell the server how."""
        for host_id, host in list(self._hosts.items()):
            pid, status = os.waitpid(host.pid, os.WNOHANG)
            if pid == 0:
                continue
            del self._hosts[host_id]
            host.ctrl.close()
            wiring.unplug(self._network, self._cable(host), host.number)
            self._cells.drop(host_id)
            by_itself = "poweroff" if os.waitstatus_to_exitcode(status) == 0 else "panic"
            event = {"event": "gone", "host_id": host_id, "how": host.how or by_itself}
            with contextlib.suppress(OSError):
                self._server.send(json.dumps(event).encode())

    def close(self) -> None:
        """End everything of this slot."""
        self.do_clear([])
        wiring.tear_down(self._network)
        self._cells.sweep()


def _copy_tree(pid: int, source: str, target: Path) -> None:
    """Copy a folder of a host, with the marks by which an overlay knows what is deleted."""
    marks = ["--xattrs", "--xattrs-include=*"]
    pack = ["nsenter", "-t", str(pid), "-m", "tar", "-C", source, *marks, "-cf", "-", "."]
    unpack = ["tar", "-C", str(target), *marks, "-xf", "-"]
    with subprocess.Popen(pack, stdout=subprocess.PIPE) as out:
        subprocess.run(unpack, stdin=out.stdout, check=True, timeout=300)
    if out.returncode:
        raise OSError(f"tar ended with {out.returncode}")


def take_slot() -> tuple[int, int]:
    """Take the first free slot; return it and the descriptor of its lock, to be kept."""
    STATE.mkdir(mode=0o755, exist_ok=True)
    for slot in range(SLOTS):
        fd = os.open(STATE / f"{slot}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if _locks(fd):
            return slot, fd
        os.close(fd)
    raise OSError(f"all {SLOTS} test clouds of this machine are in use")


def is_in_use(slot: int) -> bool:
    """Whether a running cloud has the slot; it has swept it before."""
    fd = os.open(STATE / f"{slot}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        return not _locks(fd)
    finally:
        os.close(fd)


def sweep(slot: int) -> None:
    """Remove what a cloud that was killed left of this slot; its lock must be held."""
    Cells(slot).sweep()
    wiring.tear_down(wiring.Network(slot))
    shutil.rmtree(IMAGES / f"secondunit-cloud-{slot}", ignore_errors=True)
    shutil.rmtree(STATE / str(slot), ignore_errors=True)


def sweep_others() -> None:
    """Remove what killed clouds left of all slots that nobody holds."""
    for lock in STATE.glob("*.lock"):
        fd = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
        try:
            if _locks(fd) and (STATE / lock.stem).is_dir():
                sweep(int(lock.stem))
        finally:
            os.close(fd)


def _locks(fd: int) -> bool:
    """Whether the lock was free and is now ours, until the descriptor is closed."""
    import fcntl  # not on Windows, where tests import this file only to skip

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def main() -> None:
    """Run with the server's socket and the slot, port and lock that it has taken."""
    fd, slot, port = (int(word) for word in sys.argv[1:4])
    server = socket.socket(fileno=fd)
    network = wiring.Network(slot)
    (STATE / str(slot) / "stage").mkdir(parents=True, exist_ok=True)
    wiring.set_up(network, port)
    hypervisor = Hypervisor(server, slot, port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the server says when it is over
    server.send(json.dumps({"event": "ready"}).encode())
    try:
        hypervisor.run()
    finally:
        hypervisor.close()


if __name__ == "__main__":
    main()
