"""Choose how the picture is looked at: which side, faces outlined or not, how near."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QMenu, QToolButton, QWidget

from gui.speaking import Speaking
from gui.stage.fitting import say_what_fits
from gui.stage.geometry import MODES, Mode
from gui.stage.words import mode_words
from gui.theme.icons import icon
from gui.theme.roles import give_role

_ICONS: dict[Mode, str] = {
    "after": "after",
    "before": "before",
    "wipe": "wipe",
    "side by side": "side-by-side",
}
_CHOICES = (None, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""None fits the picture in."""
_LEAST_PX = 380


class ViewBar(Speaking):
    """The strip above the picture.

    Signals:
        mode_asked: one of the modes.
        faces_asked: whether faces are to be outlined.
        zoom_asked: steps nearer (or away).
        scale_asked: pixels of the screen for one of the picture; None fits it in.
        folder_asked: the finished video is to be shown where it lies.
    """

    mode_asked = Signal(str)
    faces_asked = Signal(bool)
    zoom_asked = Signal(int)
    scale_asked = Signal(object)
    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._modes = self._made_modes()
        self._faces = self._tool("faces", checkable=True)
        self._faces.setChecked(True)
        self._faces.toggled.connect(self.faces_asked)
        self._folder = self._tool("folder")
        self._folder.clicked.connect(self.folder_asked)
        self._folder.hide()
        self._out = self._tool("zoom-out")
        self._out.clicked.connect(lambda: self.zoom_asked.emit(-1))
        self._in = self._tool("zoom-in")
        self._in.clicked.connect(lambda: self.zoom_asked.emit(1))
        self._scale = self._made_scale()
        self._now: tuple[float, bool] = (1.0, True)
        self._lay_out()
        self.retranslate()

    def set_mode(self, mode: Mode) -> None:
        """Show which mode is in use."""
        self._modes[mode].setChecked(True)

    def set_able(self, why_not: str) -> None:
        """Let modes be chosen, or say why there is nothing to choose."""
        for mode, button in self._modes.items():
            button.setEnabled(not why_not)
            button.setToolTip(why_not or mode_words(mode))

    def set_faces_shown(self, shown: bool) -> None:
        """Show whether faces are outlined."""
        self._faces.setChecked(shown)

    def set_scale(self, scale: float, *, fitted: bool) -> None:
        """Show how near the picture is looked at."""
        self._now = (scale, fitted)
        self._fit()

    def _say_scale(self, *, short: bool) -> None:
        scale, fitted = self._now
        percent = self.tr("{0} %").format(round(scale * 100))
        said = self.tr("Fit · {0}").format(percent) if fitted else percent
        self._scale.setText(percent if short else said)
        self._scale.setAccessibleDescription(said)

    def set_finished(self, finished: bool) -> None:
        """Offer to show the finished video where it lies, or not."""
        self._folder.setVisible(finished)
        self._fit()

    def _made_modes(self) -> dict[Mode, QToolButton]:
        group = QButtonGroup(self)
        made: dict[Mode, QToolButton] = {}
        for mode in MODES:
            button = self._tool(_ICONS[mode], checkable=True)
            give_role(button, "segment")
            group.addButton(button)
            button.clicked.connect(lambda _=False, asked=mode: self.mode_asked.emit(asked))
            made[mode] = button
        return made

    def _made_scale(self) -> QToolButton:
        button = self._tool("")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        group = QActionGroup(menu)
        for scale in _CHOICES:
            action = menu.addAction("")
            group.addAction(action)
            action.triggered.connect(lambda _=False, asked=scale: self.scale_asked.emit(asked))
        button.setMenu(menu)
        return button

    def _tool(self, name: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        give_role(button, "quiet")
        if name:
            button.setIcon(icon(name))
        button.setIconSize(QSize(18, 18))
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it fits itself
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for button in self._modes.values():
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self._faces)
        row.addStretch(1)
        row.addWidget(self._folder)
        row.addSpacing(8)
        for button in (self._out, self._scale, self._in):
            row.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Name the modes beside their icons where there is room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the width at which every button is an icon."""
        return QSize(_LEAST_PX, super().minimumSizeHint().height())

    def _fit(self) -> None:
        say_what_fits(self, self._set_level, 3)

    def _set_level(self, level: int) -> None:
        """Say, from level to level: that the picture is fitted in, modes, everything."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._modes.values():
            button.setToolButtonStyle(beside if level >= 2 else alone)
        for button in (self._faces, self._folder):
            button.setToolButtonStyle(beside if level >= 3 else alone)
        self._say_scale(short=level < 1)

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        for mode, button in self._modes.items():
            _name(button, mode_words(mode))
            button.setText(mode_words(mode))
        _name(self._faces, self.tr("Outline faces"))
        self._faces.setText(self.tr("Faces"))
        _name(self._folder, self.tr("Show the finished video in its folder"))
        self._folder.setText(self.tr("Show in folder"))
        _name(self._out, self.tr("Zoom out"))
        _name(self._in, self.tr("Zoom in"))
        _name(self._scale, self.tr("Zoom"))
        for scale, action in zip(_CHOICES, self._scale.menu().actions(), strict=True):
            percent = self.tr("{0} %").format(round((scale or 0) * 100))
            action.setText(percent if scale is not None else self.tr("Fit the picture in"))
        self._fit()


def _name(button: QToolButton, words: str) -> None:
    button.setAccessibleName(words)
    button.setToolTip(words)
