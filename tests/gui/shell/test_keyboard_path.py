"""Go through every window by Tab: everything is reached, in the order of reading, and shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_bridge import FakeBridge
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sample_entries import draw_thumbnails, sample_snapshot

from gui import places, tab_order
from gui.main_window import MainWindow
from gui.theme.apply import Theme
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

Opened = Callable[[MainWindow], None]
_KINDS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
)  # fmt: skip
_MOUSE = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent")
_AROUND_PX = 4


@pytest.fixture
def bridge(tmp_path: Path, qapp: QApplication) -> FakeBridge:
    return FakeBridge(Home(tmp_path))


@pytest.fixture
def window(bridge: FakeBridge, qtbot: QtBot, qapp: QApplication) -> MainWindow:
    Theme(qapp, "dark")
    window = MainWindow(bridge, places.make)
    qtbot.addWidget(window)
    window.show()
    window.furnish()
    qtbot.waitUntil(lambda: window.wiring is not None)
    snapshot = sample_snapshot()
    draw_thumbnails(bridge.home, snapshot.entries)
    bridge.show(snapshot)
    assert window.places is not None
    ready = next(e for e in snapshot.entries if e.state == "ready" and e.casts)
    window.places.queue.select(ready.entry_id)
    return window


def _given(command: str) -> Opened:
    return lambda window: window.commands.action(command).trigger()


def _full(window: MainWindow) -> None:
    window.commands.action("simple").setChecked(False)


def _empty(window: MainWindow) -> None:
    window.draw(DeskSnapshot(loaded=True))


WINDOWS: dict[str, Opened] = {
    "empty": _empty,
    "simple": lambda window: None,
    "full": _full,
    "faces": _given("faces"),
    "board": _given("cast_board"),
    "settings": _given("settings"),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_tab_reaches_everything_in_the_order_of_reading_and_it_shows(
    name: str, window: MainWindow, qtbot: QtBot
) -> None:
    WINDOWS[name](window)
    shown = settled(window, qtbot)
    stops, names = walked(shown, qtbot)
    if name != "board":  # its cards are used again for those that come into sight
        assert len(stops) == len(set(stops))
        assert stops == [stop for stop in tab_order.tab_stops(shown) if stop in stops]
    unreached = [
        widget
        for widget in interactive(shown)
        if not any(_is_of(widget, stop) for stop in stops) and _name(widget) not in names
    ]
    assert not unreached, [_described(widget) for widget in unreached]
    unseen = [stop for stop in stops if stop.isVisible() and not shows_focus(stop, shown, qtbot)]
    assert not unseen, [_described(widget) for widget in unseen]


def settled(window: MainWindow, qtbot: QtBot) -> QWidget:
    """Wait until answers have arrived and nothing more appears; return what is in front."""
    known: list[QWidget] = []

    def rests() -> bool:
        nonlocal known
        before, known = known, interactive(QApplication.activeWindow() or window)
        qtbot.wait(300)
        return before == known

    qtbot.waitUntil(rests, timeout=20_000)
    return QApplication.activeWindow() or window


def walked(shown: QWidget, qtbot: QtBot) -> tuple[list[QWidget], set[str]]:
    """Press Tab until it is around, from the first stop on; return what had it, and its names."""
    first = tab_order.tab_stops(shown)[0]
    first.setFocus()
    stops: list[QWidget] = [first]
    names = {_name(first)}
    for _ in range(300):
        qtbot.keyClick(QApplication.focusWidget() or shown, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is first:
            return stops, names
        if now is not stops[-1]:  # the stage has stops of its own: one a face
            stops.append(now)
            names.add(_name(now))
    raise AssertionError(f"Tab never comes around: {_described(stops[-1])}")


def interactive(shown: QWidget) -> list[QWidget]:
    """Return all that a mouse can use and that is there to be used."""
    return [
        widget
        for widget in shown.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is shown
        and (isinstance(widget, _KINDS) or _hears_the_mouse(widget))
        and not _is_by_the_way(widget)
    ]


def _hears_the_mouse(widget: QWidget) -> bool:
    own = (kind for kind in type(widget).mro() if kind.__module__.startswith("gui."))
    return any(name in vars(kind) for kind in own for name in _MOUSE)


def _is_by_the_way(widget: QWidget) -> bool:
    """What another part stands for, or what only scrolls."""
    up = widget.parentWidget()
    while up is not None:
        if isinstance(up, (QMenuBar, QAbstractItemView, QComboBox, QAbstractSpinBox, QLineEdit)):
            return True
        up = up.parentWidget()
    in_group = isinstance(widget, QAbstractButton) and widget.group() is not None
    chooses = in_group or isinstance(widget, QRadioButton)  # arrows go on from the checked one
    return isinstance(widget, QScrollBar) or (chooses and not _checked(widget))


def _checked(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.isChecked()


def _is_of(widget: QWidget, stop: QWidget) -> bool:
    return stop is widget or widget.focusProxy() is stop or stop.isAncestorOf(widget)


def scroll_to(stop: QWidget) -> None:
    """Bring a stop into sight, as the Tab key does."""
    up = stop.parentWidget()
    while up is not None:
        if isinstance(up, QScrollArea):
            up.ensureWidgetVisible(stop)
        up = up.parentWidget()


def shows_focus(stop: QWidget, shown: QWidget, qtbot: QtBot) -> bool:
    """Whether the picture around a stop is another one when it has the keyboard."""
    scroll_to(stop)
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    place = QRect(stop.mapTo(shown, QPoint(0, 0)), stop.size())
    place = place.adjusted(-_AROUND_PX, -_AROUND_PX, _AROUND_PX, _AROUND_PX)
    with_it = shown.grab(place).toImage()
    stop.clearFocus()
    without = shown.grab(place).toImage()
    return with_it != without


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or str(getattr(widget, "text", lambda: "")())


def _described(widget: QWidget) -> str:
    parents, up = [], widget
    while isinstance(up, QWidget):
        parents.append(f"{type(up).__name__} {_name(up)!r}")
        up = up.parentWidget()
    return " in ".join(parents[:3])


def test_the_key_for_render_tries_a_failed_video_again(
    window: MainWindow, bridge: FakeBridge
) -> None:
    failed = next(e for e in bridge.snapshot.entries if e.state == "failed")
    assert window.places is not None
    window.places.queue.select(failed.entry_id)
    assert window.commands.action("render").isEnabled()
    window.commands.action("render").trigger()
    assert bridge.desk.orders[-1] == ("change", "retry")


def test_a_button_that_is_taken_away_leaves_the_keyboard_with_the_list(window, bridge, qtbot):
    """Or a key that was meant to play would press the first button of the window."""
    inspector = window.places.inspector
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for take_away in (lambda each: each.setEnabled(False), lambda each: each.hide()):
        inspector._render.setEnabled(True)
        inspector._render.show()
        inspector._render.setFocus()
        assert inspector._render.hasFocus()
        take_away(inspector._render)
        assert window.places.queue._view.hasFocus()
