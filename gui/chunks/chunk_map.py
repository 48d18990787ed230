"""Show the pieces of the render of the video that is looked at; hidden when there is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.bridge import Bridge
from gui.chunks import cells
from gui.chunks.cells import Cell
from gui.chunks.paint import paint_cell, paint_interruption
from gui.chunks.resting import Resting, read_resting
from gui.chunks.strip import Strip
from gui.speaking import Speaking
from gui.stage.track_state import HEAD_PX, PAD_PX
from gui.theme.roles import give_role
from gui.words import amounts, states
from gui.words.errors import told_of
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.rented import Rented
from orchestrator.desk.snapshot import DeskSnapshot, Running
from orchestrator.events import LeaseId
from orchestrator.snapshot import ChunkState, ChunkView, Interruption
from remote_worker.contract.records import ChunkId, JobId

_SWATCH_PX = QSize(16, 10)
_SPACES_PX = 16
_LEFT_PX, _GAP_PX = 12, 8


class ChunkMap(Speaking):
    """The map with its legend.

    Signals:
        part_chosen: start and end (exclusive) of a finished part that is to be played.
        frame_hovered: which frame is under the pointer; -1 when none is.
    """

    part_chosen = Signal(int, int)
    frame_hovered = Signal(int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._snapshot = DeskSnapshot()
        self._looked_at: EntryId | None = None
        self._read_for: Entry | None = None
        """The entry whose resting render was read, or is being read."""
        self._chunks: Sequence[ChunkView] = ()
        self._marks: Sequence[Interruption] = ()
        self._chunks_of: EntryId | None = None
        self._held: dict[ChunkId, LeaseId] = {}
        """Who rendered, or renders, each piece."""
        self._held_of: JobId | None = None
        self._counts: list[tuple[ChunkState, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._build()
        self.retranslate()
        self.hide()

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show another state of the desk."""
        self._snapshot = snapshot
        self._follow()

    def look_at(self, entry_id: EntryId | None) -> None:
        """Show another video's render."""
        if entry_id != self._looked_at:
            self._looked_at, self._read_for = entry_id, None
            self._follow()

    @property
    def strip(self) -> Strip:
        """The cells, to give them the keyboard."""
        return self._strip

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the legend anew in other colours."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_swatches()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text."""
        self._title.setText(self.tr("Pieces"))
        self._strip.setAccessibleName(self.tr("Pieces of the render on the time axis"))
        self._strip.retell()
        self._say(force=True)

    # -- which pieces ------------------------------------------------------------------------

    def _follow(self) -> None:
        entry = self._snapshot.entry(self._looked_at)
        running = self._snapshot.running
        if entry is None or entry.facts is None:
            self._show(None, (), ())
        elif running is not None and running.entry_id == entry.entry_id:
            self._read_for = None
            self._show(entry, self._known(running), running.seen.interrupted_at)
        elif entry.job_id is None:
            self._show(None, (), ())
        elif entry is not self._read_for:
            self._read(entry)

    def _known(self, running: Running) -> Sequence[ChunkView]:
        """Return the pieces; of rented machines' it is kept which one finished each."""
        if running.rented is None:
            return running.seen.chunks
        if self._held_of != running.job_id:
            self._held_of, self._held = running.job_id, {}
        return cells.with_holders(running.seen.chunks, self._held)

    def _read(self, entry: Entry) -> None:
        """Read where a render stands that nobody drives; what was seen of it stays until then."""
        if self._chunks_of != entry.entry_id:
            self._show(None, (), ())
        self._read_for = entry
        home, job_id = self._bridge.home, entry.job_id
        if job_id is None:
            return
        self._bridge.run(
            lambda: read_resting(home, job_id),
            lambda resting: self._on_read(entry, resting),
            lambda error: self._on_unread(entry, error),
        )

    def _on_read(self, entry: Entry, resting: Resting) -> None:
        if self._read_for is entry:
            marks = self._marks if self._chunks_of == entry.entry_id else ()
            self._show(entry, resting.chunks, marks)

    def _on_unread(self, entry: Entry, error: Exception) -> None:
        if self._read_for is not entry:
            return
        self._show(None, (), ())
        if getattr(error, "code", "") != "job_missing":  # its folder was cleaned away: no pieces
            self._sentence.setText(" ".join(told_of(error)))
            self._say(force=True)
            self._show_parts(readable=False)

    # -- showing -----------------------------------------------------------------------------

    def _show(
        self, entry: Entry | None, chunks: Sequence[ChunkView], marks: Sequence[Interruption]
    ) -> None:
        self._chunks, self._marks = chunks, marks
        self._chunks_of = entry.entry_id if entry else None
        if entry is None or entry.facts is None or not chunks:
            self._counts = []
            self.hide()
            return
        frames = max(entry.facts.frame_count, chunks[-1].end_frame)
        self._strip.show_pieces(chunks, marks, frames, entry.facts.frame_rate, self._rented())
        self._say()
        self._show_parts(readable=True)

    def _rented(self) -> Rented | None:
        running = self._snapshot.running
        is_here = running is not None and running.entry_id == self._chunks_of
        return running.rented if running is not None and is_here else None

    def _show_parts(self, *, readable: bool) -> None:
        self._strip.setVisible(readable)
        self._summary.setVisible(readable)
        self._sentence.setVisible(not readable)
        self.show()
        self.setMaximumHeight(self.sizeHint().height())  # a splitter gives the stage the rest

    def _say(self, *, force: bool = False) -> None:
        counted = cells.counts(self._chunks)
        if counted == self._counts and not force:
            self._say_marks()
            return
        self._counts = counted
        self._summary.setText(cells.summary(self._chunks) if self._chunks else "")
        numbers = dict(counted)
        for state, item in self._legend.items():
            number = numbers.get(state, 0)
            item.say(states.piece_name(state), states.piece(state), number)
        self._say_marks()

    def _say_marks(self) -> None:
        name, meaning = self.tr("Interrupted"), self.tr("A worker went away")
        self._mark_legend.say(name, meaning, len(self._marks))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Say the legend in words where they fit, else in numbers with the words as tips."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        items = [item for item in (*self._legend.values(), self._mark_legend) if item.number]
        room_px = self.width() - HEAD_PX - PAD_PX
        fits = sum(item.words_px for item in items) < room_px
        for item in items:
            item.use_words(yes=fits)

    # -- making ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title, self._summary = QLabel(), QLabel()
        give_role(self._title, "section")
        give_role(self._summary, "hint")
        self._sentence = QLabel()
        give_role(self._sentence, "warning")
        self._sentence.setWordWrap(True)
        self._strip = Strip(self)
        self._strip.part_chosen.connect(self.part_chosen)
        self._strip.frame_hovered.connect(self.frame_hovered)
        legend = QWidget()
        legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # see _fit
        row = QHBoxLayout(legend)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addStretch(1)
        self._legend = {state: _Legend(row) for state in cells.ORDER}
        self._mark_legend = _Legend(row)
        self._lay_out(legend)
        self._draw_swatches()

    def _lay_out(self, legend: QWidget) -> None:
        """Put the cells below the timeline's axis: a piece lies under the frames it is of."""
        grid = QGridLayout(self)
        grid.setContentsMargins(_LEFT_PX, 8, PAD_PX, 8)
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, HEAD_PX - _LEFT_PX - _GAP_PX)
        grid.setColumnStretch(1, 1)
        for label in (self._title, self._summary):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(legend, 0, 1)
        grid.addWidget(self._summary, 1, 0)
        grid.addWidget(self._strip, 1, 1)
        grid.addWidget(self._sentence, 1, 1)

    def _draw_swatches(self) -> None:
        if not hasattr(self, "_mark_legend"):
            return  # Qt tells of the style while the widget is being made
        for state, item in self._legend.items():
            item.swatch.setPixmap(_swatch(state, self.devicePixelRatioF()))
        self._mark_legend.swatch.setPixmap(_swatch(None, self.devicePixelRatioF()))


class _Legend:
    """One state of the legend: a little cell, its name and how many there are."""

    def __init__(self, row: QHBoxLayout) -> None:
        self.swatch, self._label = QLabel(), QLabel()
        give_role(self._label, "hint")
        pair = QHBoxLayout()
        pair.setSpacing(4)
        pair.addWidget(self.swatch)
        pair.addWidget(self._label)
        row.addLayout(pair)
        self.number = 0
        self._words = ""

    @property
    def words_px(self) -> int:
        """How wide it is in words."""
        words_px = self._label.fontMetrics().horizontalAdvance(self._words)
        return words_px + _SWATCH_PX.width() + _SPACES_PX

    def say(self, name: str, meaning: str, number: int) -> None:
        """Say how many there are; nothing when there are none."""
        self.number = number
        said = QCoreApplication.translate("Chunks", "{0}: {1}")
        self._words = said.format(name, amounts.count(number))
        tip = said.format(meaning, amounts.count(number))
        for label in (self.swatch, self._label):
            label.setVisible(bool(number))
            label.setToolTip(tip)
        self._label.setAccessibleName(tip)

    def use_words(self, *, yes: bool) -> None:
        """Say it in words, or only the number."""
        self._label.setText(self._words if yes else amounts.count(self.number))


def _swatch(state: ChunkState | None, ratio: float) -> QPixmap:
    """Draw a little cell of a state; None is the mark of a worker that went away."""
    made = QPixmap(_SWATCH_PX * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(0, 0, _SWATCH_PX.width(), _SWATCH_PX.height())
    if state is None:
        paint_interruption(painter, place.center().x(), 0, place.bottom())
    else:
        done = 6 if state is ChunkState.RENDERING else 0
        paint_cell(painter, place, Cell(start_frame=0, end_frame=10, state=state, frames_done=done))
    painter.end()
    return made
