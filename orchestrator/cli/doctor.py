"""Say what is installed, what is missing and what to do about it."""

from __future__ import annotations

import platform
import shutil
from argparse import Namespace
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

import psutil
from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.home import Home
from orchestrator.models import check_models
from remote_worker.engines.registry import engine_names
from remote_worker.frames.build import media_build
from remote_worker.frames.encoders import CHOICES, encoder_opens

LEAST_FREE_BYTES = 2 * 1024**3
"""Below this a short 1080p render may not fit."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: Literal["good", "note", "missing"]
    found: str
    advice: str = ""


def doctor(asked: Namespace, reporter: Reporter) -> Exit:
    """Look at everything a render needs; the status is NOT_READY if something is missing."""
    del asked
    with reporter.doing("looking") as step:
        looks = (_python, _packages, _engines, _models, _encoders, _home)
        findings: list[Finding] = []
        for number, look in enumerate(looks, start=1):
            findings += look()
            step(number, len(looks))

    def lines(console: Console) -> None:
        rows = [(f.state, f.name, f.found) for f in findings]
        console.print(table("", ("", "what", "found"), rows))
        for finding in findings:
            if finding.advice:
                console.print(f"{finding.name}: {finding.advice}", markup=False)

    reporter.result(tuple(findings), lines)
    return Exit.NOT_READY if any(f.state == "missing" for f in findings) else Exit.DONE


def _python() -> list[Finding]:
    system = f"Python {platform.python_version()} on {platform.platform()}"
    memory_gib = psutil.virtual_memory().total / 1024**3
    machine = f"{psutil.cpu_count()} processors, {memory_gib:.0f} GiB of memory"
    return [Finding("python", "good", system), Finding("machine", "good", machine)]


def _packages() -> list[Finding]:
    return [_package(name) for name in ("av", "numpy", "ai-edge-litert", "dlib-bin", "onnxruntime")]


def _package(name: str) -> Finding:
    try:
        return Finding(name, "good", metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(
            name, "missing", "not installed", "run 'python installer/environment.py run'"
        )


def _engines() -> list[Finding]:
    return [Finding("engines", "good", ", ".join(engine_names()))]


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


def _home() -> list[Finding]:
    home = Home.default()
    free_bytes = shutil.disk_usage(home.root).free
    found = f"{home.root}, {free_bytes / 1024**3:.1f} GiB free"
    if free_bytes < LEAST_FREE_BYTES:
        return [Finding("storage", "missing", found, "free some space, or set SECONDUNIT_HOME")]
    return [Finding("storage", "good", found)]
