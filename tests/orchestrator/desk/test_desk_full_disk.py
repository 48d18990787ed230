"""A disk that is full keeps a change from being made, and is told only as long as it is full."""

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.home import Home
from tests.orchestrator.desk.watching_desks import open_desk


@pytest.fixture
def small_disk(tmp_path):
    """Give a disk of a megabyte."""
    mount = shutil.which("mount")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = sys.platform == "linux" and mount is not None
    if not made or subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True, timeout=30, check=False,
    ).returncode:  # fmt: skip
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run([str(shutil.which("umount")), "--lazy", str(disk)], timeout=30, check=True)


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass


def test_the_word_of_a_full_disk_goes_when_there_is_room_again(small_disk):
    home = Home(small_disk / "home")
    with open_desk(home, renders=False) as (desk, watcher):
        filler = small_disk / "filler"
        fill(filler)
        desk.add([Path(f"/nowhere/{n}-{'x' * 200}.mp4") for n in range(200)])
        told = watcher.wait(lambda seen: seen.trouble)
        assert (told.trouble.code, told.entries) == ("queue_broken", ())
        filler.unlink()
        assert watcher.wait(lambda seen: not seen.trouble).entries == ()
        desk.add([Path("/nowhere/one.mp4")])
        assert watcher.wait(lambda seen: seen.entries).trouble is None
