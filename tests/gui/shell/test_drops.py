"""Sort what is dropped by its name, and open folders only when it is let go."""

from pathlib import Path

import pytest

from gui import drops
from gui.drops import dropped, opened


def test_a_drop_is_sorted_by_names_alone() -> None:
    names = ["a.MP4", "b.jpg", "holiday", "notes.txt", "c.mkv"]
    drop = dropped(Path("/nowhere", name) for name in names)
    assert [p.name for p in drop.videos] == ["a.MP4", "c.mkv"]
    assert [p.name for p in drop.photos] == ["b.jpg"]
    assert [p.name for p in drop.folders] == ["holiday"]
    assert [p.name for p in drop.others] == ["notes.txt"]


def test_a_drop_of_nothing_that_can_be_used_is_not_welcome() -> None:
    assert not dropped([Path("notes.txt")]).is_welcome
    assert dropped([Path("holiday")]).is_welcome, "it may be a folder"


def test_a_folder_gives_its_videos_in_order_and_none_of_its_photos(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.mov", "c.jpg", "deep/d.mkv", ".hidden/e.mp4", ".f.mp4"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    drop = opened([tmp_path])
    assert [p.name for p in drop.videos] == ["a.mov", "b.mp4", "d.mkv"]
    assert not drop.photos


def test_a_folder_gives_its_videos_as_a_person_counts(tmp_path: Path) -> None:
    for name in ("Clip 10.mp4", "clip 2.mp4", "clip 1.mp4", "1 first.mp4", "②.mp4"):
        (tmp_path / name).write_bytes(b"")
    found = [path.name for path in opened([tmp_path]).videos]
    assert found == ["1 first.mp4", "clip 1.mp4", "clip 2.mp4", "Clip 10.mp4", "②.mp4"]


def test_a_folder_whose_name_looks_like_a_video_is_still_a_folder(tmp_path: Path) -> None:
    (tmp_path / "takes.mp4").mkdir()
    (tmp_path / "takes.mp4" / "one.mp4").touch()
    assert [p.name for p in opened([tmp_path / "takes.mp4"]).videos] == ["one.mp4"]


def test_a_file_without_an_ending_is_told_to_be_of_no_use(tmp_path: Path) -> None:
    (tmp_path / "README").touch()
    assert [p.name for p in opened([tmp_path / "README"]).others] == ["README"]


def test_a_disk_that_is_dropped_by_mistake_does_not_fill_the_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drops, "_MOST_FILES", 5)
    for number in range(20):
        (tmp_path / f"{number:02}.mp4").touch()
    assert len(opened([tmp_path]).videos) == 5
