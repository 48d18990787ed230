"""Be process one of a host: boot it, mind it, power it off.

Forked from the hypervisor, never started on its own. Standard library only.
"""

from __future__ import annotations

import base64
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tests.cloud import kernel, wiring
from tests.cloud.console import tell

INITCTL = Path("/run/initctl")
_HIDDEN = ("tmp", "var/tmp", "home")
_SECRETS = ("root/.ssh", "root/.aws", "etc/ssh", "etc/environment", "etc/resolv.conf")
_GRACE_S = 0.3
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

_SHUTDOWN = """#!/bin/sh
# The test cloud's own: tells process one, which ends the instance.
if [ "$(id -u)" != 0 ]; then echo "shutdown: must be root" >&2; exit 1; fi
echo "$(basename "$0") $*" > /run/initctl
"""
_SYSTEMCTL = """#!/bin/sh
# The test cloud's hosts run no systemd; the power verbs work.
case "$1" in
poweroff|halt|reboot) exec "/usr/sbin/$1" ;;
*) echo "System has not been booted with systemd as init system" >&2; exit 1 ;;
esac
"""
_SSHD = """Port 22
ListenAddress 0.0.0.0
HostKey /etc/ssh/ssh_host_ed25519_key
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UsePAM no
UseDNS no
X11Forwarding no
PrintMotd no
PidFile none
MaxStartups 100
MaxSessions 100
Subsystem sftp internal-sftp
"""


@dataclass(frozen=True, slots=True)
class Order:
    """All that process one needs to know, from the hypervisor's launch message."""

    host_id: str
    address: str
    network: wiring.Network
    stage: str
    layers: tuple[str, ...]
    visible: tuple[str, ...]
    """Folders of the tests' machine that stay visible even if they lie in a hidden one."""
    disk_bytes: int
    plan: dict[str, Any]
    """What cloud-init would have read from the user-data."""
    environment: dict[str, str]
    user: str
    keys: tuple[str, ...]
    python: str


def be_the_machine(order: Order, ctrl: socket.socket) -> NoReturn:
    """Boot, and stay until the power goes; called in a fresh child of the hypervisor."""
    try:
        _connect(order, ctrl)
        _take_private_filesystem(order)
        _furnish(order)
        code = _Init(order, ctrl).run()
    except BaseException as error:
        tell(f"host {order.host_id} panicked: {error!r}")
        os._exit(70)
    os._exit(code)


def be_a_laptop(order: Order, ctrl: socket.socket) -> NoReturn:
    """Hold a network namespace with a cable, and nothing else, until killed."""
    _connect(order, ctrl)
    while True:
        signal.pause()


def _connect(order: Order, ctrl: socket.socket) -> None:
    kernel.unshare(kernel.NEW_MOUNTS | kernel.NEW_NETWORK | kernel.NEW_HOSTNAME | kernel.NEW_IPC)
    ctrl.send(b"unshared")
    ctrl.recv(64)  # the cable is plugged in
    for which in ("all", "default", "eth0"):
        Path(f"/proc/sys/net/ipv6/conf/{which}/disable_ipv6").write_text("1", encoding="ascii")
    wiring.come_up(order.network, order.address)
    with socket.create_server(("169.254.169.254", 80)) as metadata:
        socket.send_fds(ctrl, [b"up"], [metadata.fileno()])


def _take_private_filesystem(order: Order) -> None:
    kernel.mount("none", "/", flags=kernel.RECURSIVE | kernel.PRIVATE)
    kernel.mount("tmpfs", order.stage, "tmpfs", 0, f"size={order.disk_bytes},mode=700")
    stage, root = Path(order.stage), Path(order.stage, "root")
    for name in ("upper", "work", "root", "hidden"):
        (stage / name).mkdir()
    lower = ":".join([*order.layers, "/"])
    options = f"lowerdir={lower},upperdir={stage}/upper,workdir={stage}/work"
    kernel.mount("overlay", str(root), "overlay", 0, options)
    for name in _HIDDEN:
        _cover(stage, root, name)
    for folder in order.visible:
        _show(root, folder)
    (root / ".disk").mkdir(exist_ok=True)  # where the hypervisor finds the disk itself
    kernel.mount(str(stage), str(root / ".disk"), flags=kernel.BIND)
    _mount_kernel_folders(root)
    kernel.take_as_root(str(root))
    kernel.set_hostname("ip-" + order.address.replace(".", "-"))


def _cover(stage: Path, root: Path, name: str) -> None:
    """Put a folder of the host's own disk over one of the machine's."""
    kept = root / ".kept" / name  # a baked image has its own
    own = stage / "hidden" / name.replace("/", "-")
    if kept.is_dir():
        shutil.copytree(kept, own, symlinks=True)
    else:
        own.mkdir()
    own.chmod(0o1777 if name.endswith("tmp") else 0o755)
    kernel.mount(str(own), str(root / name), flags=kernel.BIND)


def _show(root: Path, folder: str) -> None:
    """Let a folder be seen that another mount or a covered folder hides."""
    here = root / folder.lstrip("/")
    device = Path(folder).stat().st_dev
    covered = any(folder.startswith(f"/{name}/") for name in _HIDDEN)
    if device == Path("/").stat().st_dev and not covered:
        return
    here.mkdir(parents=True, exist_ok=True)
    kernel.mount(folder, str(here), flags=kernel.BIND)
    kernel.mount("none", str(here), flags=kernel.BIND | kernel.REMOUNT | kernel.READ_ONLY)


def _mount_kernel_folders(root: Path) -> None:
    kernel.mount("proc", f"{root}/proc", "proc")
    kernel.mount("sysfs", f"{root}/sys", "sysfs", kernel.READ_ONLY)
    kernel.mount("tmpfs", f"{root}/run", "tmpfs", 0, "size=16m,mode=755")
    kernel.mount("tmpfs", f"{root}/dev", "tmpfs", 0, "size=1m,mode=755")
    dev = root / "dev"
    for name in ("null", "zero", "full", "random", "urandom", "tty"):
        (dev / name).touch()
        kernel.mount(f"/dev/{name}", f"{dev}/{name}", flags=kernel.BIND)
    for name in ("pts", "shm"):
        (dev / name).mkdir()
    kernel.mount("devpts", f"{dev}/pts", "devpts", 0, "newinstance,ptmxmode=0666,mode=620,gid=5")
    kernel.mount("tmpfs", f"{dev}/shm", "tmpfs", 0, "size=256m,mode=1777")
    (dev / "ptmx").symlink_to("pts/ptmx")
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        (dev / name).symlink_to(f"/proc/self/fd{target}")


def _furnish(order: Order) -> None:
    """Make the disk one of an instance: its users, keys, names and power switch."""
    for name in _SECRETS:
        path = Path("/", name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    Path("/root").chmod(0o711)  # a Python of this machine may live below it
    Path("/etc/ssh").mkdir()
    Path("/etc/resolv.conf").write_text("", encoding="ascii")
    name = "ip-" + order.address.replace(".", "-")
    _write("/etc/hosts", f"127.0.0.1 localhost\n{order.address} {name}\n")
    _write("/etc/hostname", f"{name}\n")
    _write("/etc/environment", "".join(f"{k}={v}\n" for k, v in order.environment.items()))
    for command in ("shutdown", "poweroff", "halt", "reboot"):
        _write(f"/usr/sbin/{command}", _SHUTDOWN, 0o755)
    _write("/usr/bin/systemctl", _SYSTEMCTL, 0o755)
    # The Python of the tests, one that can make environments; a link would not find its home.
    _write("/usr/local/bin/python3", f'#!/bin/sh\nexec {order.python} "$@"\n', 0o755)
    for tool, text in order.plan.get("tools", {}).items():
        _write(f"/usr/bin/{tool}", text, 0o755)
    for folder in ("/run/sshd", "/run/lock", "/var/lib/cloud/instance/scripts"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    os.mkfifo(INITCTL, 0o600)
    _add_user(order.user, order.keys)
    for file in order.plan["files"]:
        _write_planned(file)
    _set_host_keys(order.plan["host_keys"])
    settings = " ".join(f'"{key}={value}"' for key, value in order.environment.items())
    _write("/etc/ssh/sshd_config", f"{_SSHD}SetEnv {settings}\n")


def _write(path: str, text: str, mode: int = 0o644) -> None:
    there = Path(path)
    there.unlink(missing_ok=True)  # /usr/sbin/poweroff may be a link to something shared
    there.write_text(text, encoding="utf-8")
    there.chmod(mode)


def _add_user(name: str, keys: tuple[str, ...]) -> None:
    passwd = Path("/etc/passwd").read_text(encoding="utf-8")
    if f"\n{name}:" not in passwd:
        taken = {int(line.split(":")[2]) for line in passwd.splitlines()}
        number = next(one for one in range(1000, 60000) if one not in taken)
        _append("/etc/passwd", f"{name}:x:{number}:{number}:{name}:/home/{name}:/bin/bash\n")
        _append("/etc/group", f"{name}:x:{number}:\n")
        _append("/etc/shadow", f"{name}:*:19000:0:99999:7:::\n")
    if Path("/etc/sudoers.d").is_dir():
        _write("/etc/sudoers.d/90-cloud-init-users", f"{name} ALL=(ALL) NOPASSWD:ALL\n", 0o440)
        _write("/etc/sudoers.d/90-endpoint", 'Defaults env_keep += "AWS_ENDPOINT_URL"\n', 0o440)
    home = Path("/home", name)
    ssh = home / ".ssh"
    ssh.mkdir(parents=True, mode=0o700, exist_ok=True)
    (ssh / "authorized_keys").write_text("".join(f"{key}\n" for key in keys), encoding="utf-8")
    (ssh / "authorized_keys").chmod(0o600)
    for path in (home, ssh, ssh / "authorized_keys"):
        shutil.chown(path, name, name)


def _append(path: str, text: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(text)


def _write_planned(file: dict[str, Any]) -> None:
    path = Path(file["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab" if file["append"] else "wb") as out:
        out.write(base64.b64decode(file["content"]))
    path.chmod(file["mode"])
    if file["owner"]:
        user, _, group = file["owner"].partition(":")
        shutil.chown(path, user, group or None)


def _set_host_keys(host_keys: dict[str, str]) -> None:
    private = Path("/etc/ssh/ssh_host_ed25519_key")
    if "ed25519_private" in host_keys:
        _write(str(private), host_keys["ed25519_private"].strip() + "\n", 0o600)
        _write(f"{private}.pub", host_keys.get("ed25519_public", "").strip() + "\n")
    else:
        _run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(private)])
    tell("-----BEGIN SSH HOST KEY FINGERPRINTS-----")
    _run(["ssh-keygen", "-l", "-f", str(private)])
    tell("-----END SSH HOST KEY FINGERPRINTS-----")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=30)


class _Init:
    """The loop of process one: reap, listen to the power switch, end in order."""

    def __init__(self, order: Order, ctrl: socket.socket) -> None:
        self._order = order
        self._ctrl = ctrl
        self._due_at: float | None = None  # monotonic time of the planned end; None: none
        self._then = "poweroff"

    def run(self) -> int:
        """Return 0 when powered off; a reboot starts over inside."""
        waker, wake_fd = socket.socketpair()
        for end in (waker, wake_fd):
            end.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_fd.fileno(), warn_on_full_buffer=False)
        fifo = os.open(INITCTL, os.O_RDWR | os.O_NONBLOCK)
        selector = selectors.DefaultSelector()
        selector.register(waker, selectors.EVENT_READ, "child")
        selector.register(fifo, selectors.EVENT_READ, "power")
        selector.register(self._ctrl, selectors.EVENT_READ, "hypervisor")
        self._start(first_time=True)
        while True:
            left_s = None if self._due_at is None else max(0.0, self._due_at - time.monotonic())
            for key, _ in selector.select(left_s):
                self._take(key.data, key.fileobj, fifo)
            if self._due_at is not None and time.monotonic() >= self._due_at:
                self._end_everything()
                if self._then == "poweroff":
                    return 0
                self._due_at = None
                self._start(first_time=False)

    def _take(self, what: str, source: Any, fifo: int) -> None:
        match what:
            case "child":
                source.recv(4096)
                self._reap()
            case "power":
                for line in os.read(fifo, 4096).decode(errors="replace").splitlines():
                    self._order_power(line.split())
            case _:
                if self._ctrl.recv(64) != b"poweroff":  # the hypervisor is gone
                    os._exit(71)
                self._then, self._due_at = "poweroff", time.monotonic()

    def _reap(self) -> None:
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return

    def _order_power(self, words: list[str]) -> None:
        """Take what ``shutdown`` and its kin were called with."""
        if not words:
            return
        verb, arguments = words[0], words[1:]
        if "-c" in arguments:
            self._due_at = None
            return
        self._then = "reboot" if verb == "reboot" or "-r" in arguments else "poweroff"
        when = next((word for word in arguments if not word.startswith("-")), "")
        default = "+1" if verb == "shutdown" else "now"
        self._due_at = time.monotonic() + _delay_s(when or default)
        tell(f"{verb} {' '.join(arguments)}: in force")

    def _end_everything(self) -> None:
        """Ask all to end, wait the grace, make them; process one itself is not hit."""
        for number, wait_s in ((signal.SIGTERM, _GRACE_S), (signal.SIGKILL, _GRACE_S)):
            try:
                os.kill(-1, number)
            except ProcessLookupError:
                return
            end = time.monotonic() + wait_s
            while time.monotonic() < end:
                try:
                    if os.waitpid(-1, os.WNOHANG)[0] == 0:
                        time.sleep(0.01)
                except ChildProcessError:
                    return

    def _start(self, *, first_time: bool) -> None:
        environment = {"PATH": _PATH, "HOME": "/root", "LANG": "C.UTF-8", "SHELL": "/bin/sh"}
        environment |= self._order.environment
        _spawn(["/usr/sbin/sshd", "-D", "-e"], environment)
        if first_time and self._order.plan["scripts"]:
            _run_scripts(self._order.plan["scripts"], environment)


def _delay_s(when: str) -> float:
    if when == "now":
        return 0.0
    if when.startswith("+"):
        return 60.0 * float(when[1:]) / _time_scale()
    hours, _, minutes = when.partition(":")
    now = time.localtime()
    wanted_min = int(hours) * 60 + int(minutes) - now.tm_hour * 60 - now.tm_min
    return 60.0 * (wanted_min % 1440) / _time_scale()


def _time_scale() -> float:
    """How many seconds of the cloud pass in one of ours; asked where the metadata is."""
    try:
        with socket.create_connection(("169.254.169.254", 80), timeout=3.0) as line:
            line.sendall(b"GET /_cloud/time-scale HTTP/1.0\r\n\r\n")
            answer = b"".join(iter(lambda: line.recv(4096), b""))
        return float(json.loads(answer.rpartition(b"\r\n\r\n")[2]))
    except (OSError, ValueError):
        return 1.0


def _spawn(command: list[str], environment: dict[str, str]) -> int:
    pid = os.fork()
    if pid == 0:
        _become_child()
        os.execve(command[0], command, environment)  # noqa: S606 - a list of our own
    return pid


def _run_scripts(scripts: list[str], environment: dict[str, str]) -> None:
    """Run the user's scripts one after the other, as cloud-init's last stage does."""
    folder = Path("/var/lib/cloud/instance/scripts")
    paths = []
    for number, text in enumerate(scripts):
        path = folder / f"part-{number:03}"
        _write(str(path), text, 0o700)
        paths.append(str(path))
    if os.fork() == 0:
        _become_child()
        for script in paths:
            done = subprocess.run([script], env=environment, check=False, stdin=subprocess.DEVNULL)
            tell(f"cloud-init: {script} ended with {done.returncode}")
        Path("/var/lib/cloud/instance/boot-finished").touch()
        os._exit(0)


def _become_child() -> None:
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    os.closerange(3, 1024)
