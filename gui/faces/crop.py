"""Cut one of several faces out of a photo that was re-encoded; runs off the Qt thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from remote_worker.contract.records import Box

_AIR = 0.9
"""Of the face's size, on each side."""
_LEAST_AIR = 0.25
_LEAST_SIDE_PX = 64


def cut_out(photo: Path, boxes: Sequence[Box], chosen: int, to: Path) -> None:
    """Write the part of ``photo`` around one of ``boxes`` to ``to``, as a PNG.

    Raises:
        OSError: ``photo`` cannot be read or ``to`` cannot be written.
    """
    from PIL import Image

    with Image.open(photo, formats=("PNG",)) as image:
        left, top, right, bottom = part_of(boxes, chosen)
        width, height = image.size
        box = _at_least(
            (
                round(left * width),
                round(top * height),
                round(right * width),
                round(bottom * height),
            ),
            image.size,
        )
        image.crop(box).save(to, "PNG")


def part_of(boxes: Sequence[Box], chosen: int) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the part to keep: air around, no other face's middle."""
    mine = boxes[chosen]
    others = [box for number, box in enumerate(boxes) if number != chosen]
    air = _AIR
    while air > _LEAST_AIR and any(_holds(_around(mine, air), box) for box in others):
        air -= 0.05
    return _around(mine, air)


def _around(box: Box, air: float) -> tuple[float, float, float, float]:
    wide, high = (box.right - box.left) * air, (box.bottom - box.top) * air
    return (
        max(0.0, box.left - wide),
        max(0.0, box.top - high),
        min(1.0, box.right + wide),
        min(1.0, box.bottom + high),
    )


def _holds(part: tuple[float, float, float, float], box: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return part[0] <= x <= part[2] and part[1] <= y <= part[3]


def _at_least(box: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Widen a part that is too small to be a photo, as far as the picture goes."""
    left, top, right, bottom = box
    more_x = max(0, _LEAST_SIDE_PX - (right - left) + 1) // 2
    more_y = max(0, _LEAST_SIDE_PX - (bottom - top) + 1) // 2
    left, right = max(0, left - more_x), min(size[0], max(right, left) + more_x)
    top, bottom = max(0, top - more_y), min(size[1], max(bottom, top) + more_y)
    return left, top, max(right, left + 1), max(bottom, top + 1)
