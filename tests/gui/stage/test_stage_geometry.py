"""Test where pictures, the wipe and faces lie on the canvas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stage.geometry import (
    MODES,
    SCALES,
    Layout,
    Mode,
    Rect,
    Share,
    Zoom,
    around_face,
    face_at,
    laid_out,
    next_scale,
    panned,
    rescaled,
    wipe_at,
    wipe_x,
    zoomed,
)

CANVAS = Rect(0, 0, 800, 450)
modes = st.sampled_from(MODES)
canvases = st.builds(Rect, st.just(0.0), st.just(0.0), st.floats(100, 3000), st.floats(100, 2000))
pictures = st.tuples(st.integers(16, 4096), st.integers(16, 4096))
ratios = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])
zooms = st.builds(
    Zoom, st.none() | st.floats(SCALES[0], SCALES[-1]), st.floats(0, 1), st.floats(0, 1)
)


@given(modes, canvases, pictures, ratios)
def test_a_fitted_picture_lies_within_its_pane_and_in_its_proportions(
    mode: Mode, canvas: Rect, picture_px: tuple[int, int], ratio: float
) -> None:
    layout = laid_out(mode, canvas, picture_px, Zoom(), ratio)
    for (_, pane), picture in zip(layout.panes, layout.pictures, strict=True):
        assert picture.left >= pane.left - 1 / ratio
        assert picture.right <= pane.right + 1 / ratio
        assert picture.top >= pane.top - 1 / ratio
        assert picture.bottom <= pane.bottom + 1 / ratio
    shown = layout.pictures[0]
    assert shown.width * ratio == pytest.approx(max(1, picture_px[0] * layout.scale), abs=0.51)
    assert shown.height * ratio == pytest.approx(max(1, picture_px[1] * layout.scale), abs=0.51)


@given(modes, canvases, pictures, zooms, ratios)
def test_pictures_lie_on_whole_pixels_of_the_screen(
    mode: Mode, canvas: Rect, picture_px: tuple[int, int], zoom: Zoom, ratio: float
) -> None:
    for picture in laid_out(mode, canvas, picture_px, zoom, ratio).pictures:
        for place in (picture.left, picture.top, picture.width, picture.height):
            assert place * ratio == pytest.approx(round(place * ratio), abs=1e-6)


@given(modes, canvases, pictures, zooms)
def test_there_is_no_empty_border_while_there_is_picture_to_fill_it(
    mode: Mode, canvas: Rect, picture_px: tuple[int, int], zoom: Zoom
) -> None:
    layout = laid_out(mode, canvas, picture_px, zoom)
    for (_, pane), picture in zip(layout.panes, layout.pictures, strict=True):
        if picture.width >= pane.width:
            assert picture.left <= pane.left + 1
            assert picture.right >= pane.right - 1
        if picture.height >= pane.height:
            assert picture.top <= pane.top + 1
            assert picture.bottom >= pane.bottom - 1


@given(modes, st.floats(1.05, 8), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_what_is_under_the_pointer_stays_there_while_coming_nearer(
    mode: Mode, factor: float, across: float, down: float
) -> None:
    picture_px = (3200, 1800)
    before = laid_out(mode, CANVAS, picture_px, Zoom(1.0))
    pane = before.panes[0][1]
    x, y = pane.left + across * pane.width, pane.top + down * pane.height
    was = before.place_in_picture(x, y)
    after = laid_out(mode, CANVAS, picture_px, zoomed(before, factor, x, y))
    now = after.place_in_picture(x, y)
    assert was is not None
    assert now is not None
    one_px = 1.5 / (after.pictures[0].width)
    assert now[0] == pytest.approx(was[0], abs=one_px)
    assert now[1] == pytest.approx(was[1], abs=one_px * 16 / 9)


@given(canvases, pictures, zooms, st.floats(0, 1))
def test_the_dividing_line_is_where_it_was_put(
    canvas: Rect, picture_px: tuple[int, int], zoom: Zoom, wipe: float
) -> None:
    layout = laid_out("wipe", canvas, picture_px, zoom)
    seen = layout.pictures[0].cut(canvas)
    x = wipe_x(layout, wipe)
    assert seen.left - 1e-6 <= x <= seen.right + 1e-6
    if seen.width >= 1:
        assert wipe_at(layout, x) == pytest.approx(wipe, abs=1e-6)


def test_the_dividing_line_cannot_leave_the_picture() -> None:
    layout = laid_out("wipe", CANVAS, (400, 900), Zoom())
    assert wipe_at(layout, -50) == 0
    assert wipe_at(layout, 5000) == 1


@given(modes, zooms, st.floats(0, 0.8), st.floats(0, 0.8))
def test_a_face_is_found_wherever_it_is_seen(
    mode: Mode, zoom: Zoom, left: float, top: float
) -> None:
    face = Share(left, top, left + 0.2, top + 0.2)
    layout = laid_out(mode, CANVAS, (1920, 1080), zoom)
    for (_, pane), picture in zip(layout.panes, layout.pictures, strict=True):
        seen = face.on(picture).cut(pane)
        if seen.width > 1 and seen.height > 1:
            x, y = seen.middle
            assert face_at([face], layout, x, y) == 0


def test_of_faces_one_upon_the_other_the_smaller_is_meant() -> None:
    layout = laid_out("after", CANVAS, (1600, 900), Zoom())
    large, small = Share(0.1, 0.1, 0.9, 0.9), Share(0.4, 0.4, 0.6, 0.6)
    assert face_at([large, small], layout, *CANVAS.middle) == 1
    assert face_at([large, small], layout, 100, 100) == 0
    assert face_at([large, small], layout, 1, 1) is None


def test_side_by_side_lies_so_that_the_pictures_are_largest() -> None:
    wide = laid_out("side by side", Rect(0, 0, 800, 800), (1920, 1080), Zoom())
    assert wide.panes[0][1].left == wide.panes[1][1].left  # one below the other
    tall = laid_out("side by side", Rect(0, 0, 800, 450), (1080, 1920), Zoom())
    assert tall.panes[0][1].top == tall.panes[1][1].top


def test_a_small_picture_is_enlarged_no_more_than_twice() -> None:
    assert laid_out("after", CANVAS, (100, 60), Zoom()).scale == 2.0


def test_on_a_dense_screen_hundred_percent_is_a_pixel_for_a_pixel() -> None:
    layout = laid_out("after", CANVAS, (1600, 900), Zoom(1.0), 2.0)
    assert layout.pictures[0].width == 800


def test_a_picture_that_is_all_seen_cannot_be_moved() -> None:
    layout = laid_out("after", CANVAS, (1600, 900), Zoom())
    assert not layout.reaches_beyond
    moved = panned(Zoom(), layout, 100, 100)
    assert laid_out("after", CANVAS, (1600, 900), moved).pictures == layout.pictures


def test_a_picture_moves_with_the_pointer_until_its_border() -> None:
    zoom = Zoom(1.0)
    layout = laid_out("after", CANVAS, (1600, 900), zoom)
    moved = laid_out("after", CANVAS, (1600, 900), panned(zoom, layout, 30, -20))
    assert moved.pictures[0].left == layout.pictures[0].left + 30
    assert moved.pictures[0].top == layout.pictures[0].top - 20
    far = laid_out("after", CANVAS, (1600, 900), panned(zoom, layout, 9000, 9000))
    assert (far.pictures[0].left, far.pictures[0].top) == (0, 0)


def test_the_steps_of_the_zoom_lead_up_and_down_and_end() -> None:
    assert next_scale(1.0, 1) == 1.5
    assert next_scale(1.0, -1) == 0.75
    assert next_scale(0.6, 1) == 0.75
    assert next_scale(SCALES[-1], 1) == SCALES[-1]
    assert next_scale(SCALES[0], -1) == SCALES[0]


def test_zooming_about_a_place_beside_the_picture_keeps_it_in_view() -> None:
    layout: Layout = laid_out("after", CANVAS, (300, 900), Zoom())
    zoom = rescaled(layout, 4.0, 1, 1)
    nearer = laid_out("after", CANVAS, (300, 900), zoom)
    assert nearer.pictures[0].cut(CANVAS).width == CANVAS.width


@given(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 0.1), pictures)
def test_a_cut_around_a_face_is_square_within_the_picture_and_holds_the_face(
    left: float, top: float, size: float, picture_px: tuple[int, int]
) -> None:
    face = Share(left, top, left + size, top + size)
    cut = around_face(face, picture_px)
    width, height = picture_px
    across, down = (cut.right - cut.left) * width, (cut.bottom - cut.top) * height
    assert across == pytest.approx(down)
    assert min(cut.left, cut.top) >= -1e-9
    assert max(cut.right, cut.bottom) <= 1 + 1e-9
    if across >= max(size * width, size * height):
        assert cut.left <= face.left + 1e-9
        assert cut.right >= face.right - 1e-9
