"""Show what a render needs and whether it is there, with advice for what is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.speaking import SpeakingDialog
from gui.theme.icons import pixmap
from gui.theme.roles import give_role
from gui.words.errors import told_of
from gui.words.health import found_said, name_said
from orchestrator.home import Home

_SIZE_PX = (640, 520)
_SIGNS = {"good": ("done", "good"), "note": ("info", "muted"), "missing": ("error", "danger")}
Row = tuple[str, str, str, str]
"""State, name, what was found, advice."""


def look(home: Home) -> tuple[Row, ...]:
    """Look at everything a render needs; seconds of work, for another thread."""
    from orchestrator.health import examine

    return tuple((f.state, f.name, f.found, f.advice) for f in examine(home, _unheard))


def _unheard(done: int, total: int) -> None:
    """Hear how far it is; the bar only says that it goes on."""


class DoctorDialog(SpeakingDialog):
    """A list of findings that fills when the look is over."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        """Begin to look."""
        super().__init__(parent)
        self._bridge = bridge
        self._rows: tuple[Row, ...] | None = None
        self._failed: Exception | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self._head, self._bar = QLabel(self), QProgressBar(self)
        give_role(self._head, "title")
        self._head.setWordWrap(True)
        self._bar.setRange(0, 0)
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 16)
        rows.setSpacing(16)
        for widget in (self._head, self._bar):
            rows.addWidget(widget)
        rows.addWidget(self._area, 1)
        rows.addLayout(self._buttons())
        self.look_again()

    def look_again(self) -> None:
        """Look at everything anew."""
        self._failed = None
        self._is_looking = True
        self.retranslate()
        self._bridge.run(lambda: look(self._bridge.home), self._on_found, self._on_failed)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Is everything there?"))
        self._area.setAccessibleName(self.windowTitle())
        self._copy.setText(self.tr("Copy"))
        self._again.setText(self.tr("Look again"))
        self._close.setText(self.tr("Close"))
        self._head.setText(self._said_above())
        self._bar.setVisible(self._is_looking)
        self._again.setEnabled(not self._is_looking)
        if self._rows is not None:
            self._show(self._rows)

    def _said_above(self) -> str:
        if self._is_looking:
            return self.tr("Looking at what a render needs…")
        if self._failed is not None:
            return self.tr("{0} {1}").format(*told_of(self._failed))
        missing = sum(row[0] == "missing" for row in self._rows or ())
        if missing:
            return self.tr("%n thing(s) missing", "", missing)
        return self.tr("Everything that a render needs is there.")

    def _on_found(self, found: tuple[Row, ...]) -> None:
        self._rows, self._is_looking = found, False
        self.retranslate()

    def _show(self, found: tuple[Row, ...]) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for number, row in enumerate(sorted(found, key=lambda r: r[0] != "missing")):
            self._add_row(grid, number, row)
        grid.setRowStretch(len(found), 1)
        self._area.setWidget(page)
        self._copy.setEnabled(True)

    def _add_row(self, grid: QGridLayout, number: int, row: Row) -> None:
        state, name, found, advice = row
        sign, title, words = QLabel(), QLabel(name_said(name)), QLabel(found_said(found))
        icon_name, colour_name = _SIGNS[state]
        sign.setPixmap(pixmap(icon_name, 18, colour_name, self.devicePixelRatioF()))
        sign.setAccessibleName(self._said(state))
        sign.setToolTip(self._said(state))
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        give_role(words, "muted")
        if advice:
            words.setText(self.tr("{0}\n{1}").format(found_said(found), found_said(advice)))
        top = Qt.AlignmentFlag.AlignTop
        for column, widget in enumerate((sign, title, words)):
            grid.addWidget(widget, number, column, top)

    def _said(self, state: str) -> str:
        said = {"good": self.tr("There"), "note": self.tr("For your information")}
        return said.get(state, self.tr("Missing"))

    def _on_failed(self, error: Exception) -> None:
        self._failed, self._is_looking = error, False
        self.retranslate()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._copy, self._again, self._close = (QPushButton(self) for _ in range(3))
        close = self._close
        self._copy.setEnabled(False)
        self._copy.clicked.connect(self._copy_rows)
        self._again.clicked.connect(self.look_again)
        close.clicked.connect(self.close)
        close.setDefault(True)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(self._again)
        row.addWidget(close)
        return row

    def _copy_rows(self) -> None:
        lines = (" | ".join(part for part in row if part) for row in self._rows or ())
        QGuiApplication.clipboard().setText("\n".join(lines))
