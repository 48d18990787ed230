"""Give the desk's tests a home in which clips were looked at already."""

from __future__ import annotations

import shutil

import pytest

from orchestrator.desk.book import book_path
from orchestrator.home import Home
from tests.faults.stories import identity_wish
from tests.orchestrator.desk.desk_acts import FRAMES
from tests.orchestrator.desk.watching_desks import open_desk


@pytest.fixture(scope="session")
def seen_home(tmp_path_factory):
    """A home in which two clips were looked at, and the clips; each without a face."""
    folder = tmp_path_factory.mktemp("seen")
    clips = [
        identity_wish(folder / name, frames=FRAMES, seed=seed, first=100 * seed).source
        for seed, name in enumerate("ab")
    ]
    home = Home(folder / "home")
    with open_desk(home) as (desk, watcher):
        for each in desk.add(clips):
            watcher.wait_state(each, "ready")
    book_path(home).unlink()
    return home, clips


@pytest.fixture
def stage(seen_home, tmp_path):
    """A home and clips of its own, as new, in which looks are quick."""
    there, clips = seen_home
    home = Home(tmp_path / "home")
    shutil.copytree(there.root, home.root)
    mine = []
    for number, clip in enumerate(clips):
        copy = tmp_path / f"clip{number}.mp4"
        shutil.copy2(clip, copy)
        mine.append(copy)
    return home, mine
