"""Set what kind of file is made, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from gui.bridge import Bridge
from gui.elided import ElidedLabel
from gui.inspector.acting import change_output
from gui.inspector.encoders import CODECS, CONTAINERS, EncoderFacts, encoder_for, fits, within
from gui.inspector.presets_row import PresetShelf, PresetsRow
from gui.inspector.rows import CalmSlider, ChoiceRow, Row
from gui.inspector.section import Section
from gui.inspector.wishes import Mixed, common
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.settings_names import (
    QUALITY_STEPS,
    codec_name,
    container_name,
    quality_name,
)
from orchestrator.desk.entries import Entry, Output
from orchestrator.jobs import Container
from remote_worker.contract.records import Codec

_SETTLE_MS = 250


class OutputSection(Section):
    """Presets, kind of file, quality; with more: speed, graphics card, folder, name."""

    def __init__(self, bridge: Bridge, shelf: PresetShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chosen: tuple[Entry, ...] = ()
        self._can_change = True
        self._encoders: tuple[EncoderFacts, ...] = ()
        self.presets = PresetsRow(bridge, shelf)
        self.container, self.codec = ChoiceRow(), ChoiceRow()
        self.quality, self.speed = QualityRow(), ChoiceRow()
        self.hardware, self.folder, self.name = QCheckBox(), FolderRow(), NameRow()
        self._wire()
        for widget in (
            self.presets, self.container, self.codec, self.quality, self.speed, self.hardware,
            self.folder, self.name,
        ):  # fmt: skip
            self.rows.addWidget(widget)
        self.offer_more()
        self.more_toggled.connect(lambda _: self._show_rows())
        self.retranslate()

    def settle(self) -> None:
        """Tell what a hand has just set now."""
        self.quality.settle()

    def know_encoders(self, encoders: tuple[EncoderFacts, ...]) -> None:
        """Take what this machine can encode with."""
        self._encoders = encoders
        self._refresh()

    def show_entries(self, chosen: Sequence[Entry], *, can_change: bool) -> None:
        """Show the output of the selected videos."""
        self._chosen, self._can_change = tuple(chosen), can_change
        self._refresh()

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.set_title(self.tr("Output"))
        self.container.say(self.tr("Kind of file"))
        self.container.offer([(each, container_name(each)) for each in CONTAINERS])
        self.codec.say(self.tr("Encoding"))
        self.codec.offer([(each, codec_name(each)) for each in CODECS])
        self.quality.say(self.tr("Quality"), self.tr("Better quality makes larger files."))
        self.speed.say(
            self.tr("Encoding speed"), self.tr("Slower speeds make smaller files of one quality.")
        )
        self.hardware.setText(self.tr("Encode on the graphics card"))
        self.hardware.setToolTip(
            self.tr("Faster, but the same settings make other bytes on another machine.")
        )
        self.folder.say(self.tr("Folder"))
        self.name.say(self.tr("File name"))
        self._refresh()

    # -- showing -----------------------------------------------------------------------------

    def _refresh(self) -> None:
        outputs = [entry.output for entry in self._chosen]
        if not outputs:
            return
        usual, can = Output(), self._can_change
        self.presets.show_entries(self._chosen, can_change=can)
        self._show_choice(self.container, [o.container for o in outputs], usual.container)
        self._show_choice(self.codec, [o.codec for o in outputs], usual.codec)
        self._forbid(outputs)
        self._show_encoder(outputs)
        folder = common(o.folder for o in outputs)
        self.folder.setEnabled(can)
        self.folder.show_folder(folder, differs=can and folder is not None)
        self.name.setEnabled(can)
        self.name.show_name(self._chosen[0], differs=can and outputs[0].name is not None)
        self._show_rows()

    def _show_choice(self, row: ChoiceRow, values: Sequence[str], usual: str) -> None:
        value = common(values)
        row.setEnabled(self._can_change)
        row.show_value(None if isinstance(value, Mixed) else value)
        row.show_differs(differs=self._can_change and value != usual)

    def _forbid(self, outputs: Sequence[Output]) -> None:
        why = self.tr("QuickTime files cannot hold AV1.")
        codec, container = common(o.codec for o in outputs), common(o.container for o in outputs)
        is_mov = not isinstance(container, Mixed) and container == "mov"
        is_av1 = not isinstance(codec, Mixed) and codec == "av1"
        self.codec.forbid(["av1"] if is_mov else [], why)
        self.container.forbid(["mov"] if is_av1 else [], why)

    def _show_encoder(self, outputs: Sequence[Output]) -> None:
        kinds = common((o.codec, o.hardware) for o in outputs)
        encoder = None if isinstance(kinds, Mixed) else encoder_for(self._encoders, outputs[0])
        can = self._can_change and encoder is not None
        self.quality.setEnabled(can)
        self.speed.setEnabled(can)
        quality = common(o.quality for o in outputs)
        if encoder is not None:
            number = None if isinstance(quality, Mixed) else quality
            shown = encoder.quality if number is None else number
            self.quality.show_quality(encoder, None if isinstance(quality, Mixed) else shown)
            self.speed.offer([(each, self._speed_name(each, encoder)) for each in encoder.presets])
            speed = common(o.preset or encoder.preset for o in outputs)
            self.speed.show_value(None if isinstance(speed, Mixed) else speed)
        self.quality.show_differs(differs=can and quality is not None)
        self.speed.show_differs(differs=can and any(o.preset is not None for o in outputs))
        self.hardware.setChecked(any(o.hardware for o in outputs))
        self.hardware.setEnabled(self._can_change)

    def _speed_name(self, preset: str, encoder: EncoderFacts) -> str:
        return self.tr("{0} (usual)").format(preset) if preset == encoder.preset else preset

    def _show_rows(self) -> None:
        more = self.shows_more()
        for widget in (self.speed, self.folder):
            widget.setVisible(more)
        self.name.setVisible(more and len(self._chosen) == 1)
        self.quality.show_number(shown=more)
        codecs = {entry.output.codec for entry in self._chosen}
        there = {each.codec for each in self._encoders if each.hardware}
        is_on = any(entry.output.hardware for entry in self._chosen)
        self.hardware.setVisible((more and bool(codecs) and codecs <= there) or is_on)

    # -- changing ----------------------------------------------------------------------------

    def _wire(self) -> None:
        self.container.changed.connect(lambda v: self._set_container(cast(Container, v)))
        self.container.reset.connect(lambda: self._set_container("mp4"))
        self.codec.changed.connect(lambda v: self._set_codec(cast(Codec, v)))
        self.codec.reset.connect(lambda: self._set_codec("h264"))
        self.quality.changed.connect(
            lambda v: self._change(lambda o: replace(o, quality=int(v) if v else None))
        )
        self.quality.reset.connect(lambda: self._change(lambda o: replace(o, quality=None)))
        self.speed.changed.connect(lambda v: self._change(lambda o: replace(o, preset=v)))
        self.speed.reset.connect(lambda: self._change(lambda o: replace(o, preset=None)))
        self.hardware.clicked.connect(self._set_hardware)
        self.folder.changed.connect(lambda v: self._change(lambda o: replace(o, folder=v)))
        self.folder.reset.connect(lambda: self._change(lambda o: replace(o, folder=None)))
        self.name.changed.connect(lambda v: self._change(lambda o: replace(o, name=v or None)))
        self.name.reset.connect(lambda: self._change(lambda o: replace(o, name=None)))

    def _change(self, change: Callable[[Output], Output]) -> None:
        ids = tuple(entry.entry_id for entry in self._chosen)
        change_output(self._bridge, ids, change)

    def _set_container(self, container: Container) -> None:
        self._change(lambda o: replace(o, container=container))

    def _set_codec(self, codec: Codec) -> None:
        """Set the codec; quality and speed are numbers of another one, so they go back."""
        there = {each.codec for each in self._encoders if each.hardware}

        def change(output: Output) -> Output:
            container = output.container if fits(codec, output.container) else "mp4"
            hardware = output.hardware and codec in there
            if output.codec == codec:
                return output
            return replace(
                output, codec=codec, container=container, hardware=hardware, quality=None,
                preset=None,
            )  # fmt: skip

        self._change(change)

    def _set_hardware(self, checked: bool) -> None:  # as Qt calls it
        self._change(lambda o: replace(o, hardware=checked, quality=None, preset=None))


class QualityRow(Row):
    """Low to best in words, and the encoder's number for those who know it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._encoder: EncoderFacts | None = None
        self.slider, self.number = CalmSlider(), QSpinBox()
        self.slider.setRange(0, len(QUALITY_STEPS) - 1)
        self.slider.setPageStep(1)
        self.number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.number.setFixedWidth(72)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.column.addLayout(row)
        self._is_showing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLE_MS)
        self._rest.timeout.connect(self._tell)
        self.slider.valueChanged.connect(self._on_slider)
        self.number.valueChanged.connect(self._on_number)

    def show_quality(self, encoder: EncoderFacts, quality: int | None) -> None:
        """Show a number of the encoder's; None when the selected videos differ."""
        self._encoder = encoder
        if self._rest.isActive() or self.slider.isSliderDown():
            return
        self._is_showing = True
        self.number.setRange(encoder.lowest, encoder.highest)
        shown = encoder.quality if quality is None else quality
        self.number.setValue(shown)
        self.slider.setValue(self._step_of(shown))
        self._is_showing = False
        told = self.tr("They differ") if quality is None else quality_name(shown, encoder.quality)
        self.value.setText(told)
        self.slider.setAccessibleDescription(told)

    def settle(self) -> None:
        """Tell what was set now instead of after a moment."""
        if self._rest.isActive():
            self._rest.stop()
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(str(self.number.value()))

    def show_number(self, *, shown: bool) -> None:
        """Show the number or hide it."""
        self.number.setVisible(shown)

    def _name_control(self, name: str, hint: str) -> None:
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(hint)
        self.number.setAccessibleName(self.tr("{0} as the encoder's number").format(name))
        self.number.setToolTip(self.tr("Lower numbers are better and larger."))

    def _step_of(self, quality: int) -> int:
        usual = self._encoder.quality if self._encoder else quality
        steps = range(len(QUALITY_STEPS))
        return min(steps, key=lambda step: abs(quality - usual - QUALITY_STEPS[step][0]))

    def _on_slider(self, step: int) -> None:
        if self._is_showing or self._encoder is None:
            return
        self.number.setValue(within(self._encoder, self._encoder.quality + QUALITY_STEPS[step][0]))

    def _on_number(self, quality: int) -> None:
        if self._is_showing or self._encoder is None:
            return
        self._is_showing = True
        self.slider.setValue(self._step_of(quality))
        self._is_showing = False
        self.value.setText(quality_name(quality, self._encoder.quality))
        self._rest.start()


class FolderRow(Row):
    """Where the finished file goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        give_role(self._path, "muted")
        self._choose = QPushButton(icon("folder"), "")
        self._choose.clicked.connect(self._ask)
        self._folder = ""
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(self._choose)
        self.column.addSpacing(2)
        self.column.addLayout(row)

    def show_folder(self, folder: str | Mixed | None, *, differs: bool) -> None:
        """Show a folder; None for the one beside the video."""
        beside, mixed = self.tr("Beside the video"), self.tr("They differ")
        told = mixed if isinstance(folder, Mixed) else folder or beside
        self._folder = "" if isinstance(folder, Mixed) or folder is None else folder
        self._path.set_whole(told)
        self.show_differs(differs=differs)

    def _name_control(self, name: str, hint: str) -> None:
        del hint
        told = self.tr("{0}: choose another one").format(name)
        self._choose.setToolTip(told)
        self._choose.setAccessibleName(told)

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self.window(), self.tr("Folder for finished videos"), self._folder
        )
        if folder:
            self.changed.emit(str(Path(folder)))


class NameRow(Row):
    """What the finished file is called, without its ending."""

    _FORBIDDEN = '<>:"/\\|?*'

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setMaxLength(180)
        self.field.editingFinished.connect(self._on_edited)
        self.column.addSpacing(2)
        self.column.addWidget(self.field)
        self._shown = ""
        warns = QLabel()
        give_role(warns, "error")
        warns.setWordWrap(True)
        warns.hide()
        self._warning = warns
        self.column.addWidget(warns)
        self.field.textChanged.connect(lambda _: self._check())

    def show_name(self, entry: Entry, *, differs: bool) -> None:
        """Show an entry's name; the usual one stands in the empty field."""
        self.field.setPlaceholderText(f"{Path(entry.source).stem}-secondunit")
        if not self.field.hasFocus():
            self._shown = entry.output.name or ""
            self.field.setText(self._shown)
        self.show_differs(differs=differs)

    def _bad(self) -> str:
        return "".join(sorted(set(self.field.text()) & set(self._FORBIDDEN)))

    def _check(self) -> None:
        self._warning.setVisible(bool(self._bad()))
        self._warning.setText(self.tr("A file name cannot hold {0}").format(self._bad()))

    def _name_control(self, name: str, hint: str) -> None:
        del hint
        self.field.setAccessibleName(name)

    def _on_edited(self) -> None:
        text = self.field.text().strip().strip(".")
        if not self._bad() and text != self._shown:
            self._shown = text
            self.changed.emit(text)
