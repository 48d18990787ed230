"""Carry a source's other tracks over by stream copy: sound, subtitles, covers, attachments."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import AttachmentStream, Discard, Disposition, Stream
from av.subtitles.codeccontext import SubtitleCodecContext

from orchestrator.media.label import Container
from orchestrator.media.report import Notice
from remote_worker.frames.opening import open_media

FORMATS: dict[Container, str] = {"mp4": "mp4", "mov": "mov", "mkv": "matroska"}
"""FFmpeg's name of each container."""

_LONGEST_TAG = 10_000
_STALE_TAGS = re.compile(
    r"(?i)^(major_brand|minor_version|compatible_brands|encoder|creation_time|rotate|vendor_id"
    r"|_?statistics_.*|bps.*|duration.*|number_of_.*)$"
)
"""What the old file's muxer said of the old file."""
COMMON_TAGS = {
    *("title", "artist", "album_artist", "composer", "album", "comment", "description"),
    *("synopsis", "show", "episode_id", "network", "lyrics", "genre", "copyright"),
    *("grouping", "date", "keywords"),
}
"""What MP4 has its own places for."""
_PLAIN_TEXT = {"subrip", "text", "srt"}
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_QUICKTIME_LANGUAGES = {
    "sqi": "alb",
    "hye": "arm",
    "eus": "baq",
    "mya": "bur",
    "zho": "chi",
    "nld": "dut",
    "kat": "geo",
    "deu": "ger",
    "ell": "gre",
    "isl": "ice",
    "mkd": "mac",
    "msa": "may",
    "fas": "per",
    "bod": "tib",
    "cym": "wel",
    "cze": "ces",
    "fre": "fra",
    "rum": "ron",
    "slo": "slk",
}
"""Of two ISO 639-2 codes for one language, the one that QuickTime's list has."""
_PICTURES = {
    "mjpeg": ("jpg", "image/jpeg"),
    "png": ("png", "image/png"),
    "bmp": ("bmp", "image/bmp"),
}
_USUAL_LAYOUTS = {
    "1 channels": "mono",
    "2 channels": "stereo",
    "4 channels": "4.0",
    "6 channels": "5.1",
    "8 channels": "7.1",
}
_MOST_BEGINNING_PACKETS = 500
_TRIAL_PACKETS = 2
_SEEK_MARGIN = Fraction(5)
_END_MARGIN = Fraction(10)
_ASS_HEADER = (
    b"[Script Info]\r\nScriptType: v4.00+\r\nPlayResX: 384\r\nPlayResY: 288\r\n\r\n"
    b"[V4+ Styles]\r\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, "
    b"OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, "
    b"Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\r\n"
    b"Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1"
    b"\r\n\r\n[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, "
    b"Effect, Text\r\n"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the source is kept, in its seconds, and how times move."""

    start: Fraction | None
    """None: from the beginning, whatever lies before the first frame."""
    end: Fraction | None
    """None: to the end, whatever lies after the last frame."""
    shift: Fraction
    """Added to every time of the source."""


@dataclass(slots=True)
class CarriedTrack:
    """One track being copied, and what has been copied of it."""

    source: Stream
    output: Stream
    convert: str
    """``to_mov_text`` or ``to_subrip``; empty for a plain copy."""
    source_index: int
    language: str
    kind: str
    """``audio``, ``video`` (a cover), ``subtitle`` or ``data``; known when all is closed."""
    packets: int = 0
    payload: hashlib._Hash = field(default_factory=hashlib.sha256)
    markup_dropped: bool = False
    overhang: Fraction = Fraction(0)
    """Seconds by which the kept part reaches out of the window."""

    last_pts: int | None = None
    last_duration: int = 0

    @property
    def cover(self) -> bool:
        """Whether this is a picture to show beside the title and not a track in time."""
        return self.kind == "video"

    def fill_duration(self, packet: Packet[Stream]) -> None:
        """Give a packet of sound that says no duration that of the one before it."""
        if self.kind != "audio" or packet.pts is None:
            return
        if not packet.duration and self.last_pts is not None:
            self.last_duration = packet.pts - self.last_pts
        packet.duration = packet.duration or self.last_duration
        self.last_pts = packet.pts

    def note(self, packet: Packet[Stream]) -> None:
        """Remember a copied packet for the check of the written file."""
        self.packets += 1
        self.payload.update(bytes(packet))


@dataclass(slots=True)
class Carried:
    """What is carried from one source into one output."""

    tracks: list[CarriedTrack] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    attachments: int = 0

    def told(self) -> tuple[Notice, ...]:
        """Return what a person should know of the finished copy."""
        told = list(self.notices)
        for track in self.tracks:
            if not track.packets:
                text = f"The {track.kind} track {track.source_index} has nothing in this part."
                told.append(Notice("track_empty", text))
            if track.markup_dropped:
                text = f"Subtitle track {track.source_index} lost its italics or placement."
                told.append(Notice("subtitle_markup_dropped", text))
            if track.overhang > 0:
                over = f"{float(track.overhang) * 1000:.0f} ms"
                text = f"Sound track {track.source_index} ends {over} after the last frame."
                told.append(Notice("sound_overhangs", text))
        return tuple(told)

    def left_out(self, stream: Stream, why: str) -> None:
        """Say that a track stays behind."""
        what = f"{stream.type} track {stream.index} ({_codec_name(stream)})"
        self.notices.append(Notice("track_left_out", f"The {what} was left out: {why}."))


class Beginnings:
    """The first packets of each track, read once from a second opening of the source."""

    def __init__(self, source_path: str) -> None:
        self.begins: dict[int, Fraction] = {}
        """Time of each track's first packet, in seconds."""
        self.packets: dict[int, list[Packet[Stream]]] = {}
        with open_source(source_path) as source:
            for count, packet in enumerate(source.demux()):
                if count > _MOST_BEGINNING_PACKETS:
                    break
                self._note(packet)

    def _note(self, packet: Packet[Stream]) -> None:
        begin, few = _begin(packet), self.packets.setdefault(packet.stream_index, [])
        if packet.size and begin is not None:
            self.begins.setdefault(packet.stream_index, begin)
        if packet.size and len(few) < _TRIAL_PACKETS:
            few.append(packet)


def open_source(path: str) -> InputContainer:
    """Open a source for reading; nothing but the file itself is ever opened."""
    return open_media(Path(path))


@dataclass(slots=True)
class _Carrier:
    """Adds the source's tracks to one output."""

    output: OutputContainer
    container: Container
    beginnings: Beginnings
    carried: Carried

    def add(self, stream: Stream) -> None:
        picture = stream.type == "video" and bool(stream.disposition & Disposition.attached_pic)
        why = self._obstacle(stream, picture=picture)
        if why:
            stream.discard = Discard.all
            self.carried.left_out(stream, why)
        elif isinstance(stream, AttachmentStream):
            kind = stream.mimetype or "application/octet-stream"
            self._attach(stream.name or f"attachment-{stream.index}", kind, stream.data)
        elif picture and self.container == "mkv":
            stream.discard = Discard.all
            ending, kind = _PICTURES[_codec_name(stream)]
            (packet, *_) = self.beginnings.packets[stream.index]
            self._attach(f"cover.{ending}", kind, bytes(packet))
        else:
            self._add_track(stream)

    def _obstacle(self, stream: Stream, *, picture: bool) -> str:
        if isinstance(stream, AttachmentStream):
            return "" if self.container == "mkv" else f"{self.container} holds no attachments"
        if stream.type == "video" and not picture:
            return "only the rendered video track is kept"
        if stream.type == "data" and stream.metadata.get("timecode"):
            return "a timecode track is not copied"
        if picture and self.container == "mov":
            return "QuickTime has no place for a cover"
        if picture and self.container == "mkv":
            known = _codec_name(stream) in _PICTURES and self.beginnings.packets.get(stream.index)
            return "" if known else "it is no picture that Matroska shows"
        if _conversion(stream, self.container) or self._takes(stream):
            return ""
        return f"{self.container} cannot hold it"

    def _takes(self, stream: Stream) -> bool:
        """Return whether the container's muxer really writes a file with this track."""
        try:
            trial = av.open(io.BytesIO(), "w", format=FORMATS[self.container])
            out = _copied_track(stream, trial)
            out.disposition = stream.disposition
            trial.start_encoding()
            for packet in self.beginnings.packets.get(stream.index, []):
                packet.stream = out
                trial.mux_one(packet)
            trial.close()
        except (av.FFmpegError, ValueError):
            return False
        return True

    def _attach(self, name: str, kind: str, data: bytes) -> None:
        self.output.add_attachment(name, kind, data)
        self.carried.attachments += 1

    def _add_track(self, stream: Stream) -> None:
        convert = _conversion(stream, self.container)
        out = _new_track(stream, self.output, convert)
        out.metadata.update(kept_tags(stream.metadata, self.carried.notices))
        language = stream.metadata.get("language", "").replace("und", "")
        if self.container == "mov" and language in _QUICKTIME_LANGUAGES:
            out.metadata["language"] = _QUICKTIME_LANGUAGES[language]
        out.disposition = stream.disposition
        self.carried.tracks.append(
            CarriedTrack(stream, out, convert, stream.index, language, stream.type)
        )


def carry_tracks(
    source: InputContainer,
    video_index: int,
    output: OutputContainer,
    container: Container,
    beginnings: Beginnings,
) -> Carried:
    """Add to ``output`` a track for each of the source's that the container can hold."""
    carrier = _Carrier(output, container, beginnings, Carried())
    for stream in source.streams:
        if stream.index == video_index or stream.discard == Discard.all:
            stream.discard = Discard.all  # the rendered track, and a chapter list shown as track
        else:
            carrier.add(stream)
    return carrier.carried


def _conversion(stream: Stream, container: Container) -> str:
    name = _codec_name(stream)
    if stream.type == "subtitle" and container != "mkv" and name in _PLAIN_TEXT:
        return "to_mov_text"
    return "to_subrip" if container == "mkv" and name == "mov_text" else ""


def _new_track(stream: Stream, output: OutputContainer, convert: str) -> Stream:
    out: Stream
    if convert == "to_mov_text":
        out = output.add_stream("mov_text")
        context = out.codec_context
        if isinstance(context, SubtitleCodecContext):
            context.subtitle_header = _ASS_HEADER
    elif convert == "to_subrip":
        out = output.add_mux_stream("subrip")
    else:
        return _copied_track(stream, output)
    out.time_base = Fraction(1, 1000)
    return out


def _copied_track(stream: Stream, output: OutputContainer) -> Stream:
    out = output.add_stream_from_template(stream, opaque=True)
    out.time_base = stream.time_base
    if isinstance(out, AudioStream):
        usual = _USUAL_LAYOUTS.get(out.layout.name)
        if usual:  # Matroska's PCM says no more than a number, which MP4 refuses
            out.codec_context.layout = usual
    return out


def _codec_name(stream: Stream) -> str:
    named = stream.codec_context if stream.type in ("audio", "video", "subtitle") else stream
    return str(getattr(named, "name", None) or "unknown")


def _name(tag: str) -> str:
    """Return FFmpeg's own name of a tag that Matroska shouts, other tags as they are."""
    return tag.lower() if tag.lower() in COMMON_TAGS else tag


def kept_tags(tags: dict[str, str], notices: list[Notice]) -> dict[str, str]:
    """Return the metadata worth keeping; a value of absurd length is cut, with a notice."""
    kept = {_name(name): value for name, value in tags.items() if not _STALE_TAGS.match(name)}
    for name, value in kept.items():
        if len(value) > _LONGEST_TAG:
            kept[name] = value[:_LONGEST_TAG]
            notices.append(Notice("tag_cut", f"The tag {name[:100]!r} was cut: it is too long."))
    return kept


def carried_packets(
    source: InputContainer, carried: Carried, window: Window, *, preroll: bool
) -> Iterator[tuple[CarriedTrack, Packet[Stream]]]:
    """Yield the packets to copy, in the source's order, stamped for the output.

    With ``preroll`` one packet of sound before the window is kept for the decoder to warm
    up on, at negative times that an edit list hides; without, sound starts in the window.
    """
    if not carried.tracks:
        return
    if window.start is not None and window.start > _SEEK_MARGIN:
        source.seek(int((window.start - _SEEK_MARGIN) * 1_000_000), backward=True)
    by_index = {track.source_index: track for track in carried.tracks}
    for packet in source.demux([track.source for track in carried.tracks]):
        if not packet.size:
            continue
        track, begin = by_index[packet.stream_index], _begin(packet)
        if begin is None and not track.cover:
            continue
        begin = begin or Fraction(0)
        track.fill_duration(packet)
        if window.end is not None and begin > window.end + _END_MARGIN:
            return
        if _keep(track, packet, begin, window, preroll=preroll):
            _restamp(track, packet, window)
            yield track, packet


def _begin(packet: Packet[Stream]) -> Fraction | None:
    stamp = packet.pts if packet.pts is not None else packet.dts
    return None if stamp is None else stamp * packet.time_base


def _keep(
    track: CarriedTrack, packet: Packet[Stream], begin: Fraction, window: Window, *, preroll: bool
) -> bool:
    if track.cover:
        return True
    length = (packet.duration or 0) * packet.time_base
    if window.end is not None and begin >= window.end:
        return False
    if window.start is not None and begin < window.start:
        if track.kind == "audio":
            return preroll and begin + 2 * length > window.start
        if begin + length <= window.start:
            return False
    if window.end is not None and track.kind == "audio":
        track.overhang = max(track.overhang, begin + length - window.end)
    return True


def _restamp(track: CarriedTrack, packet: Packet[Stream], window: Window) -> None:
    """Move the packet to the output's times."""
    tick = packet.time_base
    if track.kind == "subtitle":
        _clip(packet, window)
    if track.cover:
        packet.pts = packet.dts = 0
    else:
        moved = round(window.shift / tick)
        packet.pts = None if packet.pts is None else packet.pts + moved
        packet.dts = None if packet.dts is None else packet.dts + moved


def _clip(packet: Packet[Stream], window: Window) -> None:
    if packet.pts is None:
        return
    tick = packet.time_base
    begin, end = packet.pts, packet.pts + (packet.duration or 0)
    if window.start is not None:
        begin = max(begin, round(window.start / tick))
    if window.end is not None:
        end = min(end, round(window.end / tick))
    packet.pts = packet.dts = begin
    packet.duration = max(0, end - begin)


def _loses_markup(track: CarriedTrack, packet: Packet[Stream]) -> bool:
    """Return whether a subtitle's italics or place are lost by its conversion."""
    return track.convert == "to_mov_text" and bool(
        _MARKUP.search(bytes(packet).decode("utf-8", "replace"))
    )


def converted(track: CarriedTrack, packet: Packet[Stream]) -> Packet[Stream] | None:
    """Return the packet as the output's codec wants it; None when it says nothing."""
    if not track.convert:
        return packet
    track.markup_dropped |= _loses_markup(track, packet)
    text = _text_of(bytes(packet), track.convert)
    if not text:
        return None
    raw = text.encode()
    new: Packet[Stream] = Packet(
        raw if track.convert == "to_subrip" else len(raw).to_bytes(2, "big") + raw
    )
    new.time_base, new.pts, new.dts = packet.time_base, packet.pts, packet.pts
    new.duration = packet.duration
    new.is_keyframe = True
    return new


def _text_of(payload: bytes, convert: str) -> str:
    if convert == "to_subrip":
        size = int.from_bytes(payload[:2], "big")
        return payload[2 : 2 + size].decode("utf-8", "replace")
    plain = _MARKUP.sub("", payload.decode("utf-8", "replace")).replace("\r\n", "\n").strip("\n")
    return plain.encode()[:0xFFFF].decode("utf-8", "ignore")
