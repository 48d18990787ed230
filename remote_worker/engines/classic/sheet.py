"""Read a face's light, and what lies in front of it, off its sheet."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.engines.classic.layout import (
    BROWS,
    EYES,
    INNER_LIPS,
    NOSTRILS,
    OUTER_LIPS,
    OVAL,
    SHEET_PX,
    centres,
    region,
)
from remote_worker.engines.classic.planes import Plane, blurred, ramp, square

LIGHT_PX = 32
"""Side of the sheet that light is kept on: it has no finer detail."""
_LIGHT_BLUR = 0.12
"""Standard deviation of the light's blur, as a share of the sheet's side."""
_BELOW_BROWS = (127, 70, 63, 105, 66, 107, 336, 296, 334, 293, 300, 356, *OVAL[8:29])
_EYE_BAND = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300, 263, 374, 6, 145, 33)
_LEAST_SKIN = 0.02
_LIGHTNESS_SPREAD = 9.0
_COLOUR_SPREAD = 4.5
_STRANGE = (7.0, 15.0)
_UNCLEAR = (4.0, 9.0)
_DARKEST = 4.0
_LEAST_RED = (1.5, 3.0)
_LIDS_RED = (0.8, 1.05)
"""Redness between the lids as a share of the skin's: of open eyes, of closed ones."""
_MOST_COLOUR = 1.4
"""How much more colourful a photo may become."""


def to_lab(picture: NDArray[np.uint8]) -> Plane:
    """Return ``picture`` (uint8 BGR) in Lab: lightness from 0 to 100, a and b around 0."""
    scaled = picture.astype(np.float32) / np.float32(255)
    lab: Plane = cv2.cvtColor(scaled, cv2.COLOR_BGR2LAB).astype(np.float32)
    return lab


def to_bgr(lab: Plane) -> Plane:
    """Return Lab as float32 BGR from 0 to 255, not rounded."""
    bgr: Plane = (cv2.cvtColor(lab, cv2.COLOR_LAB2BGR) * np.float32(255)).astype(np.float32)
    return bgr


@cache
def swapped() -> Plane:
    """Return where a face is put on: all of it below the forehead, fading at its outline."""
    outline = region((OVAL,), grow=-0.042, soft=0.07)
    below_brows = region((_BELOW_BROWS,), grow=0.016, soft=0.05)
    return outline * below_brows


@cache
def features() -> Plane:
    """Return where a face is not bare skin: eyes, brows, lips and nostrils."""
    soft = region((*EYES, OUTER_LIPS, *NOSTRILS), grow=0.015, soft=0.03)
    return np.maximum(soft, region(BROWS, grow=0.004, soft=0.02))


@cache
def skin() -> Plane:
    """Return where a face is bare skin and seldom covered by its own hair."""
    return region((_BELOW_BROWS,), grow=-0.06, soft=0.06) * (1 - features())


@cache
def mouth() -> Plane:
    """Return the inside of the mouth."""
    return region((INNER_LIPS,), grow=0.009, soft=0.014)


@cache
def eyes() -> Plane:
    """Return the openings of the eyes."""
    return region(EYES, grow=-0.005, soft=0.013)


@cache
def lids() -> Plane:
    """Return the eyes with their lids and lashes."""
    return region(EYES, grow=0.018, soft=0.03)


def eyes_closed(lab: Plane) -> float:
    """Return 0 for open eyes, 1 for closed ones, from the sheet ``lab``.

    The mesh keeps its eyes open through a blink, so the pixels are asked: what is seen between
    the lids is less red than skin, and the lids themselves are not.  Without colour in the
    picture there is no telling, and the eyes are taken for open.
    """
    between, around = _mean(lab[..., 1], eyes()), _mean(lab[..., 1], skin())
    told = ramp(np.array(around), *_LEAST_RED)
    return float(told * ramp(np.array(between / max(around, np.float32(1))), *_LIDS_RED))


@cache
def _rim() -> Plane:
    """Return 1 where a face ends, falling to little in its middle."""
    middle = region((OVAL,), grow=-0.12, soft=0.09)
    middle = np.maximum(middle, region((_EYE_BAND,), grow=0.0, soft=0.03))
    return np.float32(1) - np.float32(0.9) * middle


def covering(lab: Plane) -> Plane:
    """Return what lies in front of the skin on ``lab`` (a sheet): 0 bare, 1 covered.

    The face's own cheeks, nose and chin say what its skin looks like, with a slope of light
    from side to side and from top to bottom; what differs from it in colour or lightness by
    more than a shadow does is not skin.  Eyes, brows and lips may differ more.
    """
    distance = _strangeness(lab)
    distance = distance * (1 - np.float32(0.85) * features())
    strange = blurred(ramp(distance, *_STRANGE), 1.6)
    return ramp(strange, 0.35, 0.8)


def unclear(lab: Plane) -> Plane:
    """Return where a photo's sheet ``lab`` shows hair, a collar or the backdrop.

    These come in from the rim, and are looked for there, strictly and with some way around
    them.  What is strange in the middle, such as glasses, is part of the face.
    """
    distance = _strangeness(lab) * (1 - np.float32(0.85) * features()) * _rim()
    strange: Any = cv2.dilate(ramp(distance, *_UNCLEAR), np.ones((5, 5), np.uint8))
    return ramp(blurred(strange, 1.5), 0.1, 0.9)


def _strangeness(lab: Plane) -> Plane:
    """Return by how many squared deviations each place differs from the face's skin."""
    weights = skin()
    for _ in range(3):
        off_lightness = lab[..., 0] - _slope_of_light(lab[..., 0], weights)
        off_a, off_b = (lab[..., n] - _mean(lab[..., n], weights) for n in (1, 2))
        colour = (off_a**2 + off_b**2) / np.float32(_COLOUR_SPREAD**2)
        lightness = (off_lightness / np.float32(_LIGHTNESS_SPREAD)) ** 2
        distance = colour + lightness
        weights = skin() * np.exp(-distance / 6).astype(np.float32)
    return distance


def _mean(values: Plane, weights: Plane) -> np.float32:
    return np.float32((values * weights).sum() / max(float(weights.sum()), 1e-3))


def _slope_of_light(lightness: Plane, weights: Plane) -> Plane:
    """Return the plane that fits ``lightness`` best where ``weights`` are."""
    terms = _terms()
    weighted = terms * weights.reshape(-1, 1)
    square = weighted.T @ terms + np.eye(3) * 1e-3
    answer = np.linalg.solve(square, weighted.T @ lightness.reshape(-1).astype(np.float64))
    slope: Plane = (terms @ answer).reshape(lightness.shape).astype(np.float32)
    return slope


@cache
def _terms() -> NDArray[np.float64]:
    places = centres(SHEET_PX).astype(np.float64) - 0.5
    return np.column_stack([np.ones(len(places)), places])


def light_of(lab: Plane, bare: Plane) -> Plane:
    """Return the light on a face, LIGHT_PX x LIGHT_PX x 3 in Lab: its skin, blurred.

    Args:
        lab: the face's sheet.
        bare: 1 where it is not covered.
    """
    weights = skin() * bare + np.float32(1e-4)
    amount = square(weights, LIGHT_PX)
    carried = square(lab * weights[..., None], LIGHT_PX)
    spread = _LIGHT_BLUR * LIGHT_PX
    mean = carried.sum(axis=(0, 1)) / amount.sum()
    amount = blurred(amount, spread) + np.float32(_LEAST_SKIN)
    carried = blurred(carried, spread) + np.float32(_LEAST_SKIN) * mean
    light: Plane = (carried / amount[..., None]).astype(np.float32)
    return light


def relit(lab: Plane, own: Plane, wanted: Plane) -> Plane:
    """Return ``lab`` with the light ``own`` taken off and ``wanted`` put on.

    Lightness is scaled, as light does.  Colour is turned and scaled around grey, so that black
    and white stay without colour, and lips redder than skin.
    """
    turn = _turn_of_colour(own, wanted)
    gain = (wanted[..., 0] + np.float32(_DARKEST)) / (own[..., 0] + np.float32(_DARKEST))
    rest = wanted[..., 1:] - _turned(own[..., 1:], turn)
    fine = square(np.dstack([np.clip(gain, 0.2, 4.0), turn, rest]), lab.shape[0])
    answer = np.empty_like(lab)
    answer[..., 0] = np.clip(lab[..., 0] * fine[..., 0], 0, 100)
    answer[..., 1:] = _turned(lab[..., 1:], fine[..., 1:3]) + fine[..., 3:]
    return answer


def _turn_of_colour(own: Plane, wanted: Plane) -> Plane:
    """Return what the colours ``own`` are multiplied by, as complex numbers, to be ``wanted``."""
    one, other = own[..., 1:], wanted[..., 1:]
    square_of_own = (one**2).sum(axis=-1) + np.float32(4)
    along = (one * other).sum(axis=-1) / square_of_own
    across = (one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]) / square_of_own
    turn = np.dstack([along, across])
    length = np.linalg.norm(turn, axis=-1, keepdims=True)
    limited: Plane = (turn * np.minimum(1, _MOST_COLOUR / np.maximum(length, 1e-6))).astype(
        np.float32
    )
    return limited


def _turned(colours: Plane, turn: Plane) -> Plane:
    """Return the products of complex numbers, each a pair on the last axis."""
    return np.dstack(
        [
            colours[..., 0] * turn[..., 0] - colours[..., 1] * turn[..., 1],
            colours[..., 0] * turn[..., 1] + colours[..., 1] * turn[..., 0],
        ]
    )
