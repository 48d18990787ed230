"""Compute the contrast of every pair of colours that is used."""

import pytest
from contrast import MARK_RATIO, TEXT_RATIO, contrast

from gui.theme.palette import DARK, LIGHT, Palette

BOTH = pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
GROUNDS = ("window", "panel", "raised", "hovered", "selected")
TEXTS = ("text", "muted", "accent_text", "good", "warning", "danger")


@BOTH
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_can_be_read_on_every_ground(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= TEXT_RATIO


@BOTH
def test_the_main_button_and_the_canvas_can_be_read(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= TEXT_RATIO
    assert contrast(palette.on_accent, palette.accent_text) >= TEXT_RATIO, "hovered"
    assert contrast(palette.on_canvas, palette.canvas) >= TEXT_RATIO


@BOTH
@pytest.mark.parametrize("ground", [*GROUNDS, "canvas"])
def test_the_focus_ring_is_seen_everywhere(palette: Palette, ground: str) -> None:
    assert contrast(palette.focus, getattr(palette, ground)) >= MARK_RATIO


@BOTH
@pytest.mark.parametrize("mark", ["accent", "edge", "rendering", "stored", "fetched", "failed"])
@pytest.mark.parametrize("ground", ["window", "panel", "raised"])
def test_a_mark_that_means_something_is_seen(palette: Palette, mark: str, ground: str) -> None:
    assert contrast(getattr(palette, mark), getattr(palette, ground)) >= MARK_RATIO


@BOTH
def test_people_are_told_apart_from_panel_and_canvas(palette: Palette) -> None:
    for colour in palette.people:
        assert contrast(colour, palette.panel) >= MARK_RATIO, colour
        assert contrast(colour, palette.canvas) >= MARK_RATIO, colour


def test_contrast_is_counted_as_the_standard_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
