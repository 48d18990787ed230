"""Give the whole app its look, and change it when the system or the user does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from gui.theme import current
from gui.theme.palette import DARK, LIGHT, Palette
from gui.theme.style import style_sheet
from orchestrator.settings import Appearance

_LEAST_TEXT_PX = 13
_Group = QPalette.ColorGroup
_Role = QPalette.ColorRole


class Theme(QObject):
    """Keeps the app in the appearance that is set; made once, after the QApplication.

    Signals:
        changed: another palette is in use; widgets that keep drawn things draw them anew.
    """

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = "system") -> None:
        super().__init__(app)
        self._app, self._appearance = app, appearance
        self._worn: Palette | None = None
        app.setStyle("Fusion")
        self._text_px = _text_px(app)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme)
        self.set_appearance(appearance)

    def set_appearance(self, appearance: Appearance) -> None:
        """Look dark, light, or as the system does."""
        self._appearance = appearance
        wanted = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}
        scheme = wanted.get(appearance, Qt.ColorScheme.Unknown)
        self._app.styleHints().setColorScheme(scheme)  # so that its frame and dialogs follow
        self._wear()

    def _on_scheme(self, scheme: Qt.ColorScheme) -> None:
        """Follow the system; when the user chose, this is only the echo of the choice."""
        if self._appearance == "system":
            self._wear(scheme)

    def _wear(self, scheme: Qt.ColorScheme | None = None) -> None:
        chosen = self._chosen(scheme or self._app.styleHints().colorScheme())
        if chosen is self._worn:
            return
        self._worn = chosen
        current.use(chosen)
        self._app.setPalette(qt_palette(chosen))
        self._app.setStyleSheet(style_sheet(chosen, self._text_px))
        self.changed.emit()

    def _chosen(self, scheme: Qt.ColorScheme) -> Palette:
        if self._appearance != "system":
            return DARK if self._appearance == "dark" else LIGHT
        return LIGHT if scheme == Qt.ColorScheme.Light else DARK


def qt_palette(palette: Palette) -> QPalette:
    """Return what Qt's own drawing uses, as near to ``palette`` as it goes."""
    made = QPalette()
    for role, name in _QT_ROLES.items():
        made.setColor(role, QColor(getattr(palette, name)))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        made.setColor(_Group.Disabled, role, QColor(palette.muted))
    return made


_QT_ROLES = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "raised",
    _Role.AlternateBase: "panel",
    _Role.Text: "text",
    _Role.Button: "raised",
    _Role.ButtonText: "text",
    _Role.BrightText: "danger",
    _Role.ToolTipBase: "raised",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "muted",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.Link: "accent_text",
    _Role.LinkVisited: "accent_text",
    _Role.Accent: "accent",
    _Role.Light: "hovered",
    _Role.Midlight: "hovered",
    _Role.Mid: "line",
    _Role.Dark: "line",
    _Role.Shadow: "canvas",
}


def _text_px(app: QApplication) -> int:
    """Return the height of plain text: the system's, but none that is too small to read."""
    font = app.font()
    text_px = max(_LEAST_TEXT_PX, QFontInfo(font).pixelSize())
    font.setPixelSize(text_px)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    app.setFont(font)
    return text_px
