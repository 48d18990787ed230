"""Make what is dear once for all processes of a test run, whoever asks first."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.screen import wait_until

_MAKING_S = 300.0


def made_once(
    temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], str]
) -> tuple[Path, str]:
    """Return a folder that ``make`` has filled, to be read only, and the text that it returned.

    Raises:
        AssertionError: it could not be made; whoever tried has the reason.
    """
    base = temporary.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    told = folder.with_name(f"{name}.told")
    try:
        folder.mkdir()
    except FileExistsError:
        wait_until(told.exists, _MAKING_S, f"{name} is made by another process")
    else:
        _make(folder, told, make)
    verdict, _, text = told.read_text("utf-8").partition("\n")
    assert verdict == "made", f"{name} could not be made in another process"
    return folder, text


def _make(folder: Path, told: Path, make: Callable[[Path], str]) -> None:
    words = "failed\n"
    try:
        words = "made\n" + make(folder)
    finally:
        part = told.with_suffix(".part")
        part.write_text(words, "utf-8")
        part.replace(told)
