"""Say of a chosen engine what its models may be used for, and whether it is here at all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.bridge import Bridge
from gui.faces.hint_rows import SentenceRow
from gui.licences import by_label
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from orchestrator.desk.entries import Entry, Look
from orchestrator.engines import FACEFUSION, lacking_here
from orchestrator.licences import models_by_label


class EngineNote(Speaking):
    """A sentence about licences, and one about what is missing on this computer.

    Signals:
        engine_asked: the page of the settings where an engine is installed is to be opened.
        found: an engine is here now and was not before, or the other way round.
        looked: it is known now whether something is missing.
    """

    engine_asked = Signal()
    found = Signal()
    looked = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._looks: tuple[Look, ...] = ()
        self._is_here = self._shown = True
        self._asked: object = None
        self._known: object = None
        """The looks that the lack is of."""
        self._lack = ""
        self.licences, self.missing = SentenceRow(), SentenceRow()
        self.install = QPushButton(icon("import"), "")
        give_role(self.install, "quiet")
        self.install.clicked.connect(lambda _=False: self.engine_asked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.licences)
        column.addWidget(self.missing)
        column.addWidget(self.install, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def show_entries(self, entries: Sequence[Entry], *, shown: bool = True) -> None:
        """Show what is to be known of the engines of these videos, or only know it."""
        self._shown = shown
        own = [entry for entry in entries if entry.look.engine == FACEFUSION]
        self._looks = tuple(dict.fromkeys(entry.look for entry in own))
        self._is_here = any(entry.where.kind == "here" for entry in own)
        self._ask()
        self._show()

    @property
    def is_missing(self) -> bool:
        """Whether what is to be rendered here cannot be, as something is not installed."""
        return bool(self._looks) and self._is_here and bool(self._lack)

    def short_words(self) -> str:
        """Return in a few words what is missing here; empty when nothing is."""
        if not self.is_missing:
            return ""
        if self._lack == "engine":
            return self.tr("FaceFusion is not installed here")
        return self.tr("Models of this look are missing here")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Look anew when the user comes back: it may have been installed in another window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._asked = None
            self._ask()

    def retranslate(self) -> None:
        """Set every text."""
        self.install.setText(self.tr("Install FaceFusion…"))
        self.install.setToolTip(self.tr("Opens the page of the settings where that is done."))
        self._show()

    def _ask(self) -> None:
        if self._looks == self._asked:
            return
        looks = self._asked = self._looks

        def lack() -> str:
            lacks = [lacking_here(look.engine, look.settings) for look in looks]
            return next((each for each in lacks if each), "")

        def take(lack: str) -> None:
            if looks != self._asked:
                return
            is_news = looks == self._known and lack != self._lack
            self._lack, self._known = lack, looks
            self._show()
            self.looked.emit()
            if is_news:
                self.found.emit()

        self._bridge.run(lack, take)

    def _show(self) -> None:
        labels = {label for look in self._looks for label in _labels(look)}
        self.setVisible(self._shown and bool(self._looks))
        self.licences.setVisible(bool(labels))
        if labels:
            told = self.tr("Not for commercial use, as the models are labelled: {0}.")
            self.licences.say("info", told.format(by_label(labels)))
        is_missing = self.is_missing
        self.missing.setVisible(is_missing)
        self.install.setVisible(is_missing)
        if is_missing:
            self.missing.say("warning", self._missing_words(), "hint", "warning")

    def _missing_words(self) -> str:
        if self._lack == "engine":
            return self.tr(
                "FaceFusion is not installed on this computer, so it can only render on rented"
                " machines. The preview is made by the classic engine."
            )
        return self.tr(
            "Not every model of this look is on this computer. The preview is made by the classic"
            " engine until they are fetched."
        )


def _labels(look: Look) -> tuple[str, ...]:
    return tuple(models_by_label(look.engine, look.settings))
