"""Read the classic engine's settings, each with its default and its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Keep = Literal["auto", "on", "off"]

_DEFAULTS = {
    "blend": "1.0",
    "colour_match": "light",
    "keep_eyes": "on",
    "keep_mouth": "auto",
    "reshape": "0.6",
    "sharpness": "1.0",
}
_CHOICES = {
    "colour_match": ("light", "tone", "off"),
    "keep_eyes": ("on", "off"),
    "keep_mouth": ("auto", "on", "off"),
}
_RANGES = {"blend": (0.0, 1.0), "reshape": (0.0, 1.0), "sharpness": (0.25, 1.5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the swap is made."""

    blend: float
    """How much of the source face is put on: 0 none, 1 all."""
    colour_match: Literal["light", "tone", "off"]
    """``light``: the scene's light on each part of the face; ``tone``: one tone for all of it."""
    keep_eyes: bool
    """Whether the eyes within their lids stay the person's own, gaze and all."""
    keep_mouth: Keep
    """Whether teeth and tongue stay the person's own; ``auto``: as far as a mouth is open."""
    reshape: float
    """How far eyes, nose and mouth take on the source face's proportions: 0 not, 1 wholly."""
    sharpness: float
    """Detail of the source face in relation to the frame's pixels; 1 is as fine as they are."""


def written_out(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return all settings as sorted pairs, defaults included, numbers in one spelling.

    Raises:
        ValueError: a setting is unknown or out of its range.
    """
    if unknown := sorted(set(given) - set(_DEFAULTS)):
        raise ValueError(f"no setting {unknown[0]!r}; there are {', '.join(sorted(_DEFAULTS))}")
    return tuple((name, _checked(name, given.get(name, _DEFAULTS[name]))) for name in _DEFAULTS)


def _checked(name: str, value: str) -> str:
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            raise ValueError(f"{name} is one of {', '.join(_CHOICES[name])}, not {value!r}")
        return value
    low, high = _RANGES[name]
    try:
        number = float(value)
    except ValueError as error:
        raise ValueError(f"{name} is a number, not {value!r}") from error
    if not low <= number <= high:
        raise ValueError(f"{name} is from {low} to {high}, not {value}")
    return repr(round(number, 4) + 0.0)


def read(pairs: tuple[tuple[str, str], ...]) -> Settings:
    """Return the settings that ``pairs`` (all of them, checked) spell."""
    values = dict(pairs)
    return Settings(
        blend=float(values["blend"]),
        colour_match=values["colour_match"],  # type: ignore[arg-type]  # they are checked
        keep_eyes=values["keep_eyes"] == "on",
        keep_mouth=values["keep_mouth"],  # type: ignore[arg-type]  # they are checked
        reshape=float(values["reshape"]),
        sharpness=float(values["sharpness"]),
    )
