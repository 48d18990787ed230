"""Lend a screen, what is dropped on the window, and what has to come out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.footage import make_originals, render_in_peace
from tests.e2e.screen import Screen, screen
from tests.e2e.window import Window, window
from tests.made_once import made_once


@pytest.fixture(scope="session")
def desk() -> Iterator[Screen]:
    with screen() as made:
        yield made


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a video of one face over a barcode, and a photo."""
    folder, _ = made_once(tmp_path_factory, "e2e-originals", make_originals)
    return folder


@pytest.fixture(scope="session")
def undisturbed(originals: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of what the command line makes of the same casting, in peace."""
    _, digest = made_once(
        tmp_path_factory, "e2e-undisturbed", lambda home: render_in_peace(originals, home)
    )
    return digest


@pytest.fixture
def files(originals: Path, tmp_path: Path) -> Path:
    """The originals in a folder of their own, where results are written."""
    folder = tmp_path / "my files"
    folder.mkdir()
    for each in originals.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    return folder


@pytest.fixture
def win(desk: Screen, tmp_path: Path) -> Iterator[Window]:
    with window(desk, tmp_path / "home") as made:
        yield made
