"""Paint one frame before and after, with the faces in it, as near as one wishes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.speaking import Speaking
from gui.stage.drawing import (
    CHIP_HEIGHT,
    DIVIDER_REACH,
    Chip,
    Outline,
    chip_width,
    draw_chip,
    draw_divider,
    draw_outline,
    qrect,
    small_font,
)
from gui.stage.geometry import (
    Layout,
    Mode,
    Rect,
    Zoom,
    laid_out,
    next_scale,
    rescaled,
    shown_picture,
    wipe_x,
)
from gui.stage.layers import Layer
from gui.stage.marks import FaceMark
from gui.stage.words import made_words, person_name, side_words, worn_name
from gui.theme.current import colour, palette
from gui.words.amounts import listed
from orchestrator.preview.scene import Made, Side

_MARGIN = 12.0
_WHEEL_STEP = 1.2
_CLICK_REACH_PX = 4.0
_TURN_MS = 40
_WIPE_STEP, _WIPE_LEAP = 0.02, 0.1


class PictureView(Speaking):
    """The picture, as far as it is painted; :class:`~gui.stage.canvas.Canvas` hears the user.

    Signals:
        size_wanted: how long, in pixels, the longer side of pictures should be.
        zoom_changed: the scale in pixels of the screen for one of the picture.
    """

    size_wanted = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture_px = (0, 0)
        self._mode: Mode = "wipe"
        self._zoom = Zoom()
        self._wipe = 0.5
        self._wipe_is_own = False
        self._layers: dict[Side, Layer] = {"before": Layer(), "after": Layer()}
        self._made: Made = "source"
        self._missed = False
        self._engine = self._stands_in_for = ""
        self._marks: tuple[FaceMark, ...] = ()
        self._faces_shown = True
        self._highlight: str | None = None
        self._hovered: str | None = None
        self._on_face: str | None = None
        self._busy = False
        self._turned = 0.0
        self._failure = ""
        self._by_keys = False
        self._wanted_px = 0
        self._turning = QTimer(self, interval=_TURN_MS)
        self._turning.timeout.connect(self._on_turn)
        self.setMinimumSize(240, 160)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.retranslate()

    # -- what is shown -----------------------------------------------------------------------

    @property
    def mode(self) -> Mode:
        """How the two sides are looked at."""
        return self._mode

    @property
    def wipe(self) -> float:
        """The share of the seen picture that shows the side before."""
        return self._wipe

    @property
    def layout_now(self) -> Layout:
        """Where everything lies at this size."""
        px = self._picture_px if all(self._picture_px) else (16, 9)
        canvas = Rect(0, 0, self.width(), self.height())
        return laid_out(self._mode, canvas, px, self._zoom, self.devicePixelRatioF())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a size at which a picture can be judged."""
        return QSize(720, 405)

    def set_source(self, picture_px: tuple[int, int] | None) -> None:
        """Show pictures of another source; the old ones go at once."""
        self._picture_px = picture_px or (0, 0)
        for layer in self._layers.values():
            layer.set_image(None)
        self._marks, self._on_face, self._hovered = (), None, None
        self._missed, self._failure, self._made = False, "", "source"
        self._zoom = Zoom()
        self._changed_zoom()

    def set_pictures(
        self, before: QImage | None, after: QImage | None, made: Made, *, missed: bool
    ) -> None:
        """Show one frame; a side that is not there yet is left out."""
        self._layers["before"].set_image(before)
        self._layers["after"].set_image(after)
        self._made, self._missed, self._failure = made, missed, ""
        self._describe()
        self.update()

    def set_engine(self, engine: str, stands_in_for: str = "") -> None:
        """Name the engine that previews."""
        self._engine, self._stands_in_for = engine, stands_in_for
        self.update()

    def set_marks(self, marks: Sequence[FaceMark]) -> None:
        """Say which faces are on the frame that is shown."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self._describe()
            self.update()

    @property
    def faces_shown(self) -> bool:
        """Whether faces are outlined."""
        return self._faces_shown

    def set_faces_shown(self, shown: bool) -> None:  # a slot of a signal
        """Draw faces' outlines or leave them out."""
        self._faces_shown = shown
        self.update()

    def set_highlight(self, person_id: str | None) -> None:
        """Draw one person's outline stronger than the others."""
        self._highlight = person_id
        self.update()

    def set_busy(self, *, busy: bool) -> None:
        """Say whether a picture that was asked for is on its way."""
        self._busy = busy
        if busy and self.isVisible():
            self._turning.start()
        else:
            self._turning.stop()
        self.update()

    def set_failure(self, sentence: str) -> None:
        """Say why there is no picture; the next picture takes it away."""
        self._failure = sentence
        self._describe()
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """Look at the two sides in another way."""
        if mode != self._mode:
            self._mode = mode
            self._changed_zoom()

    # -- zoom and wipe -----------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom = Zoom()
        self._changed_zoom()

    def set_scale(self, scale: float) -> None:
        """Show the picture at so many pixels of the screen for each of its own."""
        layout = self.layout_now
        self._zoom = rescaled(layout, scale, *layout.panes[0][1].middle)
        self._changed_zoom()

    def zoom_by(self, steps: int) -> None:
        """Come nearer (or go away) by so many steps."""
        self.set_scale(next_scale(self.layout_now.scale, steps))

    @property
    def is_fitted(self) -> bool:
        """Whether the zoom follows the size of the window."""
        return self._zoom.scale is None

    @property
    def scale(self) -> float:
        """Pixels of the screen for one of the picture."""
        return self.layout_now.scale

    def move_wipe(self, share: float) -> None:
        """Put the dividing line elsewhere; only what changes is painted."""
        self._wipe_is_own = True
        self._put_wipe(share)

    def suggest_wipe(self, share: float) -> None:
        """Put the dividing line where there is something to compare, unless the user put it."""
        if not self._wipe_is_own and self.is_fitted:
            self._put_wipe(share)

    def _put_wipe(self, share: float) -> None:
        layout = self.layout_now
        before = wipe_x(layout, self._wipe)
        self._wipe = min(max(share, 0.0), 1.0)
        after = wipe_x(layout, self._wipe)
        left, right = sorted((before, after))
        reach = DIVIDER_REACH
        self.update(QRect(int(left - reach), 0, int(right - left + 2 * reach) + 2, self.height()))
        self._update_side_labels(before, after)

    def step_wipe(self, steps: int, *, leap: bool = False) -> None:
        """Move the dividing line by small steps, or leaps."""
        self.move_wipe(self._wipe + steps * (_WIPE_LEAP if leap else _WIPE_STEP))

    def _changed_zoom(self) -> None:
        layout = self.layout_now
        self.zoom_changed.emit(layout.scale)
        self._want_size(layout)
        self.update()

    def ask_size(self) -> None:
        """Ask for pictures of the size they are shown at, even if that was asked for before."""
        self._wanted_px = 0
        self._want_size(self.layout_now)

    def _want_size(self, layout: Layout) -> None:
        longest = max(self._picture_px)
        wanted = min(longest, round(longest * layout.scale)) if longest else 0
        if wanted and wanted != self._wanted_px:
            self._wanted_px = wanted
            self.size_wanted.emit(wanted)

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint what the event asks for and no more."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(palette().canvas))
        if all(self._picture_px):
            layout = self.layout_now
            self._paint_pictures(painter, layout)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(small_font(self.font()))
            self._paint_faces(painter, layout)
            self._paint_words(painter, layout)
        if self.hasFocus() and self._by_keys:
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_pictures(self, painter: QPainter, layout: Layout) -> None:
        ratio = self.devicePixelRatioF()
        line = self._line(layout)
        for number, (side, pane) in enumerate(layout.panes):
            shown = pane
            if line is not None:
                left, right = (0.0, line) if side == "before" else (line, float(self.width()))
                shown = Rect(left, pane.top, right - left, pane.height)
            painter.setClipRect(qrect(shown))
            layer = self._layers[side]
            if layer.image is None:  # rather what there is of this frame than an older one
                layer = self._layers["before" if side == "after" else "after"]
            layer.paint(painter, pane, layout.pictures[number], ratio)
        painter.setClipping(False)

    def _line(self, layout: Layout) -> float | None:
        """Return where the dividing line is, on a whole pixel of the screen; None without one."""
        if self._mode != "wipe":
            return None
        ratio = self.devicePixelRatioF()
        return round(wipe_x(layout, self._wipe) * ratio) / ratio

    def _paint_faces(self, painter: QPainter, layout: Layout) -> None:
        if not self._faces_shown:
            return
        both = self._mode == "wipe"
        places = list(zip(layout.panes, layout.pictures, strict=True))
        for (_, pane), picture in places[:1] if both else places:
            painter.setClipRect(qrect(pane))
            for mark in sorted(self._marks, key=self._is_strong):
                draw_outline(painter, self._outline(mark), picture, pane)
        painter.setClipping(False)

    def _outline(self, mark: FaceMark) -> Outline:
        name = person_name(mark.called, unsure=mark.unsure)
        return Outline(
            place=mark.place,
            label=worn_name(name, mark.worn),
            hue=mark.hue,
            unsure=mark.unsure,
            cast=bool(mark.worn),
            strong=self._is_strong(mark),
            focused=self.hasFocus() and mark.person_id == self._on_face,
        )

    def _is_strong(self, mark: FaceMark) -> bool:
        return mark.person_id in (self._highlight, self._hovered)

    def _paint_words(self, painter: QPainter, layout: Layout) -> None:
        line = self._line(layout)
        if line is not None:
            draw_divider(painter, line, shown_picture(layout), focused=self._grip_has_focus())
        for chip, place in self._side_chips(layout):
            draw_chip(painter, chip, place.left(), place.top(), place.width())
        seen = self._said_on(layout)
        top = seen.bottom - _MARGIN - CHIP_HEIGHT
        for chip in reversed(self._state_chips()):
            draw_chip(painter, chip, seen.left + _MARGIN, top, self.width() - 2 * _MARGIN)
            top -= CHIP_HEIGHT + 4

    @staticmethod
    def _said_on(layout: Layout) -> Rect:
        """Return the picture that the words about its making stand on."""
        (_, pane), picture = layout.panes[-1], layout.pictures[-1]
        return picture.cut(pane)

    def _grip_has_focus(self) -> bool:
        return self.hasFocus() and self._by_keys and self._on_face is None

    def _state_chips(self) -> list[Chip]:
        """Return what is said about the picture, from top to bottom."""
        chips = []
        if self._busy:
            chips.append(Chip(text=self._busy_words, sign="busy", turned=self._turned))
        if self._missed:
            chips.append(Chip(text=self._missed_words, sign="warning"))
        if self._failure:
            chips.append(Chip(text=self._failure, sign="warning"))
        elif any(layer.image is not None for layer in self._layers.values()):
            chips.append(Chip(text=self._badge()))
        return chips

    def _badge(self) -> str:
        """Return where what is seen comes from."""
        if self._mode == "before" or self._layers["after"].image is None:
            return made_words("source", self._engine)
        return made_words(self._made, self._engine, self._stands_in_for)

    def _side_chips(self, layout: Layout) -> list[tuple[Chip, QRectF]]:
        """Return the names of the sides, each where its side is wide enough for it."""
        if self._mode not in ("wipe", "side by side"):
            return []
        font = small_font(self.font())
        seen = shown_picture(layout)
        chips = [Chip(text=side_words(after=after)) for after in (False, True)]
        widths = [chip_width(chip, font) for chip in chips]
        if self._mode == "side by side":
            rects = [
                p.cut(pane) for (_, pane), p in zip(layout.panes, layout.pictures, strict=True)
            ]
            return [
                (chip, QRectF(rect.left + _MARGIN, rect.top + _MARGIN, width, CHIP_HEIGHT))
                for chip, rect, width in zip(chips, rects, widths, strict=True)
            ]
        line = wipe_x(layout, self._wipe)
        top = seen.top + _MARGIN
        before = QRectF(seen.left + _MARGIN, top, widths[0], CHIP_HEIGHT)
        after = QRectF(seen.right - _MARGIN - widths[1], top, widths[1], CHIP_HEIGHT)
        shown = []
        if before.right() + 6 <= line:
            shown.append((chips[0], before))
        if after.left() - 6 >= line:
            shown.append((chips[1], after))
        return shown

    def _update_side_labels(self, before: float, after: float) -> None:
        """Paint a side's name anew when the line has just reached or left it."""
        layout = self.layout_now
        seen = shown_picture(layout)
        font = small_font(self.font())
        for is_after in (False, True):
            width = chip_width(Chip(text=side_words(after=is_after)), font)
            edge = seen.right - _MARGIN - width - 6 if is_after else seen.left + _MARGIN + width + 6
            if (before <= edge) != (after <= edge):
                left = edge if is_after else seen.left
                self.update(QRectF(left, seen.top, width + 2 * _MARGIN, 48).toAlignedRect())

    @Slot()
    def _on_turn(self) -> None:
        self._turned = (self._turned + 14) % 360
        rows = len(self._state_chips())
        height = int(rows * (CHIP_HEIGHT + 4) + _MARGIN) + 2
        bottom = int(self._said_on(self.layout_now).bottom) + 1
        self.update(0, bottom - height, self.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Ask for pictures of the new size."""
        super().resizeEvent(event)
        self._changed_zoom()

    def _set_on_face(self, person_id: str | None) -> None:
        self._on_face = person_id
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell screen readers what is on the picture."""
        names = [
            worn_name(person_name(mark.called, unsure=mark.unsure), mark.worn)
            for mark in self._marks
        ]
        parts = [self._failure or self._badge()]
        if self._missed:
            parts.append(self._missed_words)
        if names:
            parts.append(self.tr("Faces: {0}.").format(listed(names)))
        on = next(
            (n for m, n in zip(self._marks, names, strict=True) if m.person_id == self._on_face), ""
        )
        if on:
            parts.append(self.tr("On the face of {0}; Enter picks it.").format(on))
        self.setAccessibleDescription(" ".join(parts))

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        self.setAccessibleName(self.tr("Picture"))
        self._busy_words = self.tr("Making the preview…")
        self._missed_words = self.tr("Face not found on this frame")
        self._describe()
        self.update()
