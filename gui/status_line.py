"""Say at the bottom of the window who works, and how much room the work takes."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

from gui.bridge import Bridge
from gui.cloud import words as cloud_words
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.amounts import size
from orchestrator.desk.rented import Rented
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.job import LeaseState

_MEASURE_MS = 60_000
"""How often the storage folder is measured while something renders."""


class StatusLine(Speaking):
    """Short texts; puts itself into a status bar."""

    def __init__(self, bridge: Bridge, bar: QStatusBar) -> None:
        """Show an app that is starting."""
        super().__init__(bar)
        self._bridge = bridge
        self._snapshot = DeskSnapshot()
        self._store_bytes: int | None = None
        self._doing, self._fleet, self._store = QLabel(bar), QLabel(bar), QLabel(bar)
        self._light, self._money = QLabel(bar), QLabel(bar)
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._doing, 1)
        for label in (self._light, self._money, self._fleet):
            bar.addPermanentWidget(label)
        bar.addPermanentWidget(self._store)
        self.setVisible(False)  # its texts are the bar's own children
        self._timer = QTimer(self, interval=_MEASURE_MS)
        self._timer.timeout.connect(self.measure)
        self.retranslate()

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show what is being done now; cheap when nothing of it changed."""
        was = self._snapshot
        self._snapshot = snapshot
        if (snapshot.running is None) != (was.running is None) or snapshot.loaded != was.loaded:
            self.measure()
            self._timer.start() if snapshot.running is not None else self._timer.stop()
        if self._shown(snapshot) != self._shown(was):
            self.retranslate()

    def measure(self) -> None:
        """Ask anew how much the storage folder holds, on another thread."""
        home = self._bridge.home

        def show(held_bytes: int) -> None:
            self._store_bytes = held_bytes
            self.retranslate()

        def unknown(error: Exception) -> None:
            del error  # a folder that cannot be read has no size; the settings page says why
            self._store_bytes = None
            self.retranslate()

        self._bridge.run(lambda: sum(home.sizes().values()), show, unknown)

    def retranslate(self) -> None:
        """Set the texts."""
        self._doing.setText(self._doing_words())
        rented = self._rented()
        self._fleet.setText(self._fleet_words(rented))
        self._say_rented(rented)
        held = self._store_bytes
        self._store.setText("" if held is None else self.tr("Storage: {0}").format(size(held)))
        self._store.setToolTip(str(self._bridge.home.root))

    def _fleet_words(self, rented: Rented | None) -> str:
        if rented is not None:
            return cloud_words.fleet(rented)
        workers = self._workers()
        if workers:
            return self.tr("This computer · %n worker(s)", "", workers)
        return self.tr("This computer · at rest")

    def _say_rented(self, rented: Rented | None) -> None:
        """Say what the render costs, and whether it needs this computer."""
        money = "" if rented is None else cloud_words.meter(rented)
        light, why = ("", "") if rented is None else cloud_words.light(rented)
        self._money.setText(self.tr("Cost: {0}").format(money) if money else "")
        self._light.setText(light)
        self._light.setToolTip(why)
        self._light.setAccessibleDescription(why)
        give_role(self._light, "good" if rented is not None and rented.may_leave else "muted")
        for label in (self._money, self._light):
            label.setVisible(bool(label.text()))

    def _rented(self) -> Rented | None:
        running = self._snapshot.running
        return running.rented if running is not None else None

    @staticmethod
    def _shown(snapshot: DeskSnapshot) -> tuple[object, ...]:
        running = snapshot.running
        leases = running.seen.leases if running is not None else ()
        return (
            snapshot.loaded,
            snapshot.looking,
            snapshot.preparing,
            len(snapshot.entries),
            leases,
            running is not None,
            running.rented if running is not None else None,
        )

    def _workers(self) -> int:
        running = self._snapshot.running
        leases = running.seen.leases if running is not None else ()
        return sum(state is not LeaseState.REQUESTED for _, state in leases)

    def _doing_words(self) -> str:
        snapshot = self._snapshot
        if not snapshot.loaded:
            return self.tr("Opening the queue…")
        doing = snapshot.preparing or snapshot.looking
        if doing is not None and doing.work != "settling":
            return self.tr("Looking at a video…") if snapshot.looking else self.tr("Preparing…")
        if snapshot.running is not None:
            return self.tr("Rendering")
        if not snapshot.entries:
            return self.tr("Ready")
        return self.tr("%n video(s) in the queue", "", len(snapshot.entries))
