"""Use the window with places that remember: pages, drops, menus, notices, sizes."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_bridge import FakeBridge
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from stand_ins import make_places

from gui.batch import Batch
from gui.drops import Dropped
from gui.main_window import MainWindow
from gui.notice_bar import Notice, Offer
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bridge(tmp_path: Path, qapp: QApplication) -> FakeBridge:
    return FakeBridge(Home(tmp_path))


@pytest.fixture
def window(bridge: FakeBridge, qtbot: QtBot) -> MainWindow:
    window = MainWindow(bridge, make_places)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.furnish()
    qtbot.waitUntil(lambda: window.places is not None)
    return window


def page(window: MainWindow) -> str:
    names = {0: "loading", 1: "welcome", 2: "work"}
    return names[window._stack.currentIndex()]


def entry(name: str = "e1", state: str = "ready") -> Entry:
    return Entry(entry_id=EntryId(name), source=f"/v/{name}.mp4", added_at="", state=state)  # type: ignore[arg-type]  # words of the test


def drag(window: MainWindow, *names: str) -> QDragEnterEvent:
    event = QDragEnterEvent(QPointF(300, 300), COPY, data(names), LEFT, NO_KEYS)
    QApplication.sendEvent(window, event)
    return event


def drop(window: MainWindow, *names: str) -> QDropEvent:
    drag(window, *names)
    event = QDropEvent(QPointF(300, 300), COPY, data(names), LEFT, NO_KEYS)
    QApplication.sendEvent(window, event)
    return event


_KEPT: list[QMimeData] = []


def data(names: tuple[str, ...]) -> QMimeData:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(name) for name in names])
    _KEPT.append(carried)  # Qt's events do not keep it
    return carried


# -- pages -------------------------------------------------------------------------------------


def test_the_window_waits_then_welcomes_then_works(window: MainWindow, bridge: FakeBridge) -> None:
    assert page(window) == "loading"
    bridge.show(DeskSnapshot(loaded=True))
    assert page(window) == "welcome"
    bridge.show(DeskSnapshot(loaded=True, entries=(entry(),)))
    assert page(window) == "work"
    bridge.show(DeskSnapshot(loaded=True))
    assert page(window) == "welcome"


def test_a_queue_that_is_read_before_the_places_are_made_is_waited_for(
    bridge: FakeBridge, qtbot: QtBot
) -> None:
    window = MainWindow(bridge, make_places)
    qtbot.addWidget(window)
    bridge.show(DeskSnapshot(loaded=True, entries=(entry(),)))
    assert page(window) == "loading"
    window.furnish()
    qtbot.waitUntil(lambda: page(window) == "work")
    assert window.places is not None
    assert window.places.queue.drawn[-1] is bridge.snapshot


def test_every_place_draws_every_snapshot(
    window: MainWindow, bridge: FakeBridge, qtbot: QtBot
) -> None:
    snapshot = DeskSnapshot(loaded=True, entries=(entry(),))
    bridge.show(snapshot)
    places = window.places
    assert places is not None
    views = (places.queue, places.stage, places.chunks, places.inspector)
    qtbot.waitUntil(lambda: all(view.drawn[-1:] == [snapshot] for view in views))


def test_the_demo_and_open_videos_are_one_click_away(
    window: MainWindow, bridge: FakeBridge, qtbot: QtBot
) -> None:
    bridge.show(DeskSnapshot(loaded=True))
    with qtbot.waitSignal(window.demo_asked):
        named(window.welcome, QPushButton, "Try the demo").click()


# -- files ---------------------------------------------------------------------------------------


def test_videos_are_dropped_anywhere_and_the_veil_says_so_first(
    window: MainWindow, bridge: FakeBridge
) -> None:
    assert drag(window, "/v/a.mp4", "/v/b.mov", "/v/c.txt").isAccepted()
    assert not window.veil.isHidden()
    assert "2" in window.veil.sentence()
    drop(window, "/v/a.mp4", "/v/b.mov")
    assert window.veil.isHidden()
    assert bridge.desk.orders[-1] == ("add", (Path("/v/a.mp4"), Path("/v/b.mov")))


def test_a_drag_that_leaves_uncovers_the_window(window: MainWindow) -> None:
    drag(window, "/v/a.mp4")
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert window.veil.isHidden()


def test_the_veil_covers_the_window_when_it_grows(window: MainWindow, qtbot: QtBot) -> None:
    drag(window, "/v/a.mp4")
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: window.veil.size() == window.centralWidget().size())


def test_what_cannot_be_used_is_refused_in_words(window: MainWindow, bridge: FakeBridge) -> None:
    drag(window, "/v/notes.txt")
    assert "cannot be used" in window.veil.sentence()
    drop(window, "/v/notes.txt", "/v/table.xls")
    assert "add" not in dict(bridge.desk.orders)
    assert "notes.txt, table.xls" in window.notices.sentences()[0]


def test_a_folder_without_videos_is_said_to_have_none(window: MainWindow, tmp_path: Path) -> None:
    drop(window, str(tmp_path))
    assert "no videos" in window.notices.sentences()[0]


def test_photos_go_to_the_faces(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[Path, ...]] = []
    monkeypatch.setattr(window.wiring, "show_faces", shown.append)
    drop(window, "/v/ada.jpg")
    assert shown == [(Path("/v/ada.jpg"),)]


@pytest.mark.parametrize(
    ("dropped", "words"),
    [
        (Dropped(videos=(Path("a.mp4"),)), "video"),
        (Dropped(photos=(Path("a.jpg"),)), "face"),
        (Dropped(folders=(Path("a"),)), "folder"),
        (Dropped(videos=(Path("a.mp4"),), photos=(Path("a.jpg"),)), "photos as faces"),
        (Dropped(others=(Path("a.txt"),)), "cannot"),
    ],
)
def test_the_veil_says_what_letting_go_will_do(
    window: MainWindow, dropped: Dropped, words: str
) -> None:
    window.veil.offer(dropped)
    assert words in window.veil.sentence()
    assert not window.veil.grab().isNull()


# -- commands --------------------------------------------------------------------------------------


def test_undo_says_what_it_takes_back(window: MainWindow, bridge: FakeBridge) -> None:
    undo = window.commands.action("undo")
    bridge.show(DeskSnapshot(loaded=True, undo="trim"))
    assert (undo.text(), undo.isEnabled()) == ("Undo trimming", True)
    undo.trigger()
    assert bridge.desk.orders[-1][0] == "undo"
    bridge.show(DeskSnapshot(loaded=True))
    assert (undo.text(), undo.isEnabled()) == ("Undo", False)


def test_only_what_can_be_done_can_be_asked_for(window: MainWindow, bridge: FakeBridge) -> None:
    def able() -> set[str]:
        ids = ("pause", "go_on", "stop_now", "retry_failed", "render_all")
        return {i for i in ids if window.commands.action(i).isEnabled()}

    bridge.show(DeskSnapshot(loaded=True, entries=(entry(),)))
    assert able() == set()
    bridge.show(DeskSnapshot(loaded=True, entries=(entry(state="queued"),)))
    assert able() == {"pause"}
    bridge.show(DeskSnapshot(loaded=True, entries=(entry(state="queued"),), paused=True))
    assert able() == {"go_on"}
    bridge.show(DeskSnapshot(loaded=True, entries=(entry(state="failed"),)))
    assert "retry_failed" in able()


def test_every_command_is_bound_once_the_places_are_there(
    window: MainWindow, bridge: FakeBridge
) -> None:
    """A command that does nothing would be a menu entry that lies."""
    from gui.windows import Windows

    Windows(bridge, window)
    for command in window.commands.commands:
        action = window.commands.action(command.command_id)
        told = action.receivers("2triggered(bool)") - 1  # one of them only passes it on
        switched = action.receivers("2toggled(bool)")
        assert told > 0 or switched > 0, command.command_id


def test_the_menus_have_every_command_once(window: MainWindow) -> None:
    listed = [action for menu in window._menus.values() for action in menu.actions()]
    for command in window.commands.commands:
        assert listed.count(window.commands.action(command.command_id)) == 1


def test_simple_and_full_are_switched_in_menu_and_bar_alike(
    window: MainWindow, bridge: FakeBridge
) -> None:
    full = named(window.top_bar, QPushButton, "Full")
    board = named(window.top_bar, QToolButton, "Cast board")
    assert bridge.settings.simple
    assert board.isHidden()
    full.click()
    assert not bridge.settings.simple
    assert not window.commands.action("simple").isChecked()
    assert not board.isHidden()
    window.commands.action("simple").trigger()
    assert bridge.settings.simple
    assert named(window.top_bar, QPushButton, "Simple").isChecked()


# -- between the places ----------------------------------------------------------------------------


def test_what_is_selected_is_looked_at_everywhere(window: MainWindow, bridge: FakeBridge) -> None:
    places = window.places
    assert places is not None
    places.queue.selection_changed.emit((EntryId("e2"), EntryId("e3")))
    assert places.inspector.told[-1] == ("look_at", ("e2", "e3"))
    assert places.stage.told[-1] == ("look_at", "e2")
    assert places.chunks.told[-1] == ("look_at", "e2")
    assert bridge.desk.orders[-1] == ("focus", "e2")


def test_a_person_that_is_picked_is_marked_in_both_places(window: MainWindow) -> None:
    places = window.places
    assert places is not None
    places.stage.person_picked.emit("p1")
    assert ("highlight", "p1") in places.inspector.told
    places.inspector.person_picked.emit("p2")
    assert ("highlight", "p2") in places.stage.told
    places.inspector.jump_asked.emit(7)
    assert places.stage.told[-1] == ("go_to", 7)
    places.chunks.part_chosen.emit(3, 9)
    assert places.stage.told[-1] == ("play_part", (3, 9))


# -- notices ---------------------------------------------------------------------------------------


def test_a_notice_is_there_until_it_is_closed(window: MainWindow) -> None:
    pressed: list[str] = []
    offer = Offer(lambda: "Show it", lambda: pressed.append("shown"))
    window.tell(Notice("a", "info", lambda: ("First.", "Do this."), offer))
    window.tell(Notice("b", "error", lambda: ("Second.", "")))
    assert window.notices.sentences() == ("Second.", "First.")
    named(window.notices, QPushButton, "Show it").click()
    assert pressed == ["shown"]
    window.notices.take_back("b")
    window.notices.take_back("a")
    assert window.notices.isHidden()


def test_a_subject_is_told_of_once_and_the_oldest_gives_way(window: MainWindow) -> None:
    for number in range(6):
        window.tell(Notice("same", "info", lambda n=number: (f"{n}", "")))
    assert window.notices.sentences() == ("5",)
    for number in range(6):
        window.tell(Notice(f"{number}", "info", lambda n=number: (f"{n}", "")))
    assert window.notices.sentences() == ("5", "4", "3")


def test_texts_are_said_anew_in_another_language(window: MainWindow) -> None:
    said = iter(["one", "two"])
    window.tell(Notice("a", "info", lambda: (next(said), "")))
    window.notices.findChild(QToolButton).parent().event(QEvent(QEvent.Type.LanguageChange))
    assert window.notices.sentences() == ("two",)


# -- sizes -----------------------------------------------------------------------------------------


def test_sizes_are_remembered_below_the_home(
    window: MainWindow, bridge: FakeBridge, qtbot: QtBot
) -> None:
    bridge.show(DeskSnapshot(loaded=True, entries=(entry(),)))
    window.resize(960, 700)
    window._work.setSizes([290, 350, 318])
    sizes = window._work.sizes()
    window.close()
    assert (bridge.home.root / "window.ini").exists()
    again = MainWindow(bridge, make_places)
    qtbot.addWidget(again)
    again.furnish()
    qtbot.waitUntil(lambda: again.places is not None)
    again.show()
    assert again.height() == window.height()
    qtbot.waitUntil(lambda: again._work.sizes() == sizes)


def test_a_damaged_file_of_sizes_costs_nothing_but_the_sizes(
    bridge: FakeBridge, qtbot: QtBot
) -> None:
    (bridge.home.root / "window.ini").write_bytes(b"\0\xff[General\ngeometry=@ByteArray(nonsense")
    window = MainWindow(bridge, make_places)
    qtbot.addWidget(window)
    assert window.width() >= 960


# -- how far the queue is --------------------------------------------------------------------------


def test_a_batch_counts_what_was_asked_for_until_the_queue_rests() -> None:
    batch = Batch()
    a, b, draft = entry("a", "queued"), entry("b", "queued"), entry("c")
    assert batch.follow(DeskSnapshot(entries=(draft,))).videos_total == 0
    assert batch.follow(DeskSnapshot(entries=(a, b, draft))).videos_total == 2
    half = batch.follow(DeskSnapshot(entries=(replace(a, state="done"), b, draft)))
    assert (half.videos_done, half.videos_total, half.share) == (1, 2, 0.5)
    later = (
        replace(a, state="done"),
        replace(b, state="rendering"),
        replace(draft, state="queued"),
    )
    assert batch.follow(DeskSnapshot(entries=later)).videos_total == 3
    over = tuple(replace(e, state="done") for e in later)
    assert batch.follow(DeskSnapshot(entries=over)).videos_total == 0, "it rests"
    assert batch.follow(DeskSnapshot(entries=over)).videos_total == 0
    once_more = (*over, entry("d", "queued"))
    assert batch.follow(DeskSnapshot(entries=once_more)).videos_total == 1


def named(parent: object, kind: type, text: str) -> object:
    assert isinstance(parent, QWidget)
    return next(b for b in parent.findChildren(kind) if b.text() == text)
