"""Say which encoders this machine has, as plain values; looked at off the Qt thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orchestrator.desk.entries import Output
from orchestrator.jobs import Container
from remote_worker.contract.records import Codec

CODECS: tuple[Codec, ...] = ("h264", "h265", "av1")
CONTAINERS: tuple[Container, ...] = ("mp4", "mov", "mkv")


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderFacts:
    """One encoder that opens here."""

    codec: Codec
    hardware: bool
    presets: tuple[str, ...]
    preset: str
    lowest: int
    """The best quality's number."""
    highest: int
    quality: int
    """The encoder's own default."""


def find_encoders() -> tuple[EncoderFacts, ...]:
    """Return the encoders of this build; those of a graphics card only if they open."""
    from remote_worker.frames.encoders import CHOICES, encoder_opens  # loads the media libraries

    return tuple(
        EncoderFacts(
            codec=choice.codec,
            hardware=choice.hardware,
            presets=choice.presets,
            preset=choice.preset,
            lowest=choice.lowest_quality,
            highest=choice.highest_quality,
            quality=choice.quality,
        )
        for choice in CHOICES
        if not choice.hardware or encoder_opens(choice.encoder, "yuv420p")
    )


def encoder_for(encoders: Iterable[EncoderFacts], output: Output) -> EncoderFacts | None:
    """Return the encoder that an output asks for, or None when it is not here."""
    wanted = (output.codec, output.hardware)
    return next((each for each in encoders if (each.codec, each.hardware) == wanted), None)


def fits(codec: Codec, container: Container) -> bool:
    """Return whether a kind of file can hold a codec."""
    return not (container == "mov" and codec == "av1")


def within(encoder: EncoderFacts, quality: int) -> int:
    """Return a quality that the encoder takes."""
    return min(encoder.highest, max(encoder.lowest, quality))
