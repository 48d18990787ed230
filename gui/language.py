"""Speak the language that is set, or the system's, and change it while the window is open."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources
from orchestrator.settings import Language

Spoken = Literal["en", "zh_CN"]
FOLDER = Path(resources.__file__).parent / "translations"
NAMES: dict[Spoken, str] = {"en": "English", "zh_CN": "简体中文"}
"""Each in its own words, so that it is found by those who speak it."""


class Speech:
    """Keeps the translators of the app; every widget hears a LanguageChange of it."""

    def __init__(self, app: QCoreApplication, language: Language = "system") -> None:
        """Speak ``language`` from now on."""
        self._app = app
        self._worn: list[QTranslator] = []
        self.spoken: Spoken = "en"
        self.set_language(language)

    def set_language(self, language: Language) -> None:
        """Speak another language; views hear of it before this returns."""
        spoken = chosen(language, QLocale.system().uiLanguages())
        if spoken == self.spoken and self._worn:
            return
        self.spoken = spoken
        for translator in self._worn:
            self._app.removeTranslator(translator)
        self._worn = _translators(self._app, spoken)
        QLocale.setDefault(QLocale(spoken))
        for translator in self._worn:
            self._app.installTranslator(translator)


def chosen(language: Language, system: list[str]) -> Spoken:
    """Return what is spoken when ``language`` is set and the user's system prefers ``system``."""
    if language != "system":
        return language
    for name in system:
        if name.lower().replace("_", "-").startswith("zh"):
            return "zh_CN"
        if name.lower().startswith("en"):
            return "en"
    return "en"


def _translators(app: QCoreApplication, spoken: Spoken) -> list[QTranslator]:
    own = QTranslator(app)
    qt = QTranslator(app)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = [  # the one that is installed last is asked first
        (qt, qt.load(f"qtbase_{spoken}", qt_folder)),
        (own, own.load(f"secondunit_{spoken}", str(FOLDER))),
    ]
    return [translator for translator, is_there in found if is_there]
