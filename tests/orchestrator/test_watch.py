"""Watched folders give each new video once, whatever happens to the folder."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.home import Home
from orchestrator.settings import WatchFolder
from orchestrator.watch import Watched, Watcher, is_video, looked, settled

A, B = (100, 1), (200, 2)


@pytest.mark.parametrize(
    ("before", "now", "names"),
    [
        ({}, {"a.mp4": A}, ()),
        ({"a.mp4": A}, {"a.mp4": A}, ("a.mp4",)),
        ({"a.mp4": A}, {"a.mp4": (101, 1)}, ()),
        ({"a.mp4": A}, {"a.mp4": (100, 2)}, ()),
        ({"a.mp4": A}, {}, ()),
        ({"a.mp4": (0, 1)}, {"a.mp4": (0, 1)}, ()),
        ({"b.mp4": A, "a.mp4": B}, {"b.mp4": A, "a.mp4": B}, ("a.mp4", "b.mp4")),
    ],
)
def test_a_file_is_settled_when_two_looks_agree(before, now, names) -> None:
    assert settled(before, now) == names


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("a.mp4", True), ("A.MOV", True), ("影片.mkv", True), ("a.mp4.part", False),
        (".a.mp4", False), ("~a.mp4", False), ("a.txt", False), ("mp4", False), (".mp4", False),
        ("a-secondunit.mp4", False), ("a-secondunit-12.mkv", False), ("secondunit.mp4", True),
    ],
)  # fmt: skip
def test_what_is_a_video_is_told_by_its_name(name: str, is_one: bool) -> None:
    assert is_video(name) is is_one


STAMPS = st.tuples(st.integers(0, 3), st.integers(0, 1))
LOOKS = st.lists(st.dictionaries(st.sampled_from("abc"), STAMPS, max_size=3), max_size=12)


@given(LOOKS)
def test_no_file_is_taken_twice_unless_it_went_and_another_came(looks) -> None:
    watched, before = Watched(), {}
    taken: dict[str, tuple[int, int]] = {}
    went: set[str] = set()
    for now in looks:
        went |= {name for name in taken if name not in now}
        watched, new = looked(watched, before, now)
        for name in new:
            assert before[name] == now[name]
            if name in taken:
                assert name in went
                assert taken[name] != now[name]
            taken[name] = now[name]
            went.discard(name)
        for name in now:
            if name in taken and name not in went:
                taken[name] = now[name]
        before = now


class Desk:
    """A watched folder, and what was found in it."""

    def __init__(self, tmp_path: Path) -> None:
        self.home = Home(tmp_path / "home")
        self.home.root.mkdir()
        self.folder = tmp_path / "drop"
        self.folder.mkdir()
        self.found: list[tuple[str | None, str]] = []
        self.folders = (WatchFolder(path=str(self.folder), preset="Small file"),)
        self.ours: Callable[[Path], bool] = lambda path: False
        self.restart()

    def restart(self) -> None:
        self.watcher = Watcher(
            self.home, lambda: self.folders, self._on_found, is_ours=self._is_ours
        )

    def _is_ours(self, path: Path) -> bool:
        return self.ours(path)

    def _on_found(self, folder: WatchFolder, paths: tuple[Path, ...]) -> None:
        self.found += [(folder.preset, path.name) for path in paths]

    def put(self, name: str, content: bytes = b"video", changed_ns: int | None = None) -> None:
        path = self.folder / name
        path.write_bytes(content)
        if changed_ns is not None:
            os.utime(path, ns=(changed_ns, changed_ns))

    def look(self, times: int = 1) -> list[str]:
        self.found.clear()
        for _ in range(times):
            self.watcher.look()
        return [name for _, name in self.found]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_was_there_is_not_taken_and_what_comes_is_once_it_stopped_growing(desk: Desk) -> None:
    desk.put("old.mp4")
    assert desk.look(3) == []
    desk.put("new.mp4", b"v")
    desk.put("note.txt")
    assert desk.look() == []
    desk.put("new.mp4", b"video")
    assert desk.look() == []
    assert desk.look() == ["new.mp4"]
    assert desk.found == [("Small file", "new.mp4")]
    assert desk.look(3) == []


def test_what_was_taken_is_remembered_over_a_restart_and_what_came_meanwhile_is_taken(
    desk: Desk,
) -> None:
    desk.put("old.mp4")
    desk.look()
    desk.put("one.mp4")
    assert desk.look(2) == ["one.mp4"]
    desk.put("two.mp4")
    desk.restart()
    assert desk.look(3) == ["two.mp4"]


def test_a_folder_that_goes_away_and_comes_back_gives_nothing_twice(
    desk: Desk, tmp_path: Path
) -> None:
    desk.put("old.mp4")
    desk.look()
    desk.folder.rename(tmp_path / "unplugged")
    assert desk.look(3) == []
    desk.restart()
    assert desk.look(3) == []
    (tmp_path / "unplugged").rename(desk.folder)
    desk.put("new.mp4")
    assert desk.look(3) == ["new.mp4"]


def test_an_empty_mount_point_does_not_make_old_videos_new(desk: Desk, tmp_path: Path) -> None:
    desk.put("old.mp4")
    desk.look()
    desk.folder.rename(tmp_path / "disk")
    desk.folder.mkdir()
    assert desk.look(2) == []
    desk.restart()
    desk.look()
    desk.folder.rmdir()
    (tmp_path / "disk").rename(desk.folder)
    assert desk.look(3) == []


def test_another_file_under_the_name_of_one_that_went_is_new(desk: Desk) -> None:
    desk.put("take.mp4", b"one")
    desk.look()
    (desk.folder / "take.mp4").unlink()
    desk.look()
    desk.put("take.mp4", b"two, longer")
    assert desk.look(3) == ["take.mp4"]


def test_a_video_that_is_changed_in_its_place_is_not_new(desk: Desk) -> None:
    desk.put("old.mp4", b"one", changed_ns=10**18)
    desk.look()
    desk.put("old.mp4", b"two, longer", changed_ns=2 * 10**18)
    assert desk.look(3) == []


def test_videos_that_the_app_writes_are_left(desk: Desk) -> None:
    desk.look()
    desk.put("a-secondunit.mp4")
    desk.put("my own name.mp4")
    desk.ours = lambda path: path.name.startswith("my own")
    assert desk.look(3) == []


def test_a_folder_that_is_taken_off_the_list_and_added_again_begins_anew(desk: Desk) -> None:
    desk.look()
    kept, desk.folders = desk.folders, ()
    desk.look()
    desk.put("meanwhile.mp4")
    desk.folders = kept
    assert desk.look(3) == []


def test_folders_named_like_videos_and_dead_links_are_no_videos(desk: Desk) -> None:
    desk.look()
    (desk.folder / "folder.mp4").mkdir()
    (desk.folder / "dead.mp4").symlink_to(desk.folder / "nothing.mp4")
    assert desk.look(3) == []


def test_a_memory_that_is_damaged_takes_nothing_that_is_there(desk: Desk) -> None:
    desk.put("old.mp4")
    desk.look()
    (desk.home.root / "watch.json").write_bytes(b"{")
    desk.restart()
    assert desk.look(3) == []


def test_a_watcher_finds_by_itself_outlives_a_fault_and_stops(desk: Desk) -> None:
    desk.look()
    desk.put("new.mp4")
    heard, faults = threading.Event(), ["once"]

    def found(folder: WatchFolder, paths: tuple[Path, ...]) -> None:
        if faults:
            raise RuntimeError(faults.pop())
        heard.set()

    watcher = Watcher(desk.home, lambda: desk.folders, found, period_s=0.01)
    watcher.start()
    try:
        assert heard.wait(30)
    finally:
        watcher.stop()
        watcher.stop()
    assert not any(thread.name == "watching" for thread in threading.enumerate())
