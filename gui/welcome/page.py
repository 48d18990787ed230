"""Show an empty queue as a place to drop videos on, with the demo one click away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
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

from gui.speaking import Speaking
from gui.theme import current
from gui.theme.icons import icon, pixmap
from gui.theme.roles import give_role

_WIDTH_PX = 720
_BAR_PX = 240
_SIGN_PX = 40
_STEP_PX = 24
_STEPS = ("film", "faces", "render")


class WelcomePage(Speaking):
    """What the window shows while the queue is empty.

    Signals:
        videos_asked: the user wants to choose files.
        demo_asked: the user wants to see it at work first.
        cancel_asked: the user does not want to wait for the demo.
    """

    videos_asked = Signal()
    demo_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the first screen."""
        super().__init__(parent)
        self._zone = QFrame(self)
        self._title, self._or = QLabel(self), QLabel(self)
        self._open, self._demo = QPushButton(self), QPushButton(self)
        self._demo_hint, self._privacy = QLabel(self), QLabel(self)
        self._making, self._bar = QWidget(self), QProgressBar(self)
        self._cancel = QPushButton(self)
        self._signs = [QLabel(self) for _ in range(len(_STEPS) + 2)]
        self._steps = [(QLabel(self), QLabel(self)) for _ in _STEPS]
        self._make_parts()
        self._lay_out()
        self.retranslate()

    def show_making(self, done: int, total: int) -> None:
        """Show how far the demo's video is made."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._set_making(making=True)

    def show_made(self) -> None:
        """Show that nothing is being made, or no longer."""
        self._set_making(making=False)

    def _set_making(self, *, making: bool) -> None:
        """Show the bar or not; the focus stays on the page, on what can be pressed next."""
        if making:
            self._making.show()
            if self._demo.hasFocus():
                self._cancel.setFocus()
        self._demo.setEnabled(not making)
        if not making:
            if self._cancel.hasFocus():
                self._demo.setFocus()
            self._making.hide()
        self._demo_hint.setText(
            self.tr("Making the demo’s video…")
            if making
            else self.tr(
                "A short video of two people, and a face that may be used. It takes a minute."
            )
        )

    def retranslate(self) -> None:
        """Set every text, and the signs in the colours in use."""
        self.setAccessibleName(self.tr("Welcome"))
        self._title.setText(self.tr("Drop videos here"))
        self._or.setText(self.tr("Files or whole folders, anywhere on this window."))
        self._open.setText(self.tr("Open videos…"))
        self._demo.setText(self.tr("Try the demo"))
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setAccessibleName(self.tr("How far the demo’s video is"))
        self._set_making(making=not self._making.isHidden())
        self._privacy.setText(
            self.tr(
                "Your videos and faces stay on this computer. A face is rendered only when you "
                "have stated that the person agreed, and every video says that it is AI-made."
            )
        )
        for (title, words), said in zip(self._steps, self._said_steps(), strict=True):
            title.setText(said[0])
            words.setText(said[1])
        self._draw_signs()

    def _said_steps(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("1. Add a video"),
                self.tr("Second Unit finds everybody who is in it."),
            ),
            (
                self.tr("2. Choose a face"),
                self.tr("Drop a photo on the person who shall wear it, and look at the result."),
            ),
            (
                self.tr("3. Render"),
                self.tr("Watch finished parts while the rest is made. You can stop at any time."),
            ),
        )

    def _draw_signs(self) -> None:
        ratio = self.devicePixelRatioF()
        self._signs[0].setPixmap(pixmap("drop", _SIGN_PX, "accent", ratio))
        self._signs[1].setPixmap(pixmap("lock", 16, "muted", ratio))
        for sign, name in zip(self._signs[2:], _STEPS, strict=True):
            sign.setPixmap(pixmap(name, _STEP_PX, "accent_text", ratio))
        self._drawn_for = (current.palette(), ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the signs anew on a screen of another density."""
        if self._drawn_for != (current.palette(), self.devicePixelRatioF()):
            self._draw_signs()
        super().resizeEvent(event)

    def _make_parts(self) -> None:
        give_role(self._zone, "drop")
        give_role(self._title, "page")
        for label in (self._or, self._demo_hint, self._privacy):
            give_role(label, "muted")
            label.setWordWrap(True)
        give_role(self._open, "primary")
        self._open.setIcon(icon("add", "on_accent"))
        self._demo.setIcon(icon("spark"))
        for button in (self._open, self._demo):
            button.setIconSize(QSize(26, 18))  # with room between sign and words
            button.setMinimumHeight(36)
        self._open.clicked.connect(self.videos_asked)
        self._demo.clicked.connect(self.demo_asked)
        self._cancel.clicked.connect(self.cancel_asked)
        give_role(self._cancel, "quiet")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_PX)
        self._making.hide()
        for title, words in self._steps:
            give_role(title, "title")
            give_role(words, "muted")
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        zone = QVBoxLayout(self._zone)
        zone.setContentsMargins(32, 40, 32, 40)
        zone.setSpacing(8)
        zone.addWidget(self._signs[0], 0, middle)
        zone.addWidget(self._title, 0, middle)
        self._or.setAlignment(middle)
        zone.addWidget(self._or)
        zone.addSpacing(16)
        zone.addLayout(_centred(self._open, self._demo))
        self._demo_hint.setAlignment(middle)
        zone.addWidget(self._demo_hint)
        making = QHBoxLayout(self._making)
        making.setContentsMargins(0, 0, 0, 0)
        making.addStretch(1)
        making.addWidget(self._bar)
        making.addWidget(self._cancel)
        making.addStretch(1)
        zone.addWidget(self._making)
        page = QWidget()
        page.setMaximumWidth(_WIDTH_PX)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(24, 24, 24, 24)
        rows.setSpacing(24)
        rows.addStretch(1)
        rows.addWidget(self._zone)
        rows.addLayout(self._step_columns())
        rows.addLayout(self._privacy_row())
        rows.addStretch(1)
        self._put_in_scroll(page)

    def _put_in_scroll(self, page: QWidget) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(page, 100)
        across.addStretch(1)
        area.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _step_columns(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for column, (title, words) in enumerate(self._steps):
            grid.addWidget(self._signs[2 + column], 0, column)
            grid.addWidget(title, 1, column)
            grid.addWidget(words, 2, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _privacy_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._signs[1], 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._privacy, 1)
        return row


def _centred(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
