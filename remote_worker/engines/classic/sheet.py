"""Read a face's light, and what lies in front of it, off its sheet."""

from __future__ import annotations

from functools import cache

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
_LIGHT_BLUR = 0.075
"""Standard deviation of the light's blur, as a share of the sheet's side."""
_BELOW_BROWS = (127, 70, 63, 105, 66, 107, 336, 296, 334, 293, 300, 356, *OVAL[8:29])
_LEAST_SKIN = 0.02
_LIGHTNESS_SPREAD = 9.0
_COLOUR_SPREAD = 4.5
_DARKEST = 4.0


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
    outline = region((OVAL,), grow=-0.045, soft=0.07)
    below_brows = region((_BELOW_BROWS,), grow=0.02, soft=0.06)
    return outline * below_brows


@cache
def features() -> Plane:
    """Return where a face is not bare skin: eyes, brows, lips and nostrils."""
    return region((*EYES, *BROWS, OUTER_LIPS, *NOSTRILS), grow=0.015, soft=0.03)


@cache
def skin() -> Plane:
    """Return where a face is bare skin and seldom covered by its own hair."""
    return region((_BELOW_BROWS,), grow=-0.06, soft=0.06) * (1 - features())


@cache
def mouth() -> Plane:
    """Return the inside of the mouth."""
    return region((INNER_LIPS,), grow=0.0, soft=0.012)


@cache
def eyes() -> Plane:
    """Return the openings of the eyes."""
    return region(EYES, grow=0.0, soft=0.014)


def covering(lab: Plane) -> Plane:
    """Return what lies in front of the skin on ``lab`` (a sheet): 0 bare, 1 covered.

    The face's own cheeks, nose and chin say what its skin looks like, with a slope of light
    from side to side and from top to bottom; what differs from it in colour or lightness by
    more than a shadow does is not skin.  Eyes, brows and lips may differ more.
    """
    distance = _strangeness(lab)
    distance = distance * (1 - np.float32(0.85) * features())
    strange = blurred(ramp(distance, 7.0, 15.0), 1.6)
    return ramp(strange, 0.35, 0.8)


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

    Lightness is scaled, as light does; colour is moved, so that lips stay redder than skin.
    """
    own, wanted = square(own, lab.shape[0]), square(wanted, lab.shape[0])
    gain = (wanted[..., 0] + np.float32(_DARKEST)) / (own[..., 0] + np.float32(_DARKEST))
    answer = np.empty_like(lab)
    answer[..., 0] = np.clip(lab[..., 0] * np.clip(gain, 0.2, 4.0), 0, 100)
    answer[..., 1:] = lab[..., 1:] + wanted[..., 1:] - own[..., 1:]
    return answer
