"""Look at everything a render needs on this machine: what is there, what is missing."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

import psutil

from orchestrator.home import Home
from orchestrator.models import check_models
from remote_worker.engines.registry import engine_names

LEAST_FREE_BYTES = 2 * 1024**3
"""Below this a short 1080p render may not fit."""
_PACKAGES = ("av", "numpy", "ai-edge-litert", "dlib-bin", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: Literal["good", "note", "missing"]
    found: str
    advice: str = ""
    code: str = ""
    """Of the fault that kept it from being looked at, which names it in any language."""


def examine(home: Home, share: Callable[[int, int], None]) -> tuple[Finding, ...]:
    """Return all findings; ``share`` hears how much is done. It reads models: seconds."""
    looks: tuple[Callable[[], list[Finding]], ...] = (
        _python, _packages, _engines, _facefusion, _models, _encoders, lambda: _storage(home)
    )  # fmt: skip
    findings: list[Finding] = []
    for number, look in enumerate(looks, start=1):
        findings += look()
        share(number, len(looks))
    return tuple(findings)


def _python() -> list[Finding]:
    system = f"Python {platform.python_version()} on {platform.platform()}"
    memory_gib = psutil.virtual_memory().total / 1024**3
    machine = f"{psutil.cpu_count()} processors, {memory_gib:.0f} GiB of memory"
    return [Finding("python", "good", system), Finding("machine", "good", machine)]


def _packages() -> list[Finding]:
    return [_package(name) for name in _PACKAGES]


def _package(name: str) -> Finding:
    try:
        return Finding(name, "good", metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(
            name, "missing", "not installed", "run 'python installer/environment.py run'"
        )


def _engines() -> list[Finding]:
    return [Finding("engines", "good", ", ".join(engine_names()))]


def _facefusion() -> list[Finding]:
    from orchestrator.facefusion.install import look_quickly

    state, models, missing = look_quickly()
    if state is None:
        advice = "install it under Settings, Engine, or by 'secondunit engine install'"
        return [Finding("facefusion", "note", "not installed", advice)]
    found = f"{state.flavour}, onnxruntime {state.onnxruntime}, {models} models"
    advice = f"models of the default settings are missing: {', '.join(missing)}" if missing else ""
    return [Finding("facefusion", "note" if missing else "good", found, advice)]


def _models() -> list[Finding]:
    return [
        Finding(
            f"model {state.model.name}",
            "good" if state.state == "good" else "missing",
            f"{state.state}, {state.model.licence}",
            state.advice,
        )
        for state in check_models()
    ]


def _encoders() -> list[Finding]:
    from remote_worker.frames.build import media_build  # loads the media libraries
    from remote_worker.frames.encoders import CHOICES, encoder_opens

    hardware = [
        choice.encoder
        for choice in CHOICES
        if choice.hardware and encoder_opens(choice.encoder, choice.pixel_formats[0])
    ]
    found = ", ".join(hardware) or "no NVIDIA encoder here; videos are encoded on the processor"
    return [
        Finding("media", "good", media_build()),
        Finding("hardware encoders", "good" if hardware else "note", found),
    ]


def _storage(home: Home) -> list[Finding]:
    free_bytes = shutil.disk_usage(home.root).free
    found = f"{home.root}, {free_bytes / 1024**3:.1f} GiB free"
    if free_bytes < LEAST_FREE_BYTES:
        return [Finding("storage", "missing", found, "free some space, or set SECONDUNIT_HOME")]
    return [Finding("storage", "good", found)]
