"""Say where pictures, the wipe and faces lie on the canvas; sums only, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from orchestrator.preview.scene import Side

Mode = Literal["after", "before", "wipe", "side by side"]
MODES: tuple[Mode, ...] = ("after", "before", "wipe", "side by side")

FIT_AT_MOST = 2.0
"""A picture that is fitted is enlarged no further: there would be nothing more to see."""
SCALES = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
"""Steps of the zoom, in pixels of the screen for a pixel of the picture."""
PIXELATED_FROM = 2.0
"""Above this every pixel of the picture is shown as a square, not blurred into the next."""
GAP = 4.0
"""Between two pictures side by side."""
GRIP_REACH = 10.0
"""How far beside the dividing line it can still be taken hold of."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A place on the canvas, in its own (logical) pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The first place beyond it."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The first place below it."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.left + self.width / 2, self.top + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Return whether a place is inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    def cut(self, other: Rect) -> Rect:
        """Return what both cover; without extent when that is nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, max(0.0, right - left), max(0.0, bottom - top))


@dataclass(frozen=True, slots=True)
class Zoom:
    """How near the picture is looked at, and at what part of it."""

    scale: float | None = None
    """Pixels of the screen for a pixel of the picture; None fits the picture in."""
    x: float = 0.5
    """What lies in the middle, as a fraction of the picture's width."""
    y: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything is for one size of the canvas."""

    panes: tuple[tuple[Side, Rect], ...]
    """What is shown where; a wipe has both sides in the same place."""
    pictures: tuple[Rect, ...]
    """Where the whole picture would lie for each pane; it may reach beyond it."""
    scale: float
    """Pixels of the screen for a pixel of the picture."""

    def place_in_picture(self, x: float, y: float) -> tuple[float, float] | None:
        """Return what part of the picture is at a place, as fractions of it, or None."""
        for (_, pane), picture in zip(self.panes, self.pictures, strict=True):
            if pane.holds(x, y) and picture.holds(x, y):
                return (x - picture.left) / picture.width, (y - picture.top) / picture.height
        return None

    @property
    def reaches_beyond(self) -> bool:
        """Whether the picture is larger than its pane, so that it can be moved."""
        pane, picture = self.panes[0][1], self.pictures[0]
        return picture.width > pane.width + 0.5 or picture.height > pane.height + 0.5


def panes(mode: Mode, canvas: Rect, picture_px: tuple[int, int]) -> tuple[tuple[Side, Rect], ...]:
    """Return which side is shown where; side by side lies so that the pictures are largest."""
    match mode:
        case "after":
            return (("after", canvas),)
        case "before":
            return (("before", canvas),)
        case "wipe":
            return (("before", canvas), ("after", canvas))
    first, second = _halves(canvas, picture_px)
    return (("before", first), ("after", second))


def _halves(canvas: Rect, picture_px: tuple[int, int]) -> tuple[Rect, Rect]:
    width, height = (canvas.width - GAP) / 2, (canvas.height - GAP) / 2
    beside = (
        Rect(canvas.left, canvas.top, width, canvas.height),
        Rect(canvas.left + width + GAP, canvas.top, width, canvas.height),
    )
    below = (
        Rect(canvas.left, canvas.top, canvas.width, height),
        Rect(canvas.left, canvas.top + height + GAP, canvas.width, height),
    )
    return max(beside, below, key=lambda two: _fitting(two[0], picture_px))


def _fitting(pane: Rect, picture_px: tuple[int, int]) -> float:
    """Return pane pixels for a pixel of a picture that just fits in."""
    return min(pane.width / max(1, picture_px[0]), pane.height / max(1, picture_px[1]))


def laid_out(
    mode: Mode, canvas: Rect, picture_px: tuple[int, int], zoom: Zoom, ratio: float = 1.0
) -> Layout:
    """Return where everything is.

    Args:
        mode: what is shown.
        canvas: the place there is.
        picture_px: width and height of the source's picture as it is shown.
        zoom: how near it is looked at.
        ratio: pixels of the screen for one of the canvas (2 on a screen of twice the density).
    """
    shown = panes(mode, canvas, picture_px)
    scale = scale_of(zoom, shown[0][1], picture_px, ratio)
    rects = tuple(_placed(pane, picture_px, zoom, scale, ratio) for _, pane in shown)
    return Layout(panes=shown, pictures=rects, scale=scale)


def scale_of(zoom: Zoom, pane: Rect, picture_px: tuple[int, int], ratio: float) -> float:
    """Return pixels of the screen for a pixel of the picture."""
    if zoom.scale is not None:
        return zoom.scale
    return max(0.01, min(FIT_AT_MOST, _fitting(pane, picture_px) * ratio))


def _placed(
    pane: Rect, picture_px: tuple[int, int], zoom: Zoom, scale: float, ratio: float
) -> Rect:
    """Return the picture's place on whole pixels of the screen, so that it stays sharp."""
    width = max(1, round(picture_px[0] * scale)) / ratio
    height = max(1, round(picture_px[1] * scale)) / ratio
    x, y = clamped(zoom, pane, width, height)
    middle_x, middle_y = pane.middle
    left = round((middle_x - x * width) * ratio) / ratio
    top = round((middle_y - y * height) * ratio) / ratio
    return Rect(left, top, width, height)


def clamped(zoom: Zoom, pane: Rect, width: float, height: float) -> tuple[float, float]:
    """Return what may lie in the middle: no empty border while there is picture to fill it."""
    return _held(zoom.x, pane.width, width), _held(zoom.y, pane.height, height)


def _held(at: float, pane: float, picture: float) -> float:
    half = pane / picture / 2
    return 0.5 if half >= 0.5 else min(max(at, half), 1 - half)


def zoomed(layout: Layout, factor: float, x: float, y: float) -> Zoom:
    """Return the zoom after coming nearer by ``factor``; what is at ``x``, ``y`` stays there."""
    return rescaled(layout, min(max(layout.scale * factor, SCALES[0]), SCALES[-1]), x, y)


def rescaled(layout: Layout, scale: float, x: float, y: float) -> Zoom:
    """Return the zoom at another scale; what is at ``x``, ``y`` stays there."""
    pane, picture = _pane_at(layout, x, y)
    across = (x - picture.left) / picture.width
    down = (y - picture.top) / picture.height
    grown = scale / layout.scale
    width, height = picture.width * grown, picture.height * grown
    middle_x, middle_y = pane.middle
    wished = Zoom(scale, across + (middle_x - x) / width, down + (middle_y - y) / height)
    return Zoom(scale, *clamped(wished, pane, width, height))


def next_scale(scale: float, steps: int) -> float:
    """Return the zoom's next step up or down."""
    if steps > 0:
        return next((s for s in SCALES if s > scale * 1.001), SCALES[-1])
    return next((s for s in reversed(SCALES) if s < scale * 0.999), SCALES[0])


def panned(zoom: Zoom, layout: Layout, dx: float, dy: float) -> Zoom:
    """Return the zoom after the picture was moved by ``dx``, ``dy`` canvas pixels."""
    pane, picture = layout.panes[0][1], layout.pictures[0]
    x, y = clamped(zoom, pane, picture.width, picture.height)
    moved = replace(zoom, x=x - dx / picture.width, y=y - dy / picture.height)
    x, y = clamped(moved, pane, picture.width, picture.height)
    return replace(moved, x=x, y=y)


def _pane_at(layout: Layout, x: float, y: float) -> tuple[Rect, Rect]:
    for (_, pane), picture in zip(layout.panes, layout.pictures, strict=True):
        if pane.holds(x, y):
            return pane, picture
    return layout.panes[0][1], layout.pictures[0]


# -- the wipe ----------------------------------------------------------------------------


def shown_picture(layout: Layout) -> Rect:
    """Return the part of the first pane that shows picture."""
    return layout.pictures[0].cut(layout.panes[0][1])


def wipe_x(layout: Layout, wipe: float) -> float:
    """Return where the dividing line of a wipe is; ``wipe`` is a share of the seen picture."""
    seen = shown_picture(layout)
    return seen.left + seen.width * wipe


def wipe_at(layout: Layout, x: float) -> float:
    """Return the share of the seen picture that lies before ``x``."""
    seen = shown_picture(layout)
    return min(max((x - seen.left) / max(1.0, seen.width), 0.0), 1.0)


def grips(layout: Layout, wipe: float, x: float) -> bool:
    """Return whether the dividing line can be taken hold of at ``x``."""
    return abs(x - wipe_x(layout, wipe)) <= GRIP_REACH


# -- faces -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """A place in the picture, in fractions of it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """How much of the picture it covers."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def holds(self, x: float, y: float) -> bool:
        """Return whether a place of the picture is inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def on(self, picture: Rect) -> Rect:
        """Return where it lies when the whole picture lies at ``picture``."""
        return Rect(
            picture.left + self.left * picture.width,
            picture.top + self.top * picture.height,
            (self.right - self.left) * picture.width,
            (self.bottom - self.top) * picture.height,
        )


def face_at(places: Sequence[Share], layout: Layout, x: float, y: float) -> int | None:
    """Return which of ``places`` is at ``x``, ``y`` of the canvas, the smallest; or None."""
    at = layout.place_in_picture(x, y)
    if at is None:
        return None
    under = [number for number, place in enumerate(places) if place.holds(*at)]
    return min(under, key=lambda number: places[number].area, default=None)


def around_face(face: Share, picture_px: tuple[int, int], times: float = 1.8) -> Share:
    """Return a square of the picture with a face in it, ``times`` as large as the face."""
    width, height = picture_px
    side = min(
        times * max((face.right - face.left) * width, (face.bottom - face.top) * height),
        float(min(width, height)),
    )
    left = min(max((face.left + face.right) / 2 * width - side / 2, 0.0), width - side)
    top = min(max((face.top + face.bottom) / 2 * height - side / 2, 0.0), height - side)
    return Share(left / width, top / height, (left + side) / width, (top + side) / height)
