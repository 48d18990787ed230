"""Put one face on one frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remote_worker.engines import Pixels
from remote_worker.engines.classic import pose, shape, sheet
from remote_worker.engines.classic.layout import Places
from remote_worker.engines.classic.planes import Plane, ramp
from remote_worker.engines.classic.settings import Settings
from remote_worker.engines.classic.source import TEXTURE_PX, Skin, SourceFace
from remote_worker.engines.classic.warp import draw_map, moved, window_of

_FADE_DEG = (48.0, 66.0)
"""Turned away further than the first the swap fades; beyond the second there is none."""
_SHEET_PER_FACE = 1.7
"""Side of the sheet for a face of size 1, which takes up 0.8 of it; a little is lost on the way."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A face of one frame, steadied by its neighbours."""

    points: Places
    """468 x 3 in pixels of the frame."""
    direction: NDArray[np.float64]
    light: Plane
    covering: Plane
    closed: float
    """From 0 for open eyes to 1 for closed ones; not steadied, for a blink is short."""
    strength: float
    """From 0 to 1: less near frames in which the face is not found or turned away."""


def clarity(direction: NDArray[np.float64]) -> float:
    """Return 1 for a face that can be swapped well, 0 for one turned too far, by degrees."""
    return 1 - float(ramp(np.array(pose.aversion_deg(direction)), *_FADE_DEG))


def put_on(picture: Pixels, look: Look, source: SourceFace, settings: Settings) -> None:
    """Paint ``source`` over the face in ``picture``; pixels beyond the face stay as they are."""
    window = window_of(look.points, picture.shape)
    if window is None or look.strength * settings.blend <= 0:
        return
    share = look.strength * settings.blend * settings.reshape
    points = shape.reshaped(look.points, source.solid, share)
    sheet_map = draw_map(points, window)
    below = moved(picture, sheet_map, look.points, points, window).astype(np.float32)
    skin = source.skin_for(look.direction, _texture_side(points, settings.sharpness))
    opacity = sheet_map.look_up(_opacity(look, skin, settings)) * sheet_map.seen
    face = sheet_map.look_up(sheet.to_bgr(_lit(skin, look, settings)))
    mixed = below + opacity[..., None] * (face - below)
    window.of(picture)[:] = np.clip(np.round(mixed), 0, 255).astype(np.uint8)


def _texture_side(points: Places, sharpness: float) -> int:
    face_px = float(np.ptp(points[:, :2], axis=0).max())
    return int(np.clip(round(face_px * _SHEET_PER_FACE * sharpness), 32, TEXTURE_PX))


def _lit(skin: Skin, look: Look, settings: Settings) -> Plane:
    if settings.colour_match == "off":
        return skin.texture
    if settings.colour_match == "light":
        return sheet.relit(skin.texture, skin.light, look.light)
    own, wanted = (_even(light) for light in (skin.light, look.light))
    return sheet.relit(skin.texture, own, wanted)


def _even(light: Plane) -> Plane:
    mean = light.mean(axis=(0, 1), keepdims=True)
    return np.broadcast_to(mean, light.shape).astype(np.float32)


def _opacity(look: Look, skin: Skin, settings: Settings) -> Plane:
    seen = ramp(pose.facing(look.points), 0.05, 0.3)
    opacity = sheet.swapped() * skin.clear * (1 - look.covering) * seen
    opacity = opacity * (1 - _mouth_kept(look, skin, settings) * sheet.mouth())
    if settings.keep_eyes:
        blink = np.float32(look.closed) * sheet.lids()
        opacity = opacity * (1 - np.maximum(sheet.eyes(), blink))
    return (opacity * np.float32(look.strength * settings.blend)).astype(np.float32)


def _mouth_kept(look: Look, skin: Skin, settings: Settings) -> np.float32:
    """Return how much of the person's own inner mouth is kept.

    An open mouth of the photo squeezed into a closed one would be a line of teeth.
    """
    if settings.keep_mouth == "auto":
        return np.float32(max(pose.openness(look.points), skin.mouth_open))
    return np.float32(settings.keep_mouth == "on")
