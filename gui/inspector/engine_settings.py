"""List the classic engine's settings as the inspector offers them; no Qt, nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestrator.desk.entries import Look


@dataclass(frozen=True, slots=True)
class Slide:
    """A setting that is a number."""

    name: str
    low: float
    high: float
    usual: str
    simple: bool = False
    """Whether it is shown before more is asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting that is one of a few words."""

    name: str
    choices: tuple[str, ...]
    usual: str
    simple: bool = False


Setting = Slide | Choice
CLASSIC: tuple[Setting, ...] = (
    Slide("blend", 0.0, 1.0, "1.0", simple=True),
    Choice("colour_match", ("light", "tone", "off"), "light", simple=True),
    Slide("reshape", 0.0, 1.0, "0.6"),
    Slide("sharpness", 0.25, 1.5, "1.0"),
    Choice("keep_eyes", ("on", "off"), "on"),
    Choice("keep_mouth", ("auto", "on", "off"), "auto"),
)
"""As :mod:`remote_worker.engines.classic.settings` has them; a test holds the two together."""
SETTINGS: dict[str, tuple[Setting, ...]] = {"classic": CLASSIC}


def value_of(look: Look, setting: Setting) -> str:
    """Return what a setting is set to."""
    return dict(look.settings).get(setting.name, setting.usual)


def with_value(look: Look, setting: Setting, value: str) -> Look:
    """Return ``look`` with a setting set; the usual value is not written down."""
    values = dict(look.settings)
    values.pop(setting.name, None)
    if spelled(setting, value) != setting.usual:
        values[setting.name] = spelled(setting, value)
    return replace(look, settings=tuple(sorted(values.items())))


def spelled(setting: Setting, value: str) -> str:
    """Return a value as the engine spells it, numbers within their range."""
    if isinstance(setting, Choice):
        return value if value in setting.choices else setting.usual
    return repr(round(min(setting.high, max(setting.low, float(value))), 4) + 0.0)
