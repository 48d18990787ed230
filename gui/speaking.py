"""Let what is shown say its texts anew when the language is switched."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QWidget

from gui import tab_order


class Speaking(QWidget):
    """A widget whose texts are all set in :meth:`retranslate`.

    A subclass calls :meth:`retranslate` once at the end of its ``__init__``; after that it is
    called on every switch of the language.
    """

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Set the texts anew when the language was switched."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class SpeakingDialog(QDialog):
    """A dialog whose texts are all set in :meth:`retranslate`, as those of :class:`Speaking`.

    The Tab key goes through it in the order of reading.
    """

    def retranslate(self) -> None:
        """Set every text of this dialog in the language in use."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Set the texts anew when the language was switched."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802  # Qt's name
        """Go on in the order of reading."""
        return tab_order.go(self, forward=next_)
