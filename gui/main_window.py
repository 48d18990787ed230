"""Be the window: the menu, the strips, and the three places, wired to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import places as all_places
from gui import tab_order
from gui.batch import Batch
from gui.bridge import Bridge
from gui.commands import GROUPS, CommandSet, Group, group_title
from gui.drops import VIDEO_ENDINGS, Dropped, dropped, opened
from gui.notice_bar import Notice, NoticeBar
from gui.places import Places
from gui.queue.actions import renderable
from gui.queue.orders import Orders
from gui.status_line import StatusLine
from gui.theme.icons import app_icon
from gui.theme.roles import give_role
from gui.top_bar import TopBar
from gui.veil import DropVeil
from gui.welcome.page import WelcomePage
from gui.wiring import Wiring
from gui.words.steps import redo_title, undo_title
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import DeskSnapshot

_LEAST_PX = (960, 600)
_FIRST_PX = (1360, 840)
_PLACES_PX = (360, 690, 340)
MakePlaces = Callable[[Bridge, QWidget], Iterator[Places | None]]


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        painted: it was drawn for the first time; heavy work can begin.
        close_asked: the user closes it; whoever hears it decides what that means.
        demo_asked: the user wants the demo in the queue.
    """

    painted = Signal()
    close_asked = Signal()
    demo_asked = Signal()

    def __init__(self, bridge: Bridge, make_places: MakePlaces = all_places.make) -> None:
        """Build what is shown first; :meth:`furnish` makes the places later."""
        super().__init__()
        self._bridge, self._make_places = bridge, make_places
        self._batch, self._orders = Batch(), Orders(bridge)
        self._places: Places | None = None
        self.wiring: Wiring | None = None
        self._was_painted = False
        self._beside = QTimer(self, singleShot=True, interval=0)
        self._beside.timeout.connect(self._draw_beside)
        self.commands = CommandSet(self)
        self._kept = QSettings(
            str(bridge.home.root / "window.ini"), QSettings.Format.IniFormat, self
        )
        self._make_frame()
        self._make_menus()
        self._bind()
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*_LEAST_PX)
        self.setAcceptDrops(True)
        self._take_size()
        bridge.changed.connect(self.draw)
        bridge.settings_changed.connect(lambda _: self._on_settings())
        self._on_settings()
        self.retranslate()

    # -- what is shown -----------------------------------------------------------------------

    @property
    def places(self) -> Places | None:
        """The three places; None while they are being made."""
        return self._places

    def furnish(self) -> None:
        """Make the places, one a step, so that the window answers in between."""
        making = self._make_places(self._bridge, self)

        def step() -> None:
            made = next(making)
            if made is None:
                QTimer.singleShot(0, self, step)
            else:
                self._place(made)
                QTimer.singleShot(0, self, lambda: self.draw(self._bridge.snapshot))

        step()

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show another state of the desk."""
        self.top_bar.draw(
            self._batch.follow(snapshot), paused=snapshot.paused, stopping=snapshot.stopping
        )
        self.status_line.draw(snapshot)
        self._show_undo(snapshot)
        self._show_page(snapshot)
        self._set_possible(snapshot)
        if self._places is not None:
            self._places.queue.draw(snapshot)
            self._beside.start()

    def _draw_beside(self) -> None:
        """Draw what is beside the queue, in a turn of its own: a long queue takes one, too."""
        snapshot = self._bridge.snapshot
        if self._places is not None:
            for view in (self._places.stage, self._places.chunks, self._places.inspector):
                view.draw(snapshot)
        if self.wiring is not None:
            self.wiring.draw(snapshot)

    def tell(self, notice: Notice) -> None:
        """Show a notice above everything."""
        self.notices.show_notice(notice)

    def raise_up(self) -> None:
        """Come to the front, from the tray and from below other windows."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def retranslate(self) -> None:
        """Set every text of the window itself."""
        self.setWindowTitle("Second Unit")
        self._loading.setText(self.tr("Opening your queue…"))
        for group, menu in self._menus.items():
            menu.setTitle(group_title(group))
        self.commands.retranslate()
        self._show_undo(self._bridge.snapshot)

    # -- files -------------------------------------------------------------------------------

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take what was dropped, chosen or given to the program; folders are opened."""
        self._bridge.run(lambda: opened(paths), self._take)

    def choose_videos(self) -> None:
        """Ask for files."""
        endings = " ".join(f"*{ending}" for ending in sorted(VIDEO_ENDINGS))
        filters = self.tr("Videos ({0});;All files (*)").format(endings)
        self._ask_for_files(QFileDialog.FileMode.ExistingFiles, self.tr("Add videos"), filters)

    def choose_folder(self) -> None:
        """Ask for a folder of videos."""
        self._ask_for_files(QFileDialog.FileMode.Directory, self.tr("Add a folder of videos"), "")

    def _ask_for_files(self, mode: QFileDialog.FileMode, title: str, filters: str) -> None:
        dialog = QFileDialog(self, title, str(self._kept.value("last_folder", "")), filters)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)

        def take(names: list[str]) -> None:
            self._kept.setValue("last_folder", dialog.directory().absolutePath())
            self.take_files([Path(name) for name in names])

        dialog.filesSelected.connect(take)
        dialog.open()

    def _take(self, drop: Dropped) -> None:
        if drop.videos:
            if self._places is not None:
                self._places.queue.expect_added()
            self._orders.add(drop.videos, None)
        if drop.photos and self.wiring is not None:
            self.wiring.show_faces(drop.photos)
        if drop.others:
            names = [path.name for path in drop.others]
            self.tell(Notice("dropped", "warning", lambda: self._left_out(names)))
        elif not drop.videos and not drop.photos:
            self.tell(Notice("dropped", "info", self._nothing_found))

    def _left_out(self, names: Sequence[str]) -> tuple[str, str]:
        shown = ", ".join(names[:3])
        if len(names) > 3:
            sentence = self.tr("{0} and %n other(s) cannot be used.", "", len(names) - 3)
        else:
            sentence = self.tr("{0} cannot be used.")
        return sentence.format(shown), self.tr("Drop videos, folders of videos, or photos.")

    def _nothing_found(self) -> tuple[str, str]:
        return (
            self.tr("There are no videos in this folder."),
            self.tr("Second Unit looks for files such as .mp4, .mov and .mkv."),
        )

    # -- Qt's own ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Say what letting go would do."""
        paths = _paths(event)
        if not paths:
            return
        drop = dropped(paths)
        self.veil.offer(drop)
        if drop.is_welcome:
            event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  # Qt's name
        """Go on taking what can be used."""
        if dropped(_paths(event)).is_welcome:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  # Qt's name
        """Uncover the window."""
        self.veil.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Take the files."""
        self.veil.hide()
        paths = _paths(event)
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.activateWindow()  # who drops something here goes on here
            self.take_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Stay; whoever decides is asked, and ends the program."""
        self._keep_size()
        event.ignore()
        self.close_asked.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Speak another language when it was switched."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802  # Qt's name
        """Go on in the order of reading, whenever each part was made.

        Qt asks this, too, when what has the keyboard cannot be pressed any more or goes away.
        Whoever pressed it did not ask to go anywhere: a key must not press some other button then.
        """
        left = QApplication.focusWidget()
        if left is not None and not (left.isEnabled() and left.isVisible()):
            self._rest()
            return True
        return tab_order.go(self, forward=next_)

    def _rest(self) -> None:
        """Give the keyboard to what presses nothing: the list of videos, or else the frame."""
        if self._places is not None and self._places.queue.isVisible():
            self._places.queue.focus_list()
        else:
            self._whole.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    # -- building ----------------------------------------------------------------------------

    def _make_frame(self) -> None:
        self.top_bar = TopBar(self._bridge, self.commands)
        self.notices = NoticeBar()
        self.welcome = WelcomePage()
        self._loading = QLabel()
        self._loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        give_role(self._loading, "muted")
        self._work = QSplitter(Qt.Orientation.Horizontal)
        self._centre = QWidget()
        self._stack = QStackedWidget()
        for page in (self._loading, self.welcome, self._work):
            self._stack.addWidget(page)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top_bar)
        rows.addWidget(self.notices)
        rows.addWidget(self._stack, 1)
        self.setCentralWidget(whole)
        self._whole = whole
        whole.setFocus()  # no button is marked before a key was pressed
        self.status_line = StatusLine(self._bridge, self.statusBar())
        self.veil = DropVeil(whole)

    def _make_menus(self) -> None:
        self._menus: dict[Group, QMenu] = {group: self.menuBar().addMenu("") for group in GROUPS}
        for command in self.commands.commands:
            menu = self._menus[command.group]
            if command.command_id in _AFTER_A_LINE:
                menu.addSeparator()
            menu.addAction(self.commands.action(command.command_id))

    def _place(self, made: Places) -> None:
        self._places = made
        self._work.setHandleWidth(1)
        self._work.setChildrenCollapsible(False)
        centre = QVBoxLayout(self._centre)
        centre.setContentsMargins(0, 0, 0, 0)
        centre.setSpacing(0)
        centre.addWidget(made.stage, 1)
        centre.addWidget(made.chunks)  # as high as it needs to be; the stage has the rest
        for view in (made.queue, self._centre, made.inspector):
            self._work.addWidget(view)
        self._work.setStretchFactor(1, 1)
        self._take_splits()
        self.veil.keep_clear(made.inspector)
        self.wiring = Wiring(self._bridge, self, made, self.commands, self.tell)
        self._on_settings()

    def _bind(self) -> None:
        bridge = self._bridge
        bind = self.commands.bind
        bind("add_videos", self.choose_videos)
        bind("add_folder", self.choose_folder)
        bind("demo", self.demo_asked.emit)
        bind("quit", self.close)
        bind("undo", lambda: bridge.tell(lambda desk: desk.undo()))
        bind("redo", lambda: bridge.tell(lambda desk: desk.redo()))
        bind("render_all", lambda: self._orders.render(renderable(bridge.snapshot.entries)))
        bind("retry_failed", lambda: self._orders.retry(_failed(bridge.snapshot)))
        bind("pause", lambda: bridge.tell(lambda desk: desk.pause()))
        bind("go_on", lambda: bridge.tell(lambda desk: desk.go_on()))
        bind("stop_after", lambda: bridge.tell(lambda desk: desk.stop_after_current()))
        bind("stop_now", lambda: bridge.tell(lambda desk: desk.stop_now()))
        bind("full_screen", self._toggle_full_screen)
        self.commands.action("simple").toggled.connect(self._on_simple)
        self.commands.set_enabled("simple", enabled=True)
        self.welcome.videos_asked.connect(self.choose_videos)
        self.welcome.demo_asked.connect(self.demo_asked)

    # -- states ------------------------------------------------------------------------------

    def _set_possible(self, snapshot: DeskSnapshot) -> None:
        waits = any(e.state in ("queued", "rendering") for e in snapshot.entries)
        runs = snapshot.running is not None or snapshot.preparing is not None
        possible = {
            "undo": bool(snapshot.undo),
            "redo": bool(snapshot.redo),
            "render_all": bool(renderable(snapshot.entries)),
            "retry_failed": bool(_failed(snapshot)),
            "pause": waits and not snapshot.paused,
            "go_on": snapshot.paused,
            "stop_after": runs and not snapshot.paused,
            "stop_now": runs,
        }
        for command_id, enabled in possible.items():
            self.commands.set_enabled(command_id, enabled=enabled)

    def _show_undo(self, snapshot: DeskSnapshot) -> None:
        self.commands.action("undo").setText(undo_title(snapshot.undo))
        self.commands.action("redo").setText(redo_title(snapshot.redo))

    def _show_page(self, snapshot: DeskSnapshot) -> None:
        if not snapshot.loaded or (self._places is None and snapshot.entries):
            self._stack.setCurrentWidget(self._loading)
        elif not snapshot.entries:
            self._stack.setCurrentWidget(self.welcome)
        else:
            self._stack.setCurrentWidget(self._work)

    def _on_settings(self) -> None:
        settings = self._bridge.settings
        self.commands.set_keys(dict(settings.shortcuts))
        self.commands.action("simple").setChecked(settings.simple)

    def _on_simple(self, simple: bool) -> None:
        self._bridge.change_settings(lambda settings: replace(settings, simple=simple))

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- sizes -------------------------------------------------------------------------------

    def _take_size(self) -> None:
        if not self.restoreGeometry(_bytes(self._kept.value("geometry"))):
            available = self.screen().availableSize()
            self.resize(min(_FIRST_PX[0], available.width()), min(_FIRST_PX[1], available.height()))

    def _take_splits(self) -> None:
        if not self._work.restoreState(_bytes(self._kept.value("places"))):
            self._work.setSizes(list(_PLACES_PX))

    def _keep_size(self) -> None:
        self._kept.setValue("geometry", self.saveGeometry())
        if self._places is not None:
            self._kept.setValue("places", self._work.saveState())
        self._kept.sync()


_AFTER_A_LINE = frozenset(
    (
        "faces", "settings", "quit", "duplicate", "pause", "retry_failed", "move_up", "cut_in",
        "after", "outlines", "jump_next", "proof", "to_queue", "full_screen", "palette", "doctor",
        "about",
    )
)  # fmt: skip
"""Commands before which the menu has a line."""


def _failed(snapshot: DeskSnapshot) -> list[Entry]:
    return [entry for entry in snapshot.entries if entry.state in ("failed", "refused")]


def _bytes(value: object) -> QByteArray:
    return value if isinstance(value, QByteArray) else QByteArray()


def _paths(event: QDropEvent) -> list[Path]:
    if not event.mimeData().hasUrls():
        return []
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
