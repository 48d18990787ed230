"""Decide with the user what closing the window means while something is being rendered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from gui.bridge import Bridge
from gui.dialogs.question import Choice, Question, ask
from gui.main_window import MainWindow
from gui.session import Session


class Closing(QObject):
    """Asks once, then hides the window while everything is written down."""

    def __init__(
        self, bridge: Bridge, window: MainWindow, session: Session, has_tray: Callable[[], bool]
    ) -> None:
        """Hear of the window's close button."""
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._session, self._has_tray = session, has_tray
        self.question: Question | None = None
        window.close_asked.connect(self.asked)

    def asked(self) -> None:
        """Close; with a question when a render would be interrupted."""
        snapshot = self._bridge.snapshot
        if snapshot.running is None and snapshot.preparing is None:
            self.leave()
        elif self.question is None:
            self._window.raise_up()
            self.question = self._ask()
            self.question.destroyed.connect(self._forget)

    def leave(self) -> None:
        """Stop at once, keep everything, and end the program when it is written down."""
        self._window.hide()
        self._session.close()

    def _ask(self) -> Question:
        if self._goes_on():
            return self._ask_to_leave()
        choices = [
            Choice(lambda: self.tr("Stop and close"), self.leave),
            Choice(lambda: self.tr("Cancel")),
        ]
        if has_tray := self._has_tray():
            keep = Choice(lambda: self.tr("Keep rendering"), self._window.hide, "primary")
            choices.insert(0, keep)
        return ask(
            self._window,
            lambda: self.tr("A video is being rendered"),
            lambda: self._words(has_tray=has_tray),
            choices,
        )

    def _goes_on(self) -> bool:
        """Return whether the render goes on to its end at rented machines."""
        running = self._bridge.snapshot.running
        return running is not None and running.rented is not None and running.rented.may_leave

    def _ask_to_leave(self) -> Question:
        running = self._bridge.snapshot.running
        in_aws = running is None or running.rented is None or running.rented.priced
        return ask(
            self._window,
            lambda: (
                self.tr("The render goes on in AWS")
                if in_aws
                else self.tr("The render goes on in the cluster")
            ),
            lambda: (
                self.tr(
                    "You can close Second Unit, and the laptop. The instances finish the video and "
                    "end themselves, within its budget. Open Second Unit again to get it."
                )
                if in_aws
                else self.tr(
                    "You can close Second Unit, and the laptop. The pods finish the video and end "
                    "themselves. Open Second Unit again to get it."
                )
            ),
            [
                Choice(lambda: self.tr("Close"), self.leave, "primary"),
                Choice(lambda: self.tr("Cancel")),
            ],
        )

    def _words(self, *, has_tray: bool) -> str:
        running = self._bridge.snapshot.running
        if running is not None and running.rented is not None and not running.rented.priced:
            return self.tr(
                "It cannot go on without this computer yet. If you stop, the pods in the cluster "
                "are ended, and the render goes on where it was the next time you open Second "
                "Unit. Nothing that is finished is lost."
            )
        if running is not None and running.rented is not None:
            return self.tr(
                "It cannot go on without this computer yet. If you stop, the instances in AWS are "
                "ended, and the render goes on where it was the next time you open Second Unit. "
                "Nothing that is finished is lost."
            )
        if has_tray:
            return self.tr(
                "Second Unit can go on in the background, beside the clock. If you stop, the "
                "render goes on where it was the next time you open Second Unit. Nothing that "
                "is finished is lost."
            )
        return self.tr(
            "If you close now, the render stops and goes on where it was the next time you open "
            "Second Unit. Nothing that is finished is lost."
        )

    def _forget(self) -> None:
        self.question = None
