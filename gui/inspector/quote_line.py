"""Say before a render what it would take and cost on rented machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.cloud import words
from gui.cloud.account import CloudAccount
from gui.cloud.regions import called
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.errors import told_of
from orchestrator.desk.entries import DRAFT, Entry

if TYPE_CHECKING:
    from orchestrator.cloud import Quote

_REST_MS = 500
"""A hand that turns a number is not asked after each step."""
_OLD_MS = 300_000
"""Spot prices change; a quote is asked for anew after so long."""


class QuoteLine(Speaking):
    """One line above the button that renders; hidden where nothing is rented.

    Signals:
        region_chosen: the region in which the selected video is to be rendered.
    """

    region_chosen = Signal(str)

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._account = account
        self._entries: tuple[Entry, ...] = ()
        self._key: object = None
        self._asked = 0
        self._found: Quote | Exception | None = None
        self.words, self.compare = QLabel(), QPushButton()
        give_role(self.compare, "quiet")
        self.compare.clicked.connect(lambda _=False: self.compare_regions())
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        self._old = QTimer(self, interval=_OLD_MS)
        self._old.timeout.connect(self._ask)
        account.changed.connect(self._on_account)
        self.hide()
        self.retranslate()

    def show_entries(self, chosen: Sequence[Entry]) -> None:
        """Quote for those of the selected videos that are rented machines for."""
        self._entries = tuple(
            entry
            for entry in chosen
            if entry.where.kind == "aws" and entry.state in DRAFT and entry.facts is not None
        )
        self._look()

    def compare_regions(self) -> None:
        """Open the table of what the selected video takes and costs in each region."""
        from gui.cloud.compare_regions import RegionsDialog

        dialog = RegionsDialog(self._account, self._entries[0], self.window())
        dialog.chosen.connect(self.region_chosen)
        dialog.open()

    def _say_region(self) -> None:
        """Offer the comparison for one video; of several each may differ."""
        self.compare.setVisible(len(self._entries) == 1)
        if len(self._entries) == 1:
            region = self._entries[0].where.region or self._account.connection.region
            self.compare.setText(self.tr("In {0}. Compare regions…").format(called(region)))
            self.compare.setToolTip(self.tr("See what this video takes and costs in each region."))

    def retranslate(self) -> None:
        """Say what is known."""
        self._say_region()
        self.setVisible(self._is_wanted())
        found, role, tip = self._found, "muted", ""
        if isinstance(found, Exception):
            sentence, advice = told_of(found)
            said, role = self.tr("{0} {1}").format(sentence, advice).strip(), "warning"
        elif found is None:
            said = self.tr("Asking AWS what it costs…")
        else:
            said, tip = words.quote(found), words.other_quotes(found)
        self.words.setText(said)
        self.words.setAccessibleName(said)
        self.words.setToolTip(tip)
        self.words.setAccessibleDescription(tip)
        give_role(self.words, "warning" if role == "warning" else "muted")

    def _is_wanted(self) -> bool:
        return bool(self._entries) and self._account.connection.state == "ready"

    def _on_account(self) -> None:
        if shiboken6.isValid(self):
            self._look()

    def _look(self) -> None:
        """Ask when it is about something else than what was asked last."""
        key = None
        if self._is_wanted():
            key = tuple(
                (e.entry_id, e.where, e.look, e.output, e.casts, e.trim_in, e.trim_out)
                for e in self._entries
            )
        if key == self._key:
            return
        self._key, self._found = key, None
        self._asked += 1  # what was asked before is about something else
        if key is None:
            self._rest.stop()
            self._old.stop()
        else:
            self._rest.start()
            self._old.start()
        self.retranslate()

    def _ask(self) -> None:
        self._asked += 1
        mine, entries, cloud = self._asked, self._entries, self._account.cloud

        def take(found: Quote | Exception) -> None:
            if shiboken6.isValid(self) and mine == self._asked:
                self._found = found
                self.retranslate()

        self._account.run(lambda: cloud.quote(entries), take, take)
