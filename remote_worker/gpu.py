"""Read how busy the host's GPUs are, or say why there is nothing to read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_PERIOD_S = 2.0
"""Between two looks, each of which takes a few milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuUse:
    """One GPU at one moment."""

    index: int
    name: str
    busy_percent: int | None
    """Share of the last moments in which it computed; None where the driver does not tell."""
    memory_used_bytes: int
    memory_total_bytes: int


class Gpus:
    """The host's NVIDIA GPUs through NVML; safe to use from any thread.

    A driver can hang for minutes: it is asked on a thread of its own, and whoever wants to know
    gets what was seen last.

    Attributes:
        absent: why none can be read, in words; empty while some can.
    """

    def __init__(self, nvml: Callable[[], Any] | None = None) -> None:
        """Prepare; ``nvml`` gives the library, which is opened at the first look."""
        self._nvml_of = nvml or _pynvml
        self._nvml: Any = None
        self._opened = False
        self._over = threading.Event()
        self._seen: tuple[GpuUse, ...] = ()
        self.absent = ""

    def start(self) -> None:
        """Look now and then, as long as there is something to see."""
        threading.Thread(target=self._run, name="gpu", daemon=True).start()

    def read(self) -> tuple[GpuUse, ...]:
        """Return every GPU as it was seen last; none when none can be read."""
        return self._seen

    def look(self) -> tuple[GpuUse, ...]:
        """Ask the driver and return what it says."""
        if not self._opened:
            self._open()
        self._seen = () if self._nvml is None else self._look(self._nvml)
        return self._seen

    def close(self) -> None:
        """Look no more."""
        self._over.set()  # the driver lets go of the process when it ends

    def _run(self) -> None:
        self.look()
        while self._nvml is not None and not self._over.wait(_PERIOD_S):
            self.look()

    def _look(self, nvml: Any) -> tuple[GpuUse, ...]:
        try:
            seen = tuple(_use_of(nvml, index) for index in range(nvml.nvmlDeviceGetCount()))
        except Exception as error:  # a driver that was reset or fell off the bus; told, not fatal
            self.absent = f"The GPU cannot be read: {error}."
            return ()
        self.absent = "" if seen else "This host has no NVIDIA GPU."
        return seen

    def _open(self) -> None:
        self._opened = True
        try:
            nvml = self._nvml_of()
            nvml.nvmlInit()
        except ImportError:
            self.absent = "The library that reads GPUs is not installed."
        except Exception as error:  # NVML's own: no driver, no rights
            self.absent = f"No NVIDIA GPU can be read here: {error}."
        else:
            self._nvml = nvml


def _use_of(nvml: Any, index: int) -> GpuUse:
    handle = nvml.nvmlDeviceGetHandleByIndex(index)
    memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    name = nvml.nvmlDeviceGetName(handle)
    try:
        busy: int | None = int(nvml.nvmlDeviceGetUtilizationRates(handle).gpu)
    except nvml.NVMLError:
        busy = None  # partitioned GPUs have no such figure
    return GpuUse(
        index=index,
        name=name.decode() if isinstance(name, bytes) else str(name),
        busy_percent=busy,
        memory_used_bytes=int(memory.used),
        memory_total_bytes=int(memory.total),
    )


def _pynvml() -> Any:
    import pynvml

    return pynvml
