"""Install the Debian packages that a window needs; elsewhere the system already has them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

WINDOW = (
    "libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libopengl0", "libpulse0",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0",
    "libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1", "libxkbcommon-x11-0",
)  # fmt: skip
"""What Qt opens a window with, and sound through."""
SCREEN = ("fonts-noto-cjk", "xauth", "xdotool", "xvfb")
"""What the end-to-end tests use: a screen without a monitor, a mouse, Chinese letters."""
HOSTS = ("curl", "iproute2", "nftables", "openssh-client", "openssh-server", "sudo")
"""What the test cloud makes its hosts of."""
SERVERS = ("rabbitmq-server",)
"""What the tests of queues talk to; they start it themselves."""
PACKAGES = {"run": WINDOW, "dev": (*WINDOW, *SCREEN, *HOSTS, *SERVERS)}
_TIMEOUT_S = 1200.0


def install_missing(profile: str) -> None:
    """Install what is missing as root on Debian; otherwise say which packages to install.

    A failure is told and not fatal: all but the window works without them.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        return
    missing = [name for name in PACKAGES[profile] if not _is_installed(name)]
    if not missing:
        return
    names = " ".join(missing)
    if os.name != "posix" or os.geteuid() != 0:
        print(f"        for the window, install: sudo apt-get install {names}", flush=True)
        return
    print(f"        installing Debian's {names}", flush=True)
    done = _run(["apt-get", "update", "-q"]) and _run(["apt-get", "install", "-q", "-y", *missing])
    if not done:
        print("        that failed: the commands work, the window may not open", flush=True)


def _is_installed(name: str) -> bool:
    ask = ["dpkg-query", "-W", "-f", "${Status}", name]
    said = subprocess.run(ask, check=False, capture_output=True, text=True, timeout=60)
    return said.stdout.strip() == "install ok installed"


def _run(command: Sequence[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    sink = subprocess.DEVNULL
    done = subprocess.run(command, check=False, stdout=sink, env=environment, timeout=_TIMEOUT_S)
    return done.returncode == 0
