"""Keep each host's processes in a control group: to freeze them, and to find them again."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

_V1 = Path("/sys/fs/cgroup/freezer")
_V2 = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified"))
_WAIT_S = 5.0


class Cells:
    """The control groups of one slot, cgroup 1 or 2 as the machine has it."""

    def __init__(self, slot: int) -> None:
        top = _second() or _V1
        self._old = top == _V1
        self.folder = top / f"secondunit-cloud-{slot}"

    @staticmethod
    def why_not() -> str | None:
        """Why this machine cannot freeze a host, or None."""
        if _second() or _V1.is_dir():
            return None
        return "no freezer control group is mounted below /sys/fs/cgroup"

    def put(self, host_id: str, pid: int) -> None:
        """Put a process, and all it will start, in the host's group."""
        cell = self.folder / host_id
        cell.mkdir(parents=True, exist_ok=True)
        (cell / "cgroup.procs").write_text(str(pid), encoding="ascii")

    def freeze(self, host_id: str, *, frozen: bool) -> None:
        """Stop or resume all processes of the host; return when it is so."""
        cell = self.folder / host_id
        if self._old:
            (cell / "freezer.state").write_text("FROZEN" if frozen else "THAWED", encoding="ascii")
        else:
            (cell / "cgroup.freeze").write_text("1" if frozen else "0", encoding="ascii")
        end = time.monotonic() + _WAIT_S
        while self._frozen(cell) is not frozen:
            if time.monotonic() > end:
                raise OSError(f"{host_id} would not {'freeze' if frozen else 'thaw'}")
            time.sleep(0.002)

    def _frozen(self, cell: Path) -> bool:
        if self._old:
            return (cell / "freezer.state").read_text(encoding="ascii").strip() == "FROZEN"
        return "frozen 1" in (cell / "cgroup.events").read_text(encoding="ascii")

    def drop(self, host_id: str) -> None:
        """Remove the group of a host that is gone."""
        end = time.monotonic() + _WAIT_S
        cell = self.folder / host_id
        while cell.is_dir() and time.monotonic() < end:
            try:
                cell.rmdir()
            except OSError:
                time.sleep(0.002)  # its last process is still being buried

    def sweep(self) -> None:
        """End what an earlier cloud of this slot left running, and remove its groups."""
        for cell in sorted(self.folder.glob("*/")):
            with contextlib.suppress(OSError):
                self.freeze(cell.name, frozen=False)
            for line in (cell / "cgroup.procs").read_text(encoding="ascii").split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(line), signal.SIGKILL)
            self.drop(cell.name)
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def _second() -> Path | None:
    """Where control groups of the second version are, if they can freeze."""
    for top in _V2:
        if (top / "cgroup.controllers").is_file():
            return top
    return None
