"""Say under which licence each model of FaceFusion is labelled, and whether for commercial use.

The labels are those in FaceFusion's own source at version 3.8.1; nobody has read them for you,
and a label is not advice.  Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remote_worker.engines.facefusion.options import OPTIONS, check, models_needed

PROGRAM_LICENCE = "OpenRAIL-AS"
"""FaceFusion's own label for the program."""


@dataclass(frozen=True, slots=True)
class Licensed:
    """One model file and what it is labelled with."""

    model: str
    vendor: str
    label: str

    @property
    def is_commercial(self) -> bool:
        """Whether the label allows commercial use; an unknown one is taken not to."""
        return self.label in _COMMERCIAL


_COMMERCIAL = frozenset(
    {"Apache-2.0", "BSD-3-Clause", "CC-BY-4.0", "GPL-3.0", "MIT", "OpenRAIL-M", "WTFPL"}
)
_LABELS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "ai-forever",
        "Apache-2.0",
        (
            "crossface_ghost",
            "ghost_1_256",
            "ghost_2_256",
            "ghost_3_256",
        ),
    ),
    ("Anjok07", "MIT", ("uvr_mdxnet",)),
    ("breadbread1984", "MIT", ("2dfan4",)),
    (
        "Bria",
        "Non-Commercial",
        (
            "rmbg_1.4",
            "rmbg_2.0",
        ),
    ),
    ("dchen236", "CC-BY-4.0", ("fairface",)),
    (
        "DeepFaceLab",
        "GPL-3.0",
        (
            "xseg_1",
            "xseg_2",
            "xseg_3",
        ),
    ),
    ("derronqi", "GPL-3.0", ("yoloface_8n",)),
    ("EraX", "Apache-2.0", ("nsfw_1",)),
    ("FaceFusion", "OpenRAIL-M", ("fan_68_5",)),
    (
        "FaceFusion",
        "ResearchRAIL",
        (
            "hyperswap_1a_256",
            "hyperswap_1b_256",
            "hyperswap_1c_256",
        ),
    ),
    ("FoolhardyVEVO", "Non-Commercial", ("remacri_x4",)),
    ("Freepik", "MIT", ("nsfw_3",)),
    (
        "GuijiAI",
        "Unknown",
        (
            "crossface_hififace",
            "hififace_unofficial_256",
        ),
    ),
    (
        "Helaman",
        "CC-BY-4.0",
        (
            "face_dat_x4",
            "real_web_photo_x4",
        ),
    ),
    (
        "InsightFace",
        "Non-Commercial",
        (
            "arcface_w600k_r50",
            "inswapper_128",
            "inswapper_128_fp16",
            "retinaface_10g",
            "scrfd_2.5g",
        ),
    ),
    (
        "jantic",
        "MIT",
        (
            "deoldify",
            "deoldify_artistic",
            "deoldify_stable",
        ),
    ),
    ("Kikedao", "Apache-2.0", ("silueta",)),
    (
        "Kim2091",
        "Non-Commercial",
        (
            "clear_reality_x4",
            "ultra_sharp_2_x4",
            "ultra_sharp_x4",
        ),
    ),
    (
        "KimberleyJensen",
        "Non-Commercial",
        (
            "kim_vocal_1",
            "kim_vocal_2",
        ),
    ),
    (
        "KwaiVGI",
        "MIT",
        (
            "live_portrait_eye_retargeter",
            "live_portrait_feature_extractor",
            "live_portrait_generator",
            "live_portrait_lip_retargeter",
            "live_portrait_motion_extractor",
            "live_portrait_stitcher",
        ),
    ),
    ("levindabhi", "MIT", ("u2net_cloth",)),
    ("mapooon", "Non-Commercial", ("blendswap_256",)),
    ("Marqo", "Apache-2.0", ("nsfw_2",)),
    ("Mutin Choler", "WTFPL", ("realistic_rescaler_x4",)),
    ("mv-lab", "Apache-2.0", ("swin2_sr_x4",)),
    (
        "neuralchen",
        "Non-Commercial",
        (
            "crossface_simswap",
            "simswap_256",
            "simswap_unofficial_512",
        ),
    ),
    (
        "nikopueringer",
        "Non-Commercial",
        (
            "corridor_key_1024",
            "corridor_key_2048",
        ),
    ),
    ("NMKD", "WTFPL", ("siax_x4",)),
    ("OpenCV", "MIT", ("yunet_2023_mar",)),
    ("Phhofm", "CC-BY-4.0", ("nomos8k_sc_x4",)),
    (
        "piddnad",
        "Apache-2.0",
        (
            "ddcolor",
            "ddcolor_artistic",
        ),
    ),
    ("PramaLLC", "MIT", ("ben_2",)),
    (
        "Rudrabha",
        "Non-Commercial",
        (
            "wav2lip_96",
            "wav2lip_gan_96",
        ),
    ),
    ("ry-lu", "MIT", ("fran",)),
    ("schirrmacher", "Apache-2.0", ("ormbg",)),
    ("sczhou", "S-Lab-1.0", ("codeformer",)),
    ("tanshuai0219", "Apache-2.0", ("edtalk_256",)),
    (
        "TencentARC",
        "Apache-2.0",
        (
            "gfpgan_1.2",
            "gfpgan_1.3",
            "gfpgan_1.4",
        ),
    ),
    ("terrainer", "Non-Commercial", ("span_kendata_x4",)),
    ("TorrentGuy", "GPL-3.0", ("tghq_face_x8",)),
    ("Unknown", "Apache-2.0", ("peppa_wutz",)),
    ("williamyang1991", "S-Lab-1.0", ("styleganex_age",)),
    ("wzhouxiff", "Apache-2.0", ("restoreformer_plus_plus",)),
    ("xc-csc101", "Unknown", ("uniface_256",)),
    (
        "xinntao",
        "BSD-3-Clause",
        (
            "real_esrgan_x2",
            "real_esrgan_x2_fp16",
            "real_esrgan_x4",
            "real_esrgan_x4_fp16",
            "real_esrgan_x8",
            "real_esrgan_x8_fp16",
        ),
    ),
    ("XPixelGroup", "Apache-2.0", ("real_hatgan_x4",)),
    (
        "xuebinqin",
        "Apache-2.0",
        (
            "isnet_general",
            "u2net_general",
            "u2net_human",
            "u2netp",
        ),
    ),
    (
        "yakhyo",
        "MIT",
        (
            "bisenet_resnet_18",
            "bisenet_resnet_34",
        ),
    ),
    (
        "yangxy",
        "Non-Commercial",
        (
            "gpen_bfr_1024",
            "gpen_bfr_2048",
            "gpen_bfr_256",
            "gpen_bfr_512",
        ),
    ),
    (
        "ZhengPeng7",
        "MIT",
        (
            "birefnet_general",
            "birefnet_portrait",
        ),
    ),
    ("ZHKKKe", "Apache-2.0", ("modnet",)),
)
"""Vendor, label, and the model files."""
LICENCES: dict[str, Licensed] = {
    model: Licensed(model, vendor, label) for vendor, label, models in _LABELS for model in models
}
"""Every model file of FaceFusion that can be asked for here, by name."""


def licences_of(settings: Mapping[str, str]) -> tuple[Licensed, ...]:
    """Return what is used with ``settings``, in the order of the models' names.

    Raises:
        ValueError: the settings are none of FaceFusion.
    """
    return tuple(LICENCES[model] for model in models_needed(settings))


def restrictions_of(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return each label that forbids commercial use, with its vendor, sorted.

    Whoever has agreed to these has agreed to every model of ``settings``.

    Raises:
        ValueError: the settings are none of FaceFusion.
    """
    bound = (each for each in licences_of(settings) if not each.is_commercial)
    return tuple(sorted({f"{each.label} ({each.vendor})" for each in bound}))


def label_of(option: str, choice: str) -> Licensed | None:
    """Return the label of the model that an option's choice stands for; None if it is none."""
    if option not in OPTIONS or not option.endswith("_model"):
        return None
    return LICENCES.get(_FILES.get(choice, choice))


_FILES = {
    "retinaface": "retinaface_10g",
    "scrfd": "scrfd_2.5g",
    "yolo_face": "yoloface_8n",
    "yunet": "yunet_2023_mar",
}


def is_commercial(settings: Mapping[str, str]) -> bool:
    """Whether every label allows commercial use.

    Raises:
        ValueError: the settings are none of FaceFusion.
    """
    return not restrictions_of(check(settings))
