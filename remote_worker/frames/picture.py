"""Turn decoded frames into the frames that are encoded: upright, tagged, in one format."""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Iterator
from fractions import Fraction

import av
from av.filter import Graph

from remote_worker.contract.records import Colour, Picture

# AVColorSpace and AVColorRange share their numbers with ITU-T H.273 (range: 1 limited, 2 full).
_MATRIX_NAMES = {0: "gbr", 1: "bt709", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc"}
_TURNS = {90: ("transpose", "clock"), 180: ("transpose", "180"), 270: ("transpose", "cclock")}

_KEPT = 4
"""Filters of so many pictures; setting up those for HDR takes seconds."""


def normaliser_for(picture: Picture, time_base: Fraction) -> Normaliser:
    """Return a normaliser, the one that was used before where its filters hold nothing back."""
    return Normaliser(picture, time_base) if picture.deinterlace else _shared(picture, time_base)


class Normaliser:
    """Feeds frames through what the picture asks for; frames come out in the order they went in.

    A frame that needs nothing passes untouched.  A deinterlacer looks at both neighbours, so
    :meth:`feed` may return a frame late and :meth:`flush` returns the last.
    """

    def __init__(self, picture: Picture, time_base: Fraction) -> None:
        self._picture = picture
        self._time_base = time_base
        self._graph: Graph | None = None
        self._shape: tuple[int, int, str] | None = None

    def feed(self, frame: av.VideoFrame) -> Iterator[av.VideoFrame]:
        """Yield what is ready after ``frame``; its ``pts`` and time base are kept."""
        _tag(frame, self._picture.source_colour)
        if not self._needed(frame):
            _tag(frame, self._picture.colour)
            yield frame
            return
        shape = (frame.width, frame.height, frame.format.name)
        if self._graph is None or shape != self._shape:
            yield from self.flush()
            self._graph, self._shape = self._build(frame), shape
        frame.time_base = self._time_base
        self._graph.push(frame)
        yield from self._pull()

    def flush(self) -> Iterator[av.VideoFrame]:
        """Yield the frames that were held back; only a deinterlacer holds any.

        Other filters stay as they are for the next frame: those for HDR take seconds to set up.
        """
        if self._graph is not None and self._picture.deinterlace:
            self._graph.push(None)
            yield from self._pull()
            self._graph = None

    def _pull(self) -> Iterator[av.VideoFrame]:
        assert self._graph is not None  # noqa: S101  # only called with one
        while True:
            try:
                frame = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            assert isinstance(frame, av.VideoFrame)  # noqa: S101  # the sink is a video sink
            if frame.pts is not None:  # a deinterlacer counts in halves of the ticks it is given
                frame.pts = round(
                    frame.pts * (frame.time_base or self._time_base) / self._time_base
                )
            frame.time_base = self._time_base
            _tag(frame, self._picture.colour)
            yield frame

    def _needed(self, frame: av.VideoFrame) -> bool:
        picture = self._picture
        return (
            picture.rotation_deg != 0
            or picture.mirrored
            or picture.deinterlace
            or bool(picture.tone_map)
            or frame.format.name != picture.pixel_format
            or (frame.width, frame.height) != (picture.width_px, picture.height_px)
            or picture.source_colour != picture.colour
        )

    def _build(self, frame: av.VideoFrame) -> Graph:
        graph, colour = Graph(), self._picture.source_colour
        matrix = _MATRIX_NAMES.get(colour.matrix, "bt709")
        rgb = frame.format.is_rgb
        source = (
            f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}"
            f":time_base={self._time_base.numerator}/{self._time_base.denominator}"
            f":colorspace={'gbr' if rgb else matrix}"
            f":range={'pc' if colour.full_range or rgb else 'tv'}"
        )
        nodes = [graph.add("buffer", source)]
        nodes += [graph.add(name, given) for name, given in self._filters(frame)]
        nodes.append(graph.add("buffersink"))
        for before, after in itertools.pairwise(nodes):
            before.link_to(after)
        graph.configure()
        return graph

    def _filters(self, frame: av.VideoFrame) -> Iterator[tuple[str, str]]:
        picture = self._picture
        if picture.deinterlace:
            yield "bwdif", "mode=send_frame:deint=all"
        if picture.mirrored:
            yield "hflip", ""
        if picture.rotation_deg == 180:
            yield "hflip", ""
            yield "vflip", ""
        elif picture.rotation_deg:
            yield _TURNS[picture.rotation_deg]
        yield "scale", _scaling(frame, picture)
        yield "format", f"pix_fmts={picture.pixel_format}"
        right = picture.width_px - picture.shown_width_px
        bottom = picture.height_px - picture.shown_height_px
        if right or bottom:
            yield "pad", f"{picture.width_px}:{picture.height_px}:0:0"
            yield "fillborders", f"right={right}:bottom={bottom}:mode=smear"


class _SharedNormaliser(Normaliser):
    """A normaliser that every thread may use."""

    def __init__(self, picture: Picture, time_base: Fraction) -> None:
        super().__init__(picture, time_base)
        self._lock = threading.Lock()

    def feed(self, frame: av.VideoFrame) -> Iterator[av.VideoFrame]:
        """Yield the frame as it is encoded."""
        with self._lock:
            ready = list(super().feed(frame))
        yield from ready


@functools.lru_cache(_KEPT)
def _shared(picture: Picture, time_base: Fraction) -> Normaliser:
    return _SharedNormaliser(picture, time_base)


def _scaling(frame: av.VideoFrame, picture: Picture) -> str:
    """Return the scale filter's options: to the shown size, into the picture's colours."""
    target = picture.colour
    matrix = _MATRIX_NAMES.get(target.matrix, "bt709")
    options = (
        f"{picture.shown_width_px}:{picture.shown_height_px}"
        f":flags=bicubic+accurate_rnd+full_chroma_int+bitexact"
        f":out_color_matrix={matrix}:out_range={'pc' if target.full_range else 'tv'}"
    )
    if not frame.format.is_rgb:
        source = picture.source_colour
        options += f":in_color_matrix={_MATRIX_NAMES.get(source.matrix, 'bt709')}"
        options += f":in_range={'pc' if source.full_range else 'tv'}"
    if picture.tone_map:
        options += ":out_primaries=bt709:out_transfer=bt709:intent=perceptual"
    return options


def _tag(frame: av.VideoFrame, colour: Colour) -> None:
    frame.color_primaries = colour.primaries
    frame.color_trc = colour.transfer
    frame.colorspace = colour.matrix
    frame.color_range = 2 if colour.full_range else 1
