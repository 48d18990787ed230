"""Make small sources and rendered segments whose every frame carries its own number."""

from __future__ import annotations

import hashlib
import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from orchestrator.media.stitch import SegmentFile
from remote_worker.contract.records import Colour, Digest
from remote_worker.frames.encoders import settings_for
from tests.fakes.encoded import encode_segment
from tests.fakes.pictures import plain_picture

WIDTH, HEIGHT, BITS = 192, 64, 12
BT709 = Colour(1, 1, 1, full_range=False)


def picture(**changes):
    """Return the small picture that the tests encode."""
    return plain_picture(WIDTH, HEIGHT, **changes)


def numbered_frame(number, pts, time_base, pixel_format="yuv420p"):
    """Return a frame with ``number`` as black and white bars."""
    bars = [(number >> bit) & 1 for bit in range(BITS)]
    luma = np.repeat(np.array(bars, dtype=np.uint8) * 180 + 40, WIDTH // BITS)
    image = np.repeat(luma[None, :, None], HEIGHT, axis=0).repeat(3, axis=2)
    image[: HEIGHT // 4, : WIDTH // 3] = (number * 7) % 255
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
    frame = frame.reformat(format=pixel_format)
    frame.pts, frame.time_base = pts, time_base
    return frame


def number_of(frame):
    """Return the number that :func:`numbered_frame` drew."""
    image = frame.to_ndarray(format="gray")[HEIGHT // 2 :]
    bars = image.reshape(image.shape[0], BITS, -1).mean(axis=(0, 2))
    return sum(1 << bit for bit, level in enumerate(bars) if level > 128)


def segments(folder, codec, pts, time_base, cuts, *, preset=None, look=None):
    """Return rendered segments of the frames between each two of ``cuts``."""
    look = look or picture()
    settings = settings_for(codec, preset=preset or _FAST[codec], picture=look)
    made = []
    for start, end in itertools.pairwise(cuts):
        to = Path(folder) / f"{codec}-{start}-{end}.mp4"
        frames = (
            numbered_frame(n, pts[n], time_base, look.pixel_format) for n in range(start, end)
        )
        encode_segment(
            frames,
            to,
            encoder=settings,
            picture=look,
            time_base=time_base,
            frame_rate=Fraction(30),
            first_pts=pts[start],
        )
        digest = Digest(hashlib.sha256(to.read_bytes()).hexdigest())
        made.append(SegmentFile(str(to), start, end, digest))
    return tuple(made)


_FAST = {"h264": "veryfast", "h265": "ultrafast", "av1": "12"}


@dataclass
class Sound:
    """One audio track to make; ``start`` and ``length`` are seconds."""

    codec: str = "aac"
    language: str = "eng"
    start: Fraction = Fraction(0)
    length: float = 4.0
    pitch_hz: float = 440.0
    default: bool = True


@dataclass
class SourcePlan:
    """What a made source holds."""

    pts: Sequence[int]
    time_base: Fraction
    sounds: Sequence[Sound] = (Sound(),)
    subtitles: Sequence[tuple[int, int, str]] = ()
    """Start and length in milliseconds, and the text."""
    chapters: Sequence[tuple[int, int, str]] = ()
    attachment: bytes = b""
    tags: dict[str, str] = field(default_factory=dict)
    video_tags: dict[str, str] = field(default_factory=dict)
    cover: bytes = b""
    options: dict[str, str] = field(default_factory=dict)
    """Of the muxer."""


def make_source(path, plan, kind):
    """Write a source file of format ``kind`` after ``plan``; the video is its first track."""
    with av.open(str(path), "w", format=kind, container_options=plan.options) as out:
        video = out.add_stream("libx264", rate=30, options={"preset": "ultrafast", "bf": "0"})
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.codec_context.time_base = video.time_base = plan.time_base
        tracks = [_sound_track(out, sound) for sound in plan.sounds]
        titles = out.add_mux_stream("subrip") if plan.subtitles else None
        if titles is not None:
            titles.time_base = Fraction(1, 1000)
            titles.metadata["language"] = "fra"
        video.metadata.update(plan.video_tags)
        cover = out.add_mux_stream("mjpeg", width=32, height=32) if plan.cover else None
        if cover is not None:
            cover.disposition, cover.time_base = av.stream.Disposition.attached_pic, plan.time_base
        if plan.attachment:
            out.add_attachment("letters.ttf", "application/x-truetype-font", plan.attachment)
        out.metadata.update(plan.tags)
        out.set_chapters([_chapter(number, *entry) for number, entry in enumerate(plan.chapters)])
        out.start_encoding()
        packets = [*_cover_packets(cover, plan), *_video_packets(video, plan)]
        packets += _subtitle_packets(titles, plan)
        for track, sound in zip(tracks, plan.sounds, strict=True):
            packets += _sound_packets(track, sound)
        for packet in sorted(packets, key=lambda p: p.dts * p.time_base):
            out.mux_one(packet)


def _sound_track(out, sound):
    track = out.add_stream(sound.codec, rate=48000)
    track.metadata["language"] = sound.language
    if not sound.default:
        track.disposition = av.stream.Disposition.original
    return track


def _chapter(number, start_ms, end_ms, title):
    return {
        "id": number + 1,
        "start": start_ms,
        "end": end_ms,
        "time_base": Fraction(1, 1000),
        "metadata": {"title": title},
    }


def _video_packets(video, plan):
    for number, pts in enumerate(plan.pts):
        yield from video.encode(numbered_frame(number, pts, plan.time_base))
    yield from video.encode(None)


def jpeg():
    """Return a small picture."""
    data = io.BytesIO()
    Image.new("RGB", (32, 32), (200, 30, 30)).save(data, "JPEG")
    return data.getvalue()


def _cover_packets(cover, plan):
    if cover is not None:
        packet = av.Packet(plan.cover)
        packet.pts = packet.dts = 0
        packet.time_base, packet.stream, packet.is_keyframe = plan.time_base, cover, True
        yield packet


def _subtitle_packets(titles, plan):
    for start_ms, length_ms, text in plan.subtitles:
        packet = av.Packet(text.encode())
        packet.pts = packet.dts = start_ms
        packet.duration, packet.time_base, packet.stream = length_ms, Fraction(1, 1000), titles
        packet.is_keyframe = True
        yield packet


def _sound_packets(track, sound):
    context = track.codec_context
    size = context.frame_size or 1024
    first = round(sound.start * 48000)
    for at in range(0, int(sound.length * 48000), size):
        wave = np.sin((np.arange(at, at + size)) * 2 * np.pi * sound.pitch_hz / 48000) * 0.3
        shape = context.format.name
        samples = np.repeat(wave[None], 2, axis=0).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48000, first + at, Fraction(1, 48000)
        if shape != "fltp":
            frame = av.AudioResampler(shape, "stereo", 48000).resample(frame)[0]
            frame.pts = first + at
        yield from context_packets(track, frame)
    yield from context_packets(track, None)


def context_packets(track, frame):
    """Encode one frame of sound, stamped with its track."""
    for packet in track.encode(frame):
        packet.stream = track
        yield packet


def payload_digest(path, index, *, hidden=True):
    """Return the digest of all bytes of one track's packets."""
    options = {"ignore_editlist": "1"} if hidden and str(path).endswith((".mp4", ".mov")) else {}
    with av.open(str(path), container_options=options) as container:
        total = hashlib.sha256()
        for packet in container.demux(container.streams[index]):
            total.update(bytes(packet))
    return total.hexdigest()


def stamps_of(path, index=0):
    """Return the sorted presentation times of one track's packets, in seconds."""
    with av.open(str(path)) as container:
        packets = container.demux(container.streams[index])
        return sorted(p.pts * p.time_base for p in packets if p.size)


def numbers_of(path):
    """Return the numbers that the decoded frames carry, in the order shown."""
    with av.open(str(path)) as container:
        return [number_of(frame) for frame in container.decode(video=0)]


def table_of(path):
    """Return the time base and the presentation times of a source's first video track."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stamps = sorted(p.pts for p in container.demux(stream) if p.size)
        return stream.time_base, tuple(stamps)
