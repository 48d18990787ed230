"""Do what is set for when the queue is done, and let the user who is there stop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.speaking import SpeakingDialog
from gui.theme.roles import give_role
from gui.words.errors import told_of
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import DeskSnapshot

TO_SLEEP_S = 60
"""How long the user has to say that the computer is to stay awake."""
_WIDTH_PX = 420


class AfterQueue(QObject):
    """Hears that the queue is done by :meth:`on_idle`, and acts once."""

    def __init__(
        self,
        bridge: Bridge,
        window: QWidget,
        tell: Callable[[str, str], None],
        *,
        sleep: Callable[[], None] | None = None,
    ) -> None:
        """Act for ``bridge``; ``tell`` shows a title and words on the desktop."""
        super().__init__(window)
        self._bridge, self._window, self._tell = bridge, window, tell
        self._sleep = sleep or _sleep
        self.countdown: SleepCountdown | None = None

    def on_idle(self, had_turn: Sequence[Entry]) -> None:
        """Do what is set, after these entries had their turn; call on the Qt thread."""
        from orchestrator.when_done import Nothing, Notify, RunCommand, Sleep, decide, start

        then, home = decide(self._bridge.settings, had_turn), self._bridge.home
        match then:
            case Nothing():
                pass
            case Notify(done, failed):
                self._tell(self.tr("The queue is done"), self._words(done, failed))
            case Sleep():
                self._count_down()
            case RunCommand():
                self._bridge.run(lambda: start(home, then), None, self._on_failed)
            case _:
                assert_never(then)

    def _words(self, done: int, failed: int) -> str:
        words = self.tr("%n video(s) done.", "", done)
        if not failed:
            return words
        return self.tr("{0} {1}").format(words, self.tr("%n video(s) failed.", "", failed))

    def _count_down(self) -> None:
        if self.countdown is not None:
            return
        self._tell(self.tr("The queue is done"), self.tr("The computer goes to sleep in a minute."))
        self.countdown = SleepCountdown(self._bridge, self._window)
        self.countdown.over.connect(self._go_to_sleep)
        self.countdown.finished.connect(self._forget)
        self.countdown.show()

    def _go_to_sleep(self) -> None:
        self._bridge.run(self._sleep, None, self._on_failed)

    def _forget(self) -> None:
        if self.countdown is not None:
            self.countdown.deleteLater()
        self.countdown = None

    def _on_failed(self, error: Exception) -> None:
        self._bridge.troubled.emit(*told_of(error))


class SleepCountdown(SpeakingDialog):
    """Says that the computer will sleep, and stops when the user or a new render wants it.

    Signals:
        over: nobody stopped it.
    """

    over = Signal()

    def __init__(
        self, bridge: Bridge, parent: QWidget | None = None, *, to_sleep_s: int = TO_SLEEP_S
    ) -> None:
        """Begin to count."""
        super().__init__(parent)
        self._left_s = to_sleep_s
        self.setMinimumWidth(_WIDTH_PX)
        self._title, self._words, self._bar = QLabel(self), QLabel(self), QProgressBar(self)
        self.now, self.stay = QPushButton(self), QPushButton(self)
        self._bar.setRange(0, to_sleep_s)
        self._lay_out()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.now.clicked.connect(self._end)
        self.stay.clicked.connect(self.reject)
        bridge.changed.connect(self._on_desk)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Going to sleep"))
        self._bar.setAccessibleName(self.tr("Time until the computer sleeps"))
        self._words.setText(self.tr("The queue is done, and so you set it."))
        self.now.setText(self.tr("Sleep now"))
        self.stay.setText(self.tr("Stay awake"))
        self._draw()

    def tick(self) -> None:
        """Hear that a second has gone by."""
        self._left_s -= 1
        if self._left_s <= 0:
            self._end()
        else:
            self._draw()

    def done(self, result: int) -> None:
        """Count no more, however it ends."""
        self._timer.stop()
        super().done(result)

    def _end(self) -> None:
        self.accept()
        self.over.emit()

    def _on_desk(self, snapshot: DeskSnapshot) -> None:
        if snapshot.running is not None or snapshot.preparing is not None:
            self.reject()

    def _draw(self) -> None:
        self._title.setText(
            self.tr("The computer goes to sleep in %n second(s).", "", self._left_s)
        )
        self._bar.setValue(self._left_s)

    def _lay_out(self) -> None:
        give_role(self._title, "title")
        give_role(self._words, "muted")
        self._words.setWordWrap(True)
        give_role(self.stay, "primary")
        self.stay.setDefault(True)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (self._title, self._words, self._bar):
            column.addWidget(widget)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.now)
        row.addWidget(self.stay)
        column.addLayout(row)
        self.stay.setFocus()


def _sleep() -> None:
    from orchestrator.when_done import sleep

    sleep()
