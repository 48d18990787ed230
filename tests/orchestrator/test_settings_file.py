"""Settings survive crashes, damage, upgrades and going back."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.errors import NotSaved, SettingsRefused
from orchestrator.home import Home
from orchestrator.settings import Settings, WatchFolder
from orchestrator.settings_file import Keeper, load, save, settings_path

CHANGED = Settings(
    appearance="light",
    language="zh_CN",
    simple=False,
    workers=3,
    output_folder="/films/out",
    when_done="command",
    when_done_command=("say", "done; rm -rf /", "影片"),
    watch_folders=(WatchFolder(path="/drop", preset="Small file"),),
    shortcuts=(("queue.render", "Ctrl+R"), ("queue.add", "")),
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def told_by(home: Home) -> tuple[Settings, list[str]]:
    told: list[str] = []
    return load(home, lambda sentence, advice: told.append(f"{sentence} {advice}")), told


def test_without_a_file_the_defaults_are_in_force(home: Home) -> None:
    assert told_by(home) == (Settings(), [])


def test_what_was_saved_is_loaded(home: Home) -> None:
    save(home, CHANGED)
    assert told_by(home) == (CHANGED, [])


def test_a_field_of_another_version_outlives_a_save(home: Home) -> None:
    plain = {"version": 1, "simple": False, "holograms": {"on": True}}
    settings_path(home).write_text(json.dumps(plain), "utf-8")
    settings = load(home)
    save(home, replace(settings, sound=True))
    kept = json.loads(settings_path(home).read_text("utf-8"))
    assert kept["holograms"] == {"on": True}
    assert load(home) == Settings(simple=False, sound=True)


def test_a_newer_version_is_neither_read_nor_written(home: Home) -> None:
    settings_path(home).write_text('{"version": 2, "appearance": "solarised"}', "utf-8")
    before = settings_path(home).read_bytes()
    with pytest.raises(SettingsRefused):
        load(home)
    with pytest.raises(SettingsRefused):
        save(home, CHANGED)
    assert settings_path(home).read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x00" * 300,
        b'{"version": 1, "simple":',
        b"[1, 2]",
        b'{"simple": true}',
        b'{"version": true}',
        b'{"version": 0}',
        b'{"version": "1"}',
        b"[" * 100_000,
        b" " * (1 << 20) + b'{"version": 1}',
    ],
    ids=["empty", "zeros", "torn", "list", "no version", "bool", "zero", "text", "deep", "huge"],
)
def test_a_damaged_file_is_kept_aside_and_told_of(home: Home, damage: bytes) -> None:
    settings_path(home).write_bytes(damage)
    settings, told = told_by(home)
    assert settings == Settings()
    assert len(told) == 1
    assert "settings.broken-1.json" in told[0]
    assert (home.root / "settings.broken-1.json").read_bytes() == damage[: (1 << 20) + 1]


def test_two_damages_are_both_kept_and_the_same_one_once(home: Home) -> None:
    for damage in (b"one", b"one", b"two"):
        settings_path(home).write_bytes(damage)
        load(home)
    kept = sorted(path.read_bytes() for path in home.root.glob("settings.broken-*.json"))
    assert kept == [b"one", b"two"]


def test_one_value_that_does_not_fit_costs_only_itself(home: Home) -> None:
    plain = {"version": 1, "appearance": "sepia", "workers": "many", "simple": False}
    settings_path(home).write_text(json.dumps(plain), "utf-8")
    settings, told = told_by(home)
    assert settings == Settings(simple=False)
    assert "appearance, workers" in told[0]
    assert json.loads((home.root / "settings.broken-1.json").read_text("utf-8")) == plain


def test_settings_that_cannot_be_written_leave_those_that_were(home: Home) -> None:
    save(home, CHANGED)
    with pytest.raises(NotSaved, match="could not be written"):
        save(Home(home.root / "gone"), CHANGED)
    assert load(home) == CHANGED


def test_a_keeper_writes_the_last_of_many_whatever_thread_is_first(home: Home) -> None:
    keeper = Keeper(home)

    def write_often() -> None:
        for _ in range(20):
            keeper.write()

    threads = [threading.Thread(target=write_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for workers in range(1, 60):
        keeper.note(Settings(workers=workers))
    for thread in threads:
        thread.join(10)
    keeper.write()
    assert load(home) == Settings(workers=59)


def test_a_keeper_with_nothing_new_writes_nothing(home: Home) -> None:
    Keeper(home).write()
    assert not settings_path(home).exists()
