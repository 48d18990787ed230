"""Say what the list cannot: that it is empty or being opened, what was removed, what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.queue.rows import Filter
from gui.speaking import Speaking
from gui.theme.icons import icon, pixmap
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.errors import told
from orchestrator.desk.entries import Trouble
from orchestrator.desk.snapshot import DeskSnapshot

_ICON_PX = 40
_UNDO_SHOWN_MS = 12_000
_FILTERS: tuple[Filter, ...] = ("all", "todo", "done", "trouble")
_PAUSE_MS = 150
"""After the last key before a long queue is searched."""


class QueuePage(Speaking):
    """What is seen in place of the list when there is nothing to list.

    Signals:
        pressed: its button.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._is_made = "loading", False
        self._icon, self._title, self._hint = QLabel(), QLabel(), QLabel()
        self._button = QPushButton()
        self._button.clicked.connect(lambda _=False: self.pressed.emit())
        give_role(self._title, "title")
        give_role(self._hint, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._icon)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._is_made = True
        self.retranslate()

    def show_loading(self) -> None:
        """Say that the queue is being opened."""
        self._show("loading")

    def show_empty(self) -> None:
        """Say that nothing is in the queue, and how to change that."""
        self._show("empty")

    def show_nothing_found(self) -> None:
        """Say that the filter hides everything."""
        self._show("nothing")

    def retranslate(self) -> None:
        """Set every text."""
        self._say()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the sign anew in other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and self._is_made:
            self._say()

    def _show(self, kind: str) -> None:
        if kind != self._kind:
            self._kind = kind
            self._say()

    def _say(self) -> None:
        icon_name, title, hint, button = {
            "loading": ("clock", self.tr("Opening the queue…"), "", ""),
            "empty": (
                "film",
                self.tr("No videos yet"),
                self.tr("Drop videos anywhere on this window, or choose them from a folder."),
                self.tr("Add videos…"),
            ),
            "nothing": (
                "search",
                self.tr("No video fits"),
                self.tr("The queue has videos, but none that the filter shows."),
                self.tr("Show all videos"),
            ),
        }[self._kind]
        self._icon.setPixmap(pixmap(icon_name, _ICON_PX, "muted", self.devicePixelRatioF()))
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(button)
        self._button.setVisible(bool(button))


class FilterStrip(Speaking):
    """Chooses which videos are listed.

    Signals:
        changed: a :data:`~gui.queue.rows.Filter` and the text that is sought.
    """

    changed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._kinds = QLineEdit(), QComboBox()
        self._field.setClearButtonEnabled(True)
        self._field.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._kinds.addItems([""] * len(_FILTERS))
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._tell)
        self._field.textChanged.connect(lambda _: self._soon.start())
        self._field.returnPressed.connect(self._tell)
        self._kinds.currentIndexChanged.connect(lambda _: self._tell())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._kinds)
        self.retranslate()

    def clear(self) -> None:
        """Show all videos."""
        self._kinds.setCurrentIndex(0)
        self._field.clear()
        self._soon.stop()
        self._tell()

    def focus_field(self) -> None:
        """Give the field the keyboard."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def retranslate(self) -> None:
        """Set every text."""
        self._field.setPlaceholderText(self.tr("Find a video"))
        self._field.setAccessibleName(self.tr("Find a video by its name"))
        self._kinds.setAccessibleName(self.tr("Which videos are listed"))
        names = (self.tr("All"), self.tr("To do"), self.tr("Done"), self.tr("Trouble"))
        for number, name in enumerate(names):
            self._kinds.setItemText(number, name)

    def _tell(self) -> None:
        self.changed.emit(_FILTERS[self._kinds.currentIndex()], self._field.text())


class UndoStrip(Speaking):
    """Says what was just removed and offers to take that back; goes away by itself.

    Signals:
        undo_asked: the removal is to be taken back.
    """

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._is_seen = False
        self._said, self._undo = QLabel(), QPushButton()
        self._undo.setIcon(icon("undo"))
        self._undo.clicked.connect(self._on_undo)
        frame = QFrame()
        give_role(frame, "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 4, 4, 4)
        row.addWidget(self._said, 1)
        row.addWidget(self._undo)
        give_role(self._undo, "quiet")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 4, 8, 4)
        outer.addWidget(frame)
        self._timer = QTimer(self, singleShot=True, interval=_UNDO_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.retranslate()
        self.hide()

    def removed(self, count: int) -> None:
        """Say that so many videos were taken out of the queue."""
        self._count, self._is_seen = count, False
        self.retranslate()
        self.show()
        self._timer.start()

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Go away when something else was done since: Undo would take that back."""
        self._is_seen = self._is_seen or snapshot.undo == "remove"
        if self._is_seen and snapshot.undo != "remove":
            self.hide()

    def retranslate(self) -> None:
        """Set every text."""
        self._said.setText(
            self.tr("{0} removed. The files stay.").format(amounts.videos(self._count))
        )
        self._undo.setText(self.tr("Undo"))

    def _on_undo(self) -> None:
        self.hide()
        self.undo_asked.emit()


class TroubleStrip(Speaking):
    """Says what is wrong with the queue itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: Trouble | None = None
        self._sentence, self._advice = QLabel(), QLabel()
        frame = QFrame()
        give_role(frame, "notice")
        frame.setProperty("mood", "error")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        give_role(self._sentence, "error")
        give_role(self._advice, "hint")
        for label in (self._sentence, self._advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # it can hold the names of files
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 8)
        outer.addWidget(frame)
        self.hide()

    def draw(self, trouble: Trouble | None) -> None:
        """Show a sentence and its advice, or nothing."""
        if trouble != self._told:
            self._told = trouble
            self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        why = self._told
        sentence, advice = told(why.code, why.sentence, why.advice) if why else ("", "")
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setVisible(why is not None)
