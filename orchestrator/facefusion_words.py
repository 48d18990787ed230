"""List what FaceFusion's flags and values were called over its versions, and what became of them.

Read in its source at 2.6.1, 3.0.0, 3.3.2 and 3.8.1.
"""

from __future__ import annotations

from collections.abc import Mapping

from remote_worker.contract.records import Codec
from remote_worker.engines.facefusion.options import OPTIONS

SOUNDS = frozenset({".aac", ".aif", ".aiff", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav"})
AGES: Mapping[str, tuple[int, int]] = {
    "child": (0, 13),
    "teen": (13, 19),
    "adult": (19, 60),
    "senior": (60, 100),
}
"""The words of 2.x as years, the end excluded as it is in 3.x."""
ALIASES: Mapping[str, str] = {
    "-s": "--source",
    "--source-paths": "--source",
    "--source-path": "--source",
    "-t": "--target",
    "--target-path": "--target",
    "-o": "--output",
    "--output-path": "--output",
    "-c": "--config-path",
    "--config": "--config-path",
    "-v": "--version",
    "-h": "--help",
    "--frame-processor": "--frame-processors",
    "--execution-provider": "--execution-providers",
}
RENAMED: Mapping[str, str] = {"--face-analyser-gender": "--face-selector-gender"}
VALUES: Mapping[tuple[str, str], str] = {
    ("face_detector_model", "yoloface"): "yolo_face",
    ("face_detector_model", "yolov8"): "yolo_face",
    ("face_swapper_model", "simswap_512_unofficial"): "simswap_unofficial_512",
    ("face_swapper_model", "ghost_256_unet_1"): "ghost_1_256",
    ("face_swapper_model", "ghost_256_unet_2"): "ghost_2_256",
    ("face_swapper_model", "ghost_256_unet_3"): "ghost_3_256",
    ("lip_syncer_model", "wav2lip_gan"): "wav2lip_gan_96",
    ("lip_syncer_model", "wav2lip"): "wav2lip_96",
    ("age_modifier_model", "styleganex_age"): "styleganex_age",
    ("frame_enhancer_model", "real_esrgan_x2plus"): "real_esrgan_x2",
    ("frame_enhancer_model", "real_esrgan_x4plus"): "real_esrgan_x4",
    ("face_occluder_model", "xseg"): "xseg_1",
    ("face_mask_types", "face-mask"): "box",
}
"""What models and words are called in 3.8."""
NOT_OFFERED: Mapping[str, str] = {
    "deep_swapper": "is not offered: its models are the faces of named people whose consent nobody"
    " recorded. Use face_swapper with a source face.",
    "face_debugger": "is not offered: it draws marks on the finished video.",
}
ENCODERS: Mapping[str, tuple[Codec, bool, str]] = {
    "libx264": ("h264", False, ""),
    "libx265": ("h265", False, ""),
    "h264_nvenc": ("h264", True, ""),
    "hevc_nvenc": ("h265", True, ""),
    "libx264rgb": ("h264", False, "the colours stay those of the source, which are not RGB."),
    "libvpx-vp9": ("av1", False, "VP9 is not offered; AV1, its successor, is made."),
    **{
        f"{codec}_{maker}": (
            "h264" if codec == "h264" else "h265",
            False,
            "only NVIDIA's encoder makes the same file on every machine's card; software encodes.",
        )
        for codec in ("h264", "hevc")
        for maker in ("amf", "qsv", "videotoolbox")
    },
    "rawvideo": ("h264", False, "uncompressed video is not offered; H.264 is made."),
}
"""Codec, whether a graphics card encodes, and what is to be told."""
_HARDWARE = "each worker uses what its own machine has."
_MEMORY = "each worker keeps within its own memory."
_FRAMES = "frames are never written to the disk, so there is nothing to set."
_WINDOW = "it only concerns FaceFusion's own window."
_MODELS = "models are fetched once, by 'secondunit engine install' or by the host itself."
_SIZE = "the video keeps the size it has."
_SOUND = "the sound is carried over as it is, without being encoded again."
_STILLS = "it concerns still pictures, which are not rendered here."
_DEEP = "deep_swapper is not offered here."
_BENCH = "it only concerns FaceFusion's benchmark."
DROPPED: Mapping[str, str] = {
    "--execution-providers": _HARDWARE,
    "--execution-device-id": _HARDWARE,
    "--execution-device-ids": _HARDWARE,
    "--execution-thread-count": _HARDWARE,
    "--execution-threads": _HARDWARE,
    "--execution-queue-count": _HARDWARE,
    "--video-memory-strategy": _MEMORY,
    "--system-memory-limit": _MEMORY,
    "--max-memory": _MEMORY,
    "--temp-path": _FRAMES,
    "--temp-frame-format": _FRAMES,
    "--temp-frame-quality": _FRAMES,
    "--temp-pixel-format": _FRAMES,
    "--keep-temp": _FRAMES,
    "--keep-frames": _FRAMES,
    "--workflow-mode": _FRAMES,
    "--workflow-strategy": _FRAMES,
    "--jobs-path": "jobs lie where 'secondunit jobs' finds them.",
    "--config-path": "the file is not read; give its values as flags.",
    "--open-browser": _WINDOW,
    "--ui-layouts": _WINDOW,
    "--ui-workflow": _WINDOW,
    "--headless": "a command line is always without a window.",
    "--log-level": "the log is kept whole; 'secondunit diagnostics' makes a bundle of it.",
    "--halt-on-error": "a failed render stops by itself and can be resumed.",
    "--skip-download": _MODELS,
    "--force-download": _MODELS,
    "--download-providers": _MODELS,
    "--download-scope": _MODELS,
    "--output-video-scale": _SIZE,
    "--output-video-resolution": _SIZE,
    "--output-video-fps": "the video keeps the rate it has; FaceFusion would lose its sync.",
    "--keep-fps": "the video always keeps the rate it has.",
    "--skip-audio": "the sound is always carried over; mute it where it is played.",
    "--keep-audio": _SOUND,
    "--output-audio-encoder": _SOUND,
    "--output-audio-quality": _SOUND,
    "--output-image-quality": _STILLS,
    "--output-image-scale": _STILLS,
    "--output-image-resolution": _STILLS,
    "--face-recognizer-model": "people are told apart by Second Unit's own means.",
    "--face-debugger-items": "face_debugger is not offered here.",
    "--deep-swapper-model": _DEEP,
    "--deep-swapper-morph": _DEEP,
    "--face-editor-model": "there is one such model.",
    "--expression-restorer-model": "there is one such model.",
    "--source-pattern": "several sources at once go through the queue.",
    "--target-pattern": "several videos at once go through the queue.",
    "--output-pattern": "several videos at once go through the queue.",
    "--benchmark-mode": _BENCH,
    "--benchmark-resolutions": _BENCH,
    "--benchmark-cycle-count": _BENCH,
    "--version": "it only prints FaceFusion's version.",
    "--help": "it only prints FaceFusion's help.",
}
_OWN = (
    "--source", "--target", "--output", "--frame-processors", "--face-selector-mode",
    "--face-analyser-order", "--face-analyser-age", "--face-analyser-gender", "--many-faces",
    "--reference-face-position", "--reference-frame-number", "--reference-face-distance",
    "--trim-frame-start", "--trim-frame-end", "--output-video-encoder", "--output-video-quality",
    "--output-video-preset", "--output-audio-volume",
)  # fmt: skip
_NO_FLAGS = ("voice", "frame_rate", "reference_photo", "model_set")
FLAGS: frozenset[str] = frozenset(
    {
        *_OWN,
        *DROPPED,
        *(alias for alias in ALIASES if alias.startswith("--")),
        *(f"--{name.replace('_', '-')}" for name in OPTIONS if name not in _NO_FLAGS),
    }
)
"""Every flag that is known, in any version."""
