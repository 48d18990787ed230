"""Play, step and jump through the video; begin proofs and the search for trouble."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QToolButton,
    QToolTip,
    QWidget,
)

from gui.speaking import Speaking
from gui.stage.fitting import say_what_fits
from gui.stage.timecode import read, written
from gui.theme.icons import icon
from gui.theme.roles import give_role

_LEAST_PX = 380
_ALL = 5
"""The level at which everything is shown, with words."""


class TimeField(QLineEdit):
    """Shows a moment and takes another one: a time such as ``1:02.5``, or a frame number.

    Signals:
        asked: a frame number (int) or seconds (Fraction).
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment = ""
        self.advice = ""
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.returnPressed.connect(self._on_return)
        self.editingFinished.connect(self._on_finished)

    def set_moment(self, text: str) -> None:
        """Show a moment, unless another one is being typed."""
        self._moment = text
        if not self.isModified():
            self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Put back what stood there when the user thinks better of it."""
        if event.key() == Qt.Key.Key_Escape:
            self._put_back()
            self.selectAll()
            return
        super().keyPressEvent(event)

    def _on_return(self) -> None:
        moment: int | Fraction | None = read(self.text())
        if moment is None:
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.advice, self)
            self.selectAll()
            return
        self.setModified(False)
        self.asked.emit(moment)

    def _put_back(self) -> None:
        self.setModified(False)
        self.setText(self._moment)

    def _on_finished(self) -> None:
        if not self.hasFocus():  # the user went on to something else
            self._put_back()


class Transport(Speaking):
    """The strip below the picture.

    Signals:
        asked: what a button asks for: ``first``, ``previous appearance``, ``previous frame``,
            ``play``, ``next frame``, ``next appearance``, ``last``, ``begin here``,
            ``end here``, ``proof``, ``hardest``, ``seek trouble``, ``previous trouble``,
            ``next trouble``.
        loop_asked, mute_asked: whether to.
        moment_asked: a frame number (int) or seconds (Fraction).
    """

    asked = Signal(str)
    loop_asked = Signal(bool)
    mute_asked = Signal(bool)
    moment_asked = Signal(object)

    _MIDDLE = (
        ("first", "first"),
        ("previous appearance", "jump-previous"),
        ("previous frame", "previous-frame"),
        ("play", "play"),
        ("next frame", "next-frame"),
        ("next appearance", "jump-next"),
        ("last", "last"),
    )
    _RIGHT = (
        ("begin here", "cut-in"),
        ("end here", "cut-out"),
        ("proof", "rendering"),
        ("hardest", "proof"),
        ("seek trouble", "trouble"),
        ("previous trouble", "previous"),
        ("next trouble", "next"),
    )
    _NOT_SIMPLE = (
        "previous appearance",
        "next appearance",
        "begin here",
        "end here",
        "hardest",
        "seek trouble",
    )
    _WORDED = ("proof", "hardest", "seek trouble")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = TimeField(self)
        self.field.setFixedWidth(92)
        self.field.asked.connect(self.moment_asked)
        self._count = QLabel(self)
        give_role(self._count, "muted")
        self._buttons = {name: self._tool(name, sign) for name, sign in self._MIDDLE + self._RIGHT}
        self._loop = self._switch("loop")
        self._loop.toggled.connect(self.loop_asked)
        self._mute = self._switch("sound")
        self._mute.toggled.connect(self._on_mute)
        self._simple = False
        self._playing, self._troubles, self._at = False, 0, (0, 0)
        self._why: dict[str, str] = {}
        self._lay_out()
        self.set_troubles(0, 0)
        self.retranslate()

    def button(self, name: str) -> QToolButton:
        """Return the button that asks for ``name``."""
        return {**self._buttons, "loop": self._loop, "mute": self._mute}[name]

    def set_simple(self, *, simple: bool) -> None:
        """Show only what a first video needs, or everything; keys do all of it anyway."""
        self._simple = simple
        self._fit()

    def set_playing(self, playing: bool) -> None:
        """Show whether the video plays."""
        self._playing = playing
        play = self._buttons["play"]
        play.setIcon(icon("pause" if playing else "play", "on_accent"))
        _name(play, self.tr("Pause") if playing else self.tr("Play"))

    def set_position(self, frame: int, count: int, seconds: float) -> None:
        """Show where the playhead is."""
        self._at = (frame, count)
        self.field.set_moment(written(seconds))
        self._count.setText(self.tr("frame {0} of {1}").format(frame, count))

    def set_looping(self, looping: bool) -> None:
        """Show whether playing begins anew at the end."""
        self._loop.setChecked(looping)

    def set_sound(self, why_not: str = "") -> None:
        """Let sound be turned off and on; ``why_not`` says why there is none to hear."""
        self._mute.setEnabled(not why_not)
        self._why["mute"] = why_not
        self._mute.setIcon(icon("mute" if self._mute.isChecked() or why_not else "sound"))
        self._name_all()

    def set_able(self, name: str, why_not: str = "") -> None:
        """Let a button be pressed, or say why it cannot be."""
        self._why[name] = why_not
        self._buttons[name].setEnabled(not why_not)
        self._name_all()

    def set_troubles(self, number: int, count: int) -> None:
        """Offer to go through ``count`` places of trouble; ``number`` is the one shown, from 1."""
        self._troubles = count
        words = self.tr("Trouble {0}/{1}").format(number or "–", count)
        self._buttons["seek trouble"].setText(words if count else self.tr("Find trouble"))
        self._fit()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it fits itself
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        self._left, self._right = left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.field)
        left.addWidget(self._count)
        left.addStretch(1)
        right.setSpacing(2)
        right.addStretch(1)
        for name, _ in self._RIGHT:
            right.addWidget(self._buttons[name])
        row.addLayout(left, 1)
        for name, _ in self._MIDDLE:
            row.addWidget(self._buttons[name])
        row.addSpacing(8)
        row.addWidget(self._loop)
        row.addWidget(self._mute)
        row.addSpacing(8)
        row.addLayout(right, 1)

    def _tool(self, name: str, sign: str) -> QToolButton:
        button = QToolButton(self)
        give_role(button, "primary" if name == "play" else "quiet")
        button.setIcon(icon(sign, "on_accent" if name == "play" else "text"))
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if name.endswith("frame"):
            button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.asked.emit(name))
        return button

    def _switch(self, sign: str) -> QToolButton:
        button = QToolButton(self)
        give_role(button, "quiet")
        button.setIcon(icon(sign))
        button.setIconSize(QSize(18, 18))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _on_mute(self, muted: bool) -> None:
        if self._mute.isEnabled():
            self._mute.setIcon(icon("mute" if muted else "sound"))
            self.mute_asked.emit(muted)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Write words beside the icons where there is room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the width at which only what has no key as good is shown."""
        return QSize(_LEAST_PX, super().minimumSizeHint().height())

    def _fit(self) -> None:
        say_what_fits(self, self._set_level, _ALL, self._balance_px)

    def _balance_px(self, level: int) -> int:
        """Return what the left side must be widened by to keep the play button in the middle."""
        sides = (self._right.minimumSize().width(), self._left.minimumSize().width())
        return max(0, sides[0] - sides[1]) if level == _ALL else 0

    def _set_level(self, level: int) -> None:
        """Show, from level to level: what has a key, less used buttons, which trouble, words."""
        for name in self._buttons:
            self._buttons[name].setVisible(level >= self._least_level(name))
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        for name in self._WORDED:
            told = self._troubles > 0 and name == "seek trouble" and level >= 3
            self._buttons[name].setToolButtonStyle(beside if level >= _ALL or told else alone)
        self._count.setVisible(level >= 4)

    def _least_level(self, name: str) -> int:
        """Return the level from which on a button is shown; past all of them when it is not."""
        if self._simple and name in self._NOT_SIMPLE:
            return _ALL + 1
        if name in ("previous trouble", "next trouble") and not self._troubles:
            return _ALL + 1
        if name in ("first", "last", "begin here", "end here"):
            return 2
        return 1 if name in ("previous appearance", "next appearance", "hardest") else 0

    def _name_all(self) -> None:
        for name, words in self._names().items():
            _name(self.button(name), self._why.get(name) or words, words)

    def _names(self) -> dict[str, str]:
        return {
            "first": self.tr("First frame"),
            "previous appearance": self.tr("Previous appearance"),
            "previous frame": self.tr("Previous frame"),
            "next frame": self.tr("Next frame"),
            "next appearance": self.tr("Next appearance"),
            "last": self.tr("Last frame"),
            "begin here": self.tr("Begin the render here"),
            "end here": self.tr("End the render here"),
            "proof": self.tr("Render a proof clip of two seconds around here"),
            "hardest": self.tr("Show the hardest frames"),
            "seek trouble": self.tr("Find frames where a cast face is not found"),
            "previous trouble": self.tr("Previous place of trouble"),
            "next trouble": self.tr("Next place of trouble"),
            "loop": self.tr("Play in a loop"),
            "mute": self.tr("Sound off"),
        }

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        self._name_all()
        self._buttons["proof"].setText(self.tr("Proof clip"))
        self._buttons["hardest"].setText(self.tr("Hardest frames"))
        self.field.setAccessibleName(self.tr("Time or frame number"))
        self.field.advice = self.tr("Type a time such as 1:02.5, or a frame number.")
        self.field.setToolTip(self.field.advice)
        self.set_playing(self._playing)
        self.set_troubles(0, self._troubles)
        self._count.setText(self.tr("frame {0} of {1}").format(*self._at))
        self._fit()


def _name(button: QToolButton, tip: str, words: str = "") -> None:
    button.setAccessibleName(words or tip)
    button.setToolTip(tip)
