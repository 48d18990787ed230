"""Set how the user is told, and what happens when the queue is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.settings.form import Choice, Note, Page, Row
from gui.theme.roles import give_role
from gui.words.errors import told_of
from orchestrator.settings import Settings

if TYPE_CHECKING:
    from orchestrator.when_done import Tried

_TRIAL_S = 5.0
"""How long a command that is tried is waited for."""
_TYPING_MS = 600
"""What is typed is kept after so long a pause, and when the field is left."""


class DonePage(Page):
    """Notification, sound, and what comes when the queue is done."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.notify, self.sound = QCheckBox(self), QCheckBox(self)
        self.then = Choice(self)
        self._told = self.section()
        self._rows: tuple[Row, ...] = (
            Row(self, self.notify, "notify"),
            Row(self, self.sound, "sound"),
        )
        self._after = self.section()
        self._rows += (Row(self, self.then, "when_done"),)
        self.command = CommandForm(self)
        self.column.addWidget(self.command)
        self.column.addStretch(1)
        self._can_sleep = True
        self.notify.clicked.connect(lambda on: self.set_one(notify=on))
        self.sound.clicked.connect(lambda on: self.set_one(sound=on))
        self.then.activated.connect(lambda _: self.set_one(when_done=self.then.currentData()))
        self.retranslate()
        self.draw(bridge.settings)

    def shown(self) -> None:
        """Look whether this machine can be told to sleep."""
        self.run(_can_sleep, self._on_can_sleep)

    def leave(self) -> None:
        """Keep the command as it is typed."""
        self.command.keep()

    def draw(self, settings: Settings) -> None:
        """Show what is set."""
        self.notify.setChecked(settings.notify)
        self.sound.setChecked(settings.sound)
        self.sound.setEnabled(settings.notify)
        self.then.choose(settings.when_done)
        self.command.setVisible(settings.when_done == "command")
        self.command.draw(settings)
        for row in self._rows:
            row.draw(settings)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("When done"))
        self._told.setText(self.tr("Notifications"))
        self._after.setText(self.tr("When the queue is done"))
        self.notify.setText(self.tr("Tell me when a video is done"))
        self.sound.setText(self.tr("Play a sound with it"))
        self._say_choices()
        sleep_hint = self.tr("Nothing happens when you ended every video yourself.")
        said = (
            (self.tr("Notification"), ""),
            (self.tr("Sound"), ""),
            (self.tr("Then"), sleep_hint),
        )
        for row, (title, hint) in zip(self._rows, said, strict=True):
            row.say(title, hint)
        self.command.retranslate()
        self.draw(self.bridge.settings)

    def _say_choices(self) -> None:
        choices = [
            ("nothing", self.tr("Do nothing")),
            ("notify", self.tr("Tell me")),
            ("sleep", self.tr("Let the computer sleep")),
            ("command", self.tr("Run a command")),
        ]
        if not self._can_sleep and self.bridge.settings.when_done != "sleep":
            del choices[2]
        self.then.set_texts(tuple(choices))

    def _on_can_sleep(self, can: bool) -> None:
        self._can_sleep = can
        self._say_choices()
        self.draw(self.bridge.settings)


class CommandForm(QWidget):
    """A program, its arguments line by line, and a button that tries them."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._trial = 0
        self.program, self.arguments = QLineEdit(self), QPlainTextEdit(self)
        self.browse, self.test = QPushButton(self), QPushButton(self)
        self.result, self.said = Note(self), QPlainTextEdit(self)
        self._busy = QProgressBar(self)
        self._names = QLabel(self), QLabel(self)
        self._hint = QLabel(self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.keep)
        self._set_up()
        self._lay_out()

    def draw(self, settings: Settings) -> None:
        """Show the command that is set, unless one is being typed."""
        if settings.when_done_command != self.words() and not self._typing.isActive():
            program, *arguments = settings.when_done_command or ("",)
            self._put(program, "\n".join(arguments))
        self.test.setEnabled(bool(self.program.text().strip()))

    def words(self) -> tuple[str, ...]:
        """Return program and arguments as they are typed; an empty line is an empty argument."""
        program = self.program.text().strip()
        text = self.arguments.toPlainText()
        return (program, *(text.split("\n") if text else ())) if program else ()

    def keep(self) -> None:
        """Set what is typed."""
        self._typing.stop()
        self._page.set_one(when_done_command=self.words())

    def try_out(self) -> None:
        """Start the command now and say how it went."""
        from orchestrator.when_done import try_out

        self.keep()
        home, words = self._page.bridge.home, self.words()
        self._trial += 1
        trial = self._trial
        self._set_busy(busy=True)
        self.result.say("")
        self.said.hide()
        self._page.run(
            lambda: try_out(home, words, _TRIAL_S),
            lambda tried: self._on_tried(trial, tried),
            lambda error: self._on_failed(trial, error),
        )

    def retranslate(self) -> None:
        """Set every text."""
        program, arguments = self.tr("Program"), self.tr("Arguments, one on each line")
        for label, field, text in (
            (self._names[0], self.program, program),
            (self._names[1], self.arguments, arguments),
        ):
            label.setText(text)
            field.setAccessibleName(text)
        self._hint.setText(
            self.tr(
                "Each line reaches the program as it is; no shell reads it. The program finds how "
                "many videos are done in SECONDUNIT_DONE and how many failed in SECONDUNIT_FAILED."
            )
        )
        self.browse.setText(self.tr("Choose…"))
        self.browse.setAccessibleName(self.tr("Choose the program"))
        self.test.setText(self.tr("Try it now"))
        self.said.setAccessibleName(self.tr("What the command said"))
        self._busy.setAccessibleName(self.tr("The command is running"))

    def _on_typed(self) -> None:
        self._typing.start()
        self.test.setEnabled(bool(self.program.text().strip()))

    def _browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose the program"))
        if path:
            self.program.setText(path)
            self.keep()

    def _on_tried(self, trial: int, tried: Tried) -> None:
        if trial != self._trial:
            return  # another trial was begun since
        self._set_busy(busy=False)
        if tried.status is None:
            self.result.say(self.tr("It was started and goes on by itself."), "good")
        elif tried.status == 0:
            self.result.say(self.tr("It ran and ended well."), "good")
        else:
            told = self.tr("It ran and ended with status {0}.").format(tried.status)
            self.result.say(told, "warning")
        self.said.setPlainText(tried.said.rstrip())
        self.said.setVisible(bool(tried.said.strip()))

    def _on_failed(self, trial: int, error: Exception) -> None:
        if trial == self._trial:
            self._set_busy(busy=False)
            self.result.say(self.tr("{0}\n{1}").format(*told_of(error)), "error")

    def _set_busy(self, *, busy: bool) -> None:
        self._busy.setVisible(busy)
        self.test.setEnabled(not busy)

    def _put(self, program: str, arguments: str) -> None:
        with QSignalBlocker(self.program), QSignalBlocker(self.arguments):
            self.program.setText(program)
            self.arguments.setPlainText(arguments)

    def _set_up(self) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        for field in (self.program, self.arguments, self.said):
            field.setFont(fixed)
        self.arguments.setTabChangesFocus(True)
        self.arguments.setFixedHeight(88)
        self.said.setReadOnly(True)
        self.said.setTabChangesFocus(True)
        self.said.setFixedHeight(88)
        self.said.hide()
        self._busy.setRange(0, 0)
        self._busy.hide()
        self._hint.setWordWrap(True)
        give_role(self._hint, "hint")
        self._names[0].setBuddy(self.program)
        self._names[1].setBuddy(self.arguments)
        self.program.textEdited.connect(lambda _: self._on_typed())
        self.arguments.textChanged.connect(self._on_typed)
        self.program.editingFinished.connect(self.keep)
        self.browse.clicked.connect(self._browse)
        self.test.clicked.connect(self.try_out)

    def _lay_out(self) -> None:
        column, grid = QVBoxLayout(self), QGridLayout()
        column.setContentsMargins(0, 8, 36, 8)
        column.setSpacing(8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._names[0], 0, 0)
        grid.addWidget(self.program, 1, 0)
        grid.addWidget(self.browse, 1, 1)
        grid.addWidget(self._names[1], 2, 0)
        grid.addWidget(self.arguments, 3, 0, 1, 2)
        grid.setRowMinimumHeight(2, 24)
        column.addLayout(grid)
        column.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.test)
        row.addWidget(self._busy, 1)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.result)
        column.addWidget(self.said)


def _can_sleep() -> bool:
    from orchestrator.when_done import can_sleep

    return can_sleep()
