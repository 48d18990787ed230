"""Make the records of plain pictures: upright, square pixels, BT.709."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from remote_worker.contract.records import Colour, Picture

BT709 = Colour(1, 1, 1, full_range=False)


def plain_picture(width_px: int, height_px: int, /, **changes: Any) -> Picture:
    """Return a picture of so many pixels; ``changes`` are fields that are otherwise."""
    fields: dict[str, Any] = {
        "width_px": width_px,
        "height_px": height_px,
        "shown_width_px": width_px,
        "shown_height_px": height_px,
        "rotation_deg": 0,
        "mirrored": False,
        "sample_aspect_ratio": Fraction(1),
        "deinterlace": False,
        "tone_map": "",
        "source_colour": BT709,
        "colour": BT709,
        "pixel_format": "yuv420p",
    }
    return Picture(**(fields | changes))
