"""Lay frames of two videos over each other, before and after, on one labelled picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFont

from remote_worker.frames.opening import first_video, open_media

_CELL_WIDTH_PX = 480
_MARGIN_PX = 16
_LABEL_PX = 34
_PAPER, _INK, _FAINT = (250, 250, 248), (28, 28, 30), (120, 120, 124)


def contact_sheet(before: Path, after: Path, frames: Sequence[int], to: Path) -> Path:
    """Write a PNG with ``frames`` of ``before`` above the same of ``after``; return ``to``.

    Args:
        before: the source.
        after: the finished video, with as many frames.
        frames: frame indices, at least one; each is one column.
        to: the picture's path.

    Raises:
        ValueError: ``frames`` is empty, or a video has no such frame.
        av.FFmpegError: a video does not open or decode.
        LookupError: a file has no video track.
        OSError: the picture could not be written.
    """
    if not frames:
        raise ValueError("a contact sheet needs at least one frame")
    rows = [("Before", _cells(before, frames)), ("After", _cells(after, frames))]
    height = max(cell.height for _, cells in rows for cell in cells)
    sheet = Image.new("RGB", _size(len(frames), height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    top = _MARGIN_PX
    for title, cells in rows:
        draw.text((_MARGIN_PX, top + 2), title, fill=_INK, font=ImageFont.load_default(22))
        top += _LABEL_PX
        for column, cell in enumerate(cells):
            sheet.paste(cell, (_left(column), top))
        top += height + _MARGIN_PX
    _name_columns(draw, frames, top)
    sheet.save(to, "PNG", optimize=True)
    return to


def _size(columns: int, cell_height: int) -> tuple[int, int]:
    height = _MARGIN_PX + 2 * (_LABEL_PX + cell_height + _MARGIN_PX) + _LABEL_PX
    return _left(columns), height


def _left(column: int) -> int:
    return _MARGIN_PX + column * (_CELL_WIDTH_PX + _MARGIN_PX)


def _name_columns(draw: ImageDraw.ImageDraw, frames: Sequence[int], top: int) -> None:
    font = ImageFont.load_default(16)
    for column, frame in enumerate(frames):
        draw.text((_left(column), top - 6), f"frame {frame}", fill=_FAINT, font=font)


def _cells(video: Path, frames: Sequence[int]) -> list[Image.Image]:
    """Return ``frames`` of ``video``, in that order, each as wide as a cell."""
    found: dict[int, Image.Image] = {}
    with open_media(video) as container:
        for index, frame in enumerate(container.decode(first_video(container))):
            if index in frames:
                found[index] = _fitted(frame)
            if len(found) == len(set(frames)):
                break
    if missing := sorted(set(frames) - set(found)):
        raise ValueError(f"{video.name} has no frame {missing[0]}")
    return [found[index] for index in frames]


def _fitted(frame: av.VideoFrame) -> Image.Image:
    image = Image.fromarray(frame.to_ndarray(format="rgb24"))
    height = max(1, round(image.height * _CELL_WIDTH_PX / image.width))
    return image.resize((_CELL_WIDTH_PX, height), Image.Resampling.LANCZOS)
