"""Videos in watched folders come to the queue with what was wished for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gui.settings.watching import Watching
from orchestrator.desk.entries import Entry, EntryId, Look, Output
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home
from orchestrator.presets import Presets
from orchestrator.settings import WatchFolder
from tests.gui.fake_bridge import FakeBridge


class Room:
    """A bridge with one watched folder."""

    def __init__(self, tmp_path: Path) -> None:
        home = Home(tmp_path / "home")
        home.root.mkdir()
        self.folder = tmp_path / "drop"
        self.folder.mkdir()
        self.bridge = FakeBridge(home)
        self.watching = Watching(self.bridge)
        self.wish(None)
        self.watching.watcher.look()

    def wish(self, preset: str | None, output_folder: str | None = None) -> None:
        folder = WatchFolder(path=str(self.folder), preset=preset)
        self.bridge.change_settings(
            lambda s: replace(s, watch_folders=(folder,), output_folder=output_folder)
        )

    def put(self, *names: str) -> tuple[Entry, ...]:
        for name in names:
            (self.folder / name).write_bytes(b"video")
        for _ in range(2):
            self.watching.watcher.look()
        return self.bridge.snapshot.entries


@pytest.fixture
def room(qtbot, tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_a_new_video_comes_to_the_queue(room: Room) -> None:
    (entry,) = room.put("a.mp4")
    assert entry.source == str(room.folder / "a.mp4")
    assert (entry.look, entry.output) == (Look(), Output())
    assert len(room.put()) == 1


def test_it_gets_the_folders_preset_and_goes_where_videos_go(room: Room, tmp_path: Path) -> None:
    look = Look(settings=(("blend", "0.8"),))
    Presets(room.bridge.home).save("Mine", look, Output(container="mkv", quality=20))
    room.wish("mine", str(tmp_path))
    (entry,) = room.put("a.mp4")
    assert entry.look == look
    assert entry.output == Output(folder=str(tmp_path), container="mkv", quality=20)


def test_a_preset_that_is_gone_is_told_and_costs_no_video(qtbot, room: Room) -> None:
    room.wish("Gone")
    with qtbot.waitSignal(room.bridge.troubled, timeout=1000) as told:
        (entry,) = room.put("a.mp4")
    assert "Gone" in told.args[0]
    assert entry.look == Look()


def test_what_is_in_the_queue_or_comes_from_it_is_not_taken(room: Room) -> None:
    entry = Entry(
        entry_id=EntryId("e1"),
        source=str(room.folder / "by hand.mp4"),
        added_at="2026-01-01T00:00:00+00:00",
        output_path=str(room.folder / "result.mp4"),
    )
    room.bridge.show(DeskSnapshot(entries=(entry,)))
    added = room.put("by hand.mp4", "result.mp4", "other.mp4")
    assert [Path(e.source).name for e in added] == ["by hand.mp4", "other.mp4"]


def test_it_looks_by_itself_until_it_is_stopped(qtbot, room: Room) -> None:
    watching = Watching(room.bridge, period_s=0.01)
    watching.start()
    try:
        (room.folder / "a.mp4").write_bytes(b"video")
        qtbot.waitUntil(lambda: len(room.bridge.snapshot.entries) == 1, timeout=30_000)
    finally:
        watching.stop()
