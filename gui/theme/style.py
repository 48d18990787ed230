"""Write the style sheet of the whole window from a palette; no Qt."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from string import Template

import resources
from gui.theme.palette import Palette

MARKS = Path(resources.__file__).parent / "icons" / "marks"
_SHEET = Path(__file__).with_name("style.qss")


def style_sheet(palette: Palette, text_px: int = 13) -> str:
    """Return the sheet for every role and control; ``text_px`` is the height of plain text."""
    words = {field.name: getattr(palette, field.name) for field in fields(palette)}
    words |= {
        "marks": (MARKS / palette.appearance).as_posix(),
        "small_px": f"{text_px - 1}px",
        "title_px": f"{text_px + 2}px",
        "page_px": f"{text_px + 9}px",
    }
    return Template(_SHEET.read_text(encoding="utf-8")).substitute(words)
