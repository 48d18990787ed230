"""Make a portrait act: blink, talk, turn its head, all by one smooth bending of the picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.engines import Pixels

Places = NDArray[np.float32]
"""One coordinate, in pixels of the portrait, for each pixel of the picture being made."""

_MOUTH_INSIDE = np.array((44, 34, 74), np.float32)
"""The dark inside of a mouth, BGR."""


@dataclass(frozen=True, slots=True)
class Eye:
    """One eye of a portrait, in pixels of it."""

    left: float
    right: float
    upper: float
    """Where the upper lid is at the eye's middle."""
    lower: float
    corner: float
    """Height of the line through its corners."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """One person to animate and where the parts of the face are, in pixels of the picture."""

    file: str
    eyes: tuple[Eye, Eye]
    mouth_left: tuple[float, float]
    mouth_right: tuple[float, float]
    mouth_line: float
    """Height at the mouth's middle where the lips, or teeth and lip, part."""
    chin: float
    face: tuple[float, float, float, float]
    """Middle x, middle y, half width and half height."""
    view: tuple[float, float, float]
    """What the camera shows: middle x, middle y and height."""

    @property
    def mouth_middle(self) -> float:
        """Middle of the mouth from left to right."""
        return (self.mouth_left[0] + self.mouth_right[0]) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """What a portrait does at one moment; 0 everywhere is the portrait as it was taken."""

    lids: float
    """0 open to 1 shut."""
    jaw: float
    """0 shut to 1 wide open."""
    turn: float
    """-1 to the picture's left, 1 to its right."""
    nod: float
    tilt_rad: float
    zoom: float
    """1 shows the portrait's view as it is; larger is nearer."""
    drift: tuple[float, float]
    """Where the camera looks besides, as a share of the view's height."""
    light: float
    """-1 darker to 1 brighter, from one side."""


def pictured(pixels: Pixels, portrait: Portrait, pose: Pose, width: int, height: int) -> Pixels:
    """Return ``portrait`` in ``pose`` as uint8 BGR, ``height`` x ``width`` x 3."""
    x, y = _looked_at(portrait, pose, width, height)
    x, y = _turned(portrait, pose, x, y)
    y, inside = _jaw_dropped(portrait, pose, x, y)
    for eye in portrait.eyes:
        y = _lid_lowered(eye, pose.lids, x, y)
    shown = cv2.remap(pixels, x, y, cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REFLECT_101).astype(
        np.float32
    )
    shown += (_MOUTH_INSIDE - shown) * inside[..., None]
    return _lit(_sharpened(shown), pose.light)


def _looked_at(portrait: Portrait, pose: Pose, width: int, height: int) -> tuple[Places, Places]:
    """Return where in the portrait the camera sees each pixel; the head leans about the neck."""
    middle_x, middle_y, view_height = portrait.view
    scale = view_height / height / pose.zoom
    across, down = np.meshgrid(
        (np.arange(width, dtype=np.float32) - (width - 1) / 2) * scale,
        (np.arange(height, dtype=np.float32) - (height - 1) / 2) * scale,
    )
    x = across + middle_x + pose.drift[0] * view_height
    y = down + middle_y + pose.drift[1] * view_height
    return x.astype(np.float32), y.astype(np.float32)


def _turned(portrait: Portrait, pose: Pose, x: Places, y: Places) -> tuple[Places, Places]:
    """Move what is near more than what is far, and lean the head about the neck."""
    face_x, face_y, half_width, half_height = portrait.face
    neck = face_y + 1.3 * half_height
    far = ((x - face_x) / (2.6 * half_width)) ** 2 + ((y - face_y) / (2.4 * half_height)) ** 2
    head = np.exp(-(far**2) * 1.6)
    near = ((x - face_x) / (1.1 * half_width)) ** 2 + ((y - face_y) / (1.2 * half_height)) ** 2
    dome = np.exp(-near)
    lean_x, lean_y = (y - neck) * pose.tilt_rad, -(x - face_x) * pose.tilt_rad
    moved_x = x - head * (lean_x * -1 + 0.05 * half_width * pose.turn)
    moved_x -= dome * 0.10 * half_width * pose.turn
    moved_y = y - head * (lean_y * -1 + 0.03 * half_height * pose.nod)
    moved_y -= dome * 0.05 * half_height * pose.nod
    return moved_x.astype(np.float32), moved_y.astype(np.float32)


def _jaw_dropped(
    portrait: Portrait, pose: Pose, x: Places, y: Places
) -> tuple[Places, NDArray[np.float32]]:
    """Lower what is below the mouth's line; return also how much of each pixel is mouth inside."""
    mouth_width = portrait.mouth_right[0] - portrait.mouth_left[0]
    share = (x - portrait.mouth_middle) / (0.5 * mouth_width)
    line = _mouth_line(portrait, share)
    reach = portrait.chin - portrait.mouth_line
    drop = np.float32(0.15 * mouth_width * pose.jaw)
    opening = drop * np.clip(1 - share**2, 0, 1)
    near = (share / 1.5) ** 2
    skin = drop * np.exp(-(near * near)).astype(np.float32)  # numpy's own fourth power is slow
    below = (y - line) / reach
    fade = 1 - _smooth((below - 0.75) / 0.9)
    shift = np.maximum(opening, skin * _smooth(below / 0.5)) * fade
    soft = 0.045 * mouth_width
    inside = _smooth((y - line) / soft) * _smooth((line + opening - y) / soft)
    inside = inside * (opening > 0.3)
    lowered = np.where(y > line, np.maximum(y - shift, line), y)
    return lowered.astype(np.float32), (0.88 * inside).astype(np.float32)


def _mouth_line(portrait: Portrait, share: Places) -> Places:
    """Return the height of the mouth's line, a curve through both corners and the middle."""
    left, right = portrait.mouth_left[1], portrait.mouth_right[1]
    corners = left + (right - left) * np.clip((share + 1) / 2, 0, 1)
    sag = portrait.mouth_line - (left + right) / 2
    return np.asarray(corners + sag * np.clip(1 - share**2, 0, 1), np.float32)


def _lid_lowered(eye: Eye, lids: float, x: Places, y: Places) -> Places:
    """Draw the skin above an eye down over it; what is below the lower lid stays."""
    middle, half = (eye.left + eye.right) / 2, (eye.right - eye.left) / 2
    arch = np.clip(1 - ((x - middle) / (1.12 * half)) ** 2, 0, 1)
    upper = eye.corner + (eye.upper - 0.8 - eye.corner) * arch
    lower = eye.corner + (eye.lower + 0.6 - eye.corner) * arch
    brow = upper - 1.1 * (eye.lower - eye.upper) * np.sqrt(arch) - 0.01
    lid = upper + lids * 0.93 * (lower - upper)
    on_lid = brow + (y - brow) * (upper - brow) / np.maximum(lid - brow, 1e-3)
    in_eye = upper + (y - lid) * (lower - upper) / np.maximum(lower - lid, 1e-3)
    moved = np.where(y < lid, on_lid, in_eye)
    concerned = (arch > 0) & (y > brow) & (y < lower)
    return np.where(concerned, moved, y).astype(np.float32)


def _smooth(share: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return 0 below 0, 1 above 1, and a soft step between."""
    held = np.clip(share, 0, 1)
    return np.asarray(held * held * (3 - 2 * held), np.float32)


def _sharpened(shown: NDArray[np.float32]) -> NDArray[np.float32]:
    soft = cv2.GaussianBlur(shown, (0, 0), 1.6)
    return np.asarray(shown + 0.45 * (shown - soft), np.float32)


def _lit(shown: NDArray[np.float32], light: float) -> Pixels:
    """Brighten or darken, a little more at the right than at the left."""
    side = np.linspace(0.04, 0.10, shown.shape[1], dtype=np.float32)[None, :, None]
    return np.clip(shown * (1 + light * side) + 0.5, 0, 255).astype(np.uint8)
