"""Tell the desktop when a render ended, and make the demo from the first screen."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_bridge import FakeBridge
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.notices import DesktopNotices, ended
from gui.welcome.demo import DemoMaker
from gui.welcome.page import WelcomePage
from orchestrator.desk.demo import Demo
from orchestrator.desk.entries import Entry, EntryId, Trouble
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.errors import ModelMissing
from orchestrator.home import Home
from orchestrator.media.guard import Cancelled


@pytest.fixture
def bridge(tmp_path: Path, qapp: QApplication) -> FakeBridge:
    return FakeBridge(Home(tmp_path))


def entry(name: str, state: str) -> Entry:
    made = Entry(entry_id=EntryId(name), source=f"/v/{name}.mp4", added_at="")
    return replace(made, state=state)  # type: ignore[arg-type]  # words of the test


def desk(*entries: Entry) -> DeskSnapshot:
    return DeskSnapshot(loaded=True, entries=entries)


def test_only_what_was_at_work_has_ended() -> None:
    before = desk(entry("a", "rendering"), entry("b", "ready"), entry("c", "queued"))
    after = desk(entry("a", "done"), entry("b", "done"), entry("c", "failed"), entry("d", "done"))
    assert [e.entry_id for e in ended(before, after)] == ["a", "c"]


class Told(DesktopNotices):
    """Remembers instead of showing; the words are made as always."""

    def __init__(self, bridge: FakeBridge, window: QWidget) -> None:
        self.told: list[tuple[str, str]] = []
        super().__init__(bridge, window)

    def tell(self, title: str, words: str) -> None:
        self.told.append((title, words))


def test_the_desktop_is_told_once_of_each_end_and_not_of_the_queue_that_is_read(
    bridge: FakeBridge, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notices = Told(bridge, window)
    bridge.show(desk(entry("a", "rendering")))
    trouble = Trouble("no_room", "The disk is full.", "Free some.")
    failed = replace(entry("b", "failed"), trouble=trouble)
    bridge.show(desk(entry("a", "done"), entry("b", "rendering")))
    bridge.show(desk(entry("a", "done"), failed))
    bridge.show(desk(entry("a", "done"), failed))
    assert notices.told == [
        ("A video is done", "a.mp4"),
        ("A render failed", "b.mp4: The disk is full."),
    ]


def test_nothing_is_shown_and_nothing_sounds_when_that_is_set(
    bridge: FakeBridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: done.append("beep"))
    monkeypatch.setattr(QApplication, "alert", lambda window: done.append("alert"))
    window = QWidget()
    qtbot.addWidget(window)
    notices = DesktopNotices(bridge, window)
    notices.tell("A video is done", "a.mp4")
    assert done == ["alert"], "sound is off by default"
    bridge.settings = replace(bridge.settings, notify=False, sound=True)
    notices.tell("A video is done", "a.mp4")
    assert done == ["alert", "beep"]


# -- the demo ----------------------------------------------------------------------------------

Prepare = Callable[[Home, Callable[[int, int], None], threading.Event], Demo]


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Callable[[Prepare], None]:
    def prepare(by: Prepare) -> None:
        monkeypatch.setattr("orchestrator.desk.demo.prepare_demo", by)

    return prepare


def test_the_demo_is_shown_while_it_is_made_and_is_in_the_queue_after(
    bridge: FakeBridge, qtbot: QtBot, prepared: Callable[[Prepare], None], tmp_path: Path
) -> None:
    page, maker = WelcomePage(), DemoMaker(bridge)
    qtbot.addWidget(page)
    maker.share.connect(page.show_making)
    maker.ended.connect(page.show_made)
    seen: list[tuple[int, bool]] = []

    def make(home: Home, share: Callable[[int, int], None], cancelled: threading.Event) -> Demo:
        share(50, 150)
        seen.append((page._bar.value(), page._demo.isEnabled()))
        return Demo(tmp_path / "demo.mp4", "face", tmp_path)

    added: list[Path] = []

    def add(sources: list[Path], **wished: object) -> tuple[EntryId, ...]:
        added.extend(sources)
        return (EntryId("e1"),)

    bridge.desk.add = add
    prepared(make)
    maker.begin()
    assert seen == [(50, False)]
    assert added == [tmp_path / "demo.mp4"]
    assert page._demo.isEnabled()
    assert page._making.isHidden()


@pytest.mark.parametrize(
    ("error", "told"),
    [(Cancelled("Stopped.", ""), []), (ModelMissing("No model.", "Set up."), ["No model."])],
)
def test_a_demo_that_is_not_made_is_told_of_unless_the_user_wanted_it_so(
    bridge: FakeBridge, prepared: Callable[[Prepare], None], error: Exception, told: list[str]
) -> None:
    heard: list[str] = []
    bridge.troubled.connect(lambda sentence, _: heard.append(sentence))

    def make(home: Home, share: Callable[[int, int], None], cancelled: threading.Event) -> Demo:
        raise error

    prepared(make)
    maker = DemoMaker(bridge)
    maker.begin()
    assert heard == told
    maker.begin()
    assert heard == told * 2, "it can be tried again"
