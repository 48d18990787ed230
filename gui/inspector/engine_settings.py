"""List the engines' settings as the inspector offers them; no Qt, nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from orchestrator.desk.entries import Look
from remote_worker.engines.facefusion import option_kinds, options

Group = Literal["", "swap", "enhance", "mask", "who", "find", "work"]
"""Settings of one group stand together under a heading; those of ``""`` need none."""
Shown = Literal["share", "percent", "signed", "plain"]
"""How a number is told: of one as a percentage, as one already, with its sign, or as it is."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A setting that is a number."""

    name: str
    low: float
    high: float
    usual: str
    simple: bool = False
    """Whether it is shown before more is asked for."""
    group: Group = ""
    step: float = 0.0
    """0: a hundredth of the way."""
    shown: Shown = "share"


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting that is one of a few words."""

    name: str
    choices: tuple[str, ...]
    usual: str
    simple: bool = False
    group: Group = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """A step of FaceFusion's work that is done or not; ``on`` or ``off``."""

    name: str
    usual: str = "off"
    simple: bool = False
    group: Group = "work"


@dataclass(frozen=True, slots=True)
class Several:
    """A setting that is some of a few words, separated by blanks; at least one."""

    name: str
    choices: tuple[str, ...]
    usual: str
    simple: bool = False
    group: Group = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A setting that is a few whole numbers, separated by blanks."""

    name: str
    low: int
    high: int
    usual: str
    simple: bool = False
    group: Group = ""


@dataclass(frozen=True, slots=True)
class Colour:
    """A setting that is a colour: red, green and blue of 255, separated by blanks."""

    name: str
    usual: str
    simple: bool = False
    group: Group = ""


Setting = Slide | Choice | Switch | Several | Numbers | Colour
CLASSIC: tuple[Setting, ...] = (
    Slide("blend", 0.0, 1.0, "1.0", simple=True),
    Choice("colour_match", ("light", "tone", "off"), "light", simple=True),
    Slide("reshape", 0.0, 1.0, "0.6"),
    Slide("sharpness", 0.25, 1.5, "1.0"),
    Choice("keep_eyes", ("on", "off"), "on"),
    Choice("keep_mouth", ("auto", "on", "off"), "auto"),
)
"""As :mod:`remote_worker.engines.classic.settings` has them; a test holds the two together."""
ENGINES = ("classic", "facefusion")
"""Engines that are offered, in this order."""
_WORK_ORDER = (
    "face_swapper", "expression_restorer", "face_editor", "age_modifier", "lip_syncer",
    "face_enhancer", "frame_colorizer", "frame_enhancer", "background_remover",
)  # fmt: skip
"""In which order steps are done: what paints a face comes before what refines it."""
_OF_WORK: dict[str, tuple[str, ...]] = {
    "expression_restorer": ("expression_restorer_factor", "expression_restorer_areas"),
    "age_modifier": ("age_modifier_model", "age_modifier_direction"),
    "face_editor": tuple(name for name in options.OPTIONS if name.startswith("face_editor_")),
    "lip_syncer": ("lip_syncer_model", "lip_syncer_weight", "voice_extractor_model"),
    "frame_colorizer": (
        "frame_colorizer_model", "frame_colorizer_size", "frame_colorizer_blend",
    ),
    "frame_enhancer": ("frame_enhancer_model", "frame_enhancer_blend"),
    "background_remover": (
        "background_remover_model", "background_remover_fill_color",
        "background_remover_despill_color",
    ),
}  # fmt: skip
_GROUPS: dict[Group, tuple[str, ...]] = {
    "swap": ("face_swapper_pixel_boost", "face_swapper_weight"),
    "enhance": ("face_enhancer_model", "face_enhancer_blend", "face_enhancer_weight"),
    "mask": (
        "face_mask_types", "face_mask_blur", "face_mask_padding", "face_mask_areas",
        "face_mask_regions", "face_occluder_model", "face_parser_model",
    ),
    "who": (
        "face_selector_mode", "face_selector_order", "face_selector_gender",
        "face_selector_race", "face_selector_age_start", "face_selector_age_end",
    ),
    "find": (
        "face_detector_model", "face_detector_size", "face_detector_margin",
        "face_detector_angles", "face_detector_score", "face_landmarker_model",
        "face_landmarker_score", "face_tracker_score", "target_frame_amount",
    ),
}  # fmt: skip
_SHOWN: dict[str, Shown] = {
    "face_selector_age_start": "plain",
    "face_selector_age_end": "plain",
    "target_frame_amount": "plain",
    "age_modifier_direction": "signed",
}
_NOT_CHOSEN = {"face_selector_mode": ("reference",)}
"""Choices that only mean something on FaceFusion's own command line."""


def _made(name: str, group: Group, *, simple: bool = False) -> Setting:
    """Return an option of FaceFusion as it is offered."""
    option = options.OPTIONS[name]
    match option:
        case option_kinds.Choice(_, choices, usual):
            offered = tuple(c for c in choices if c not in _NOT_CHOSEN.get(name, ()))
            return Choice(name, offered, usual, simple, group)
        case option_kinds.Several(_, choices, usual):
            return Several(name, choices, usual, simple, group)
        case option_kinds.Number(_, low, high, usual):
            shown: Shown = "share" if low >= 0 else "signed"
            return Slide(name, low, high, usual, simple, group, step=0.05, shown=shown)
        case option_kinds.Whole(_, low, high, usual) if option.count == 1:
            shown = _SHOWN.get(name, "percent")
            return Slide(name, low, high, usual, simple, group, step=1.0, shown=shown)
        case option_kinds.Whole(_, low, high, usual) if option.count > 1:
            return Numbers(name, low, high, usual, simple, group)
    raise ValueError(f"{name} is not offered")


def _facefusion() -> tuple[Setting, ...]:
    made: list[Setting] = [
        _made("face_swapper_model", "", simple=True),
        Switch("face_enhancer", simple=True, group=""),
    ]
    made += [_made(name, group) for group, names in _GROUPS.items() for name in names]
    for work in _WORK_ORDER:
        if work != "face_enhancer":
            made.append(Switch(work, "on" if work == "face_swapper" else "off"))
        for name in _OF_WORK.get(work, ()):
            usual = options.OPTIONS[name].usual
            is_colour = name == "background_remover_fill_color"
            made.append(Colour(name, usual, group="work") if is_colour else _made(name, "work"))
    return tuple(made)


FACEFUSION: tuple[Setting, ...] = _facefusion()
SETTINGS: dict[str, tuple[Setting, ...]] = {"classic": CLASSIC, "facefusion": FACEFUSION}


def value_of(look: Look, setting: Setting) -> str:
    """Return what a setting is set to."""
    values = dict(look.settings)
    if isinstance(setting, Switch):
        return "on" if setting.name in options.processors_of(values) else "off"
    return values.get(setting.name, usual_of(look, setting))


def usual_of(look: Look, setting: Setting) -> str:
    """Return what a setting is when nobody sets it; a model's own resolution is its own."""
    if setting.name == "face_swapper_pixel_boost":
        model = dict(look.settings).get("face_swapper_model")
        return options.PIXEL_BOOSTS.get(model or "", options.PIXEL_BOOSTS["hyperswap_1a_256"])[0]
    return setting.usual


def choices_of(look: Look, setting: Choice | Several) -> tuple[str, ...]:
    """Return what can be chosen, as the rest of the look is."""
    values = dict(look.settings)
    if setting.name == "face_swapper_pixel_boost":
        model = values.get("face_swapper_model", options.OPTIONS["face_swapper_model"].usual)
        return options.PIXEL_BOOSTS.get(model, setting.choices)
    if setting.name == "face_detector_size":
        model = values.get("face_detector_model", options.OPTIONS["face_detector_model"].usual)
        return options.DETECTOR_SIZES.get(model, setting.choices)
    return setting.choices


def makes_a_difference(look: Look, setting: Setting) -> bool:
    """Whether a setting changes anything as the rest of the look is."""
    if look.engine != "facefusion" or isinstance(setting, Switch):
        return True
    try:
        return setting.name in options.check(dict(look.settings))
    except ValueError:
        return True  # what is wrong has to be seen to be put right


def with_engine(look: Look, engine: str) -> Look:
    """Return a look by another engine, as that one usually is."""
    return look if look.engine == engine else Look(engine=engine)


def with_value(look: Look, setting: Setting, value: str) -> Look:
    """Return ``look`` with a setting set; the usual value is not written down."""
    values = dict(look.settings)
    if isinstance(setting, Switch):
        _switch(values, setting.name, is_on=value == "on")
    else:
        values.pop(setting.name, None)
        written = spelled(setting, value)
        if written != usual_of(look, setting):
            values[setting.name] = written
    _drop_unfitting(values)
    return replace(look, settings=tuple(sorted(values.items())))


def _switch(values: dict[str, str], work: str, *, is_on: bool) -> None:
    """Have a step of the work done or not; the last one stays."""
    done = {*options.processors_of(values), work} if is_on else {*options.processors_of(values)}
    done = done if is_on else done - {work} or done
    written = " ".join(step for step in _WORK_ORDER if step in done)
    values.pop("processors", None)
    if written != options.OPTIONS["processors"].usual:
        values["processors"] = written


def _drop_unfitting(values: dict[str, str]) -> None:
    """Leave out a resolution that the chosen model does not have."""
    for name, model, known in (
        ("face_swapper_pixel_boost", "face_swapper_model", options.PIXEL_BOOSTS),
        ("face_detector_size", "face_detector_model", options.DETECTOR_SIZES),
    ):
        sizes = known[values.get(model, options.OPTIONS[model].usual)]
        if values.get(name, sizes[0]) not in sizes:
            del values[name]


def spelled(setting: Setting, value: str) -> str:
    """Return a value as the engine spells it, numbers within their range."""
    match setting:
        case Choice():
            return value if value in setting.choices else setting.usual
        case Slide() if setting.step:
            within = min(setting.high, max(setting.low, float(value)))
            stepped = round(round(within / setting.step) * setting.step, 2) + 0.0
            return options.OPTIONS[setting.name].spelled(repr(stepped))
        case Slide():
            return repr(round(min(setting.high, max(setting.low, float(value))), 4) + 0.0)
        case Switch():
            return value
    try:
        return options.OPTIONS[setting.name].spelled(value)
    except ValueError:
        return setting.usual
