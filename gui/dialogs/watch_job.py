"""Show a job that is driven elsewhere, live, with nothing but its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.settings.form import Note
from gui.speaking import SpeakingDialog
from gui.theme.roles import give_role
from gui.words.amounts import frames, left, size, speed, took
from gui.words.errors import told_of
from gui.words.money import per_hour, usd
from gui.words.states import joined, piece_name
from orchestrator.snapshot import ChunkState

if TYPE_CHECKING:
    from orchestrator.watching.reading import Reader
    from orchestrator.watching.view import JobView, TaskView, WorkerView

_SIZE_PX = (860, 620)
_PERIOD_MS = 4000
_AWAY_MS = 10_000
"""Between two looks while the store does not answer."""


class WatchJobDialog(SpeakingDialog):
    """A field for the address, and below it the job, its workers and its chunks."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        """Wait for an address."""
        super().__init__(parent)
        self._bridge = bridge
        self._reader: Reader | None = None
        self._seen: JobView | None = None
        self._watch_number = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self._words, self.address, self.watch = QLabel(self), QLineEdit(self), QPushButton(self)
        self.headline, self.bar, self.trouble = QLabel(self), QProgressBar(self), Note(self)
        self.workers, self.tasks = _Table(self), _Table(self)
        self._busy, self._close_it = QProgressBar(self), QPushButton(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        self.watch.clicked.connect(self.begin)
        self._close_it.clicked.connect(self.close)
        self._lay_out()
        self.retranslate()

    def begin(self) -> None:
        """Watch the job of the address that is typed."""
        text = self.address.text().strip()
        if not text:
            self.address.setFocus()
            return
        self._watch_number += 1
        self._reader, self._seen = None, None
        self._timer.stop()
        self.trouble.say("")
        self._busy.show()
        self._draw()
        number, home = self._watch_number, self._bridge.home

        def open_it() -> tuple[Reader, JobView]:
            from orchestrator.watching.address import parse_address
            from orchestrator.watching.reading import open_reader

            reader = open_reader(parse_address(text, home))
            return reader, reader.look()

        self._bridge.run(
            open_it,
            lambda opened: self._on_opened(number, *opened),
            lambda error: self._on_failed(number, error),
        )

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Look no more."""
        self._watch_number += 1
        self._timer.stop()
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Watch a render elsewhere"))
        self._words.setText(
            self.tr(
                "Type the address of a render on another computer or in a cloud: "
                "s3://bucket/prefix#job, or a shared folder with #job."
            )
        )
        self.address.setAccessibleName(self.tr("Address of the render"))
        self.address.setPlaceholderText("s3://bucket/prefix#job")
        self.watch.setText(self.tr("Watch"))
        self._close_it.setText(self.tr("Close"))
        self.bar.setAccessibleName(self.tr("How far the render is"))
        self._busy.setAccessibleName(self.tr("The render is being looked for"))
        self.workers.name(
            self.tr("Workers"),
            (
                self.tr("Worker"),
                self.tr("State"),
                self.tr("Last heard"),
                self.tr("Speed"),
                self.tr("Done"),
                self.tr("Graphics card"),
                self.tr("Machine"),
            ),
        )
        self.tasks.name(
            self.tr("Pieces"),
            (
                self.tr("Frames"),
                self.tr("State"),
                self.tr("Worker"),
                self.tr("Began"),
                self.tr("Attempts"),
                self.tr("Interrupted"),
                self.tr("Speed"),
                self.tr("Graphics card"),
                self.tr("Cost"),
            ),
        )
        self._draw()

    # -- looking -----------------------------------------------------------------------------

    def _look(self) -> None:
        reader, number = self._reader, self._watch_number
        if reader is not None:
            self._bridge.run(
                reader.look,
                lambda seen: self._on_seen(number, seen),
                lambda error: self._on_failed(number, error),
            )

    def _on_opened(self, number: int, reader: Reader, seen: JobView) -> None:
        if self._is_now(number):
            self._reader = reader
            self._on_seen(number, seen)

    def _on_seen(self, number: int, seen: JobView) -> None:
        if not self._is_now(number):
            return
        self._seen = seen
        self._busy.hide()
        self.trouble.say("")
        self._draw()
        if not seen.is_over:
            self._timer.start(_PERIOD_MS)

    def _on_failed(self, number: int, error: Exception) -> None:
        """Say what is wrong; a store that is away is asked again, and what was seen stays."""
        if not self._is_now(number):
            return
        self._busy.hide()
        sentence, advice = told_of(error)
        if self._reader is not None and getattr(error, "retry", False):
            advice = self.tr("It is asked again until it answers.")
            self._timer.start(_AWAY_MS)
        self.trouble.say(self.tr("{0}\n{1}").format(sentence, advice), "warning")

    def _is_now(self, number: int) -> bool:
        """Whether an answer is to the question that was asked last, in a dialog that is there."""
        return shiboken6.isValid(self) and number == self._watch_number

    # -- drawing -----------------------------------------------------------------------------

    def _draw(self) -> None:
        seen = self._seen
        for part in (self.headline, self.bar, self.workers, self.tasks):
            part.setVisible(seen is not None)
        if seen is None:
            return
        self.headline.setText(self._headline(seen))
        self.bar.setRange(0, max(1, seen.frames_total))
        self.bar.setValue(seen.frames_done)
        self.workers.fill([self._worker_row(each) for each in seen.workers])
        self.tasks.fill([self._task_row(each) for each in seen.tasks])

    def _headline(self, seen: JobView) -> str:
        words = joined(
            seen.title or str(seen.job_id),
            self._phase(seen.phase),
            self.tr("{0} of {1}").format(seen.frames_done, frames(seen.frames_total)),
            speed(seen.frames_per_s) if seen.frames_per_s and not seen.is_over else "",
            left(seen.left_s) if seen.left_s is not None and not seen.is_over else "",
            self.tr("%n interruption(s)", "", seen.interruptions) if seen.interruptions else "",
            usd(seen.usd) if seen.usd else "",
            per_hour(seen.usd_per_hour) if seen.usd_per_hour and not seen.is_over else "",
        )
        if seen.is_driven or seen.is_over or seen.driver_heard_s is None:
            return words
        silent = self.tr("The computer that drives it was last heard {0} ago; workers go on.")
        return f"{words}\n{silent.format(took(seen.driver_heard_s))}"

    def _phase(self, phase: str) -> str:
        return {
            "planned": self.tr("not begun"),
            "staging": self.tr("uploading"),
            "leasing": self.tr("waiting for a worker"),
            "rendering": self.tr("rendering"),
            "recovering": self.tr("waiting for another worker"),
            "assembling": self.tr("joining the pieces"),
            "stopping": self.tr("stopping"),
            "stopped": self.tr("stopped"),
            "cancelling": self.tr("cancelling"),
            "cancelled": self.tr("cancelled"),
            "done": self.tr("done"),
            "failed": self.tr("failed"),
        }.get(phase, self.tr("not heard yet"))

    def _worker_state(self, state: str) -> str:
        return {
            "rendering": self.tr("rendering"),
            "idle": self.tr("waiting"),
            "draining": self.tr("is taken back"),
            "ended": self.tr("ended"),
        }.get(state, self.tr("silent"))

    def _worker_row(self, each: WorkerView) -> tuple[str, ...]:
        cards = [self._card(gpu.busy_percent, gpu.memory_used_bytes) for gpu in each.gpus]
        absent = self.tr("none") if each.gpu_absent else ""
        return (
            each.agent_id,
            self._worker_state(each.state),
            self.tr("{0} ago").format(took(each.heard_s)),
            speed(each.frames_per_s) if each.frames_per_s else "",
            str(each.done),
            ", ".join(cards) or absent,
            joined(
                each.machine, per_hour(each.usd_per_hour) if each.usd_per_hour is not None else ""
            ),
        )

    def _task_row(self, each: TaskView) -> tuple[str, ...]:
        known = {state.value for state in ChunkState}
        state = piece_name(ChunkState(each.state)) if each.state in known else self.tr("failed")
        return (
            "" if each.start_frame is None else f"{each.start_frame}–{each.end_frame}",
            state,
            each.worker,
            each.began_at[11:19],
            str(each.attempts or ""),
            str(each.interruptions or ""),
            speed(each.frames_per_s) if each.frames_per_s else "",
            self._card(each.gpu_percent, each.gpu_memory_bytes),
            "" if each.usd is None else f"${each.usd}",
        )

    def _card(self, percent: float | None, memory_bytes: int | None) -> str:
        busy = "" if percent is None else self.tr("{0} %").format(round(percent))
        return joined(busy, "" if memory_bytes is None else size(memory_bytes))

    def _lay_out(self) -> None:
        self._words.setWordWrap(True)
        give_role(self._words, "muted")
        give_role(self.headline, "title")
        self.headline.setWordWrap(True)
        self.watch.setDefault(True)
        self._busy.setRange(0, 0)
        self._busy.hide()
        asked, below = QHBoxLayout(), QHBoxLayout()
        asked.addWidget(self.address, 1)
        asked.addWidget(self.watch)
        below.addStretch(1)
        below.addWidget(self._close_it)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 16)
        rows.setSpacing(12)
        rows.addWidget(self._words)
        rows.addLayout(asked)
        for part in (self._busy, self.trouble, self.headline, self.bar):
            rows.addWidget(part)
        rows.addWidget(self.workers, 1)
        rows.addWidget(self.tasks, 2)
        rows.addStretch(0)
        rows.addLayout(below)


class _Table(QTableWidget):
    """Rows that are read, not changed; filling it anew keeps what is chosen and scrolled to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setShowGrid(False)

    def name(self, title: str, columns: Sequence[str]) -> None:
        """Set what the table and its columns are called."""
        self.setAccessibleName(title)
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels(list(columns))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; a cell that is as it was is not touched."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = self.item(number, column)
                if item is None:
                    self.setItem(number, column, QTableWidgetItem(text))
                elif item.text() != text:
                    item.setText(text)
