"""Know every option of FaceFusion 3.8 that decides pixels: its range, its default, when it counts.

Options are named as FaceFusion's own flags are, with underscores, and lists are separated by
blanks, as there.  What an option may be was read in FaceFusion's source at version 3.8.1.
Standard library only: the desktop describes with it what another machine renders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from remote_worker.engines.facefusion.option_kinds import (
    Choice,
    Number,
    Option,
    Several,
    Text,
    Whole,
)

Values = Mapping[str, str]
"""Every option that counts, with its value."""

FACE_PROCESSORS = (
    "face_swapper",
    "face_enhancer",
    "lip_syncer",
    "expression_restorer",
    "age_modifier",
    "face_editor",
)
"""Those that work on faces, so that somebody has to say on which."""
FRAME_PROCESSORS = ("frame_enhancer", "frame_colorizer", "background_remover")
"""Those that work on whole frames."""
PROCESSORS = (*FACE_PROCESSORS, *FRAME_PROCESSORS)
CONTENT_MODELS = ("nsfw_1", "nsfw_2", "nsfw_3")
"""FaceFusion's content check; it is needed whatever the settings are."""
PIXEL_BOOSTS: dict[str, tuple[str, ...]] = {
    "blendswap_256": ("256x256", "384x384", "512x512", "768x768", "1024x1024"),
    "ghost_1_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "ghost_2_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "ghost_3_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "hififace_unofficial_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "hyperswap_1a_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "hyperswap_1b_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "hyperswap_1c_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "inswapper_128": ("128x128", "256x256", "384x384", "512x512", "768x768", "1024x1024"),
    "inswapper_128_fp16": ("128x128", "256x256", "384x384", "512x512", "768x768", "1024x1024"),
    "simswap_256": ("256x256", "512x512", "768x768", "1024x1024"),
    "simswap_unofficial_512": ("512x512", "768x768", "1024x1024"),
    "uniface_256": ("256x256", "512x512", "768x768", "1024x1024"),
}
"""The resolutions at which each swapper can be run; the first is its own."""
DETECTOR_SIZES: dict[str, tuple[str, ...]] = {
    "many": ("640x640",),
    "retinaface": ("160x160", "320x320", "480x480", "512x512", "640x640"),
    "scrfd": ("160x160", "320x320", "480x480", "512x512", "640x640"),
    "yolo_face": ("640x640",),
    "yunet": ("640x640",),
}
"""The sizes in which each detector looks."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_RATE = re.compile(r"[1-9]\d{0,8}(/[1-9]\d{0,8})?")


def processors_of(values: Values) -> tuple[str, ...]:
    """Return the processors, in the order in which they work."""
    return tuple(values.get("processors", _USUAL_PROCESSORS).split())


def uses_faces(values: Values) -> bool:
    """Whether faces are worked on, so that people or a selection are needed."""
    return any(name in FACE_PROCESSORS for name in processors_of(values))


def needs_photos(values: Values) -> bool:
    """Whether a source face is put on, so that photos and consent are needed."""
    return "face_swapper" in processors_of(values)


def needs_voice(values: Values) -> bool:
    """Whether lips follow a sound, so that one is needed."""
    return "lip_syncer" in processors_of(values)


def selects_itself(values: Values) -> bool:
    """Whether FaceFusion's own rules choose the faces instead of the casting."""
    return uses_faces(values) and values.get("face_selector_mode", "casting") != "casting"


_USUAL_PROCESSORS = "face_swapper"
_EDITS = (
    "eyebrow_direction",
    "eye_gaze_horizontal",
    "eye_gaze_vertical",
    "eye_open_ratio",
    "lip_open_ratio",
    "mouth_grim",
    "mouth_pout",
    "mouth_purse",
    "mouth_smile",
    "mouth_position_horizontal",
    "mouth_position_vertical",
    "head_pitch",
    "head_yaw",
    "head_roll",
)
_FRAME_ENHANCERS = (
    "clear_reality_x4",
    "face_dat_x4",
    "nomos8k_sc_x4",
    "real_esrgan_x2",
    "real_esrgan_x2_fp16",
    "real_esrgan_x4",
    "real_esrgan_x4_fp16",
    "real_esrgan_x8",
    "real_esrgan_x8_fp16",
    "real_hatgan_x4",
    "real_web_photo_x4",
    "realistic_rescaler_x4",
    "remacri_x4",
    "siax_x4",
    "span_kendata_x4",
    "swin2_sr_x4",
    "tghq_face_x8",
    "ultra_sharp_x4",
    "ultra_sharp_2_x4",
)
_BACKGROUND_REMOVERS = (
    "ben_2",
    "birefnet_general",
    "birefnet_portrait",
    "corridor_key_1024",
    "corridor_key_2048",
    "isnet_general",
    "modnet",
    "ormbg",
    "rmbg_1.4",
    "rmbg_2.0",
    "silueta",
    "u2net_cloth",
    "u2net_general",
    "u2net_human",
    "u2netp",
)
_FACE_ENHANCERS = (
    "codeformer",
    "gfpgan_1.2",
    "gfpgan_1.3",
    "gfpgan_1.4",
    "gpen_bfr_256",
    "gpen_bfr_512",
    "gpen_bfr_1024",
    "gpen_bfr_2048",
    "restoreformer_plus_plus",
)
_MASK_AREAS = ("upper-face", "lower-face", "mouth")
_MASK_REGIONS = (
    "skin",
    "left-eyebrow",
    "right-eyebrow",
    "left-eye",
    "right-eye",
    "glasses",
    "nose",
    "mouth",
    "upper-lip",
    "lower-lip",
)
_ORDERS = (
    "left-right",
    "right-left",
    "top-bottom",
    "bottom-top",
    "small-large",
    "large-small",
    "best-worst",
    "worst-best",
)
_RACES = ("white", "black", "latino", "asian", "indian", "arabic")
_WITH_MASKS = tuple(name for name in FACE_PROCESSORS if name != "face_editor")


def _has(*processors: str) -> Callable[[Values], bool]:
    return lambda values: any(name in processors_of(values) for name in processors)


def _masked_by(kind: str, *processors: str) -> Callable[[Values], bool]:
    """Whether one of ``processors`` works and faces are masked by ``kind``."""
    return lambda values: (
        _has(*processors)(values) and kind in values.get("face_mask_types", "").split()
    )


def _is_tracked(values: Values) -> bool:
    return uses_faces(values) and float(values["face_tracker_score"]) > 0


def _takes_swapper_weight(values: Values) -> bool:
    return needs_photos(values) and values["face_swapper_model"] not in _BY_PICTURE


_BY_PICTURE = ("blendswap_256", "uniface_256")
"""Swappers that take the source's picture itself: there is no embedding to weigh."""


def _always(values: Values) -> bool:
    del values
    return True


def _by_reference(values: Values) -> bool:
    return uses_faces(values) and values["face_selector_mode"] == "reference"


_TABLE: tuple[tuple[Option, Callable[[Values], bool]], ...] = (
    (Several("processors", PROCESSORS, _USUAL_PROCESSORS, ordered=True), _always),
    (Text("model_set", _DIGEST, "the SHA-256 of a list of models"), _always),
    # who is worked on
    (
        Choice("face_selector_mode", ("casting", "many", "one", "reference"), "casting"),
        uses_faces,
    ),
    (Choice("face_selector_order", _ORDERS, "large-small"), selects_itself),
    (Choice("face_selector_gender", ("any", "auto", "female", "male"), "any"), selects_itself),
    (Choice("face_selector_race", ("any", "auto", *_RACES), "any"), selects_itself),
    (Whole("face_selector_age_start", 0, 100, "0"), selects_itself),
    (Whole("face_selector_age_end", 0, 100, "100"), selects_itself),
    (Text("reference_photo", _DIGEST, "the SHA-256 of a picture"), _by_reference),
    (Whole("reference_face_position", 0, 1000, "0"), _by_reference),
    (Number("reference_face_distance", 0.0, 1.0, "0.3"), _by_reference),
    # how faces are found
    (Choice("face_detector_model", tuple(DETECTOR_SIZES), "yolo_face"), uses_faces),
    (Choice("face_detector_size", DETECTOR_SIZES["scrfd"], "640x640"), uses_faces),
    (Whole("face_detector_margin", 0, 100, "0 0 0 0"), uses_faces),
    (Several("face_detector_angles", ("0", "90", "180", "270"), "0"), uses_faces),
    (Number("face_detector_score", 0.0, 1.0, "0.5"), uses_faces),
    (Choice("face_landmarker_model", ("many", "2dfan4", "peppa_wutz"), "2dfan4"), uses_faces),
    (Number("face_landmarker_score", 0.0, 1.0, "0.5"), uses_faces),
    (Number("face_tracker_score", 0.0, 0.5, "0.0"), uses_faces),
    (Whole("target_frame_amount", 0, 10, "2"), _is_tracked),
    # where the new face shows
    (Several("face_mask_types", ("box", "occlusion", "area", "region"), "box"), _has(*_WITH_MASKS)),
    (Number("face_mask_blur", 0.0, 1.0, "0.3"), uses_faces),
    (Whole("face_mask_padding", 0, 100, "0 0 0 0"), _has("face_swapper", "lip_syncer")),
    (
        Several("face_mask_areas", _MASK_AREAS, " ".join(_MASK_AREAS)),
        _masked_by("area", "face_swapper"),
    ),
    (
        Several("face_mask_regions", _MASK_REGIONS, " ".join(_MASK_REGIONS)),
        _masked_by("region", "face_swapper"),
    ),
    (
        Choice("face_occluder_model", ("many", "xseg_1", "xseg_2", "xseg_3"), "xseg_1"),
        _masked_by("occlusion", *_WITH_MASKS),
    ),
    (
        Choice(
            "face_parser_model", ("bisenet_resnet_18", "bisenet_resnet_34"), "bisenet_resnet_34"
        ),
        _masked_by("region", "face_swapper"),
    ),
    # what is done
    (Choice("face_swapper_model", tuple(PIXEL_BOOSTS), "hyperswap_1a_256"), needs_photos),
    (Choice("face_swapper_pixel_boost", PIXEL_BOOSTS["inswapper_128"], ""), needs_photos),
    (Number("face_swapper_weight", 0.0, 1.0, "0.5"), _takes_swapper_weight),
    (Choice("face_enhancer_model", _FACE_ENHANCERS, "gfpgan_1.4"), _has("face_enhancer")),
    (Whole("face_enhancer_blend", 0, 100, "80"), _has("face_enhancer")),
    (
        Number("face_enhancer_weight", 0.0, 1.0, "0.5"),
        lambda values: (
            "face_enhancer" in processors_of(values)
            and values["face_enhancer_model"] == "codeformer"
        ),
    ),
    (
        Choice(
            "lip_syncer_model", ("edtalk_256", "wav2lip_96", "wav2lip_gan_96"), "wav2lip_gan_96"
        ),
        needs_voice,
    ),
    (Number("lip_syncer_weight", 0.0, 1.0, "0.5"), needs_voice),
    (
        Choice(
            "voice_extractor_model", ("kim_vocal_1", "kim_vocal_2", "uvr_mdxnet"), "kim_vocal_2"
        ),
        needs_voice,
    ),
    (Text("voice", _DIGEST, "the SHA-256 of a sound"), needs_voice),
    (Text("frame_rate", _RATE, "a rate such as 30000/1001"), needs_voice),
    (Whole("expression_restorer_factor", 0, 100, "80"), _has("expression_restorer")),
    (
        Several("expression_restorer_areas", _MASK_AREAS[:2], " ".join(_MASK_AREAS[:2])),
        _has("expression_restorer"),
    ),
    (Choice("age_modifier_model", ("fran", "styleganex_age"), "fran"), _has("age_modifier")),
    (Whole("age_modifier_direction", -100, 100, "0"), _has("age_modifier")),
    *((Number(f"face_editor_{edit}", -1.0, 1.0, "0.0"), _has("face_editor")) for edit in _EDITS),
    (Choice("frame_enhancer_model", _FRAME_ENHANCERS, "span_kendata_x4"), _has("frame_enhancer")),
    (Whole("frame_enhancer_blend", 0, 100, "80"), _has("frame_enhancer")),
    (
        Choice(
            "frame_colorizer_model",
            ("ddcolor", "ddcolor_artistic", "deoldify", "deoldify_artistic", "deoldify_stable"),
            "ddcolor",
        ),
        _has("frame_colorizer"),
    ),
    (
        Choice("frame_colorizer_size", ("192x192", "256x256", "384x384", "512x512"), "256x256"),
        _has("frame_colorizer"),
    ),
    (Whole("frame_colorizer_blend", 0, 100, "100"), _has("frame_colorizer")),
    (
        Choice("background_remover_model", _BACKGROUND_REMOVERS, "modnet"),
        _has("background_remover"),
    ),
    (Whole("background_remover_fill_color", 0, 255, "0 0 0"), _has("background_remover")),
    (Whole("background_remover_despill_color", 0, 255, "0 0 0 0"), _has("background_remover")),
)
OPTIONS: dict[str, Option] = {option.name: option for option, _ in _TABLE}
"""Every option by name, in the order in which they depend on each other."""
INNER = ("model_set", "voice", "frame_rate", "reference_photo")
"""Options that FaceFusion has no flag for: the desktop settles them, the engine reads them."""


def check(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that count, each in its one spelling, defaults written out.

    A setting of a processor that does not work is checked and then left out: it decides no
    pixel, so it must not make another segment.

    Raises:
        ValueError: a setting is unknown, out of its range, or does not go with another.
    """
    if unknown := sorted(set(settings) - set(OPTIONS)):
        raise ValueError(
            f"no setting {unknown[0]!r}; they are called as FaceFusion's flags, with underscores"
        )
    values: dict[str, str] = {}
    for option, makes_a_difference in _TABLE:
        given = settings.get(option.name)
        spelled = option.spelled(given) if given else _usual(option, values)
        if makes_a_difference(values):
            values[option.name] = spelled
    _require_fitting(values)
    return values


def differing(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that count and are not what they are when they are not given.

    Raises:
        ValueError: as :func:`check`.
    """
    values = check(settings)
    return {name: v for name, v in values.items() if v != usual_of(name, values)}


def usual_of(name: str, values: Values) -> str:
    """Return what an option is when it is not given, where the others are ``values``."""
    return _usual(OPTIONS[name], values)


def _usual(option: Option, values: Values) -> str:
    """Return what an option is when it is not given; a swapper's own resolution is its own."""
    if option.name == "face_swapper_pixel_boost":
        return PIXEL_BOOSTS[values["face_swapper_model"]][0] if needs_photos(values) else ""
    return option.usual


def _require_fitting(values: Values) -> None:
    model, boost = values.get("face_swapper_model"), values.get("face_swapper_pixel_boost")
    if model is not None and boost not in PIXEL_BOOSTS[model]:
        raise ValueError(
            f"face_swapper_pixel_boost of {model} is one of {', '.join(PIXEL_BOOSTS[model])},"
            f" not {boost!r}"
        )
    detector, size = values.get("face_detector_model"), values.get("face_detector_size")
    if detector is not None and size not in DETECTOR_SIZES[detector]:
        raise ValueError(
            f"face_detector_size of {detector} is one of {', '.join(DETECTOR_SIZES[detector])},"
            f" not {size!r}"
        )
    if selects_itself(values) and not (
        int(values["face_selector_age_start"]) < int(values["face_selector_age_end"])
    ):
        raise ValueError("face_selector_age_end is above face_selector_age_start")
    if _by_reference(values) and not values["reference_photo"]:
        raise ValueError("face_selector_mode reference needs a reference_photo")


def written_out(settings: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what :func:`check` gives as sorted pairs.

    Raises:
        ValueError: as there.
    """
    return tuple(sorted(check(settings).items()))


def command_line(settings: Mapping[str, str]) -> list[str]:
    """Return FaceFusion's own flags for ``settings``, one word an entry.

    Left out is what is not a matter of pixels or what the engine decides: paths, trims,
    providers, threads, memory, output, log level, and the mode that is the casting's.

    Raises:
        ValueError: as :func:`check`.
    """
    words: list[str] = []
    for name, value in check(settings).items():
        if flag := _flag(name, value):
            words += flag
    return words


def _flag(name: str, value: str) -> list[str]:
    if name in INNER or (name, value) in _SILENT:
        return []
    if name == "background_remover_fill_color":
        value = f"{value} 255"  # opaque: no codec here keeps an alpha
    return ["--" + name.replace("_", "-"), *value.split()]


_SILENT = {
    ("face_selector_mode", "casting"),
    ("face_selector_gender", "any"),
    ("face_selector_race", "any"),
    ("face_selector_age_start", "0"),
    ("face_selector_age_end", "100"),
}
"""What FaceFusion has no word for: it is how it works when the flag is not given."""


def halo_frames(settings: Mapping[str, str]) -> int:
    """Return how many frames on both sides are looked at for one.

    Raises:
        ValueError: as :func:`check`.
    """
    return int(check(settings).get("target_frame_amount", "0"))


_EMBEDDING_CONVERTERS = {
    "ghost_1_256": "crossface_ghost",
    "ghost_2_256": "crossface_ghost",
    "ghost_3_256": "crossface_ghost",
    "hififace_unofficial_256": "crossface_hififace",
    "simswap_256": "crossface_simswap",
    "simswap_unofficial_512": "crossface_simswap",
}
_DETECTORS = {
    "retinaface": "retinaface_10g",
    "scrfd": "scrfd_2.5g",
    "yolo_face": "yoloface_8n",
    "yunet": "yunet_2023_mar",
}
_EDITOR_PARTS = (
    "eye_retargeter",
    "feature_extractor",
    "generator",
    "lip_retargeter",
    "motion_extractor",
    "stitcher",
)
_RESTORER_PARTS = ("feature_extractor", "generator", "motion_extractor")


def models_needed(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the model files FaceFusion wants for ``settings``: names without ending, sorted.

    More than those that compute: FaceFusion does not start without its masker's and its
    classifier's files, and never without those of its content check.

    Raises:
        ValueError: as :func:`check`.
    """
    values = check(settings)
    names = {*CONTENT_MODELS}
    if uses_faces(values):
        names |= _face_models(values)
    for option, value in values.items():
        processor, _, rest = option.rpartition("_")
        if rest == "model" and processor in PROCESSORS:
            names.add(value)
        if option == "face_swapper_model" and value in _EMBEDDING_CONVERTERS:
            names.add(_EMBEDDING_CONVERTERS[value])
    names |= {f"live_portrait_{part}" for part in _portrait_parts(values)}
    if needs_voice(values):
        names.add(values["voice_extractor_model"])
    return tuple(sorted(names))


def _face_models(values: Values) -> set[str]:
    names = {"fan_68_5", "arcface_w600k_r50", "fairface"}
    names |= _each_of(values["face_detector_model"], _DETECTORS)
    names |= _each_of(
        values["face_landmarker_model"], {name: name for name in ("2dfan4", "peppa_wutz")}
    )
    occluder = values.get("face_occluder_model", "xseg_1")
    names |= _each_of(occluder, {name: name for name in ("xseg_1", "xseg_2", "xseg_3")})
    names.add(values.get("face_parser_model", "bisenet_resnet_34"))
    return names


def _each_of(choice: str, files: Mapping[str, str]) -> set[str]:
    return set(files.values()) if choice == "many" else {files[choice]}


def _portrait_parts(values: Values) -> tuple[str, ...]:
    if "face_editor" in processors_of(values):
        return _EDITOR_PARTS
    return _RESTORER_PARTS if "expression_restorer" in processors_of(values) else ()
