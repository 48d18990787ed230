"""Understand the flags that the tests use."""

from argparse import ArgumentParser

from facefusion.ffmpeg import get_available_encoder_set


def create_program():
    assert get_available_encoder_set()["video"]
    parser = ArgumentParser()
    headless = parser.add_subparsers(dest="command").add_parser("headless-run")
    headless.add_argument("--processors", nargs="+", default=["face_swapper"])
    headless.add_argument("--face-selector-mode", default="reference")
    headless.add_argument("--face-tracker-score", type=float, default=0.0)
    headless.add_argument("--target-frame-amount", type=int, default=2)
    headless.add_argument("--face-detector-score", type=float, default=0.5)
    headless.add_argument("--face-swapper-model", choices=["hyperswap_1a_256"])
    for name in (
        "face-detector-model",
        "face-detector-size",
        "face-landmarker-model",
        "face-landmarker-score",
        "face-mask-blur",
        "face-swapper-pixel-boost",
        "face-swapper-weight",
        "face-enhancer-model",
        "face-enhancer-blend",
        "frame-enhancer-model",
        "frame-enhancer-blend",
        "face-selector-order",
        "face-selector-age-start",
        "face-selector-age-end",
    ):
        headless.add_argument(f"--{name}")
    for name in ("face-detector-margin", "face-detector-angles", "face-mask-padding"):
        headless.add_argument(f"--{name}", nargs="+", type=int)
    headless.add_argument("--face-mask-types", nargs="+")
    return parser
