"""End a whole program inside of a test, and leave the application as it was found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from gui.program import Program


@contextmanager
def as_it_was(app: QApplication) -> Iterator[list[Program]]:
    """Give a list for the programs that are started; end them and restore the application."""
    font, colours, locale = QFont(app.font()), app.palette(), QLocale()
    started: list[Program] = []
    yield started
    for program in started:
        program.window.hide()
        program.end()
        if program.window.places is not None:  # as when the application is about to quit
            program.window.places.stage.player.close()
        program.window.deleteLater()
    # Gone before the style sheet is: Qt keeps what it worked out for widgets that outlive it,
    # and ends with the next style sheet.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
    app.setStyleSheet("")
    app.setPalette(colours)
    app.setFont(font)
    QLocale.setDefault(locale)
