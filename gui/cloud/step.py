"""Be one step of the wizard that connects an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from gui.cloud.account import CloudAccount
from gui.settings.form import Note
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.errors import told_of

T = TypeVar("T")


class WizardStep(Speaking):
    """A title, what it is about, and what a subclass puts beneath.

    Signals:
        passed: this step is done; the next one follows.
        changed: what :attr:`is_busy`, :meth:`next_words` or :meth:`can_go_on` say may be other.
    """

    passed = Signal()
    changed = Signal()

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account = account
        self.is_busy = False
        self.title, self.about = QLabel(), QLabel()
        self.busy, self.note = QProgressBar(), Note()
        give_role(self.title, "page")
        give_role(self.about, "muted")
        self.about.setWordWrap(True)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 24, 32, 16)
        self.column.setSpacing(12)
        self.column.addWidget(self.title)
        self.column.addWidget(self.about)

    def begin(self) -> None:
        """Hear that the step is shown now."""

    def go_on(self) -> None:
        """Do what the button says; the usual is to pass on."""
        self.passed.emit()

    def can_go_on(self) -> bool:
        """Return whether the button can be pressed."""
        return not self.is_busy

    def next_words(self) -> str:
        """Return what the button says."""
        return self.tr("Next")

    def finish_column(self) -> None:
        """Put the bar and the note last."""
        self.column.addWidget(self.busy)
        self.column.addWidget(self.note)

    def ask(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``call`` on another thread with the bar moving; a fault is said in the note."""
        self._set_busy(busy=True)
        self.note.say("")

        def answer(found: T) -> None:
            if shiboken6.isValid(self):
                self._set_busy(busy=False)
                then(found)

        def fail(error: Exception) -> None:
            if shiboken6.isValid(self):
                self._set_busy(busy=False)
                self.say_error(error)
                if otherwise is not None:
                    otherwise(error)

        self.account.run(call, answer, fail)

    def say_error(self, error: Exception) -> None:
        """Say what went wrong and what helps."""
        self.note.say(self.tr("{0}\n{1}").format(*told_of(error)).strip(), "error")

    def _set_busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.busy.setVisible(busy)
        self.changed.emit()
