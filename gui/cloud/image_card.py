"""Let the user keep a machine image of their own, from which instances begin sooner."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.cloud.account import CloudAccount
from gui.settings.form import Note, beside
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.errors import told_of
from gui.words.money import usd

if TYPE_CHECKING:
    from orchestrator.cloud import OwnImage


class ImageCard(Speaking):
    """Says which image there is, makes one, and removes it."""

    _shared = Signal(int, int, str)

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        """Ask nothing before :meth:`look`."""
        super().__init__(parent)
        self._account, self._cancelled = account, threading.Event()
        self._found: tuple[OwnImage, ...] | None = None
        self._is_making = self._is_asking = False
        self.words, self.note, self.bar = QLabel(self), Note(self), QProgressBar(self)
        self.make, self.remove = QPushButton(self), QPushButton(self)
        self.with_engine = QCheckBox(self)
        self._lay_out()
        self._shared.connect(self._on_share, Qt.ConnectionType.QueuedConnection)
        self.make.clicked.connect(lambda _=False: self._on_make())
        self.remove.clicked.connect(lambda _=False: self._on_remove())
        self.retranslate()

    def look(self) -> None:
        """Ask which images there are."""
        if not self._is_making and not self._is_asking:
            self._is_asking = True
            self._account.run(self._account.cloud.images, self._show, self._on_failed)

    def retranslate(self) -> None:
        """Set every text."""
        self.words.setText(self._words())
        self.make.setText(self._button())
        self.remove.setText(self.tr("Remove the image"))
        self.with_engine.setText(self.tr("With FaceFusion; it then takes up to an hour"))
        self.with_engine.setEnabled(not self._is_making)
        self.bar.setAccessibleName(self.tr("Making the image"))
        self.bar.setVisible(self._is_making)
        self.make.setEnabled(not self._is_making or not self._cancelled.is_set())
        self.remove.setVisible(bool(self._found) and not self._is_making)

    def _words(self) -> str:
        if self._is_making:
            return self.tr(
                "It takes about ten minutes and a few cents. You can close this page; what was "
                "begun is removed if it is not finished."
            )
        if self._found is None:
            return self.tr("Looking for an image of yours…")
        if not self._found:
            return self.tr(
                "From an image of your own, which has all that a worker needs, an instance begins "
                "sooner. Making one takes about ten minutes and a few cents; keeping it costs some "
                "dollars a month at most."
            )
        month = usd(sum((each.usd_per_month for each in self._found), Decimal(0)))
        if any(each.fits and each.has_engine for each in self._found):
            told = self.tr(
                "Instances begin from your own image, with FaceFusion. It costs {0} a month."
            )
        elif any(each.fits for each in self._found):
            told = self.tr("Instances begin from your own image. Keeping it costs {0} a month.")
        else:
            told = self.tr(
                "Your image is of another version and is not used. Keeping it costs {0} a month."
            )
        return told.format(month)

    def _button(self) -> str:
        if self._is_making:
            return self.tr("Stop")
        return self.tr("Make it anew") if self._found else self.tr("Make an image")

    # -- doing -------------------------------------------------------------------------------

    def _on_make(self) -> None:
        if self._is_making:
            self._cancelled.set()
            self.note.say(self.tr("Ending the instance…"))
            self.retranslate()
            return
        cloud, cancelled = self._account.cloud, threading.Event()
        engine = "facefusion" if self.with_engine.isChecked() else ""
        self._cancelled, self._is_making = cancelled, True
        self.bar.setRange(0, 0)
        self.note.say("")
        self._account.run(
            lambda: cloud.bake(self._shared.emit, cancelled, engine=engine),
            self._on_made,
            self._on_failed,
        )
        self.retranslate()

    def _on_remove(self) -> None:
        cloud, ids = self._account.cloud, [each.image_id for each in self._found or ()]

        def forget() -> tuple[OwnImage, ...]:
            for image_id in ids:
                cloud.forget_image(image_id)
            return cloud.images()

        self._is_asking = True
        self._account.run(forget, self._show, self._on_failed)

    def _on_share(self, done: int, total: int, step: str) -> None:
        if self._is_making:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            if not self._cancelled.is_set():
                self.note.say(self._step(step))

    def _step(self, step: str) -> str:
        said = {
            "uploading packages": self.tr("Sending the packages, once…"),
            "launching an instance": self.tr("Launching an instance…"),
            "waiting for it": self.tr("Waiting for the instance…"),
            "installing": self.tr("Installing…"),
            "making the image": self.tr("AWS makes the image…"),
            "ending it": self.tr("Ending the instance…"),
        }
        return said.get(step, "")

    def _on_made(self, made: OwnImage | None) -> None:
        if not shiboken6.isValid(self):
            return
        self._is_making = False
        if made is None:
            self.note.say(self.tr("Stopped. Nothing of it is left."))
        else:
            self.note.say(self.tr("The image is there."), "good")
        self.look()
        self.retranslate()

    def _show(self, found: tuple[OwnImage, ...]) -> None:
        if shiboken6.isValid(self):
            self._found, self._is_asking = found, False
            self.retranslate()

    def _on_failed(self, error: Exception) -> None:
        if shiboken6.isValid(self):
            self._is_making = self._is_asking = False
            self._found = self._found or ()
            self.note.say("\n".join(part for part in told_of(error) if part), "error")
            self.retranslate()

    def _lay_out(self) -> None:
        give_role(self.words, "muted")
        self.words.setWordWrap(True)
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.with_engine)
        column.addWidget(self.bar)
        beside(self.make, self.remove, into=column)
        column.addWidget(self.note)
