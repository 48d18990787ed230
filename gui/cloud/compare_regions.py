"""Compare what a video takes and costs in each region, and choose where it is rendered."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.cloud import words
from gui.cloud.account import CloudAccount
from gui.cloud.regions import REGIONS, called
from gui.settings.form import Note
from gui.speaking import SpeakingDialog
from gui.theme.current import colour
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.errors import told_of
from gui.words.money import per_hour, usd_range
from orchestrator.cloud import Connection
from orchestrator.desk.entries import Entry

if TYPE_CHECKING:
    from orchestrator.cloud_regions import RegionQuote

_SIZE_PX = (860, 560)
_REGION = Qt.ItemDataRole.UserRole
_NAME, _TYPE, _PRICE, _SCORE, _TIME, _COST = range(6)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = (_PRICE, _SCORE, _TIME, _COST)


class RegionsDialog(SpeakingDialog):
    """Asks every region at once and fills a table as they answer; closing it stops that.

    Signals:
        chosen: the region that was chosen; it is set up by then.
    """

    chosen = Signal(str)
    _told = Signal(object, int)
    _stepped = Signal(int)

    def __init__(self, account: CloudAccount, entry: Entry, parent: QWidget | None = None) -> None:
        """Ask when it is shown; ``entry`` is the video, as it would be rendered now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self._account, self._entry = account, entry
        self._found: dict[str, RegionQuote] = {}
        self._cancelled = threading.Event()
        self._asked = 0
        self._is_asking = self._was_stopped = False
        self._setting_up = ""
        self._title, self._about, self.note = QLabel(), QLabel(), Note()
        self.table, self.bar, self._now = QTreeWidget(), QProgressBar(), QLabel()
        self.again, self.leave, self.take = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(lambda _: self._say_state(), Qt.ConnectionType.QueuedConnection)
        self.table.currentItemChanged.connect(lambda *_: self._say_state())
        self.table.itemActivated.connect(lambda *_: self.choose())
        self.again.clicked.connect(lambda _=False: self._stop() if self._is_asking else self.ask())
        self.leave.clicked.connect(lambda _=False: self.close())
        self.take.clicked.connect(lambda _=False: self.choose())
        self.retranslate()
        self.ask()

    # -- asking ------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask every region anew."""
        cloud, entry, cancelled = self._account.cloud, self._entry, threading.Event()
        self._asked += 1
        mine, names = self._asked, tuple(name for name, _ in REGIONS)
        self._cancelled, self._is_asking, self._was_stopped = cancelled, True, False
        self._found.clear()
        self.table.clear()
        self.note.say("")
        self.bar.setRange(0, len(names))
        self.bar.setValue(0)
        self._say_state()
        self._account.run(
            lambda: cloud.compare(
                entry, names, lambda each: self._told.emit(each, mine), cancelled
            ),
            partial(self._on_all, mine),
            partial(self._on_failed, mine),
        )

    def _stop(self) -> None:
        self._cancelled.set()
        self._is_asking, self._was_stopped = False, True
        self._say_state()

    def _on_told(self, found: RegionQuote, asked: int) -> None:
        if asked != self._asked or not self._is_asking:
            return
        self._found[found.region] = found
        self.bar.setValue(len(self._found))
        self._fill()

    def _on_all(self, asked: int, found: tuple[RegionQuote, ...]) -> None:
        if not shiboken6.isValid(self) or asked != self._asked or self._cancelled.is_set():
            return
        self._found = {each.region: each for each in found}
        self._is_asking = False
        self._fill()

    def _on_failed(self, asked: int, error: Exception) -> None:
        if shiboken6.isValid(self) and asked == self._asked:
            self._is_asking = False
            self.note.say("\n".join(part for part in told_of(error) if part), "error")
            self._say_state()

    # -- choosing ----------------------------------------------------------------------------

    def picked(self) -> RegionQuote | None:
        """Return the row that is chosen, where a video can be rendered there."""
        item = self.table.currentItem()
        found = self._found.get(item.data(_NAME, _REGION)) if item is not None else None
        return None if found is None or found.trouble else found

    def choose(self) -> None:
        """Render in the chosen region; what every render needs there is made first."""
        found = self.picked()
        if found is None or self._setting_up:
            return
        if found.is_set_up:
            self._choose(found.region)
            return
        self._cancelled.set()
        self._is_asking, self._setting_up = False, found.region
        self.note.say("")
        self._say_state()
        cloud, region = self._account.cloud, found.region
        self._account.run(
            lambda: cloud.set_up(lambda _: None, region),
            partial(self._on_set_up, region),
            self._on_not_set_up,
        )

    def _choose(self, region: str) -> None:
        self.chosen.emit(region)
        self.close()

    def _on_set_up(self, region: str, _: Connection) -> None:
        if shiboken6.isValid(self) and self._setting_up == region:
            self._setting_up = ""
            self._choose(region)

    def _on_not_set_up(self, error: Exception) -> None:
        if shiboken6.isValid(self):
            self._setting_up = ""
            self.note.say("\n".join(part for part in told_of(error) if part), "error")
            self._say_state()

    def done(self, result: int) -> None:
        """Ask nobody any more, however it is closed; what is being set up costs nothing."""
        self._cancelled.set()
        self._setting_up = ""
        super().done(result)

    # -- showing -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Compare regions"))
        self._title.setText(self.tr("Compare regions"))
        self._about.setText(
            self.tr(
                "What “{0}” takes and costs now in each region, with as many instances as are"
                " chosen. Prices of spot instances differ and change."
            ).format(Path(self._entry.source).name)
        )
        self.table.setHeaderLabels([
            self.tr("Region"), self.tr("Cheapest type"), self.tr("Price"), self.tr("Availability"),
            self.tr("Time"), self.tr("Cost"),
        ])  # fmt: skip
        self.table.headerItem().setToolTip(
            _SCORE, self.tr("How likely AWS gives such instances, from 1 to 10, as it says itself.")
        )
        self.table.setAccessibleName(self.tr("Regions, the cheapest first"))
        self.bar.setAccessibleName(self.tr("Regions that have answered"))
        self.leave.setText(self.tr("Close"))
        self._fill()

    def _fill(self) -> None:
        """Show what is known, the cheapest first; what was chosen stays chosen."""
        item = self.table.currentItem()
        kept = item.data(_NAME, _REGION) if item is not None else None
        self.table.clear()
        if not self._found:
            self._say_state()
            return
        from orchestrator.cloud_regions import by_cost  # the SDK, which the window's start spares

        for each in sorted(self._found.values(), key=by_cost):
            row = self._row(each)
            self.table.addTopLevelItem(row)
            if each.trouble:
                row.setFirstColumnSpanned(True)
            if each.region == kept:
                self.table.setCurrentItem(row)
        first = self.table.topLevelItem(0)
        if self.table.currentItem() is None and first is not None and not self._is_asking:
            self.table.setCurrentItem(first)
        self._say_state()

    def _row(self, each: RegionQuote) -> QTreeWidgetItem:
        row = QTreeWidgetItem()
        row.setData(_NAME, _REGION, each.region)
        name = called(each.region)
        if each.region == self._here():
            name = self.tr("{0} – in use").format(name)
        if each.trouble:
            row.setText(_NAME, self.tr("{0}: {1}").format(name, each.trouble))
            row.setToolTip(_NAME, each.trouble)
            row.setForeground(_NAME, colour("muted"))
            row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsSelectable)
            return row
        price = each.spot_usd_per_hour or each.on_demand_usd_per_hour
        for column, text in (
            (_NAME, name),
            (_TYPE, each.instance_type),
            (_PRICE, "" if price is None else per_hour(price)),
            (_SCORE, self.tr("not known") if each.score is None else self._score(each.score)),
            (_TIME, words.time_range(*each.seconds)),
            (_COST, usd_range(*each.usd)),
        ):
            row.setText(column, text)
        for column in _NUMBERS:
            row.setTextAlignment(column, _RIGHT)
        row.setToolTip(_NAME, each.region if each.is_set_up else self._not_set_up(each.region))
        return row

    def _score(self, score: int) -> str:
        return self.tr("{0} of {1}").format(amounts.count(score), amounts.count(10))

    def _not_set_up(self, region: str) -> str:
        return self.tr("{0}: not set up yet; that is done when you choose it.").format(region)

    def _here(self) -> str:
        return self._entry.where.region or self._account.connection.region

    def _say_state(self) -> None:
        found, is_busy = self.picked(), bool(self._setting_up)
        self.bar.setVisible(self._is_asking or is_busy)
        if is_busy:
            self.bar.setRange(0, 0)
        self._now.setText(self._now_said())
        self.again.setText(self.tr("Stop") if self._is_asking else self.tr("Ask again"))
        self.again.setEnabled(not is_busy)
        self.table.setEnabled(not is_busy)
        is_new = found is not None and found.region != self._here()
        self.take.setEnabled(is_new and not is_busy)
        self.take.setText(
            self.tr("Set up and render there")
            if found is not None and not found.is_set_up
            else self.tr("Render there")
        )

    def _now_said(self) -> str:
        if self._setting_up:
            return self.tr("Setting the account up in {0}…").format(called(self._setting_up))
        if self._is_asking:
            said = self.tr("{0} of {1} regions have answered.")
            return said.format(amounts.count(len(self._found)), amounts.count(len(REGIONS)))
        if self._was_stopped:
            return self.tr("Stopped. The regions that had answered by then are shown.")
        item = self.table.currentItem()
        if item is not None and (trouble := self._found[item.data(_NAME, _REGION)].trouble):
            return trouble
        found = self.picked()
        if found is not None and found.region == self._here():
            return self.tr("The video is rendered there already.")
        if found is not None and not found.is_set_up:
            return self.tr(
                "Not set up there yet: a bucket, a group and roles are made, which cost nothing."
            )
        return ""

    def _lay_out(self) -> None:
        give_role(self._title, "page")
        give_role(self._about, "muted")
        give_role(self._now, "muted")
        give_role(self.take, "primary")
        self._about.setWordWrap(True)
        self._now.setWordWrap(True)
        self.bar.setTextVisible(False)
        self._lay_out_table()
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self.table, 1)
        column.addWidget(self.bar)
        column.addWidget(self._now)
        column.addWidget(self.note)
        column.addLayout(buttons)

    def _lay_out_table(self) -> None:
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setColumnCount(_COST + 1)
        head = self.table.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        for column in range(_COST + 1):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in _NUMBERS:
            self.table.headerItem().setTextAlignment(column, _RIGHT)
