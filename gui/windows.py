"""Open the small windows that every place of the app can need."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.bridge import Bridge
from gui.main_window import MainWindow


class Windows(QObject):
    """Binds the commands that open them; each window is imported when it is first wanted."""

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        """Bind them."""
        super().__init__(window)
        self._bridge, self._window = bridge, window
        bind = window.commands.bind
        bind("guide", self.show_guide)
        bind("palette", self.find_command)
        bind("shortcuts", self.show_shortcuts)
        bind("doctor", self.show_doctor)
        bind("about", self.show_about)
        bind("watch_job", self.show_watch_job)

    def find_command(self) -> None:
        """Open the field that finds commands."""
        from gui.dialogs.find_command import FindCommand

        FindCommand(self._window.commands, self._window).open()

    def show_guide(self) -> None:
        """Open the guide in the language in use."""
        from gui.dialogs.guide import GuideDialog

        GuideDialog(self._window).show()

    def show_shortcuts(self) -> None:
        """Open the sheet of all keys."""
        from gui.dialogs.shortcuts import ShortcutSheet

        sheet = ShortcutSheet(self._window.commands, self._window)
        sheet.change_asked.connect(self._change_keys)
        sheet.show()

    def show_doctor(self) -> None:
        """Look at what a render needs."""
        from gui.dialogs.doctor import DoctorDialog

        DoctorDialog(self._bridge, self._window).show()

    def show_watch_job(self) -> None:
        """Show a job that is driven on another computer."""
        from gui.dialogs.watch_job import WatchJobDialog

        WatchJobDialog(self._bridge, self._window).show()

    def show_about(self) -> None:
        """Say which version this is."""
        from gui.dialogs.about import AboutDialog

        AboutDialog(self._bridge, self._window).show()

    def _change_keys(self) -> None:
        if self._window.wiring is not None:
            self._window.wiring.show_settings("shortcuts")
