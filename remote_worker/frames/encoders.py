"""Choose an encoder and settle everything of it that decides bytes."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

import av
from av.video.codeccontext import VideoCodecContext

from remote_worker.contract.records import Codec, EncoderSettings, Picture
from remote_worker.errors import EncoderRefused
from remote_worker.frames.build import media_build
from remote_worker.frames.priority import use_ordinary_priority

_X26_PRESETS = (
    "ultrafast",
    "superfast",
    "veryfast",
    "faster",
    "fast",
    "medium",
    "slow",
    "slower",
    "veryslow",
)
_SVT_PRESETS = tuple(str(number) for number in range(14))
_NVENC_PRESETS = ("p1", "p2", "p3", "p4", "p5", "p6", "p7")
_THREADS = 4
"""As many as a small GPU host has processors; more hold more frames in memory."""
LARGE_PICTURE_PX = 2_500_000
"""From here on, about 1440p, memory is spared where that costs a little speed."""
_LONGEST_GOP_FRAMES = 250
_LIMITED_RANGE, _FULL_RANGE = 1, 2

PixelFormat = Literal["yuv420p", "yuv420p10le"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderChoice:
    """What one encoder takes; ``lowest_quality`` and ``highest_quality`` bound crf or cq."""

    codec: Codec
    encoder: str
    hardware: bool
    presets: tuple[str, ...]
    preset: str
    lowest_quality: int
    highest_quality: int
    quality: int
    threads: int
    pixel_formats: tuple[PixelFormat, ...]


def _software(
    codec: Codec, encoder: str, presets: tuple[str, ...], preset: str, highest: int, quality: int
) -> EncoderChoice:
    return EncoderChoice(
        codec=codec,
        encoder=encoder,
        hardware=False,
        presets=presets,
        preset=preset,
        lowest_quality=1,
        highest_quality=highest,
        quality=quality,
        threads=_THREADS,
        pixel_formats=("yuv420p", "yuv420p10le"),
    )


def _hardware(
    codec: Codec, encoder: str, highest: int, quality: int, formats: tuple[PixelFormat, ...]
) -> EncoderChoice:
    return EncoderChoice(
        codec=codec,
        encoder=encoder,
        hardware=True,
        presets=_NVENC_PRESETS,
        preset="p5",
        lowest_quality=1,
        highest_quality=highest,
        quality=quality,
        threads=0,
        pixel_formats=formats,
    )


CHOICES: tuple[EncoderChoice, ...] = (
    _software("h264", "libx264", _X26_PRESETS, "veryfast", 51, 18),
    _software("h265", "libx265", _X26_PRESETS, "veryfast", 51, 20),
    _software("av1", "libsvtav1", _SVT_PRESETS, "8", 63, 24),
    _hardware("h264", "h264_nvenc", 51, 19, ("yuv420p",)),
    _hardware("h265", "hevc_nvenc", 51, 21, ("yuv420p", "yuv420p10le")),
    _hardware("av1", "av1_nvenc", 63, 28, ("yuv420p", "yuv420p10le")),
)
"""One software and one hardware encoder for each codec; ``threads`` 0 means none of ours."""


def settings_for(
    codec: Codec,
    *,
    quality: int | None = None,
    preset: str | None = None,
    hardware: bool | None = None,
    picture: Picture,
) -> EncoderSettings:
    """Return the settings for ``codec``; what is None gets the encoder's own default.

    Software is chosen unless ``hardware`` is True: the same job must make the same bytes on
    every machine, and only software does.

    Raises:
        EncoderRefused: an unknown preset, a quality out of range, a picture it cannot encode,
            or hardware that is asked for and not there.
    """
    choice = _choice(codec, hardware=bool(hardware))
    settings = EncoderSettings(
        codec=codec,
        encoder=choice.encoder,
        quality=choice.quality if quality is None else quality,
        preset=choice.preset if preset is None else preset,
        threads=choice.threads,
        build=media_build(),
    )
    check_settings(settings, picture)
    return settings


def check_settings(settings: EncoderSettings, picture: Picture) -> None:
    """Refuse settings that the encoder would refuse, change or fall back from.

    Raises:
        EncoderRefused: with a sentence that says what is allowed.
    """
    choice = _choice_named(settings.encoder)
    if choice.codec != settings.codec:
        raise EncoderRefused(f"{settings.encoder} makes {choice.codec}, not {settings.codec}.")
    _check_numbers(settings, choice)
    if picture.pixel_format not in choice.pixel_formats:
        raise EncoderRefused(f"{settings.encoder} cannot encode {picture.pixel_format}.")
    if picture.width_px % 2 or picture.height_px % 2:
        raise EncoderRefused(f"{picture.width_px}x{picture.height_px} is not even.")
    if choice.hardware and not encoder_opens(settings.encoder, picture.pixel_format):
        raise EncoderRefused(f"{settings.encoder} needs an NVIDIA GPU that can encode it.")


def _check_numbers(settings: EncoderSettings, choice: EncoderChoice) -> None:
    lowest, highest = choice.lowest_quality, choice.highest_quality
    if not lowest <= settings.quality <= highest:
        raise EncoderRefused(
            f"{settings.encoder} takes a quality from {lowest} (best) to {highest}, "
            f"not {settings.quality}."
        )
    if settings.preset not in choice.presets:
        known = ", ".join(choice.presets)
        raise EncoderRefused(f"{settings.encoder} has no preset {settings.preset!r}: {known}.")
    if bool(settings.threads) == choice.hardware or not 0 <= settings.threads <= 64:
        raise EncoderRefused(f"{settings.encoder} does not take {settings.threads} threads.")


def _choice(codec: Codec, *, hardware: bool) -> EncoderChoice:
    for choice in CHOICES:
        if (choice.codec, choice.hardware) == (codec, hardware):
            return choice
    raise EncoderRefused(f"There is no encoder for {codec!r}: h264, h265 and av1 are known.")


def _choice_named(encoder: str) -> EncoderChoice:
    for choice in CHOICES:
        if choice.encoder == encoder:
            return choice
    raise EncoderRefused(f"There is no encoder {encoder!r} in this version.")


@functools.cache
def encoder_opens(encoder: str, pixel_format: str) -> bool:
    """Return whether the encoder really opens on this machine; asked once a process."""
    try:
        context = new_context(encoder)
        context.width, context.height = 640, 360
        context.pix_fmt = _given_format(encoder, pixel_format)
        context.time_base = Fraction(1, 30)
        context.framerate = Fraction(30)
        context.open()
    except (av.FFmpegError, ValueError):
        return False
    finally:
        use_ordinary_priority()
    return True


def configure(
    context: VideoCodecContext,
    settings: EncoderSettings,
    picture: Picture,
    time_base: Fraction,
    frame_rate: Fraction,
) -> None:
    """Set up an encoder that is not yet opened; its times are in ``time_base``.

    Raises:
        EncoderRefused: see :func:`check_settings`.
    """
    check_settings(settings, picture)
    context.width, context.height = picture.width_px, picture.height_px
    context.pix_fmt = given_format(settings, picture)
    context.time_base, context.framerate = time_base, frame_rate
    context.sample_aspect_ratio = picture.sample_aspect_ratio
    colour = picture.colour
    context.color_primaries, context.color_trc = colour.primaries, colour.transfer
    context.colorspace = colour.matrix
    context.color_range = _FULL_RANGE if colour.full_range else _LIMITED_RANGE
    context.gop_size = _LONGEST_GOP_FRAMES
    if settings.threads:
        context.thread_count = settings.threads
    context.options = encoder_options(settings, picture)


def given_format(settings: EncoderSettings, picture: Picture) -> str:
    """Return the pixel format in which the encoder wants its frames."""
    return _given_format(settings.encoder, picture.pixel_format)


def _given_format(encoder: str, pixel_format: str) -> str:
    ten_bit_in_words = encoder.endswith("_nvenc") and pixel_format == "yuv420p10le"
    return "p010le" if ten_bit_in_words else pixel_format


def new_context(encoder: str) -> VideoCodecContext:
    """Return FFmpeg's encoder of that name, not set up."""
    keep_quiet(encoder)
    return cast(VideoCodecContext, av.CodecContext.create(encoder, "w"))


def keep_quiet(encoder: str) -> None:
    """Stop SVT-AV1 from printing a banner on standard error for each segment."""
    if encoder == "libsvtav1":
        os.environ.setdefault("SVT_LOG", "1")


def is_large(picture: Picture) -> bool:
    """Return whether frames of this size are many megabytes each."""
    return picture.width_px * picture.height_px >= LARGE_PICTURE_PX


def encoder_options(settings: EncoderSettings, picture: Picture) -> dict[str, str]:
    """Return the encoder's private options, the same on every machine."""
    quality, preset = str(settings.quality), settings.preset
    match settings.encoder:
        case "libx264":
            # Without cpu-independent each generation of CPU makes other bytes.
            # stitchable: the headers are the same at every quality, so that segments join.
            private = "cpu-independent=1:open-gop=0:sliced-threads=0:stitchable=1"
            if is_large(picture):
                private += ":sync-lookahead=0"  # a tenth less memory, a twentieth less speed
            return {"preset": preset, "crf": quality, "x264-params": private}
        case "libx265":
            return {"preset": preset, "crf": quality, "x265-params": _x265_params(settings)}
        case "libsvtav1":
            private = f"lp={settings.threads}:scd=0"
            return {"preset": preset, "crf": quality, "svtav1-params": private}
        case _:
            return _nvenc_options(settings)


def _x265_params(settings: EncoderSettings) -> str:
    # The pool only computes; how many frames are begun at once may decide bytes.
    frames_at_once = "frame-threads=2"
    return f"log-level=error:info=0:open-gop=0:{frames_at_once}:pools={settings.threads}"


def _nvenc_options(settings: EncoderSettings) -> dict[str, str]:
    return {
        "preset": settings.preset,
        "tune": "hq",
        "rc": "vbr",
        "cq": str(settings.quality),
        "b": "0",
        "forced-idr": "1",
        "strict_gop": "1",
    }
